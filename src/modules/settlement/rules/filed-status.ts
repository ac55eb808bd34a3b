import type { Day } from '../../../kernel/day.ts'
import { stateOfFiling, type Filing } from '../filing/filing.ts'
import type { AreaClaim } from './area-claim.ts'
import type { ReferralStatus } from './area-schema.ts'

/** What of a filing decides whether it covers a bill. */
export type Covering = Pick<Filing, 'kind' | 'places' | 'from' | 'ends' | 'withdrawn'>

/** Whether a filing covers a place on a day; a place by its 12-digit division. */
export const isCovered = (filing: Covering, division: string, day: Day): boolean =>
  filing.from <= day && stateOfFiling(filing, day) === 'filed' && filing.places.some((stem) => division.startsWith(stem))

/**
 * How a bill away from home relates to the referral rules, by what is filed: living there comes before a referral. Who went without
 * either is unreferred, also when the way was filed. A bill at home, an emergency (treated as filed) and what a hospital states to be
 * filed elsewhere stay as stated.
 */
export const filedStatus = (
  filings: readonly Covering[],
  { status, region, day }: Pick<AreaClaim, 'status' | 'region' | 'day'>,
  division: string | null,
): ReferralStatus => {
  const isUnsaid = status === 'local' || status === 'unreferred'
  if (region === 'in-town' || !isUnsaid || division === null) return status
  const covering = new Set(filings.filter((one) => isCovered(one, division, day)).map(({ kind }) => kind))
  if (covering.has('long-term')) return 'filed-long-term'
  return covering.has('referral') ? 'filed-referral' : 'unreferred'
}
