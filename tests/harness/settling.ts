import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { settleByRulebook } from '../../src/modules/settlement/index.ts'

const DATED = { from: '2020-01-01', source: 'C', grade: 'design', basis: 'EXAMPLE §1' }

// An invented area whose amounts a reader can reckon: 500 yuan first (half from the second stay on), 80 % above it, serious illness 60 %
// above 1000 yuan of the year, medical aid 70 % of what is then left in scope to people of low income; away from home 5 points less
// with a filed referral, 10 without. A visit: half from the first yuan.
const ROWS = [
  { kind: 'deductible', amountFen: 50_000 },
  { kind: 'ordinal', sharesBp: [10_000, 5_000], scope: 'any-level' },
  { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }] },
  { kind: 'deductible', when: { care: 'outpatient' }, amountFen: 0 },
  { kind: 'rate', when: { care: 'outpatient' }, bands: [{ overFen: 0, upToFen: null, rateBp: 5_000 }] },
  { kind: 'layer', layer: 'serious-illness', deductibleFen: 100_000, bands: [{ overFen: 0, upToFen: null, rateBp: 6_000 }] },
  { kind: 'layer', layer: 'medical-aid', when: { identity: ['low-income'] }, deductibleFen: 0, per: 'stay', bands: [{ overFen: 0, upToFen: null, rateBp: 7_000 }] }, // prettier-ignore
  { kind: 'referral-points', when: { status: ['filed-referral'] }, pointsBp: 500 },
  { kind: 'referral-points', when: { status: ['unreferred'] }, pointsBp: 1_000 },
  { kind: 'referral-points', when: { care: 'outpatient', status: ['unreferred'] }, pointsBp: 1_000 },
  // What a stay at a hospital of the province pays first two sources say otherwise.
  { kind: 'deductible', when: { level: ['provincial'] }, amountFen: 150_000, grade: 'disputed', basis: 'EXAMPLE (i)' },
  { kind: 'deductible', when: { level: ['provincial'] }, amountFen: 160_000, grade: 'disputed', basis: 'EXAMPLE (ii)' },
  { kind: 'chain', up: 'difference', down: 'zero', gapDays: 7, needsSlip: true, countsAsOne: true },
]

/** Lets the houses of this process settle by an invented area, `example`, for residents and for workers; the small region lies in it. */
export const settleByExample = (t: { after: (work: () => void) => unknown }): void => {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-areas-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'areas', 'example'), { recursive: true })
  for (const insured of ['residents', 'workers'])
    writeFileSync(
      join(folder, 'areas', 'example', `${insured}.yaml`),
      JSON.stringify({ area: 'example', insured, zh: '例', en: 'example', checkedOn: '2026-11-23', rows: ROWS.map((row) => ({ ...DATED, ...row })) }), // prettier-ignore
    )
  // Another place of care, `away`, with a list of its own: a drug with a first share of 20 %.
  mkdirSync(join(folder, 'care-lists'))
  writeFileSync(
    join(folder, 'care-lists', 'away.yaml'),
    JSON.stringify({ careArea: 'away', zh: '外地', en: 'away', checkedOn: '2026-11-23', rows: [{ ...DATED, code: 'XB05BA-T001', list: 'B', selfShareBp: 2_000 }] }), // prettier-ignore
  )
  writeFileSync(join(folder, 'areas', 'divisions.json'), JSON.stringify({ 4303: 'example' }))
  settleByRulebook(folder)
}

/** A stay of 100 yuan times `hundreds` in scope, as an institution states it. */
export const stayOf = (person: string, billNo: string, hundreds: number, more: object = {}) => ({
  person,
  area: 'example',
  billNo,
  claim: {
    day: '2024-03-10',
    level: 'primary',
    lines: [{ code: 'XB05BA-T001', zh: '演示药品', amountFen: hundreds * 10_000, list: 'A' }],
    ...more,
  },
})
