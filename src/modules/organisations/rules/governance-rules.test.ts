import assert from 'node:assert/strict'
import test from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { BODIES, EXPECTED_DOCUMENTS, KNOWN_TASKS, MANAGEMENT_CENTRES, UNIFIED_AREAS, type HelpType } from '../governance.ts'
import { TIERS, type Consortium, type Institution, type Tier } from '../organisations.ts'
import { gapsOf, progressOn } from './governance-gaps.ts'
import { countiesWithoutHelper } from './help-gaps.ts'
import { faultsOfBody, faultsOfGoverned } from './may-govern.ts'
import { faultsOfDispatch, faultsOfPlan, type AskedPlan } from './may-help.ts'

const at = (id: string, tier: Tier, until: string | null = null): Institution =>
  ({ id: id as OrgId, tier, from: '2020-01-01' as Day, until: until as Day | null, division: '430321000000' }) as Institution
const HOUSES = new Map(
  [...TIERS.map((tier) => at(tier, tier)), at('county-2', 'county'), at('closed', 'county', '2026-01-01')].map((one) => [
    one.id,
    one,
  ]),
)

const plan = (change: Partial<AskedPlan> = {}): AskedPlan => ({
  entry: 'asked',
  helper: 'city',
  helped: 'county',
  type: 'one-to-one',
  year: 2026,
  from: '2026-01-01' as Day,
  until: '2027-01-01' as Day,
  ...change,
})
const codes = (faults: readonly { code: string }[]): string[] => faults.map(({ code }) => code.replace('organisations.', ''))

test('省带市、市带县、县带乡、乡带村: each level helps the next, and no other', () => {
  const may: readonly (readonly [helper: Tier, helped: Tier, why: string])[] = [
    ['province', 'city', '省带市'],
    ['city', 'county', '市带县'],
    ['county', 'township', '县带乡'],
    ['county', 'regional-centre', 'a regional centre stands between county and township'],
    ['regional-centre', 'township', 'a regional centre stands between county and township'],
    ['regional-centre', 'village', 'a regional centre is a township unit to its villages'],
    ['township', 'village', '乡带村'],
  ]
  for (const helper of TIERS)
    for (const helped of TIERS) {
      const isChain = may.some(([from, to]) => from === helper && to === helped)
      const found = codes(faultsOfPlan(plan({ helper, helped }), HOUSES, []))
      assert.deepEqual(found, isChain ? [] : ['help-not-next-level'], `${helper} → ${helped}`)
    }
})

test('a yearly plan lies in its year, to the day', () => {
  const rows: readonly (readonly [from: string, until: string | null, isGood: boolean, why: string])[] = [
    ['2026-01-01', '2027-01-01', true, 'the whole year'],
    ['2026-12-31', '2027-01-01', true, 'its last day'],
    ['2025-12-31', '2027-01-01', false, 'begins a day early'],
    ['2026-01-01', '2027-01-02', false, 'ends a day late'],
    ['2026-01-01', null, false, 'has no end'],
    ['2027-01-01', '2027-01-01', false, 'begins when the year is over'],
  ]
  for (const [from, until, isGood, why] of rows) {
    const found = faultsOfPlan(plan({ from: from as Day, until: until as Day | null }), HOUSES, [])
    assert.deepEqual(codes(found), isGood ? [] : ['help-outside-year'], why)
  }
})

test('a plan overlaps none of the same kind', () => {
  const other = (change: Partial<AskedPlan>): AskedPlan => plan({ entry: 'other', ...change })
  const rows: readonly (readonly [type: HelpType, other: AskedPlan, isGood: boolean, why: string])[] = [
    ['one-to-one', other({ helper: 'city-2' }), false, 'one to one: a second helper at the same time'],
    ['one-to-one', other({ type: 'team' }), true, 'a team may help besides'],
    ['one-to-one', other({ helped: 'county-2' }), true, 'a helper may have several'],
    ['one-to-one', other({ helper: 'city-2', until: '2026-01-01' as Day }), true, 'the other ends where this one begins'],
    ['one-to-one', other({ helper: 'city-2', until: '2026-01-02' as Day }), false, 'one day in common'],
    ['team', other({ type: 'team', helper: 'city-2' }), true, 'several hospitals are one team'],
    ['team', other({ type: 'team' }), false, 'the same pair twice'],
    ['one-to-one', plan(), true, 'its own earlier version is not in the way'],
  ]
  for (const [type, standing, isGood, why] of rows)
    assert.deepEqual(codes(faultsOfPlan(plan({ type }), HOUSES, [standing])), isGood ? [] : ['help-plan-overlaps'], why)
})

test('both institutions are in force when the plan begins', () => {
  assert.deepEqual(codes(faultsOfPlan(plan({ helper: 'nobody' }), HOUSES, [])), ['help-institution-unknown'])
  assert.deepEqual(codes(faultsOfPlan(plan({ helped: 'closed' }), HOUSES, [])), ['help-institution-unknown'])
})

test('support goes down, and nobody serves more days than planned', () => {
  const sent = { from: '2026-01-01' as Day, until: null, employer: 'city', workplace: 'county', daysPlanned: 90, daysServed: 90 }
  assert.deepEqual(codes(faultsOfDispatch(sent, HOUSES)), [])
  assert.deepEqual(codes(faultsOfDispatch({ ...sent, daysServed: 91 }, HOUSES)), ['dispatch-days-exceed'])
  assert.deepEqual(codes(faultsOfDispatch({ ...sent, workplace: 'township' }, HOUSES)), [], 'a city hospital may skip a level')
  assert.deepEqual(
    codes(faultsOfDispatch({ ...sent, employer: 'county-2' }, HOUSES)),
    ['dispatch-not-downward'],
    'the same level',
  )
  assert.deepEqual(codes(faultsOfDispatch({ ...sent, employer: 'township' }, HOUSES)), ['dispatch-not-downward'])
})

test('a committee has its two heads, other bodies one; only the lead or the region’s offices write', () => {
  const heads = (count: number) => Array.from({ length: count }, () => ({ post: 'head' as const }))
  assert.deepEqual(codes(faultsOfBody('committee', heads(1), 2)), ['committee-heads-missing'])
  assert.deepEqual(codes(faultsOfBody('committee', heads(2), 2)), [])
  assert.deepEqual(codes(faultsOfBody('board', heads(1), 2)), [])
  assert.deepEqual(codes(faultsOfBody('supervisors', [{ post: 'deputy' }], 2)), ['body-needs-head'])
  const county = { lead: 'county' as OrgId } as Consortium
  assert.deepEqual(codes(faultsOfGoverned('1', county, null)), [], 'an office of the region')
  assert.deepEqual(codes(faultsOfGoverned('1', county, { leads: 'county' as OrgId })), [])
  assert.deepEqual(codes(faultsOfGoverned('1', county, { leads: 'city' as OrgId })), ['governed-by-others'])
  assert.deepEqual(codes(faultsOfGoverned('1', county, { leads: null })), ['governed-by-others'])
  assert.deepEqual(codes(faultsOfGoverned('1', null, null)), ['governed-consortium-unknown'])
})

test('what is missing is told thing by thing', () => {
  const none = {
    unified: new Map<string, boolean>(),
    centres: new Set<string>(),
    bodies: new Set<string>(),
    documents: new Set<string>(),
    tasks: new Set<string>(),
  }
  const all = UNIFIED_AREAS.length + MANAGEMENT_CENTRES.length + BODIES.length + EXPECTED_DOCUMENTS.length + KNOWN_TASKS.length
  assert.equal(gapsOf(none).length, all)
  const one = gapsOf({
    ...none,
    unified: new Map([
      ['money', false],
      ['people', true],
    ]),
    centres: new Set(['nursing']),
  })
  assert.equal(one.length, all - 2, 'an area told of as not unified is still missing')
  assert.ok(one.some(({ register, key }) => register === 'unified-management' && key === 'money'))
})

test('a task past its day that is not done is late', () => {
  const day = '2026-11-22' as Day
  assert.equal(progressOn({ state: 'running', dueOn: '2026-11-22' }, day), 'running', 'the day itself is in time')
  assert.equal(progressOn({ state: 'running', dueOn: '2026-11-21' }, day), 'late')
  assert.equal(progressOn({ state: 'done', dueOn: '2026-11-21' }, day), 'done')
})

test('a county is without a helper when no county institution in it is helped', () => {
  const county = (code: string) => ({ code, zh: code, rank: 'county' as const, parent: null })
  const counties = [county('430321000000'), county('430381000000')]
  const helped = [
    { id: '1' as OrgId, tier: 'county' as const, division: '430321000000' },
    { id: '2' as OrgId, tier: 'township' as const, division: '430381100000' },
  ]
  assert.deepEqual(
    countiesWithoutHelper(counties, helped).map(({ code }) => code),
    ['430381000000'],
  )
})
