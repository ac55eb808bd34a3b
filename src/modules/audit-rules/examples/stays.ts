import type { AuditRuleId } from '../rules/definitions.ts'
import {
  day,
  line,
  stay,
  person,
  one,
  twice,
  examined,
  later,
  bedded,
  store,
  three,
  beds,
  group,
  cheapThenBack,
  onward,
  meanwhile,
  followed,
  entered,
  contracts,
  type Example,
} from './make.ts'
import type { AuditPerson, AuditStay } from '../rules/facts.ts'

const inConsortium = (more: Partial<AuditStay>) =>
  person([
    bedded([line('plain')], { consortium: 'one' }),
    bedded([line('plain')], {
      institution: 'township',
      consortium: 'one',
      admittedOn: day('2026-03-10'),
      dischargedOn: day('2026-03-28'),
      ...more,
    }),
  ])
const turnedAway = (next: Partial<AuditStay>) => {
  const both = cheapThenBack(2_001, '2026-03-18')
  return { ...both, stays: both.stays.map((one, at) => (at === 0 ? one : { ...one, ...next })) }
}
const courses = (code: string) =>
  person([
    bedded([line('plain')], { diagnoses: [code] }),
    bedded([line('plain')], { diagnoses: [code], admittedOn: day('2026-03-10'), dischargedOn: day('2026-03-28') }),
  ])
/** Home again, a night elsewhere for something else, and back. */
const between = () =>
  person([
    bedded([line('plain')]),
    bedded([line('plain')], {
      institution: 'city',
      diagnoses: ['S72.0'],
      admittedOn: day('2026-03-06'),
      dischargedOn: day('2026-03-07'),
    }),
    bedded([line('plain')], { admittedOn: day('2026-03-10'), dischargedOn: day('2026-03-28') }),
  ])
const seen = (on: string, lines = beds(), more: Partial<AuditStay> = {}) =>
  person([bedded(lines), stay([line('plain')], { institution: 'city', admittedOn: day(on), dischargedOn: day(on), ...more })])
const examinedAs = (more: Partial<AuditStay>) =>
  person([bedded([line('scan', { amountFen: 7_000 }), line('plain', { amountFen: 3_000 })], more)])

/** What stays show: hits and near misses. */
export const STAY_EXAMPLES: readonly Example[] = [
  ['split-stay', twice('2026-03-19'), 1_000, 'back after fifteen days'],
  ['split-stay', twice('2026-03-20'), null, 'back after sixteen days'],
  ['split-stay', twice('2026-03-10', { planned: true }), null, 'a planned return'],
  ['split-stay', twice('2026-03-10', { diagnoses: ['S72.0'] }), null, 'another illness'],
  ['needless-stay', examined(7_000, '2026-03-04'), 10_000, 'three days, seven tenths examinations'],
  ['needless-stay', examined(6_999, '2026-03-04'), null, 'just below seven tenths'],
  ['needless-stay', examined(7_000, '2026-03-05'), null, 'four days'],
  ['needless-stay', examined(7_000, '2026-03-04', 1), null, 'with a procedure'],
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
  ['other-person', onward('2026-03-03', {}), 1_000, 'in two beds at once'],
  ['other-person', onward('2026-03-04', { diagnoses: ['S72.0'] }), null, 'moved on the day of discharge'],
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
  ['consortium', onward('2026-03-07', { outside: true, referred: false }), 1_000, 'outside without referral after three days'],
  ['consortium', onward('2026-03-07', { outside: true, referred: true }), null, 'referred up'],
  ['consortium', onward('2026-03-08', { outside: true, referred: false }), null, 'after four days'],
  ['split-stay', twice('2026-03-19', { diagnoses: ['J18.0'] }), 1_000, 'another pneumonia is a related illness'],
  ['split-stay', twice('2026-03-19', { diagnoses: ['J20.9'] }), null, 'bronchitis is another category'],
  ['split-stay', twice('2026-03-10', { institution: 'city', consortium: 'one' }), null, 'the first house is of no consortium'],
  ['split-stay', inConsortium({}), 1_000, 'in another house of the consortium'],
  ['split-stay', inConsortium({ referred: true }), null, 'referred down within the consortium'],
  ['split-stay', courses('Z51.1'), null, 'the next course of chemotherapy'],
  ['split-stay', courses('Z51.5'), 1_000, 'palliative care is no course'],
  ['needless-stay', examinedAs({ emergency: true }), null, 'an emergency'],
  ['needless-stay', examinedAs({ ambulatory: false }), null, 'an illness that needs a bed'],
  ['needless-stay', examinedAs({ ambulatory: true }), 10_000, 'an illness that does not need a bed'],
  ['needless-stay', examinedAs({ group: { ...group(5_001), weight: 5_001 } }), null, 'a group above the low weight'],
  ['needless-stay', examinedAs({ group: { ...group(5_000), weight: 5_000 } }), 10_000, 'a group of low weight'],
  ['split-stay', between(), 1_000, 'a stay elsewhere lies in between'],
  ['empty-bed', seen('2026-03-02'), 1_000, 'seen in another house on a day with nothing but the bed'],
  ['empty-bed', seen('2026-03-01'), null, 'seen elsewhere on the day of admission'],
  ['shifted-cost', seen('2026-03-02', [...beds(), later('drip', '2026-03-02')]), 1_000, 'sent elsewhere on a day of care'],
  ['shifted-cost', seen('2026-03-02', beds(), { pharmacy: true }), 1_000, 'bought while in bed, perhaps by another'],
  ['shifted-cost', person([bedded([line('plain')], { boughtOutside: true })]), 0, 'the record says: bought outside'],
  ['shifted-cost', person([bedded([line('plain')], { boughtOutside: false })]), null, 'nothing was bought outside'],
  ['underserved', person([bedded([line('plain')], { againstPath: true })]), 0, 'let go against the path'],
  ['underserved', person([bedded([line('plain')], { againstPath: false })]), null, 'let go by the path'],
  ['underserved', turnedAway({ planned: true }), null, 'the next stay was planned'],
  ['underserved', turnedAway({ referred: true }), null, 'referred onward at once'],
  ['consortium', onward('2026-03-07', { outside: true, referred: false, emergency: true }), null, 'an emergency outside'],
  ['consortium', onward('2026-03-07', { outside: true, referred: false, planned: true }), null, 'planned outside'],
]

const many = (count: number, of: (at: number) => AuditStay): AuditPerson[] =>
  Array.from({ length: count }, (_, at) => person([of(at)]))
/** Houses with so many stays each, every stay of another illness. */
const houses = (count: number, stays: number, amountOf: (at: number) => number): AuditPerson[] =>
  Array.from({ length: count * stays }, (_, at) => {
    const house = Math.floor(at / stays)
    return person([
      bedded([line('plain', { amountFen: amountOf(house) })], { institution: `house-${house}`, diagnoses: [`J${at}`] }),
    ])
  })
const dearLast = (last: number, amountFen: number) => (at: number) => (at === last ? amountFen : at % 2 ? 1_100 : 900)
const visitors = (visits: number): AuditPerson[] =>
  Array.from({ length: 20 }, (_, at) =>
    person(Array.from({ length: at === 0 ? visits : 1 }, () => stay([line('plain')], { institution: `clinic-${at}` }))),
  )
const alike = (persons: number, items: readonly string[]): AuditPerson[] =>
  many(persons, () => stay(items.map((item) => line(item))))
const sold = (first: string, second: string) => [
  one(line('plain', { traceCode: first })),
  one(line('plain', { traceCode: second })),
]

// rule, all persons, how many hits, why
export const CROWD_EXAMPLES: readonly (readonly [AuditRuleId, readonly AuditPerson[], number, string])[] = [
  ['pharmacy', sold('8301', '8301'), 1, 'one box sold twice'],
  ['pharmacy', sold('8301', '8302'), 0, 'two boxes'],
  // Peers at 900 and 1100: mean 1000, deviation 100.
  ['outlier', houses(7, 5, dearLast(6, 1_301)), 1, 'more than three deviations above its peers'],
  ['outlier', houses(7, 5, dearLast(6, 1_300)), 0, 'three deviations above its peers'],
  ['outlier', houses(7, 4, dearLast(6, 9_000)), 0, 'four stays have no mean worth comparing'],
  ['outlier', houses(5, 5, dearLast(4, 9_000)), 0, 'only four peers'],
  ['outlier', many(5, () => bedded([line('plain')])), 1, 'five admitted together'],
  ['outlier', many(4, () => bedded([line('plain')])), 0, 'four admitted together'],
  ['outlier', visitors(20), 1, 'twenty visits where others have one'],
  ['outlier', visitors(19), 0, 'too few visits to be a sign'],
  ['outlier', visitors(30).slice(0, 5), 0, 'only four others'],
  ['outlier', alike(5, ['sugar', 'fat', 'plain']), 1, 'five visits of one day that are alike'],
  ['outlier', alike(4, ['sugar', 'fat', 'plain']), 0, 'four visits that are alike'],
  ['outlier', alike(5, ['sugar', 'fat']), 0, 'two items are alike for many'],
]
