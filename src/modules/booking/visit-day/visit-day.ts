import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import type { Brand, OrgId, PersonId } from '../../../kernel/id.ts'
import type { BookingId } from '../booking.ts'

export type QueueId = Brand<string, 'QueueId'>
export type TicketId = Brand<string, 'TicketId'>
export type ScreenId = Brand<string, 'ScreenId'>

export const TICKET_STATES = ['waiting', 'called', 'passed', 'in', 'served', 'left'] as const
export type TicketState = (typeof TICKET_STATES)[number]
/** A ticket in one of these still has its turn before it. */
export const AHEAD: readonly TicketState[] = ['waiting', 'passed']

/** What a queue is for: one service on one day, with its doctor and room where they are known. */
export type QueuePlace = {
  readonly org: OrgId
  readonly day: Day
  readonly specialty: string
  readonly doctorZh: string | null
  readonly doctorEn: string | null
  readonly placeZh: string | null
  readonly placeEn: string | null
}

/** Who waits for one doctor or service on one day. Counts are whole calls and numbers. */
export type Queue = QueuePlace & {
  readonly id: QueueId
  readonly lastNumber: number
  readonly calls: number
  readonly emergenciesInRow: number
  readonly closedAt: Instant | null
}

/** How a ticket stands in its queue; nothing of the person. */
export type Standing = {
  readonly id: TicketId
  readonly number: number
  /** Rank of the priority class: 0 is an emergency. */
  readonly rank: number
  readonly isElderly: boolean
  readonly windowAt: Instant
  readonly takenAt: Instant
  readonly state: TicketState
  readonly calledAt: Instant | null
  readonly inAt: Instant | null
  readonly endedAt: Instant | null
  readonly turnAfter: number | null
}

/** One number of a queue. */
export type Ticket = Standing & {
  readonly org: OrgId
  readonly queue: QueueId
  readonly person: PersonId | null
  readonly booking: BookingId | null
  readonly calls: number
  readonly passes: number
  readonly remindedAt: Instant | null
}
