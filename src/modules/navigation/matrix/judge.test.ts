import assert from 'node:assert/strict'
import test from 'node:test'
import type { OrgId } from '../../../kernel/id.ts'
import type { Day } from '../../../kernel/day.ts'
import type { Supply } from '../../booking/index.ts'
import type { Institution } from '../../organisations/index.ts'
import type { Condition } from '../navigation.ts'
import { readCatalogue } from '../catalogue/read-catalogue.ts'
import type { PlaceFacts } from './facts.ts'
import { judge, rowOf } from './judge.ts'
import { readRequirements } from './requirements.ts'

const requirements = readRequirements()
const judging = { doctorsLeast: 2, casesShown: 6, leakShare: 2_000, leakCasesLeast: 5, requirements }
const hospital = {
  id: '1' as OrgId,
  name: { zh: '演示县医院', en: null },
  tier: 'county',
  ws218: 'A100',
  from: '2020-01-01' as Day,
} as Institution

const rowFor = (key: string) => {
  const shipped = readCatalogue().rows.find((one) => one.key === key)
  assert.ok(shipped, key)
  return rowOf({ ...shipped, also: shipped.also ?? [] } as unknown as Condition, requirements)
}
const supply = (specialty: string, free: number): [string, Supply] => [
  specialty,
  { org: hospital.id, specialty, free, doctors: 1, doctorsFirstDay: 1 },
]
const facts = (more: Partial<PlaceFacts>): PlaceFacts => ({
  offered: new Map([
    ['2000', null],
    ['0100', null],
    ['0304', null],
  ]),
  declared: new Map(
    ['2000', '0100', '0304'].map((key) => [
      `specialty:${key}`,
      {
        org: hospital.id,
        id: key,
        about: 'specialty',
        key,
        grade: 'full',
        source: '执业许可',
        note: null,
        from: hospital.from,
        until: null,
      },
    ]),
  ),
  doctors: new Map([
    ['2000', { count: 4, rank: 3 }],
    ['0304', { count: 3, rank: 3 }],
  ]),
  supply: new Map([supply('2000', 0), supply('0304', 0)]),
  cases: new Map(),
  sent: new Map(),
  ...more,
})
const stateOf = (key: string, more: Partial<PlaceFacts> = {}): string => {
  const { state, whys } = judge(hospital, facts(more), rowFor(key), judging)
  return [state, ...whys].join(' ')
}

test('whoever comes as an emergency is seen without a number, so none that is free makes no cell thin', () => {
  assert.equal(stateOf('choking-hanging'), 'covered')
  assert.equal(stateOf('atrial-fibrillation'), 'thin no-unit')
})

test('prevention is done by doctors of any specialty; other specialties by their own', () => {
  assert.equal(stateOf('adult-checkup'), 'covered', 'and without a number')
  assert.equal(stateOf('adult-checkup', { supply: null, doctors: new Map() }), 'empty no-doctor')
  assert.equal(
    stateOf('atrial-fibrillation', { supply: null, doctors: new Map([['2000', { count: 4, rank: 3 }]]) }),
    'empty no-doctor',
  )
})
