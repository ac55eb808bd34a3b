import { ageOn, type Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import type { KeptBill, SettledOn, Shares, YearEntry } from '../settlement.ts'
import type { AreaBook } from './area-schema.ts'
import { byCareList, type CareList } from './care-list.ts'
import { ClaimRefusal } from './claim-refusal.ts'
import { filedStatus, type Covering } from './filed-status.ts'
import { settleClaim, type SettledClaim } from './settle-claim.ts'
import { chainOf, wholeClaim } from './settle-later.ts'
import { sharesOf } from './shares.ts'
import { isOtherLevel } from './stated-level.ts'
import { yearSoFar } from './year-so-far.ts'

type Stated = Pick<KeptBill, 'claim' | 'goesOnFrom'>

/** What the house knows around a bill that is stated. */
export type AroundClaim = {
  readonly bornOn: Day | null
  /** The institution or pharmacy that states it; null where nobody does yet. */
  readonly place: {
    readonly id: OrgId
    readonly tier: string
    readonly level: number
    readonly division: string
    readonly from: Day
    readonly until: Day | null
  } | null
  readonly filings: readonly Covering[]
  /** What the year has seen, in the order in which it was settled. */
  readonly entries: readonly YearEntry[]
  /** What the stays added that it goes on from. */
  readonly chain: readonly YearEntry[]
  /** The lists of the place of care that the bill names; null where it names none, or none is entered. */
  readonly careList: CareList | null
}

/** A bill as it is settled: what is kept as stated, what the year had seen before it, the outcome and who pays what. */
export type ReadyClaim = {
  readonly stated: Stated
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

/** Everybody's age on the day of the bill, from the birth date where none is stated. */
const ageAt = (bornOn: Day | null, { age, day }: Stated['claim']): number | undefined =>
  age ?? (bornOn === null || bornOn > day ? undefined : ageOn(bornOn, day))

/**
 * The one way from a stated bill to its outcome, for a price, a bill and a batch alike: the level must be the institution's own, the day
 * no later than today; the age comes from the birth date, the way to the hospital from what is filed, what came before from the year.
 * @throws RuleGap, RuleConflict.
 */
export const readyClaim = (
  book: AreaBook,
  around: AroundClaim,
  { claim, goesOnFrom }: Stated,
  today: Day,
): Result<ReadyClaim> => {
  const { bornOn, place, filings, entries, chain, careList } = around
  if (place !== null && isOtherLevel(claim.level, place)) return refuse('settlement.other-level')
  if (place?.tier === 'pharmacy') {
    if (claim.care === 'inpatient') return refuse('settlement.no-stay-at-pharmacy')
    if (claim.day < place.from || (place.until !== null && claim.day >= place.until)) return refuse('settlement.no-contract')
  }
  if (claim.day > today) return refuse('settlement.day-ahead')
  const age = ageAt(bornOn, claim)
  const status = filedStatus(filings, claim, place?.division ?? null)
  const { care, day } = claim
  const before = { ...yearSoFar(entries, { care, day, hospital: place?.id ?? null }), chain: chainOf(chain, goesOnFrom) }
  return refusing(() => {
    // The bill is kept with its lines as the list of its day had them: reckoned again years later, it asks no list.
    const stated = {
      claim: {
        ...byCareList({ ...claim, ...(age === undefined ? {} : { age }) }, careList),
        status,
        ...(age === undefined ? {} : { age }),
      },
      goesOnFrom,
    }
    const settled = settleClaim(book, wholeClaim(stated, before))
    return { stated, before, settled, shares: sharesOf(settled) }
  })
}
