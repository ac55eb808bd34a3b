import { assert } from '../../kernel/assert.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import { newId, type OrgId, type PersonId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { firstRevision } from './commands.ts'
import type { AreaBook } from './rules/area-schema.ts'
import { settleClaim } from './rules/settle-claim.ts'
import { chainOf, wholeClaim } from './rules/settle-later.ts'
import { addedOf, sharesOf } from './rules/shares.ts'
import { yearOf, yearSoFar } from './rules/year-so-far.ts'
import type { BillId, KeptBill, StatedClaim } from './settlement.ts'
import { saveBook, saveRevisions, type NewRevision } from './store.ts'
import { entriesOfPersons, lockYears } from './year-store.ts'

/** One bill of a batch, as its institution states it. */
export type BatchBill = {
  readonly org: OrgId
  readonly person: PersonId
  readonly billNo: string
  readonly claim: StatedClaim
}

/**
 * Settles and posts many bills of one area and insured type in one transaction, as the form settles one: in their order, each on what
 * the person's year has seen. A bill that cannot be settled, or whose number is taken, fails the batch; nothing of it is kept then.
 * The persons are those of the index, none of them linked into another. @throws RuleGap, RuleConflict, ClaimRefusal.
 */
export const settleBatch = async (tx: Tx, book: AreaBook, bills: readonly BatchBill[], at: { readonly now: Instant; readonly today: Day }): Promise<number> => {
  const persons = [...new Set(bills.map(({ person }) => person))]
  await lockYears(tx, persons)
  const { area, insured } = book
  const years = Map.groupBy(await entriesOfPersons(tx, { persons, area, insured }), ({ person, day }) => `${person} ${yearOf(day)}`)
  const made: NewRevision[] = []
  for (const { org, person, billNo, claim } of bills) {
    const key = `${person} ${yearOf(claim.day)}`
    const entries = years.get(key) ?? []
    const before = { ...yearSoFar(entries, { care: claim.care, day: claim.day, hospital: org }), chain: chainOf([], []) }
    const settled = settleClaim(book, wholeClaim({ claim, goesOnFrom: [] }, before))
    const bill: KeptBill = {
      org,
      id: newId<BillId>(),
      person,
      billNo,
      round: 1,
      area,
      insured,
      care: claim.care,
      level: claim.level,
      day: claim.day,
      seq: entries.reduce((most, { seq }) => Math.max(most, seq), 0) + 1,
      claim,
      goesOnFrom: [],
      by: null,
      at: at.now,
    }
    years.set(key, [...entries, { ...addedOf(settled), org, bill: bill.id, seq: bill.seq, care: bill.care, level: bill.level, day: bill.day, person }])
    made.push(firstRevision(bill, { settled, before, shares: sharesOf(settled) }, at.today))
  }
  const [first] = made
  assert(first !== undefined, 'a batch has bills')
  await saveBook(tx, first.revision.bookHash, book, at.now)
  await saveRevisions(tx, made)
  return made.length
} // prettier-ignore
