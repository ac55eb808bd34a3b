import type { z } from 'zod'
import { ageOn, type Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { ok, refuse, type Result } from '../../kernel/result.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import { standingTo, type Standing } from '../record-access/index.ts'
import { institutionsOf } from '../organisations/index.ts'
import { idsOf } from '../residents/index.ts'
import { bookOfArea } from './area-books.ts'
import type { previewInput, ShownSettlement, ShownShares } from './contract.ts'
import type { Filing } from './filing/filing.ts'
import { filingsOf } from './filing/filing-store.ts'
import type { AreaBook } from './rules/area-schema.ts'
import { ClaimRefusal } from './rules/claim-refusal.ts'
import { filedStatus } from './rules/filed-status.ts'
import { settleClaim, type SettledClaim } from './rules/settle-claim.ts'
import { chainOf, wholeClaim } from './rules/settle-later.ts'
import { sharesOf } from './rules/shares.ts'
import { yearOf, yearSoFar } from './rules/year-so-far.ts'
import type { BillId, KeptBill, SettledOn, Shares, YearEntry } from './settlement.ts'
import { entriesOfBills, entriesOfYear } from './year-store.ts'

/** What the index of persons calls the insured types of the books. */
export const INSURED_OF = { resident: 'residents', employee: 'workers', none: null } as const

/** What must be known to settle a bill: whose it is, by which book, and what the year has seen. */
export type ClaimFacts = Standing & {
  readonly insured: AreaBook['insured'] | null
  readonly book: AreaBook | null
  readonly entries: readonly YearEntry[]
  readonly chain: readonly YearEntry[]
  /** What is filed of care away from home, and where the bill is; asked for bills from away alone. */
  readonly filings: readonly Filing[]
  readonly division: string | null
}

type Asked = z.output<typeof previewInput>

/** Everything of a claim around what was stated; the person must have been found before. */
export const readClaim = async (db: Queryable, standing: Standing, { area, claim, goesOnFrom }: Asked, hospital: OrgId | null): Promise<ClaimFacts> => {
  const { person } = standing
  const insured = INSURED_OF[person.insurance]
  if (insured === null) return { ...standing, insured, book: null, entries: [], chain: [], filings: [], division: null }
  const persons = [...new Set([person.id, ...(await idsOf(db, person.id))])]
  const book = await bookOfArea(area, insured)
  const entries = await entriesOfYear(db, { persons, area, insured, year: yearOf(claim.day) })
  const chain = goesOnFrom.length === 0 ? [] : await entriesOfBills(db, persons, goesOnFrom as BillId[])
  const isAway = claim.region !== 'in-town'
  const filings = isAway ? await filingsOf(db, persons) : []
  const [place] = isAway && hospital !== null ? await institutionsOf(db, [hospital]) : []
  return { ...standing, insured, book, entries, chain, filings, division: place?.division ?? null }
}

/** The person of a claim, with how the act stands to the record. */
export const standingOfClaim = (db: Queryable, { person }: Asked): Promise<Standing | null> => standingTo(db, person)

/** A claim that was settled: by which book, from which facts, with what outcome. */
export type ReadySettlement = {
  readonly insured: AreaBook['insured']
  readonly book: AreaBook
  readonly stated: Pick<KeptBill, 'claim' | 'goesOnFrom'>
  readonly before: SettledOn
  readonly settled: SettledClaim
  readonly shares: Shares
}

/** Does what may contradict a bill of the engine's own; what it refuses is a refusal with its words. */
const refusing = <T>(work: () => T): Result<T> => {
  try {
    return ok(work())
  } catch (error) {
    if (error instanceof ClaimRefusal) return refuse('settlement.claim-refused', { why: error.zh, why_en: error.en })
    throw error
  }
}

/**
 * Settles what was asked on what is known. Refuses who is not insured, an area without a book, a day ahead and a bill that contradicts
 * itself. @throws RuleGap, RuleConflict.
 */
export const settleAsked = (facts: ClaimFacts, input: Asked, today: Day, hospital: OrgId | null): Result<ReadySettlement> => {
  const { insured, book, person, entries, chain, filings, division } = facts
  if (insured === null) return refuse('settlement.not-insured')
  if (book === null) return refuse('settlement.no-area-book')
  const { day, care } = input.claim
  if (day > today) return refuse('settlement.day-ahead')
  const age = input.claim.age ?? (person.bornOn === null || person.bornOn > day ? undefined : ageOn(person.bornOn, day))
  const status = filedStatus(filings, input.claim, division)
  const claim = { ...input.claim, status, ...(age === undefined ? {} : { age }) }
  const stated = { claim, goesOnFrom: input.goesOnFrom as BillId[] }
  const before = { ...yearSoFar(entries, { care, day, hospital }), chain: chainOf(chain, stated.goesOnFrom) }
  return refusing(() => {
    const settled = settleClaim(book, wholeClaim(stated, before))
    return { insured, book, stated, before, settled, shares: sharesOf(settled) }
  })
}

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
