import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import { loadRulebook } from '../../../platform/rulebook.ts'
import { RuleGap } from '../../../shapes/rulebook.ts'
import { auditHits, compileAudit, crowdHits } from './audit.ts'
import { AUDIT_RULE_IDS, definitionOn, type AuditRuleId } from './definitions.ts'
import type { AuditKnowledge, AuditLine, AuditPerson, AuditStay } from './facts.ts'

const day = (text: string) => text as Day
const rulebook = await loadRulebook()
const audit = compileAudit(rulebook, day('2026-03-01'))

const knowledge: AuditKnowledge = new Map([
  ['plain', {}],
  ['surgery', { includes: ['suture'] }],
  ['suture', {}],
  ['nursing-1', { mutex: ['nursing-2'] }],
  ['nursing-2', { mutex: ['nursing-1'] }],
  ['priced', { prices: { county: 1_000 } }],
  ['daily', { perDay: 2 }],
  ['targeted', { diagnoses: ['C34'] }],
  ['tertiary-only', { levels: ['tertiary'] }],
  ['women', { gender: 'female' }],
  ['child', { ageUntil: 13 }],
  ['maternity', { insurances: ['employee'] }],
  ['cold-medicine', { supply: 'acute' }],
  ['pressure-medicine', { supply: 'chronic' }],
  ['beauty', { payable: false }],
  ['scan', { examination: true }],
  ['change-dressing', { perEvent: 1 }],
  ['panel', { parts: ['sugar', 'fat'], prices: { county: 1_500 } }],
  ['sugar', {}],
  ['fat', {}],
  ['session', { unit: 'session' }],
  ['new-antibiotic', { firstLine: ['old-antibiotic'] }],
  ['old-antibiotic', {}],
  ['nutrition', { daysMost: 10 }],
  ['stomach-a', { ingredient: 'omeprazole' }],
  ['stomach-b', { ingredient: 'omeprazole' }],
  ['aspirin', { contraDiagnoses: ['K25'], contraItems: ['warfarin'] }],
  ['warfarin', {}],
  ['bed', { standing: true }],
  ['drip', { treatment: true }],
  ['tomography', { repeatDays: 14 }],
  ['massage', { sessionsMost: 10 }],
  ['anaesthesia', { licences: ['anaesthetist'] }],
  ['insulin', { packages: ['diabetes'] }],
  ['strips', { storeMost: 50 }],
])

let number = 0
const line = (item: string, more: Partial<AuditLine> = {}): AuditLine => ({
  id: `l${(number += 1)}`,
  item,
  day: day('2026-03-01'),
  quantity: 1,
  priceFen: 1_000,
  amountFen: 1_000,
  supplyDays: null,
  ...more,
})
const stay = (lines: AuditLine[], more: Partial<AuditStay> = {}): AuditStay => ({
  id: `s${(number += 1)}`,
  institution: 'county',
  level: 'county',
  inpatient: false,
  insurance: 'resident',
  admittedOn: day('2026-03-01'),
  dischargedOn: day('2026-03-04'),
  diagnoses: ['J18.9'],
  procedures: 0,
  planned: false,
  lines,
  ...more,
})
const person = (stays: AuditStay[], more: Partial<AuditPerson> = {}): AuditPerson => ({
  gender: 'male',
  bornOn: day('1960-05-05'),
  stays,
  ...more,
})
const one = (...lines: AuditLine[]) => person([stay(lines)])
const twice = (admittedOn: string, more: Partial<AuditStay> = {}) =>
  person([
    stay([line('plain')], { inpatient: true }),
    stay([line('plain')], { inpatient: true, admittedOn: day(admittedOn), dischargedOn: day('2026-03-28'), ...more }),
  ])
const examined = (scanFen: number, dischargedOn: string, procedures = 0) =>
  person([
    stay([line('scan', { amountFen: scanFen }), line('plain', { amountFen: 10_000 - scanFen })], {
      inpatient: true,
      dischargedOn: day(dischargedOn),
      procedures,
    }),
  ])

const later = (item: string, on: string, more: Partial<AuditLine> = {}) => line(item, { day: day(on), ...more })
const visits = (...lines: AuditLine[]) => person(lines.map((one) => stay([one], { admittedOn: one.day, dischargedOn: one.day })))
const bedded = (lines: AuditLine[], more: Partial<AuditStay> = {}) => stay(lines, { inpatient: true, ...more })
const event = { event: '09:00 nurse 4' }
const medicine = (item: string, on: string, supplyDays: number) => later(item, on, { supplyDays })
const prescribed = (prescription: string, supplyDays: number, more: Partial<AuditLine> = {}) =>
  line('cold-medicine', { prescription, supplyDays, department: 'general', ...more })
const store = (institution: string, on: string, quantity: number) =>
  stay([later('strips', on, { quantity })], { pharmacy: true, institution, admittedOn: day(on), dischargedOn: day(on) })
const three = ['2026-03-01', '2026-03-02', '2026-03-03'].map(day)
const beds = () => three.map((on) => line('bed', { day: on }))
const group = (recomputedWeight: number, meanCostFen = 1_000) => ({
  weight: 12_000,
  recomputedWeight,
  pointFen: 500_000,
  meanCostFen,
})
const cheapThenBack = (meanCostFen: number, admittedOn: string, more: Partial<AuditStay> = {}) =>
  person([
    bedded([line('plain')], { group: { ...group(12_000), meanCostFen }, ...more }),
    bedded([line('plain')], { institution: 'city', admittedOn: day(admittedOn), dischargedOn: day('2026-03-28') }),
  ])
const then = (admittedOn: string, more: Partial<AuditStay>) =>
  person([
    bedded([line('plain')]),
    bedded([line('plain')], { institution: 'city', admittedOn: day(admittedOn), dischargedOn: day('2026-03-28'), ...more }),
  ])
const meanwhile = (on: string) =>
  person([
    bedded([line('plain')]),
    stay([line('plain')], { admittedOn: day(on), dischargedOn: day(on), institution: 'township' }),
  ])
const followed = (more: Partial<AuditPerson>) => person([bedded([line('plain')])], more)
const entered = (...days: [string, string][]) => ({
  followUps: days.map(([on, reading], at) => ({ id: `f${at}`, on: day(on), reading })),
})
const contracts = (until: string | null) => ({
  contracts: [
    { team: 'one', from: day('2025-01-01'), until: until === null ? null : day(until) },
    { team: 'two', from: day('2026-01-01'), until: null },
  ],
})

// rule, what is billed, the amount in fen that is objected to (null: none), why
const TABLE: readonly (readonly [AuditRuleId, AuditPerson, number | null, string])[] = [
  ['unlisted', one(line('invented')), 1_000, 'an item that no catalogue has'],
  ['unlisted', one(line('plain')), null, 'an item of the catalogue'],
  ['included', one(line('surgery'), line('suture')), 1_000, 'the suture is content of the surgery of that day'],
  ['included', one(line('surgery'), line('suture', { day: day('2026-03-02') })), null, 'the suture is of another day'],
  ['mutex', one(line('nursing-1', { amountFen: 3_000 }), line('nursing-2')), 1_000, 'only the cheaper of two'],
  ['mutex', one(line('nursing-1'), line('nursing-2')), 1_000, 'of two equal ones only one'],
  ['mutex', one(line('nursing-1'), line('nursing-2', { day: day('2026-03-02') })), null, 'on two days'],
  ['over-price', one(line('priced', { priceFen: 1_001, quantity: 3, amountFen: 3_003 })), 3, 'one fen above, three times'],
  ['over-price', one(line('priced')), null, 'at the standard price'],
  ['over-frequency', one(line('daily'), line('daily'), line('daily')), 1_000, 'the third of two a day, and only it'],
  ['over-frequency', one(line('daily', { quantity: 2 })), null, 'just as many as may be'],
  ['diagnosis', one(line('targeted')), 1_000, 'pneumonia is not what it is paid for'],
  ['diagnosis', person([stay([line('targeted')], { diagnoses: ['J18.9', 'C34.1'] })]), null, 'a second diagnosis carries it'],
  ['level', one(line('tertiary-only')), 1_000, 'a county hospital'],
  ['level', person([stay([line('tertiary-only')], { level: 'tertiary' })]), null, 'a tertiary hospital'],
  ['gender', one(line('women')), 1_000, 'a man'],
  ['gender', person([stay([line('women')])], { gender: 'female' }), null, 'a woman'],
  ['age', person([stay([line('child')])], { bornOn: day('2012-03-01') }), 1_000, 'fourteen on that day'],
  ['age', person([stay([line('child')])], { bornOn: day('2012-03-02') }), null, 'fourteen tomorrow'],
  ['insurance', one(line('maternity')), 1_000, 'insured as a resident'],
  ['insurance', person([stay([line('maternity')], { insurance: 'employee' })]), null, 'insured as an employee'],
  ['supply', one(line('cold-medicine', { supplyDays: 8, amountFen: 800 })), 100, 'the eighth day of seven'],
  ['supply', one(line('cold-medicine', { supplyDays: 7 })), null, 'seven days'],
  ['supply', one(line('pressure-medicine', { supplyDays: 14 })), null, 'fourteen days of a chronic medicine'],
  ['not-payable', one(line('beauty')), 1_000, 'the fund does not pay for it'],
  ['not-payable', one(line('plain')), null, 'the fund pays for it'],
  ['not-payable', one(line('beauty', { selfPaid: true })), null, 'the person pays for it'],
  ['split-stay', twice('2026-03-19'), 1_000, 'back after fifteen days'],
  ['split-stay', twice('2026-03-20'), null, 'back after sixteen days'],
  ['split-stay', twice('2026-03-10', { planned: true }), null, 'a planned return'],
  ['split-stay', twice('2026-03-10', { diagnoses: ['S72.0'] }), null, 'another illness'],
  ['needless-stay', examined(7_000, '2026-03-04'), 10_000, 'three days, seven tenths examinations'],
  ['needless-stay', examined(6_999, '2026-03-04'), null, 'just below seven tenths'],
  ['needless-stay', examined(7_000, '2026-03-05'), null, 'four days'],
  ['needless-stay', examined(7_000, '2026-03-04', 1), null, 'with a procedure'],
  ['repeated-charge', one(line('change-dressing', event), line('change-dressing', event)), 1_000, 'twice for one service'],
  [
    'repeated-charge',
    one(line('change-dressing', event), line('change-dressing', { event: '15:00 nurse 4' })),
    null,
    'morning and afternoon',
  ],
  ['split-item', one(line('sugar', event), line('fat', event)), 500, 'the parts cost 500 more than the panel'],
  [
    'split-item',
    one(line('sugar', event), line('fat', { ...event, amountFen: 500 })),
    null,
    'the parts cost as much as the panel',
  ],
  ['split-item', one(line('sugar', event), line('fat', { event: '15:00' })), null, 'the parts of two services'],
  ['enlarged-unit', one(line('session', { unit: 'hour', quantity: 4, amountFen: 4_000 })), 3_000, 'four hours of one session'],
  ['enlarged-unit', one(line('session', { unit: 'hour' })), null, 'one hour of one session'],
  ['enlarged-unit', one(line('session', { unit: 'session', quantity: 4 })), null, 'four sessions'],
  ['swapped-item', one(line('plain', { executedItem: 'beauty' })), 1_000, 'the record shows another item'],
  ['swapped-item', one(line('plain', { executedItem: 'plain' })), null, 'the record shows the same item'],
  ['overcounted', one(line('plain', { quantity: 4, executed: 3, amountFen: 4_000 })), 1_000, 'one more than was done'],
  ['overcounted', one(line('plain', { quantity: 4, executed: 4 })), null, 'as many as were done'],
  ['second-line', one(line('new-antibiotic')), 1_000, 'nothing was tried before'],
  ['second-line', visits(line('old-antibiotic'), later('new-antibiotic', '2026-08-28')), null, 'tried 180 days before'],
  ['second-line', visits(line('old-antibiotic'), later('new-antibiotic', '2026-08-29')), 1_000, 'tried 181 days before'],
  ['second-line', one(line('old-antibiotic'), line('new-antibiotic')), 1_000, 'tried only on that day'],
  [
    'paid-days',
    visits(line('nutrition', { quantity: 8 }), later('nutrition', '2026-04-01', { quantity: 4, amountFen: 400 })),
    200,
    'two of twelve days',
  ],
  ['paid-days', visits(line('nutrition', { quantity: 8 }), later('nutrition', '2026-04-01', { quantity: 2 })), null, 'ten days'],
  [
    'repeated-medicine',
    visits(medicine('stomach-a', '2026-03-01', 14), medicine('stomach-b', '2026-03-11', 8)),
    500,
    'four of eight days overlap',
  ],
  [
    'repeated-medicine',
    visits(medicine('stomach-a', '2026-03-01', 14), medicine('stomach-b', '2026-03-12', 8)),
    null,
    'three days early',
  ],
  ['contraindicated', person([stay([line('aspirin')], { diagnoses: ['K25.4'] })]), 1_000, 'a bleeding ulcer'],
  ['contraindicated', person([stay([line('aspirin')], { diagnoses: ['K29.5'] })]), null, 'gastritis is not named'],
  ['contraindicated', one(line('aspirin'), line('warfarin')), 1_000, 'with warfarin on one day'],
  ['contraindicated', one(line('aspirin'), later('warfarin', '2026-03-02')), null, 'warfarin on the next day'],
  ['split-prescription', one(prescribed('p1', 4), prescribed('p2', 4)), 250, 'four and four days of seven'],
  ['split-prescription', one(prescribed('p1', 4), prescribed('p2', 3)), null, 'together seven days'],
  ['split-prescription', one(prescribed('p1', 4), prescribed('p2', 4, { department: 'surgery' })), null, 'of two departments'],
  ['split-prescription', one(prescribed('p1', 4), prescribed('p1', 4)), null, 'one prescription'],
  ['empty-bed', person([bedded(beds(), { caredOn: three.slice(0, 2) })]), 1_000, 'only the bed on the third day'],
  ['empty-bed', person([bedded(beds(), { caredOn: three })]), null, 'a sign was measured every day'],
  [
    'empty-bed',
    person([bedded([...beds(), later('drip', '2026-03-03')], { caredOn: three.slice(0, 2) })]),
    null,
    'a drip on the third day',
  ],
  ['empty-bed', person([bedded(beds())]), null, 'nobody asked for the records'],
  ['empty-bed', person([bedded(beds(), { caredOn: three, absentOn: three.slice(1, 2) })]), 1_000, 'a check found nobody'],
  ['copied-record', person([bedded([line('plain')], { notes: ['a', 'b', 'a', 'a'] })]), 1_000, 'three notes alike'],
  ['copied-record', person([bedded([line('plain')], { notes: ['a', 'b', 'a', 'c'] })]), null, 'two notes alike'],
  ['copied-record', person([bedded([line('plain')], { results: ['x', 'x', 'x'] })]), 1_000, 'the same values on three days'],
  [
    'check-up-stay',
    person([
      bedded([line('scan', { amountFen: 8_000 }), line('plain', { amountFen: 2_000 })], { dischargedOn: day('2026-03-06') }),
    ]),
    10_000,
    'eight tenths examinations',
  ],
  [
    'check-up-stay',
    person([
      bedded([line('scan', { amountFen: 7_999 }), line('plain', { amountFen: 2_001 })], { dischargedOn: day('2026-03-06') }),
    ]),
    null,
    'just below',
  ],
  [
    'check-up-stay',
    person([
      bedded([line('scan', { amountFen: 8_000 }), line('drip', { amountFen: 2_000 })], { dischargedOn: day('2026-03-06') }),
    ]),
    null,
    'with a treatment',
  ],
  ['other-person', person([stay([line('plain')], { identityMatches: false })]), 1_000, 'the identity did not match'],
  ['other-person', person([stay([line('plain')], { identityMatches: true })]), null, 'the identity matched'],
  ['other-person', person([stay([line('plain')])], { diedOn: day('2026-02-28') }), 1_000, 'dead since yesterday'],
  ['other-person', person([stay([line('plain')])], { diedOn: day('2026-03-01') }), null, 'died on that day'],
  ['other-person', then('2026-03-03', {}), 1_000, 'in two beds at once'],
  ['other-person', then('2026-03-04', { diagnoses: ['S72.0'] }), null, 'moved on the day of discharge'],
  ['upcoded-group', person([bedded([line('plain')], { group: group(11_000) })]), 50_000, 'a tenth of a weight at 5 000 yuan'],
  ['upcoded-group', person([bedded([line('plain')], { group: group(12_000) })]), null, 'the weight that the evidence carries'],
  ['underserved', cheapThenBack(2_001, '2026-03-18'), 0, 'below half of the group, admitted elsewhere after fourteen days'],
  ['underserved', cheapThenBack(2_000, '2026-03-18'), null, 'just half'],
  ['underserved', cheapThenBack(2_001, '2026-03-19'), null, 'after fifteen days'],
  ['underserved', cheapThenBack(2_001, '2026-03-18', { dischargedOn: day('2026-03-05') }), null, 'a stay of four days'],
  ['shifted-cost', meanwhile('2026-03-02'), 1_000, 'a visit from the bed'],
  ['shifted-cost', meanwhile('2026-03-01'), null, 'a visit on the day of admission'],
  ['shifted-cost', meanwhile('2026-03-04'), null, 'a visit on the day of discharge'],
  ['shifted-cost', person([bedded([line('drip', { selfPaid: true })])]), 1_000, 'the person paid for a payable item'],
  ['repeated-examination', visits(line('tomography'), later('tomography', '2026-03-14')), 1_000, 'after thirteen days'],
  ['repeated-examination', visits(line('tomography'), later('tomography', '2026-03-15')), null, 'after fourteen days'],
  [
    'repeated-examination',
    visits(line('tomography'), later('tomography', '2026-03-02', { indicated: true })),
    null,
    'something called for it',
  ],
  [
    'over-therapy',
    visits(line('massage', { quantity: 8 }), later('massage', '2026-03-09', { quantity: 4, amountFen: 400 })),
    200,
    'two of twelve sessions',
  ],
  [
    'over-therapy',
    visits(line('massage', { quantity: 8 }), later('massage', '2026-03-09', { quantity: 2 })),
    null,
    'ten sessions',
  ],
  [
    'over-therapy',
    visits(line('massage', { quantity: 8 }), later('massage', '2026-03-09', { quantity: 4, evaluated: true })),
    null,
    'a new course after an evaluation',
  ],
  ['licence', one(line('anaesthesia', { licence: 'surgeon' })), 1_000, 'a surgeon'],
  ['licence', one(line('anaesthesia', { licence: 'anaesthetist' })), null, 'an anaesthetist'],
  ['outside-package', person([stay([line('plain')], { chronicIllness: 'diabetes' })]), 1_000, 'not in the package of diabetes'],
  ['outside-package', person([stay([line('insulin')], { chronicIllness: 'diabetes' })]), null, 'in the package of diabetes'],
  [
    'pharmacy',
    person([store('one', '2026-03-01', 30), store('two', '2026-03-30', 25)]),
    200,
    'five of fifty-five within thirty days',
  ],
  ['pharmacy', person([store('one', '2026-03-01', 30), store('two', '2026-03-30', 20)]), null, 'fifty within thirty days'],
  [
    'pharmacy',
    person([store('one', '2026-03-01', 30), store('two', '2026-03-31', 25)]),
    null,
    'a new window on the thirty-first day',
  ],
  ['consortium', followed(contracts('2026-01-02')), 0, 'contracts of two teams overlap by a day'],
  ['consortium', followed(contracts('2026-01-01')), null, 'from one team to the other'],
  ['consortium', followed(entered(['2026-03-02', 'a'])), 0, 'a follow-up of somebody in a bed'],
  ['consortium', followed(entered(['2026-03-04', 'a'])), null, 'a follow-up on the day of discharge'],
  ['consortium', followed(entered(['2026-04-01', 'a'], ['2026-05-01', 'a'], ['2026-06-01', 'a'])), 0, 'three follow-ups alike'],
  ['consortium', followed(entered(['2026-04-01', 'a'], ['2026-05-01', 'a'], ['2026-06-01', 'b'])), null, 'two follow-ups alike'],
  ['consortium', then('2026-03-07', { outside: true, referred: false }), 1_000, 'outside without referral after three days'],
  ['consortium', then('2026-03-07', { outside: true, referred: true }), null, 'referred up'],
  ['consortium', then('2026-03-08', { outside: true, referred: false }), null, 'after four days'],
]

for (const [rule, facts, amountFen, why] of TABLE)
  test(`${rule}: ${why}`, () => {
    const hits = auditHits(facts, knowledge, audit)
    assert.deepEqual(
      hits.map((hit) => [hit.rule, hit.amountFen]),
      amountFen === null ? [] : [[rule, amountFen]],
    )
  })

const many = (count: number, of: (at: number) => AuditStay): AuditPerson[] =>
  Array.from({ length: count }, (_, at) => person([of(at)]))
const house = (at: number, amountFen: number) =>
  bedded([line('plain', { amountFen })], { institution: `house-${at}`, diagnoses: [`J${at}`] })
const sold = (first: string, second: string) => [
  one(line('plain', { traceCode: first })),
  one(line('plain', { traceCode: second })),
]

// rule, all persons, how many hits, why
const CROWDS: readonly (readonly [AuditRuleId, readonly AuditPerson[], number, string])[] = [
  ['pharmacy', sold('8301', '8301'), 1, 'one box sold twice'],
  ['pharmacy', sold('8301', '8302'), 0, 'two boxes'],
  // Peers at 900 and 1100: mean 1000, deviation 100.
  [
    'outlier',
    many(7, (at) => house(at, at === 6 ? 1_301 : at % 2 ? 1_100 : 900)),
    1,
    'more than three deviations above its peers',
  ],
  ['outlier', many(7, (at) => house(at, at === 6 ? 1_300 : at % 2 ? 1_100 : 900)), 0, 'three deviations above its peers'],
  ['outlier', many(5, (at) => house(at, at === 4 ? 9_000 : at % 2 ? 1_100 : 900)), 0, 'only four peers'],
  ['outlier', many(5, () => bedded([line('plain')])), 1, 'five admitted together'],
  ['outlier', many(4, () => bedded([line('plain')])), 0, 'four admitted together'],
]

for (const [rule, persons, hits, why] of CROWDS)
  test(`${rule}: ${why}`, () => {
    assert.deepEqual(
      crowdHits(persons, audit).map((hit) => hit.rule),
      Array.from({ length: hits }, () => rule),
    )
    assert.deepEqual(crowdHits(persons, compileAudit(rulebook, day('2026-03-01'), { without: [rule] })), [])
  })

test('each rule has a hit and a near miss, and its hit is missed without it', () => {
  for (const rule of AUDIT_RULE_IDS) {
    const rows = TABLE.filter(([of]) => of === rule)
    const found = [...rows.map((row) => row[2] !== null), ...CROWDS.filter(([of]) => of === rule).map(([, , hits]) => hits > 0)]
    assert.ok(found.includes(true) && found.includes(false), rule)
    const without = compileAudit(rulebook, day('2026-03-01'), { without: [rule] })
    for (const [, facts] of rows) assert.deepEqual(auditHits(facts, knowledge, without), [], rule)
  }
})

test('the 38 definitions stand in the rulebook with number, names, one kind, stages and clause', () => {
  const all = AUDIT_RULE_IDS.map((id) => definitionOn(rulebook, id, day('2026-03-01')))
  assert.deepEqual(
    all.map((rule) => rule.number),
    Array.from({ length: 38 }, (_, at) => at + 1),
  )
  for (const rule of all) assert.ok(rule.zh && rule.en && rule.basis && rule.stages.includes('post'), rule.id)
  assert.throws(() => compileAudit(rulebook, day('2023-12-31')), RuleGap)
})

test('while ordering only the rules of that stage are asked', () => {
  const split = twice('2026-03-19')
  assert.deepEqual(auditHits(split, knowledge, compileAudit(rulebook, day('2026-03-01'), { stage: 'pre' })), [])
  assert.equal(auditHits(one(line('women')), knowledge, compileAudit(rulebook, day('2026-03-01'), { stage: 'pre' })).length, 1)
})

test('a check that found nobody is a breach, days without care a suspicion; each hit carries its clause', () => {
  const kindOf = (more: Partial<AuditStay>) => auditHits(person([bedded(beds(), more)]), knowledge, audit).map((hit) => hit.kind)
  assert.deepEqual(kindOf({ caredOn: three, absentOn: three.slice(1, 2) }), ['breach'])
  assert.deepEqual(kindOf({ caredOn: three.slice(1) }), ['suspicion'])
  const [hit] = auditHits(one(line('women')), knowledge, audit)
  assert.deepEqual(
    [hit?.zh, hit?.en, hit?.grade, hit?.basis.includes('2025-05-23')],
    ['性别限制', 'For the other gender', 'sourced', true],
  )
})
