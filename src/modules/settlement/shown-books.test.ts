import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Day } from '../../kernel/day.ts'
import type { Act } from '../../platform/forms/form.ts'
import { areaBook, areaBooks } from './shown-books.ts'

const act = { today: '2025-03-01' as Day } as Act
const tx = {} as Parameters<typeof areaBooks.read>[0]

test('The books are listed with the kinds of bill that each settles in the year; without a year it is the last one', async () => {
  const facts = await areaBooks.read(tx, {}, act)
  assert.ok(facts)
  const { year, books } = areaBooks.answer(facts, {}, act)
  assert.equal(year, 2024)
  const changsha = (insured: string, of: typeof books) => of.find((one) => one.area === 'changsha' && one.insured === insured)
  const kinds = (of: typeof books, care: string) => changsha('residents', of)?.kinds.filter((one) => one.care === care).map(({ level }) => level) // prettier-ignore
  assert.deepEqual(kinds(books, 'inpatient'), ['primary', 'level1', 'level2', 'level3', 'provincial'])
  assert.deepEqual(kinds(books, 'outpatient'), ['primary'])
  // From 2025 on two sources contradict each other on residents' serious illness: no stay is settled, and the list says so.
  const later = areaBooks.answer(facts, { year: 2025 }, act).books
  assert.deepEqual(kinds(later, 'inpatient'), [])
  assert.deepEqual(kinds(later, 'outpatient'), ['primary'])
  assert.ok((changsha('workers', areaBooks.answer(facts, { year: 2025 }, act).books)?.kinds.length ?? 0) > 0)
})

test('An area’s books come whole, with the source of every row; an area that has none is not found', async () => {
  const facts = await areaBook.read(tx, { area: 'changsha' }, act)
  assert.ok(facts)
  const { books } = areaBook.answer(facts, { area: 'changsha' }, act)
  assert.deepEqual(books.map(({ insured }) => insured), ['residents', 'workers']) // prettier-ignore
  assert.ok(books.every(({ rows }) => rows.every(({ basis, grade }) => basis !== '' && grade)))
  assert.equal(await areaBook.read(tx, { area: 'nowhere' }, act), null)
})
