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
  /** Units of the reserve that stand in open vouchers: another institution may promise them. */
  readonly allotted: number
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

export type AllotmentId = Brand<string, 'AllotmentId'>
/** Names one unit that its holder may promise; it begins with the institution that owns the unit, the rest cannot be guessed. */
export type VoucherNumber = Brand<string, 'VoucherNumber'>

export const VOUCHER_STATES = ['open', 'used', 'returned', 'withdrawn', 'used-late'] as const
export type VoucherState = (typeof VOUCHER_STATES)[number]

/** Units of one pool's reserve lent to one institution, to be promised while it is cut off. */
export type Allotment = {
  readonly org: OrgId
  readonly id: AllotmentId
  readonly pool: PoolId
  readonly holder: OrgId
  readonly units: number
  readonly validUntil: Instant
}

/** One unit of an allotment. */
export type Voucher = {
  readonly org: OrgId
  readonly number: VoucherNumber
  readonly allotment: AllotmentId
  readonly pool: PoolId
  readonly holder: OrgId
  readonly validUntil: Instant
  readonly state: VoucherState
  readonly booking: BookingId | null
}
