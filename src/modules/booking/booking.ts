import type { Instant } from '../../kernel/clock.ts'
import type { Brand, OrgId, PersonId } from '../../kernel/id.ts'

export type PoolId = Brand<string, 'PoolId'>
export type BookingId = Brand<string, 'BookingId'>

/** Which quota a unit is drawn from. */
export type Share = 'reserved' | 'open'
/** Who asks: primary care by referral, or anybody directly. */
export const CHANNELS = ['referral', 'direct'] as const
export type Channel = (typeof CHANNELS)[number]

export const BOOKING_STATES = ['held', 'confirmed', 'attended', 'no-show', 'cancelled', 'expired'] as const
export type BookingState = (typeof BOOKING_STATES)[number]

/** Visit slots of one doctor or service in one half hour. Counts are whole units. */
export type Pool = {
  readonly org: OrgId
  readonly id: PoolId
  readonly specialty: string
  readonly doctorZh: string | null
  readonly doctorEn: string | null
  readonly kind: 'expert' | 'ordinary'
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly capacity: number
  readonly reserved: number
  readonly usedReserved: number
  readonly usedOpen: number
  readonly releaseAt: Instant
  readonly placeZh: string | null
  readonly placeEn: string | null
}

/** One unit drawn for one person. */
export type Booking = {
  readonly org: OrgId
  readonly id: BookingId
  readonly pool: PoolId
  readonly person: PersonId
  readonly caseId: string | null
  readonly madeByOrg: OrgId | null
  readonly share: Share
  readonly state: BookingState
  readonly holdUntil: Instant | null
}
