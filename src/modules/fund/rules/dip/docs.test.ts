import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadRulebook } from '../../../../platform/rulebook.ts'
import { clearRegion } from './clearing.ts'
import { scoreOf, type CaseToScore } from './score.ts'

const guide = await readFile(join(import.meta.dirname, '../../../../../docs/dip.md'), 'utf8')
const cellsOf = (beginning: string): string[] => {
  const line = guide.split('\n').find((one) => one.startsWith(`| ${beginning}`))
  assert.ok(line, `docs/dip.md has a line ${beginning}`)
  return line.split('|').map((cell) => cell.trim())
}

test('the guide names every number of payment by disease with its grade', async () => {
  const entries = [...(await loadRulebook()).entries.values()].filter(({ id }) => id.startsWith('fund.dip-'))
  assert.ok(entries.length > 10)
  for (const { id, values } of entries) assert.equal(cellsOf(`\`${id}\``)[2], values.at(-1)?.grade, id)
})

const TERMS = { lowBelow: 5_000, highAbove: 20_000, expertAbove: 50_000, expertDaysAbove: 60 }
const one: Omit<CaseToScore, 'costFen'> = {
  groupScoreE4: 800_0000,
  days: 8,
  severity: { age: 11_000, comorbidity: 11_000 },
  hospital: 9_500,
  pricing: 'level',
  pointFen: 1_200,
}
const shown = (value: number, digits: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }).replaceAll(',', ' ')

// the line of the guide | yuan | pricing
for (const [line, yuan, pricing] of [
  ['9 500 |', 9_500, 'level'],
  ['4 000 |', 4_000, 'level'],
  ['25 000 |', 25_000, 'level'],
  ['9 500,基层病种', 9_500, 'basic-level'],
] as const)
  test(`the guide's example of ${line}`, () => {
    const { scoreE4 } = scoreOf({ ...one, costFen: yuan * 100, pricing }, TERMS)
    const [, , score, paid] = cellsOf(line)
    assert.deepEqual([score, paid], [shown(scoreE4 / 10_000, 4), shown(Math.round((scoreE4 / 10_000) * 12 * 100) / 100, 2)])
  })

test("the guide's example of a year", () => {
  const terms = { keepFrom: 8_000, shareUntil: 11_500, overrunShare: 6_000 }
  // 10 000 yuan in fen.
  const wan = 1_000_000
  const hospitals = [
    [500_000, 550],
    [300_000, 270],
    [200_000, 150],
  ].map(([points = 0, claimed = 0]) => ({
    scoreE4: points * 10_000,
    costFen: claimed * 2 * wan,
    claimedFen: claimed * wan,
    prepaidFen: 0,
    clawbackFen: 0,
    assessment: 10_000,
  }))
  const cleared = clearRegion(hospitals, { fundFen: 1_000 * wan, reserveFen: 0, basis: 'fund' }, terms)
  assert.deepEqual([cleared.pointFen, cleared.paidFen, cleared.leftFen], [1_000, 980 * wan, 20 * wan])
  for (const [at, due] of [500, 300, 200].entries()) {
    const hospital = cleared.hospitals[at]
    assert.ok(hospital)
    const [, , claimed, paid] = cellsOf(`${due} |`)
    assert.deepEqual(
      [hospital.dueFen / wan, (hospitals[at]?.claimedFen ?? 0) / wan, hospital.paidFen / wan],
      [due, Number(claimed), Number(paid)],
    )
  }
})
