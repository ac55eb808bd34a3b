import { assert, present } from '../../kernel/assert.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import { newId, type OrgId, type PersonId } from '../../kernel/id.ts'
import type { Queryable, Tx } from '../../platform/database/pool.ts'
import { Refused } from '../../platform/forms/form.ts'
import { tellNewCases } from '../../platform/forms/tell.ts'
import { billingPlacesOf, type BillingPlace } from '../organisations/index.ts'
import { findPersons, type Person } from '../residents/index.ts'
import { firstRevision, settledEvent } from './commands.ts'
import type { Filing } from './filing/filing.ts'
import { filingsOfPersons } from './filing/filing-store.ts'
import { INSURED_OF } from './read-claim.ts'
import { careListOf } from './area-books.ts'
import type { AreaBook } from './rules/area-schema.ts'
import type { CareList } from './rules/care-list.ts'
import { readyClaim } from './rules/ready-claim.ts'
import { addedOf } from './rules/shares.ts'
import { yearOf } from './rules/year-so-far.ts'
import type { BillId, KeptBill, StatedClaim, YearEntry } from './settlement.ts'
import { saveBook, saveRevisions, type NewRevision } from './store.ts'
import { entriesOfPersons, lockYears } from './year-store.ts'

/** One bill of a batch, as its institution states it. */
export type BatchBill = {
  readonly org: OrgId
  readonly person: PersonId
  readonly billNo: string
  readonly claim: StatedClaim
  /** Earlier stays of a chain of referrals: bills of the same batch that stand before this one. */
  readonly goesOnFrom?: readonly BatchBill[]
}

type When = { readonly now: Instant; readonly today: Day }
type BatchFacts = {
  readonly persons: ReadonlyMap<PersonId, Person>
  readonly places: ReadonlyMap<OrgId, BillingPlace>
  readonly filings: ReadonlyMap<PersonId, readonly Filing[]>
  /** The lists of the places of care that bills name. */
  readonly careLists: ReadonlyMap<string | undefined, CareList | null>
  /** What each person's years have seen, by person and year; it grows with the batch. */
  readonly years: Map<string, readonly YearEntry[]>
  /** What each bill of the batch added, once it is settled. */
  readonly settled: Map<BatchBill, YearEntry>
}

const yearKey = (person: PersonId, day: Day): string => `${person} ${yearOf(day)}`

const readBatch = async (db: Queryable, { area, insured }: AreaBook, bills: readonly BatchBill[], persons: PersonId[]): Promise<BatchFacts> => {
  const away = bills.flatMap(({ person, claim }) => (claim.region === 'in-town' ? [] : [person]))
  const places = await billingPlacesOf(db, [...new Set(bills.map(({ org }) => org))])
  const entries = await entriesOfPersons(db, { persons, area, insured })
  const filings = away.length === 0 ? [] : await filingsOfPersons(db, [...new Set(away)])
  const careAreas = [...new Set(bills.map(({ claim }) => claim.careArea))]
  const careLists = new Map(await Promise.all(careAreas.map(async (one) => [one, await careListOf(one)] as const)))
  return {
    careLists,
    persons: await findPersons(db, persons),
    places: new Map(places.map((place) => [place.id, place])),
    filings: Map.groupBy(filings, ({ person }) => person),
    years: Map.groupBy(entries, ({ person, day }) => yearKey(person, day)),
    settled: new Map(),
  }
} // prettier-ignore

/** What the stays added that a bill goes on from; they are the same person's, and stand before it in the batch. */
const chainOf = (facts: BatchFacts, { person, goesOnFrom = [] }: BatchBill): YearEntry[] =>
  goesOnFrom.map((earlier) => {
    assert(earlier.person === person, 'a stay goes on from stays of the same person')
    return present(facts.settled.get(earlier), 'an earlier stay of the batch')
  })

const settleOne = (book: AreaBook, facts: BatchFacts, one: BatchBill, { now, today }: When): NewRevision => {
  const { org, billNo, claim } = one
  const person = present(facts.persons.get(one.person), 'the person of a bill of the batch')
  if (INSURED_OF[person.insurance] !== book.insured) throw new Refused('settlement.not-insured')
  const key = yearKey(one.person, claim.day)
  const entries = facts.years.get(key) ?? []
  const chain = chainOf(facts, one)
  const around = {
    bornOn: person.bornOn,
    place: present(facts.places.get(org), 'the institution of a bill of the batch'),
    filings: facts.filings.get(one.person) ?? [],
    entries,
    chain,
    careList: facts.careLists.get(claim.careArea) ?? null,
  }
  const ready = readyClaim(book, around, { claim, goesOnFrom: chain.map(({ bill }) => bill) }, today)
  if (!ready.ok) {
    const { code, detail } = present(ready.refusals[0], 'why a bill is refused')
    throw new Refused(code, detail)
  }
  const { stated, settled } = ready.value
  const bill: KeptBill = {
    ...stated,
    org,
    id: newId<BillId>(),
    person: one.person,
    billNo,
    round: 1,
    area: book.area,
    insured: book.insured,
    care: claim.care,
    level: claim.level,
    day: claim.day,
    seq: entries.reduce((most, { seq }) => Math.max(most, seq), 0) + 1,
    by: null,
    at: now,
  }
  const { id, seq, care, level, day } = bill
  const entry = { ...addedOf(settled), org, bill: id, seq, care, level, day }
  facts.years.set(key, [...entries, entry])
  facts.settled.set(one, entry)
  return firstRevision(bill, ready.value, today)
}

/**
 * Settles and posts many bills of one area and insured type in one transaction, by the rule and with the event of the form that settles
 * one: in their order, each on what the person's year has seen. A bill that cannot be settled, or whose number is taken, fails the
 * batch; nothing of it is kept then. A chain goes on from bills of the batch alone; what the audit rules stop at a desk belongs to the form. The persons are those of the
 * index, none of them linked into another. @throws Refused, RuleGap, RuleConflict.
 */
export const settleBatch = async (tx: Tx, book: AreaBook, bills: readonly BatchBill[], at: When): Promise<number> => {
  const persons = [...new Set(bills.map(({ person }) => person))]
  await lockYears(tx, persons)
  const facts = await readBatch(tx, book, bills, persons)
  const made = bills.map((one) => settleOne(book, facts, one, at))
  const [first] = made
  assert(first !== undefined, 'a batch has bills')
  await saveBook(tx, first.revision.bookHash, book, at.now)
  await saveRevisions(tx, made)
  await tellNewCases(tx, made.map(({ bill, revision }) => settledEvent(bill, revision)), at.now)
  return made.length
} // prettier-ignore
