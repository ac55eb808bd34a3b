import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import type { BillId, KeptBill, YearEntry } from '../settlement.ts'
import { areaClaim, settleClaim } from './settle-claim.ts'
import { chainOf, settleLater, wholeClaim, type Standing } from './settle-later.ts'
import { addedBetween, addedOf, NOTHING_ADDED, sharesOf } from './shares.ts'
import { exampleBook } from './testing-book.ts'
import { yearSoFar } from './year-so-far.ts'

const BOOK = exampleBook([
  { kind: 'deductible', amountFen: 50_000 },
  { kind: 'ordinal', sharesBp: [10_000, 5_000], scope: 'any-level' },
  { kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }] },
])
const EMPTY = exampleBook([{ kind: 'rate', bands: [{ overFen: 0, upToFen: null, rateBp: 8_000 }] }])

const bill = (seq: number, more: Partial<KeptBill> = {}): KeptBill => {
  const { stay: _stay, given: _given, ...claim } = areaClaim.parse({ day: '2024-03-10', level: 'level2', lines: [{ amountFen: 100_000 * seq }] }) // prettier-ignore
  return {
    org: '7' as OrgId,
    id: `bill-${seq}` as BillId,
    person: '9' as PersonId,
    billNo: `${seq}`,
    round: 1,
    area: 'example',
    insured: 'workers',
    care: 'inpatient',
    level: 'level2',
    day: '2024-03-10' as Day,
    seq,
    claim,
    goesOnFrom: [],
    by: null,
    at: '2024-03-10T00:00:00Z' as KeptBill['at'],
    ...more,
  }
}
const entry = (one: KeptBill, added: Omit<YearEntry, 'org' | 'bill' | 'seq' | 'care' | 'level' | 'day'>): YearEntry => ({ org: one.org, bill: one.id, seq: one.seq, care: one.care, level: one.level, day: one.day, ...added }) // prettier-ignore

/** Three bills of a year settled in their order. */
const year = () => {
  const entries: YearEntry[] = []
  const standing = [1, 2, 3].map((seq): Standing => {
    const one = bill(seq)
    const before = { ...yearSoFar(entries, { care: 'inpatient', day: one.day, hospital: one.org }), chain: [] }
    const result = settleClaim(BOOK, wholeClaim(one, before))
    entries.push(entry(one, addedOf(result)))
    return { bill: one, book: BOOK, newest: { ...sharesOf(result), no: 1, kind: 'settled', result, reason: null } }
  })
  return { entries, standing }
}
const without = (entries: readonly YearEntry[], first: Standing) => {
  assert.ok(first.newest.result)
  return [...entries, entry(first.bill, addedBetween(addedOf(first.newest.result), NOTHING_ADDED))]
}

test('nothing changes while every bill stands', () => {
  const { entries, standing } = year()
  assert.deepEqual(settleLater(entries, [], standing.slice(1)), [])
})

test('the bill after a reversed one is the first stay now; the one after it is what it was', () => {
  const { entries, standing } = year()
  const outcomes = settleLater(without(entries, standing[0] as Standing), [], standing.slice(1))
  assert.deepEqual(outcomes.map(({ bill: { seq }, kind, no }) => [seq, kind, no]), [[2, 'adjusted', 2]]) // prettier-ignore
  const [first] = outcomes
  // The whole deductible instead of half of it: 250 yuan more, 80 % of which the fund paid.
  assert.ok(first?.kind === 'adjusted')
  assert.deepEqual(new Map(first.postings).get('fund:example/workers/basic'), 20_000)
  assert.deepEqual([first.added.stays, first.added.deductibleFen], [0, 25_000])
})

test('a bill that is reversed itself is passed over', () => {
  const { entries, standing } = year()
  const [first, second] = standing as [Standing, Standing]
  const gone = { ...second, newest: { ...second.newest, kind: 'reversed' as const, result: null } }
  assert.deepEqual(settleLater(without(entries, first), [], [gone]), [])
})

test('a bill that can no longer be settled is listed once with its reason, and moves nothing', () => {
  const { entries, standing } = year()
  const [, second] = standing as [Standing, Standing]
  const stuck = { ...second, book: EMPTY }
  const [outcome] = settleLater(entries, [], [stuck])
  assert.ok(outcome?.kind === 'to-settle-again' && outcome.reason.includes('deductible'))
  const listed = { ...stuck, newest: { ...second.newest, kind: 'to-settle-again' as const, reason: outcome.reason, no: 2 } }
  assert.deepEqual(settleLater(entries, [], [listed]), [])
  const again = settleLater(entries, [], [{ ...listed, book: BOOK }])
  assert.deepEqual(again.map(({ kind, no }) => [kind, no]), [['adjusted', 3]], 'once it can be settled it stands again') // prettier-ignore
})

test('a chain is made of stays that stand, each with the deductible that it stands at', () => {
  const { entries, standing } = year()
  const from = standing.map(({ bill: { id } }) => id)
  assert.deepEqual(chainOf(entries, from).map(({ deductibleFen }) => deductibleFen), [50_000, 25_000, 25_000]) // prettier-ignore
  assert.equal(chainOf(without(entries, standing[0] as Standing), from).length, 2)
  assert.deepEqual(chainOf(entries, []), [])
})
