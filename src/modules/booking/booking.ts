import type { Instant } from '../../kernel/clock.ts'
import type { Brand, OrgId, PersonId } from '../../kernel/id.ts'

export type PoolId = Brand<string, 'PoolId'>
export type BookingId = Brand<string, 'BookingId'>

/** Which quota a unit is drawn from: kept for primary care, kept for emergencies, or open to all. */
export const SHARES = ['reserved', 'emergency', 'open'] as const
export type Share = (typeof SHARES)[number]
/** Who asks: primary care by referral, anybody directly, or an emergency and its green channel. */
export const CHANNELS = ['referral', 'direct', 'emergency'] as const
export type Channel = (typeof CHANNELS)[number]

/** What a pool has units of: visits of a clinic, times of an exam on a device, days of a bed, sessions of remote work. */
export const UNIT_KINDS = ['visit', 'exam', 'bed-day', 'session'] as const
export type UnitKind = (typeof UNIT_KINDS)[number]

export const BOOKING_STATES = ['held', 'confirmed', 'checked-in', 'attended', 'no-show', 'cancelled', 'expired', 'moved'] as const
export type BookingState = (typeof BOOKING_STATES)[number]
/** A booking in one of these has given its unit back. */
export const GIVEN_BACK: readonly BookingState[] = ['cancelled', 'expired', 'moved']

/** Units of one service in one span of time: the slots of a doctor in a half hour, the beds of a ward on a day. Counts are whole units. */
export type Pool = {
  readonly org: OrgId
  readonly id: PoolId
  readonly unitKind: UnitKind
  readonly specialty: string
  readonly serviceZh: string | null
  readonly serviceEn: string | null
  readonly plan: string | null
  readonly calendarOrg: OrgId | null
  readonly calendar: string | null
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
  /** Units kept for emergencies until the slot begins. */
  readonly emergency: number
  readonly usedEmergency: number
  readonly releaseAt: Instant
  readonly placeZh: string | null
  readonly placeEn: string | null
  /** Since when it is stopped (停诊): nothing is drawn from it any more. */
  readonly stoppedAt: Instant | null
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
  /** By which channel it was drawn; none is known of bookings from before channels were kept. */
  readonly channel: Channel | null
  /** Units that were drawn together: the days of a stay, a visit with its exam. */
  readonly group: string | null
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
