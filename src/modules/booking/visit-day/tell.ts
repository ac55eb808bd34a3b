import type { BookingState } from '../booking.ts'
import type { TraceEvent } from '../../../platform/forms/form.ts'
import type { Queue, Ticket } from './visit-day.ts'

/** Event of a number: told to its institution and its person; the queue stands in it, so that whoever reacts finds it. */
export const ticketEvent = (type: string, ticket: Ticket, reason?: string): TraceEvent => ({
  type,
  case: { kind: 'ticket', org: ticket.org, id: ticket.id },
  person: ticket.person,
  seenBy: [ticket.org],
  data: { org: ticket.org, queue: ticket.queue, number: ticket.number },
  ...(reason ? { reason } : {}),
})

/** Event of a queue itself; of no person. */
export const queueEvent = (type: string, { org, id, specialty }: Queue): TraceEvent => ({
  type,
  case: { kind: 'queue', org, id },
  person: null,
  seenBy: [org],
  data: { specialty },
})

type Moved = {
  readonly org: Ticket['org']
  readonly id: string
  readonly person: Ticket['person']
  readonly pool: string
  readonly caseId: string | null
}

/** Event of a booking that the day of its visit moves on. The case that keeps the unit, if any, stands in it. */
export const bookingEvent = (state: BookingState, booking: Moved, reason?: string): TraceEvent => ({
  type: `booking.${state}`,
  case: { kind: 'booking', org: booking.org, id: booking.id },
  person: booking.person,
  seenBy: [booking.org],
  data: { pool: booking.pool, ...(booking.caseId && booking.caseId !== booking.id ? { referral: booking.caseId } : {}) },
  ...(reason ? { reason } : {}),
})
