import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { AccountId, Brand, OrgId, PersonId } from '../../../kernel/id.ts'
import type { GroupId, StaySex, WardId } from '../beds/beds.ts'
import type { BookingId, Channel, PoolId, UnitKind } from '../booking.ts'
import type { PriorityClass } from '../quotas/rules/priority-of.ts'

export type WaitingId = Brand<string, 'WaitingId'>

/** What can be waited for. A bed is waited for as a stay: its bed-days are planned, offered and taken together. */
export const WAITED_KINDS = ['visit', 'exam', 'session', 'bed-day'] as const satisfies readonly UnitKind[]
export type WaitedKind = (typeof WAITED_KINDS)[number]

export const WAITING_STATES = ['waiting', 'offered', 'placed', 'withdrawn', 'ended'] as const
export type WaitingState = (typeof WAITING_STATES)[number]

/** The class of the order: somebody whose clinic was stopped stands before everybody; then the classes of priority. */
export type WaitingClass = PriorityClass | 'stopped'

/** What orders the list: rank, then who asked first; the id settles what is left. */
export type Place = { readonly id: WaitingId; readonly rank: number; readonly askedAt: Instant }

/** Somebody waits for a unit of a service, at any of the institutions that they accept, on a day of a period. */
export type Waiting = Place & {
  readonly person: PersonId
  readonly specialty: string
  readonly unitKind: WaitedKind
  readonly orgs: readonly OrgId[]
  /** The institution that its case stands under: who asked for it, or the first that was accepted. */
  readonly home: OrgId
  readonly earliestOn: Day
  readonly latestOn: Day
  /** Of a bed: how many nights, for whom the room must be, and whether it must be an isolation bed. Null for all else. */
  readonly nights: number | null
  readonly sex: StaySex | null
  readonly isolation: boolean
  readonly channel: Channel
  readonly class: WaitingClass
  readonly askedByOrg: OrgId | null
  readonly caseId: string | null
  /** The booking whose clinic was stopped. */
  readonly stoppedOrg: OrgId | null
  readonly stoppedBooking: BookingId | null
  readonly state: WaitingState
  /** The unit that is offered, or that the person has got. */
  readonly unitOrg: OrgId | null
  readonly unitBooking: BookingId | null
  /** Offers that ran out unanswered. */
  readonly missed: number
}

export const OFFER_OUTCOMES = ['accepted', 'declined', 'missed', 'withdrawn'] as const
export type OfferOutcome = (typeof OFFER_OUTCOMES)[number]

/** A stay that is offered: all of its bed-days are held under one group. */
export type OfferedStay = { readonly group: GroupId; readonly ward: WardId; readonly from: Day; readonly until: Day }

/** A unit held for somebody who waits, until a moment; its id is that of the booking, of a stay that of its first day. */
export type Offer = {
  readonly org: OrgId
  readonly id: BookingId
  readonly pool: PoolId
  readonly waiting: WaitingId
  readonly person: PersonId
  readonly until: Instant
  readonly rank: number
  readonly askedAt: Instant
  /** How many who could have taken the unit stood before; more than none needs a reason. */
  readonly passedOver: number
  readonly overrideBy: AccountId | null
  readonly overrideReason: string | null
  readonly outcome: OfferOutcome | null
  /** Null for a single unit. */
  readonly stay: OfferedStay | null
}

export const NOTICE_KINDS = [
  'offer',
  'clinic-stopped',
  'offer-missed',
  'offer-withdrawn',
  'waiting-ended',
  'doctor-changed',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** Something that a person is told, once for each subject and kind. */
export type Notice = {
  readonly person: PersonId
  readonly id: string
  readonly kind: NoticeKind
  /** The booking or the entry of the waiting list that it is about; of a substitute doctor the change itself. */
  readonly subject: string
  readonly org: OrgId
  readonly data: { readonly [key: string]: string | null }
}
