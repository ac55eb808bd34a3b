import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { areaFile, type AreaBook } from '../area-schema.ts'
import { exampleBook, settledBy } from '../testing-book.ts'
import { bookValues, changedBook } from './book-values.ts'
import { comparedBill, whatIf, type BothBooks, type Tally } from './compare.ts'
import { kindsSettled, madePerson, madeYearOf } from './made-bills.ts'

const YEAR = 2024
const SEED = 7
const BILLS = 3_000
const shipped = (insured: AreaBook['insured']): AreaBook =>
  areaFile.parse(parse(readFileSync(new URL(`../../../../../rulebook/areas/changsha/${insured}.yaml`, import.meta.url), 'utf8')))

const residents = shipped('residents')
const workers = shipped('workers')
const year = madeYearOf([residents, workers], YEAR, SEED)
const rateAt = (level: string): string => {
  const found = bookValues(residents, YEAR).find(({ kind, field, when }) => kind === 'rate' && field === 'rateBp' && when.care === undefined && when.level?.includes(level as never)) // prettier-ignore
  assert.ok(found, level)
  return found.at
}
const tried = (changes: Record<string, number>): BothBooks => {
  const { book, faults } = changedBook(residents, changes)
  assert.deepEqual(faults, {})
  return { residents: { before: residents, after: book }, workers: { before: workers, after: workers } }
}
const total = (groups: Readonly<Record<string, Tally>>, of: (tally: Tally) => number): number =>
  Object.values(groups).reduce((sum, one) => sum + of(one), 0)

test('A changed value changes the copy and never the book; the next band begins where the changed one ends', () => {
  const layer = bookValues(residents, YEAR).find(({ kind, field }) => kind === 'layer' && field === 'upToFen')
  assert.ok(layer?.band)
  const { book, faults } = changedBook(residents, { [layer.at]: layer.value + 100 })
  assert.deepEqual(faults, {})
  const [, row, , band] = layer.at.split('.').map(Number)
  const bandsOf = (one: AreaBook) => (one.rows[row as number] as { bands: { overFen: number; upToFen: number | null }[] }).bands
  assert.equal(bandsOf(book)[band as number]?.upToFen, layer.value + 100)
  assert.equal(bandsOf(book)[(band as number) + 1]?.overFen, layer.value + 100)
  assert.equal(bandsOf(residents)[band as number]?.upToFen, layer.value)
})

test('What cannot be is told: a share above the whole, no whole number, bands out of order, a place that is not there', () => {
  const rate = rateAt('level3')
  const layer = bookValues(residents, YEAR).find(({ kind, field }) => kind === 'layer' && field === 'upToFen')
  assert.ok(layer?.band)
  assert.equal(changedBook(residents, { [rate]: 10_001 }).faults[rate], 'above-whole')
  assert.equal(changedBook(residents, { [rate]: 10_000 }).faults[rate], undefined)
  assert.equal(changedBook(residents, { [rate]: 0.5 }).faults[rate], 'not-whole')
  assert.equal(changedBook(residents, { [rate]: -1 }).faults[rate], 'not-whole')
  assert.equal(changedBook(residents, { [layer.at]: layer.band.overFen }).faults[layer.at], 'bands-out-of-order')
  assert.equal(changedBook(residents, { 'rows.999.rateBp': 1 }).faults['rows.999.rateBp'], 'not-whole')
})

test('Whether fees above a limit go on is a switch, of books whose layers pay above the cap', () => {
  const bands = [{ overFen: 0, upToFen: null, rateBp: 8_000 }]
  const limit = { kind: 'care-limit', per: 'year', of: 'in-scope', amountFen: 60_000 }
  const plain = [{ kind: 'deductible', amountFen: 0 }, { kind: 'rate', bands }, limit]
  const switches = (book: AreaBook) => bookValues(book, YEAR).filter(({ unit }) => unit === 'switch')
  assert.deepEqual(switches(exampleBook(plain)), [])
  const book = exampleBook([...plain, { kind: 'layer', layer: 'large-amount', base: 'above-cap', bands }])
  const [one] = switches(book)
  assert.deepEqual([one?.at, one?.value], ['rows.2.joinsAboveCap', 0])
  const turned = changedBook(book, { 'rows.2.joinsAboveCap': 1 }).book
  const paid = (of: AreaBook): number => settledBy(of, { lines: [{ amountFen: 100_000 }] }).fundFen
  assert.deepEqual([paid(book), paid(turned), switches(turned)[0]?.value], [48_000, 80_000, 1])
  assert.equal(changedBook(book, { 'rows.2.joinsAboveCap': 2 }).faults['rows.2.joinsAboveCap'], 'not-whole')
})

test('The same seed makes the same people, another seed others; every bill is of a kind that its book settles', () => {
  for (let at = 0; at < 200; at++) {
    const person = madePerson(year, at)
    assert.deepEqual(person, madePerson(year, at))
    const kinds = kindsSettled(person.insured === 'residents' ? residents : workers, YEAR)
    for (const { claim } of person.bills) {
      assert.ok(kinds.some(({ care, level }) => care === claim.care && level === claim.level))
      assert.ok(claim.lines.every(({ amountFen }) => Number.isSafeInteger(amountFen) && amountFen > 0))
    }
  }
  assert.notDeepEqual(madePerson(year, 1), madePerson({ ...year, seed: SEED + 1 }, 1))
})

test('Without a change nobody gains and nobody loses', () => {
  const { all, bins, bills } = whatIf(year, tried({}), BILLS)
  assert.equal(bills, BILLS)
  assert.deepEqual([all.gain, all.loss, all.most.fen], [0, 0, 0])
  assert.equal(bins.find(({ bills: some }) => some > 0)?.bills, all.bills)
})

test('Every group sums to the whole, both sides pay the same bills, and what the funds give the persons save', () => {
  const told: number[] = []
  const outcome = whatIf(year, tried({ [rateAt('level3')]: 5_000, [rateAt('primary')]: 9_500 }), BILLS, (done) => told.push(done))
  const { all, byInsured, byCare, byLevel, byAid, payers, bins, refused } = outcome
  assert.equal(all.bills + Object.values(refused).reduce((sum, one) => sum + one, 0), BILLS)
  for (const groups of [byInsured, byCare, byLevel, byAid])
    for (const amount of [(one: Tally) => one.bills, (one: Tally) => one.fund[1], (one: Tally) => one.person[0]])
      assert.equal(total(groups, amount), amount(all))
  for (const side of [0, 1] as const)
    assert.equal(Object.values(payers).reduce((sum, both) => sum + both[side], 0), all.totalFen) // prettier-ignore
  assert.equal(all.fund[1] - all.fund[0], all.person[0] - all.person[1])
  assert.equal(bins.reduce((sum, { bills }) => sum + bills, 0), all.bills) // prettier-ignore
  assert.equal(bins.reduce((sum, { fen }) => sum + fen, 0), all.person[1] - all.person[0]) // prettier-ignore
  assert.ok(all.gain > 0 && all.loss > 0)
  assert.deepEqual([byInsured.workers?.gain, byInsured.workers?.loss], [0, 0])
  assert.ok((byLevel.level3?.fund[1] ?? 0) < (byLevel.level3?.fund[0] ?? 0))
  assert.deepEqual(
    told,
    [...told].toSorted((one, other) => one - other),
  )
  assert.ok(told.length >= 2)
})

test('The example of a number is the bill that it tells of, with the steps of both books', () => {
  const books = tried({ [rateAt('level3')]: 5_000 })
  const { all, bins } = whatIf(year, books, BILLS)
  const { before, after } = comparedBill(year, books, all.most.place)
  assert.equal(after.personalFen - before.personalFen, all.most.fen)
  assert.notEqual(before.rulebookHash, after.rulebookHash)
  assert.ok(before.steps.length > 3 && after.steps.length > 3)
  for (const { example, fromFen, upToFen } of bins) {
    if (example === null) continue
    const one = comparedBill(year, books, example)
    const fen = one.after.personalFen - one.before.personalFen
    assert.ok((fromFen === null || fen >= fromFen) && (upToFen === null || fen < upToFen))
  }
})

test('A book with two rules for the same thing settles no stay of that year; without other care it takes no part', () => {
  const cares = new Set(kindsSettled(residents, YEAR + 1).map(({ care }) => care))
  assert.deepEqual([...cares], ['outpatient'])
  const stays = { ...residents, rows: residents.rows.filter(({ when }) => when.care === undefined) }
  assert.deepEqual(kindsSettled(stays, YEAR + 1), [])
  assert.deepEqual(madeYearOf([stays], YEAR + 1, SEED).of, [])
})
