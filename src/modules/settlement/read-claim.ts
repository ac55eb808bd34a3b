import type { z } from 'zod'
import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { ok, refuse, type Result } from '../../kernel/result.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import { standingTo, type Standing } from '../record-access/index.ts'
import { findBillingPlace, type BillingPlace } from '../organisations/index.ts'
import { idsOf } from '../residents/index.ts'
import { bookOfArea, careListOf } from './area-books.ts'
import type { previewInput, ShownSettlement, ShownShares } from './contract.ts'
import type { Filing } from './filing/filing.ts'
import { filingsOf } from './filing/filing-store.ts'
import type { AreaBook } from './rules/area-schema.ts'
import type { CareList } from './rules/care-list.ts'
import type { SettledClaim } from './rules/settle-claim.ts'
import { readyClaim, type ReadyClaim } from './rules/ready-claim.ts'
import { sharesOf } from './rules/shares.ts'
import { yearOf } from './rules/year-so-far.ts'
import type { BillId, Shares, YearEntry } from './settlement.ts'
import { entriesOfBills, entriesOfYear } from './year-store.ts'

/** What the index of persons calls the insured types of the books. */
export const INSURED_OF = { resident: 'residents', employee: 'workers', none: null } as const

/** What must be known to settle a bill: whose it is, by which book, and what the year has seen. */
export type ClaimFacts = Standing & {
  readonly insured: AreaBook['insured'] | null
  readonly book: AreaBook | null
  readonly entries: readonly YearEntry[]
  readonly chain: readonly YearEntry[]
  /** What is filed of care away from home; asked for bills from away alone. */
  readonly filings: readonly Filing[]
  readonly careList: CareList | null
  /** The institution or pharmacy that states the bill; null where a resident asks what it would cost. */
  readonly place: BillingPlace | null
  /** Whether somebody states it whom no register has. */
  readonly isOfNobody: boolean
}

type Asked = z.output<typeof previewInput>

/** Everything of a claim around what was stated; the person must have been found before. */
export const readClaim = async (
  db: Queryable,
  standing: Standing,
  { area, claim, goesOnFrom }: Asked,
  hospital: OrgId | null,
): Promise<ClaimFacts> => {
  const { person } = standing
  const insured = INSURED_OF[person.insurance]
  if (insured === null)
    return {
      ...standing,
      insured,
      book: null,
      entries: [],
      chain: [],
      filings: [],
      careList: null,
      place: null,
      isOfNobody: false,
    }
  const persons = [...new Set([person.id, ...(await idsOf(db, person.id))])]
  const book = await bookOfArea(area, insured)
  const entries = await entriesOfYear(db, { persons, area, insured, year: yearOf(claim.day) })
  const chain = goesOnFrom.length === 0 ? [] : await entriesOfBills(db, persons, goesOnFrom as BillId[])
  const filings = claim.region === 'in-town' ? [] : await filingsOf(db, persons)
  const place = hospital === null ? null : await findBillingPlace(db, hospital)
  const careList = await careListOf(claim.careArea)
  return { ...standing, insured, book, entries, chain, filings, careList, place, isOfNobody: hospital !== null && place === null }
}

/** The person of a claim, with how the act stands to the record. */
export const standingOfClaim = (db: Queryable, { person }: Asked): Promise<Standing | null> => standingTo(db, person)

/** A claim that was settled: as whom, by which book, from which facts, with what outcome. */
export type ReadySettlement = ReadyClaim & { readonly insured: AreaBook['insured']; readonly book: AreaBook }

/**
 * Settles what was asked on what is known. Refuses who is not insured, an area without a book, and what no bill may be: of another
 * level than its institution's, of a day ahead, in contradiction to itself. @throws RuleGap, RuleConflict.
 */
export const settleAsked = (facts: ClaimFacts, input: Asked, today: Day): Result<ReadySettlement> => {
  const { insured, book, person } = facts
  if (insured === null) return refuse('settlement.not-insured')
  if (book === null) return refuse('settlement.no-area-book')
  if (facts.isOfNobody) return refuse('settlement.no-contract')
  const ready = readyClaim(book, { ...facts, bornOn: person.bornOn }, { claim: input.claim, goesOnFrom: input.goesOnFrom as BillId[] }, today)
  return ready.ok ? ok({ ...ready.value, insured, book }) : ready
} // prettier-ignore

export const shownShares = ({ totalFen, hospitalFen, funds, accountFen, relatives, cashFen }: Shares): ShownShares => ({
  totalFen,
  hospitalFen,
  fundFen: Object.values(funds).reduce((sum, fen) => sum + fen, 0),
  funds,
  accountFen,
  relatives,
  cashFen,
})

export const shownSettlement = (settled: SettledClaim): ShownSettlement => ({
  ...shownShares(sharesOf(settled)),
  ownPayFen: settled.ownPayFen,
  overLimitFen: settled.overLimitFen,
  preSelfFen: settled.preSelfFen,
  inScopeFen: settled.inScopeFen,
  deductibleFen: settled.deductibleFen,
  rulebookHash: settled.rulebookHash,
  steps: settled.steps,
})
