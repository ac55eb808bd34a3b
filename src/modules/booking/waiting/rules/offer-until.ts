import { millisecondsBetween, plusMilliseconds, plusMinutes, type Instant } from '../../../../kernel/clock.ts'
import { WHOLE } from '../../../../kernel/share.ts'

/** How long offers stand, by the rulebook of the day. */
export type OfferTime = {
  /** Minutes that an offer stands at most, and at least. */
  readonly mostMinutes: number
  readonly leastMinutes: number
  /** Minutes before the visit at which an offer must be answered. */
  readonly beforeVisitMinutes: number
  /** Which part of the time until the visit may go by unanswered, in basis points. */
  readonly share: number
}

/**
 * Until when an offer of a unit stands: the nearer the visit, the shorter, so that the next in line still has a chance.
 * Null when the visit is too near to ask anybody. Source: design.
 */
export const offerUntil = (now: Instant, startsAt: Instant, time: OfferTime): Instant | null => {
  const last = plusMinutes(startsAt, -time.beforeVisitMinutes)
  const least = plusMinutes(now, time.leastMinutes)
  if (last < least) return null
  const part = plusMilliseconds(now, Math.floor((millisecondsBetween(now, startsAt) * time.share) / WHOLE))
  const longest = plusMinutes(now, time.mostMinutes)
  return earlier(last, later(least, earlier(part, longest)))
}

const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other)
const later = (one: Instant, other: Instant): Instant => (one > other ? one : other)
