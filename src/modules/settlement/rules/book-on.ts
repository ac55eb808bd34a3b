import { createHash } from 'node:crypto'
import type { Day } from '../../../kernel/day.ts'
import { RuleConflict, RuleGap } from '../../../shapes/rulebook.ts'
import type { AreaClaim } from './area-claim.ts'
import type { AreaBook, AreaRow, When } from './area-schema.ts'

export type RowKind = AreaRow['kind']
export type RowOf<K extends RowKind> = Extract<AreaRow, { kind: K }>

/** A book as it stands on one day: its rows by kind, and the hash of the whole book. */
export type BookOn = {
  readonly id: string
  readonly insured: AreaBook['insured']
  readonly day: Day
  readonly hash: string
  readonly rows: ReadonlyMap<RowKind, readonly AreaRow[]>
}

const compiled = new WeakMap<AreaBook, { readonly hash: string; readonly days: Map<Day, BookOn> }>()

/** The book of an area on a day; made once for each book and day. */
export const bookOn = (book: AreaBook, day: Day): BookOn => {
  let of = compiled.get(book)
  if (of === undefined) {
    of = { hash: createHash('sha256').update(JSON.stringify(book)).digest('hex'), days: new Map() }
    compiled.set(book, of)
  }
  const known = of.days.get(day)
  if (known !== undefined) return known
  const inForce = book.rows.filter(({ from, until }) => from <= day && (until === null || day < until))
  const found = { id: `${book.area}.${book.insured}`, insured: book.insured, day, hash: of.hash, rows: Map.groupBy(inForce, ({ kind }) => kind) } // prettier-ignore
  of.days.set(day, found)
  return found
}

const holds = ({ when }: AreaRow, claim: AreaClaim, category: string | undefined): boolean => {
  const age = claim.age ?? -1
  return (
    (when.care ?? 'inpatient') === claim.care &&
    (when.level === undefined || when.level.includes(claim.level)) &&
    (when.person === undefined || when.person === claim.person) &&
    (when.identity === undefined || when.identity.some((one) => claim.identities.includes(one))) &&
    (when.disease === undefined || when.disease.some((one) => claim.diseases.includes(one))) &&
    (when.status === undefined || when.status.includes(claim.status)) &&
    (when.region === undefined || when.region === claim.region) &&
    (when.category === undefined || when.category === category) &&
    (when.ageFrom === undefined || age >= when.ageFrom) &&
    (when.ageUntil === undefined || (age >= 0 && age < when.ageUntil))
  )
}

const specificities = new WeakMap<When, number>()
const specificity = ({ when }: AreaRow): number => {
  const known = specificities.get(when)
  if (known !== undefined) return known
  const found = Object.values(when).filter((value) => value !== undefined).length
  specificities.set(when, found)
  return found
}

/**
 * The most specific row of a kind that holds for a bill, or null when none does.
 * @throws RuleConflict when two equally specific ones hold.
 */
export const found = <K extends RowKind>(
  book: BookOn,
  claim: AreaClaim,
  kind: K,
  and?: (row: RowOf<K>) => boolean,
  category?: string,
): RowOf<K> | null => {
  let best: RowOf<K> | null = null
  let most = -1
  let isTie = false
  for (const row of (book.rows.get(kind) ?? []) as readonly RowOf<K>[]) {
    if (!holds(row, claim, category) || (and !== undefined && !and(row))) continue
    const own = specificity(row)
    isTie = own === most || (isTie && own < most)
    if (own > most) [best, most] = [row, own]
  }
  if (isTie) throw new RuleConflict(`${book.id}.${kind}`, claim.day, claim.level)
  return best
}

/** The row of a kind that must stand. @throws RuleGap when none does, RuleConflict when two do. */
export const needed = <K extends RowKind>(book: BookOn, claim: AreaClaim, kind: K, category?: string): RowOf<K> => {
  const row = found(book, claim, kind, undefined, category)
  if (row === null) throw new RuleGap(`${book.id}.${kind}`, claim.day, claim.level)
  return row
}
