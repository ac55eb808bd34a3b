import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import type { Result } from '../../../kernel/result.ts'
import type { PlanStep, Readiness, ReadinessItem, Supplier, Tick } from '../continuity.ts'
import { mayGoHome } from './may-go-home.ts'
import { nextSteps, stepsFromTemplate, stepState } from './plan-steps.ts'
import { answered, isReadyPlace, itemsOf, sentAlong } from './readiness-items.ts'

const codes = (result: Result<unknown>): string[] => (result.ok ? [] : result.refusals.map(({ code }) => code))
const TODAY = '2026-11-22' as Day
const words = { zh: '鼻饲管', en: 'Tube' }
const item = (id: string, answer: ReadinessItem['answer'] = null, by: Supplier | null = null): ReadinessItem => ({
  id,
  kind: 'device',
  code: id,
  words,
  knownFrom: null,
  answer,
  supply: by && { by, on: TODAY },
})

test('registers answer what they know: supplies, staff by profession, specialties; the rest waits for the receiver', () => {
  const known = { supplies: new Set(['B01AC06']), roles: new Set(['nurse']), specialties: new Set(['0200']) }
  const needs = [
    ['drug', 'B01AC06'],
    ['device', 'tube'],
    ['staff', 'nurse'],
    ['staff', 'physician'],
    ['service', '0200'],
  ] as const
  const items = itemsOf(
    needs.map(([kind, code]) => ({ kind, code, words })),
    known,
    () => 'id',
  )
  assert.deepEqual(
    items.map(({ answer, knownFrom }) => [answer, knownFrom?.en ?? null]),
    [
      ['there', 'register of supplies'],
      [null, null],
      ['there', 'register of staff'],
      [null, null],
      ['there', 'register of services'],
    ],
  )
})

// what the receiver says | refusals | the sentence
const ANSWERS: [Parameters<typeof answered>[1], string[], string][] = [
  [[{ item: 'a', answer: 'there' }], [], 'there is there'],
  [[], ['continuity.item-unanswered'], 'nothing asked stays open'],
  [[{ item: 'a', answer: 'missing' }], ['continuity.supplier-missing'], 'missing needs who brings it'],
  [[{ item: 'a', answer: 'missing', by: 'hospital' }], ['continuity.supply-day-missing'], 'and by when'],
  [
    [{ item: 'a', answer: 'missing', by: 'hospital', on: '2026-11-21' }],
    ['continuity.supply-day-past'],
    'yesterday is too late to promise',
  ],
  [[{ item: 'a', answer: 'missing', by: 'hospital', on: '2026-11-22' }], [], 'today is in time'],
  [[{ item: 'a', answer: 'missing', by: 'nobody' }], [], 'that nobody can bring it is an answer too, and needs no day'],
  [
    [
      { item: 'a', answer: 'there' },
      { item: 'z', answer: 'there' },
    ],
    ['continuity.item-unknown'],
    'only what was asked is answered',
  ],
]
for (const [given, refusals, sentence] of ANSWERS)
  test(`readiness: ${sentence}`, () => assert.deepEqual(codes(answered([item('a')], given, TODAY)), refusals))

const question = (state: Readiness['state'], items: ReadinessItem[]): Readiness => ({
  org: '1' as OrgId, id: 'q', version: 1, person: '7' as PersonId, caseOrg: null, referral: null, receiver: '2' as OrgId, disease: 'stroke', state, items, note: null,
  askedAt: '2026-11-21T00:00:00.000Z' as Instant, askedBy: { zh: '甲' }, dueAt: null, escalations: 0, answeredAt: null, answeredBy: null, rulebookHash: 'x',
}) // prettier-ignore
const facts = (readiness: Readiness | null, withoutAnswer: string | null = null) => ({
  persons: ['7' as PersonId],
  takers: ['2' as OrgId],
  readiness,
  withoutAnswer,
})

test('a place is ready when everything is there or somebody brings it; what the hospital brings is named', () => {
  assert.equal(isReadyPlace(question('answered', [item('a', 'there'), item('b', 'missing', 'hospital')])), true)
  assert.equal(isReadyPlace(question('answered', [item('a', 'missing', 'nobody')])), false)
  assert.equal(isReadyPlace(question('asked', [item('a', 'there')])), false)
  assert.deepEqual(
    sentAlong(question('answered', [item('a', 'there'), item('b', 'missing', 'hospital'), item('c', 'missing', 'bought')])).map(
      ({ id }) => id,
    ),
    ['b'],
  )
})

const HOME: [Parameters<typeof mayGoHome>[0], string[], string][] = [
  [facts(question('answered', [item('a', 'there')])), [], 'the place that takes the person said that it can'],
  [facts(null), ['continuity.not-asked'], 'nobody is sent to a place that was not asked'],
  [facts(null, '患者坚持出院'), [], 'unless the ward says why'],
  [facts(question('asked', [item('a')])), ['continuity.not-answered'], 'an open question is no answer'],
  [
    facts(question('answered', [item('a', 'missing', 'nobody')])),
    ['continuity.place-not-ready'],
    'a place that lacks something is not ready',
  ],
  [facts(question('answered', [item('a', 'missing', 'nobody')]), '家属自备'), [], 'unless the ward says why'],
  [
    { ...facts(question('answered', [])), takers: ['3' as OrgId] },
    ['continuity.answer-of-another'],
    'another place’s answer does not count',
  ],
  [
    { ...facts(question('answered', []), '急'), persons: ['8' as PersonId] },
    ['continuity.answer-of-another'],
    'nor one about another person, whatever is said',
  ],
]
for (const [home, refusals, sentence] of HOME)
  test(`going home: ${sentence}`, () => assert.deepEqual(codes(mayGoHome(home)), refusals))

const step = (dueOn: string, id?: string) => ({
  kind: 'exercise' as const,
  words,
  plain: words,
  atHome: true,
  dueOn: dueOn as Day,
  ...(id ? { id } : {}),
})
const kept = (dueOn: string, id: string): PlanStep => ({ ...step(dueOn), id })
let made = 0
const newId = (): string => `new-${(made += 1)}`

const PLANS: [ReturnType<typeof step>[], PlanStep[], string[], string[], string][] = [
  [[step('2026-11-22')], [], [], [], 'a step may be today'],
  [[step('2026-11-21')], [], [], ['continuity.step-in-past'], 'not yesterday'],
  [[step('2026-11-10', 'a')], [kept('2026-11-10', 'a')], [], [], 'a step that stood there before may stay where it is'],
  [
    [step('2026-11-11', 'a')],
    [kept('2026-11-10', 'a')],
    [],
    ['continuity.step-in-past'],
    'but not move to another day that is over',
  ],
  [
    [step('2026-11-25', 'z')],
    [kept('2026-11-25', 'a')],
    [],
    ['continuity.step-unknown'],
    'an id that the plan does not have is no step of it',
  ],
  [[], [kept('2026-11-25', 'a')], ['a'], ['continuity.step-ticked'], 'what primary care has ticked is not taken out'],
  [[], [kept('2026-11-25', 'a')], [], [], 'what nobody has touched may go'],
]
for (const [given, before, ticked, refusals, sentence] of PLANS)
  test(`plan: ${sentence}`, () => assert.deepEqual(codes(nextSteps(given, before, new Set(ticked), TODAY, newId)), refusals))

test('a template falls on days after the return, in their order', () => {
  const template = ['b', 'a'].map((id) => ({ id, kind: 'visit' as const, words, plain: words, atHome: false }))
  assert.deepEqual(
    stepsFromTemplate(template, TODAY, (id) => (id === 'a' ? 1 : 42)).map(({ dueOn }) => dueOn),
    ['2026-11-23', '2027-01-03'],
  )
})

const tick = (side: Tick['side'], state: Tick['state']): Tick => ({
  id: newId(),
  plan: 'p',
  step: 's',
  side,
  state,
  why: null,
  value: null,
  occurredAt: '2026-11-22T00:00:00.000Z' as Instant,
  recordedAt: '2026-11-22T00:00:00.000Z' as Instant,
  by: { zh: '乙' },
})
test('what a resident reports never replaces the tick of primary care', () => {
  assert.equal(stepState('s', [tick('self', 'done')]), 'planned')
  assert.equal(stepState('s', [tick('house', 'overdue'), tick('self', 'done')]), 'overdue')
  assert.equal(stepState('s', [tick('house', 'overdue'), tick('primary-care', 'done')]), 'done')
  assert.equal(stepState('s', [tick('primary-care', 'not-done'), tick('self', 'done')]), 'not-done')
  assert.equal(stepState('other', [tick('primary-care', 'done')]), 'planned')
})
