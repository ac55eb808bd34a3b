import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import { relationsTo } from '../../../platform/access.ts'
import { command, type Act, type Decision, type TraceEvent } from '../../../platform/forms/form.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { lockBooking, saveState } from '../store.ts'
import { readForPerson, relationsToTheirs } from '../behalf.ts'
import type { Booking, BookingState } from '../booking.ts'
import { STAFF } from './check-in.ts'
import { leaveInput, queueInput, ticketInput } from './contract.ts'
import { queueOrder } from './rules/queue-order.ts'
import * as store from './store.ts'
import { bookingEvent, ticketEvent } from './tell.ts'
import { AHEAD, type Queue, type QueueId, type Ticket, type TicketId, type TicketState } from './visit-day.ts'

const BASIS = 'S2 候诊提醒；叫号与过号规则 (设计)'

type MovedOn = { readonly booking: Booking; readonly state: BookingState; readonly reason: string | null }

/** What an act on a queue comes to: numbers as they stand afterwards, the calls counted, a booking moved on. */
type Change = {
  readonly tickets: readonly Ticket[]
  readonly queue?: Queue
  readonly moves?: MovedOn | null
  readonly reason?: string | null
}

const save = async (tx: Tx, { tickets, queue, moves, reason }: Change, act: Act): Promise<void> => {
  for (const ticket of tickets) await store.saveStanding(tx, ticket, reason ?? null)
  if (queue) await store.saveCalls(tx, queue)
  if (moves) await saveState(tx, moves.booking, moves.state, act.now, moves.reason)
}

/** The visit has taken place: its booking, if it came from one and nobody has recorded it yet, is attended. */
const attends = (booking: Booking | null): MovedOn | null =>
  booking && ['confirmed', 'checked-in'].includes(booking.state) ? { booking, state: 'attended', reason: null } : null

const served = (ticket: Ticket, act: Act): Ticket => ({ ...ticket, state: 'served', endedAt: act.now })

type Answer = { ticket: string; number: number; state: TicketState }
const answerOf = ({ id, number, state }: Ticket): Answer => ({ ticket: id, number, state })

const bookingOf = (tx: Tx, ticket: Ticket | undefined): Promise<Booking | null> =>
  ticket?.booking ? lockBooking(tx, ticket.org, ticket.booking) : Promise.resolve(null)

export const callNext = command({
  name: 'booking.call-next',
  by: STAFF,
  basis: BASIS,
  does: {
    zh: '叫下一位：诊室内的人记为已就诊，按规则最前的一位被呼叫；已呼叫未进入者须先处理。',
    en: 'Calls the next: whoever is inside has been served, and the first by the rules is called. Whoever was called and is not inside is dealt with first.',
  },
  input: queueInput,
  read: async (tx, input, act) => {
    const queue = act.actor.org && (await store.lockQueue(tx, act.actor.org, input.queue as QueueId))
    if (!queue) return null
    const tickets = await store.ticketsOf(tx, queue.org, [queue.id])
    const inside = tickets.find(({ state }) => state === 'in')
    return { queue, tickets, inside, booking: await bookingOf(tx, inside) }
  },
  relation: ({ queue }, { actor }) => relationsTo(actor, queue),
  decide: (
    { queue, tickets, inside, booking },
    _input,
    act,
  ): Result<Decision<Change, Answer | { ticket: null; number: null; state: null }>> => {
    const waitingAtDoor = tickets.find(({ state }) => state === 'called')
    if (waitingAtDoor) return refuse('booking.somebody-called', { number: waitingAtDoor.number })
    const [first] = queueOrder(tickets, queue, act.policy('booking.queue-emergencies-in-row'))
    const next = tickets.find(({ id }) => id === first?.id)
    if (!next && !inside) return refuse('booking.queue-empty')
    const moves = attends(booking)
    const done = inside ? [served(inside, act)] : []
    const called: Ticket[] = next ? [{ ...next, state: 'called', calledAt: act.now, calls: next.calls + 1, turnAfter: null }] : []
    const events: TraceEvent[] = [
      ...done.map((ticket) => ticketEvent('booking.ticket-served', ticket)),
      ...(moves ? [bookingEvent('attended', moves.booking)] : []),
      ...called.map((ticket) => ticketEvent('booking.ticket-called', ticket)),
    ]
    const counted = next
      ? { ...queue, calls: queue.calls + 1, emergenciesInRow: next.rank === 0 ? queue.emergenciesInRow + 1 : 0 }
      : queue
    const [answered] = called
    return ok({
      change: { tickets: [...done, ...called], queue: counted, moves },
      answer: answered ? answerOf(answered) : { ticket: null, number: null, state: null },
      events,
    })
  },
  write: save,
})

type OfTicket = { readonly queue: Queue; readonly ticket: Ticket; readonly booking: Booking | null }
const lockWithBooking = async (tx: Tx, input: { org: string; ticket: string }): Promise<OfTicket | null> => {
  const found = await store.lockTicket(tx, input.org as OrgId, input.ticket as TicketId)
  return found && { ...found, booking: await bookingOf(tx, found.ticket) }
}
const relation = ({ ticket }: OfTicket, { actor }: Act) => relationsTo(actor, ticket)
const lockTheirs = (tx: Tx, input: { org: string; ticket: string }, { actor }: Act) =>
  readForPerson(tx, actor, () => lockWithBooking(tx, input), ({ ticket }) => ticket.person)
const subject = ({ ticket }: OfTicket) => ({ person: ticket.person })

const otherwise = ({ state }: Ticket) => refuse('booking.ticket-state-otherwise', { state })
const told = (ticket: Ticket, type: string, more: Partial<Change> = {}, reason?: string): Result<Decision<Change, Answer>> =>
  ok({ change: { tickets: [ticket], ...more }, answer: answerOf(ticket), events: [ticketEvent(type, ticket, reason)] })

export const recall = command({
  name: 'booking.recall',
  by: STAFF,
  basis: BASIS,
  does: { zh: '再叫一次已呼叫的人。', en: 'Calls once more whoever was called and has not come.' },
  input: ticketInput,
  read: lockWithBooking,
  relation,
  subject,
  decide: ({ ticket }) =>
    ticket.state === 'called' ? told({ ...ticket, calls: ticket.calls + 1 }, 'booking.ticket-recalled') : otherwise(ticket),
  write: save,
})

export const pass = command({
  name: 'booking.pass',
  by: STAFF,
  basis: BASIS,
  does: {
    zh: '过号：被呼叫的人不在，退后几位再叫；过号次数用完，号码作废。',
    en: 'Passes somebody who was called and is not there: some places back, and after so many times the number ends.',
  },
  input: ticketInput,
  read: lockWithBooking,
  relation,
  subject,
  decide: ({ queue, ticket }, _input, act) => {
    if (ticket.state !== 'called') return otherwise(ticket)
    const passes = ticket.passes + 1
    if (passes > act.policy('booking.passes-most'))
      return told(
        { ...ticket, passes, state: 'left', endedAt: act.now },
        'booking.ticket-left',
        { reason: '过号次数已满' },
        'passed too often',
      )
    const turnAfter = queue.calls + act.policy('booking.pass-back-places')
    return told({ ...ticket, passes, state: 'passed', turnAfter }, 'booking.ticket-passed')
  },
  write: save,
})

export const enter = command({
  name: 'booking.enter',
  by: STAFF,
  basis: BASIS,
  does: { zh: '被呼叫的人进入诊室。', en: 'Whoever was called comes in.' },
  input: ticketInput,
  read: lockWithBooking,
  relation,
  subject,
  decide: ({ ticket }, _input, act) =>
    ticket.state === 'called' ? told({ ...ticket, state: 'in', inAt: act.now }, 'booking.ticket-entered') : otherwise(ticket),
  write: save,
})

export const serve = command({
  name: 'booking.serve',
  by: STAFF,
  basis: BASIS,
  does: { zh: '就诊结束：号码完成，预约记为已就诊。', en: 'The visit is over: the number is done and its booking attended.' },
  input: ticketInput,
  read: lockWithBooking,
  relation,
  subject,
  decide: ({ ticket, booking }, _input, act): Result<Decision<Change, Answer>> => {
    if (!['called', 'in'].includes(ticket.state)) return otherwise(ticket)
    const done = served(ticket, act)
    const moves = attends(booking)
    return ok({
      change: { tickets: [done], moves },
      answer: answerOf(done),
      events: [ticketEvent('booking.ticket-served', done), ...(moves ? [bookingEvent('attended', moves.booking)] : [])],
    })
  },
  write: save,
})

const WHO_LEAVES = { zh: '本人离开', en: 'went away' }

export const leave = command({
  name: 'booking.leave',
  by: [...STAFF, 'resident@self', 'resident@representative'],
  basis: BASIS,
  does: {
    zh: '不再候诊：号码作废；居民自己约的号取消，转诊留的号由转诊单处理。',
    en: 'Waits no longer: the number ends. A unit that the person booked is cancelled; one kept by a referral follows its case.',
  },
  input: leaveInput,
  read: lockTheirs,
  relation: ({ ticket, isRepresented }, { actor }) => relationsToTheirs(actor, { ...ticket, isRepresented }),
  subject,
  decide: ({ ticket, booking }, input, act): Result<Decision<Change, Answer>> => {
    if (ticket.state !== 'called' && !AHEAD.includes(ticket.state)) return otherwise(ticket)
    const reason = input.reason ?? WHO_LEAVES.zh
    const gone: Ticket = { ...ticket, state: 'left', endedAt: act.now, turnAfter: null }
    const isOwn = booking !== null && booking.state === 'checked-in' && (booking.caseId === null || booking.caseId === booking.id)
    const moves = isOwn ? ({ booking, state: 'cancelled', reason } as const) : null
    return ok({
      change: { tickets: [gone], moves, reason },
      answer: answerOf(gone),
      events: [
        ticketEvent('booking.ticket-left', gone, reason),
        ...(moves ? [bookingEvent('cancelled', booking as Booking, reason)] : []),
      ],
    })
  },
  write: save,
})
