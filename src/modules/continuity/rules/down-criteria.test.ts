import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { CriteriaFacts, Criterion, Decided, Way } from './down-criteria.ts'
import { byReadiness, decideCriteria, progressOf } from './down-criteria.ts'
import { diseaseOf, isOf } from './icd-range.ts'

const at = (day: string): Instant => `${day}T02:00:00.000Z` as Instant
const TODAY = '2026-11-22' as Day
const criterionOf = (by: Way, id = 'one', isOptional = false): Criterion => ({
  id,
  words: { zh: '一条', en: 'one' },
  grade: 'memory',
  basis: '测试',
  isOptional,
  by,
})
const limits = {
  bound: (key: string): number => ({ 'pressure-below': 140, 'pressure-least': 90, 'oxygen-least': 90 })[key] ?? Number.NaN,
  recentDays: (key: string): number => ({ vitals: 2, scale: 14, attestation: 3, delivery: 42 })[key] ?? Number.NaN,
}
const words = { zh: '词', en: 'word' }
const series = (code: string, unit: string, points: [string, number][]) => ({
  code,
  words,
  unit,
  panel: null,
  low: null,
  high: null,
  points: points.map(([day, value]) => ({ at: at(day), value, comparator: null, flag: null })),
})
const problem = (code: string, since: string, isActive = true) => ({
  id: code,
  words,
  code,
  status: isActive ? 'active' : 'resolved',
  since: at(since),
  isActive,
})
const medicine = (code: string, isActive = true) => ({
  id: code,
  words,
  code,
  status: 'active',
  since: at('2026-11-20'),
  dose: null,
  isActive,
})
const stated = (state: 'met' | 'not-met', day: string, criterion = 'one') => ({
  criterion,
  state,
  note: '查房所见',
  at: at(day),
  by: { zh: '张主任' },
})

type Part = Partial<CriteriaFacts['record']> & { attestations?: CriteriaFacts['attestations'] }
const factsOf = ({ attestations = [], ...record }: Part): CriteriaFacts => ({
  record: { problems: [], medicines: [], series: [], ...record },
  attestations,
  icd10: ['I60-I64'],
  today: TODAY,
  zone: 'Asia/Shanghai',
})
const decide = (by: Way, part: Part): Decided => decideCriteria([criterionOf(by)], factsOf(part), limits)[0] as Decided

const PRESSURE: Way = {
  kind: 'measures',
  within: 'vitals',
  all: [
    {
      codes: ['8480-6'],
      unit: 'mmHg',
      words: { zh: '收缩压', en: 'Systolic' },
      below: 'pressure-below',
      least: 'pressure-least',
    },
  ],
}
const pressure = (...points: [string, number][]): Part => ({ series: [series('8480-6', 'mm[Hg]', points)] })
const ATTESTED: Way = { kind: 'attestation' }
const PREVENTION: Way = { kind: 'medicine', groups: [['B01AC'], ['C10AA']] }
const SCALE: Way = { kind: 'recorded', within: 'scale', codes: ['75859-9'] }
const DELIVERED: Way = { kind: 'condition', within: 'delivery', icd10: ['O80-O84', 'Z37'] }

// how it is decided | record and statements | state | the sentence
const TABLE: [Way, Part, Decided['state'], string][] = [
  [PRESSURE, pressure(['2026-11-22', 139]), 'met', 'below the target is met'],
  [PRESSURE, pressure(['2026-11-22', 140]), 'not-met', 'the target itself is not below it'],
  [PRESSURE, pressure(['2026-11-22', 90]), 'met', 'the lower bound itself is enough'],
  [PRESSURE, pressure(['2026-11-22', 89]), 'not-met', 'just under the lower bound is too low'],
  [PRESSURE, pressure(['2026-11-20', 120]), 'met', 'a value of two days ago still counts'],
  [PRESSURE, pressure(['2026-11-19', 120]), 'unknown', 'an older one says nothing about today'],
  [PRESSURE, pressure(['2026-11-21', 120], ['2026-11-22', 150]), 'not-met', 'the newest value decides'],
  [PRESSURE, { series: [series('8480-6', 'kPa', [['2026-11-22', 16]])] }, 'unknown', 'another unit is not compared'],
  [PRESSURE, {}, 'unknown', 'nothing measured is unknown, never met'],
  [PRESSURE, { attestations: [stated('met', '2026-11-22')] }, 'met', 'where the record is silent, a doctor states it'],
  [
    PRESSURE,
    { ...pressure(['2026-11-22', 150]), attestations: [stated('met', '2026-11-22')] },
    'not-met',
    'a statement never overrules the record',
  ],
  [ATTESTED, {}, 'unknown', 'what only a doctor can say is unknown until said'],
  [ATTESTED, { attestations: [stated('met', '2026-11-19')] }, 'met', 'a statement counts for three days'],
  [ATTESTED, { attestations: [stated('met', '2026-11-18')] }, 'unknown', 'on the fourth day it is asked again'],
  [
    ATTESTED,
    { attestations: [stated('met', '2026-11-20'), stated('not-met', '2026-11-21')] },
    'not-met',
    'the newest statement counts',
  ],
  [
    ATTESTED,
    { attestations: [stated('met', '2026-11-21', 'other')] },
    'unknown',
    'a statement about another criterion does not count',
  ],
  [{ kind: 'diagnosis' }, { problems: [problem('I63.9', '2026-11-10')] }, 'met', 'a coded diagnosis of the disease is clear'],
  [{ kind: 'diagnosis' }, { problems: [problem('I69.3', '2026-11-10')] }, 'unknown', 'late effects are another category'],
  [
    { kind: 'diagnosis' },
    { problems: [problem('I63.9', '2020-11-10', false)] },
    'unknown',
    'a resolved one is no present diagnosis',
  ],
  [DELIVERED, { problems: [problem('O80.9', '2026-11-18')] }, 'met', 'a delivery on record within 42 days'],
  [DELIVERED, { problems: [problem('O80.9', '2026-10-10')] }, 'unknown', 'a delivery of 43 days ago is over'],
  [PREVENTION, { medicines: [medicine('B01AC06'), medicine('C10AA05')] }, 'met', 'antiplatelet and statin are both given'],
  [PREVENTION, { medicines: [medicine('B01AC06')] }, 'unknown', 'one of two is not enough'],
  [PREVENTION, { medicines: [medicine('B01AC06'), medicine('C10AA05', false)] }, 'unknown', 'a stopped one does not count'],
  [
    SCALE,
    { series: [series('75859-9', '{score}', [['2026-11-08', 3]])] },
    'met',
    'a score of fourteen days ago is recorded, whatever it is',
  ],
  [SCALE, { series: [series('75859-9', '{score}', [['2026-11-07', 3]])] }, 'unknown', 'an older score is to be taken again'],
]
for (const [by, part, state, sentence] of TABLE)
  test(`down-referral: ${sentence}`, () => assert.equal(decide(by, part).state, state))

test('each decision says which fact of which day decided it, or what is missing', () => {
  const met = decide(PRESSURE, pressure(['2026-11-21', 132]))
  assert.deepEqual([met.fact?.words.zh, met.fact?.at, met.missing], ['收缩压 132 mmHg (≥90 <140)', at('2026-11-21'), null])
  const unknown = decide(PRESSURE, {})
  assert.deepEqual([unknown.fact, unknown.missing?.zh], [null, '缺 2 天内的收缩压'])
  assert.equal(decide(ATTESTED, { attestations: [stated('met', '2026-11-22')] }).fact?.by?.zh, '张主任')
})

test('ready is who meets every required criterion; an optional one holds nobody back', () => {
  const decided = decideCriteria(
    [criterionOf(ATTESTED), criterionOf(ATTESTED, 'tcm', true)],
    factsOf({ attestations: [stated('met', '2026-11-22')] }),
    limits,
  )
  assert.deepEqual(progressOf(decided), { met: 1, notMet: 0, unknown: 0, isReady: true })
  assert.equal(progressOf([]).isReady, false, 'without criteria nobody is ready')
})

test('the list begins with who is nearest home', () => {
  const row = (notMet: number, unknown: number, daysOver: number) => ({
    progress: { met: 1, notMet, unknown, isReady: false },
    daysOver,
  })
  const sorted = [row(1, 0, 9), row(0, 2, 0), row(0, 1, -3), row(0, 1, 4)].toSorted(byReadiness)
  assert.deepEqual(
    sorted.map(({ progress, daysOver }) => [progress.notMet, progress.unknown, daysOver]),
    [
      [0, 1, 4],
      [0, 1, -3],
      [0, 2, 0],
      [1, 0, 9],
    ],
  )
})

test('ICD-10 ranges hold both their ends, and codes in their order decide the disease', () => {
  for (const [code, range, belongs] of [
    ['I60.0', 'I60-I64', true],
    ['I64', 'I60-I64', true],
    ['I65', 'I60-I64', false],
    ['e11.9', 'E11', true],
    ['J44.1', 'J43', false],
  ] as const)
    assert.equal(isOf(code, range), belongs, `${code} in ${range}`)
  const diseases = [
    { key: 'a', icd10: ['I60-I64'] },
    { key: 'b', icd10: ['E11'] },
  ]
  assert.equal(diseaseOf(['E11.9', 'I63.9'], diseases)?.key, 'b')
  assert.equal(diseaseOf(['K35'], diseases), null)
})
