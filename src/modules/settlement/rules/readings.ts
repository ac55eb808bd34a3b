import type { Day } from '../../../kernel/day.ts'
import type { AreaBook, AreaRow } from './area-schema.ts'
import { keysOf } from './area-keys.ts'
import { isInForce } from './row-in-force.ts'

/** So many ways of reading a disputed book are reckoned; a book with more of them stays a conflict. */
const READINGS_MOST = 16

const known = new WeakMap<AreaBook, Map<Day, readonly AreaBook[]>>()

const read = (book: AreaBook, day: Day): readonly AreaBook[] => {
  const disputed = book.rows.filter((row) => row.grade === 'disputed' && isInForce(row, day))
  const groups = [...Map.groupBy(disputed, (row) => keysOf(row).join('|')).values()].filter((rows) => rows.length > 1)
  const count = groups.reduce((product, rows) => product * rows.length, 1)
  if (groups.length === 0 || count > READINGS_MOST) return [book]
  let leftOut: AreaRow[][] = [[]]
  for (const rows of groups)
    leftOut = leftOut.flatMap((out) => rows.map((kept) => [...out, ...rows.filter((row) => row !== kept)]))
  return leftOut.map((out) => ({ ...book, rows: book.rows.filter((row) => !out.includes(row)) }))
}

/**
 * Where sources contradict each other, the books that each of them would make of an area on a day; a book that nobody disputes is its
 * own only reading. For an estimate over all of them: a bill is settled by none of them.
 */
export const readingsOf = (book: AreaBook, day: Day): readonly AreaBook[] => {
  const days = known.get(book) ?? new Map<Day, readonly AreaBook[]>()
  known.set(book, days)
  const readings = days.get(day) ?? read(book, day)
  days.set(day, readings)
  return readings
}
