import { instantAt, ageOn, dayOf, plusDays } from '../../../kernel/day.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import { relationsTo } from '../../../platform/access.ts'
import { command, query, type Act, type Decision } from '../../../platform/forms/form.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { findPerson, findPersons, personsAmong, type Person } from '../../residents/index.ts'
import { readForPerson, relationsToTheirs } from '../behalf.ts'
import type { Booking, BookingId, Channel } from '../booking.ts'
import { priorityOf } from '../quotas/rules/priority-of.ts'
import { findBooking, findPool, lockBooking, saveState } from '../store.ts'
import { checkInInput, findArrivalInput, takeTicketInput } from './contract.ts'
import { mayCheckIn } from './rules/may-check-in.ts'
import { windowOf } from './rules/window-of.ts'
import * as store from './store.ts'
import { bookingEvent, ticketEvent } from './tell.ts'
import type { Queue, QueueId, Ticket, TicketId } from './visit-day.ts'

export const STAFF = ['referral-desk@own', 'ward@own'] as const
const BASIS = 'S2 分时段预约诊疗、候诊提醒'
type CaseWaits = NonNullable<Decision<unknown, unknown>['waits']>[number]

/** Facts of a person that their place in a queue depends on. */
const ageAndContract = (person: Person | null, act: Act): { isElderly: boolean; isSigned: boolean } => ({
  isElderly: person?.bornOn ? ageOn(person.bornOn, act.today) >= act.policy('booking.elderly-from-years') : false,
  isSigned: person !== null && person.careOrg !== null,
})

type Taking = {
  readonly queue: Queue
  readonly person: Person | null
  readonly booking: Booking | null
  readonly slotStart: Ticket['windowAt'] | null
  readonly isElderly?: boolean
  readonly isEmergency?: boolean
}

/** A queue ends with its day; the first number sets the deadline. */
export const endOfQueue = (queue: Queue, act: Act): CaseWaits => ({
  case: { kind: 'queue', org: queue.org, id: queue.id },
  open: [
    {
      name: 'end',
      command: 'booking.end-queue',
      input: { org: queue.org, queue: queue.id },
      dueAt: instantAt(plusDays(queue.day, 1), '00:00', act.zone),
    },
  ],
})

/** The next number of a queue, with its place in the order by the rules of the day. */
const nextTicket = ({ queue, person, booking, slotStart, isElderly, isEmergency }: Taking, act: Act): Ticket => {
  const facts = ageAndContract(person, act)
  const channel: Channel | null = booking?.channel ?? (booking?.share === 'reserved' ? 'referral' : null)
  const isOld = facts.isElderly || isElderly === true
  return {
    org: queue.org,
    id: act.newId<TicketId>(),
    queue: queue.id,
    number: queue.lastNumber + 1,
    person: person?.id ?? null,
    booking: booking?.id ?? null,
    rank: priorityOf({ channel, isEmergency: isEmergency === true, isSigned: facts.isSigned, isElderly: isOld }).rank,
    isElderly: isOld,
    windowAt: windowOf(act.now, slotStart, {
      windowMinutes: act.policy('booking.queue-window-minutes'),
      walkInMinutes: act.policy('booking.walk-in-minutes'),
    }),
    takenAt: act.now,
    state: 'waiting',
    calledAt: null,
    inAt: null,
    endedAt: null,
    turnAfter: null,
    calls: 0,
    passes: 0,
    remindedAt: null,
  }
}

export const checkIn = command({
  name: 'booking.check-in',
  by: [...STAFF, 'resident@self', 'resident@representative'],
  basis: BASIS,
  does: {
    zh: '就诊当日签到取号：窗口（刷卡、扫码或报预约号）全天可办，居民(或其代理人)用手机在就诊前一段时间内办理。',
    en: 'Checks in on the day of the visit and gives a number: at the desk all day, by telephone for some time before the visit.',
  },
  input: checkInInput,
  read: async (tx, input, act) => {
    const find = (): Promise<Booking | null> => findBooking(tx, input.org as OrgId, input.booking as BookingId)
    const found = await readForPerson(tx, act.actor, find, ({ person }) => person)
    const pool = found && (await findPool(tx, found.org, found.pool))
    if (!pool) return null
    const place = { ...pool, day: dayOf(pool.startsAt, act.zone) }
    // The queue before the booking: every act on a queue locks in this order.
    const queue = await store.lockQueueOf(tx, place, act.newId<QueueId>(), act.now)
    const booking = await lockBooking(tx, found.org, found.id)
    const { isRepresented } = found
    return booking && { booking, pool, queue, person: await findPerson(tx, booking.person), isRepresented }
  },
  relation: ({ booking, isRepresented }, { actor }) => relationsToTheirs(actor, { ...booking, isRepresented }),
  subject: ({ booking }) => ({ person: booking.person }),
  decide: ({ booking, pool, queue, person }, _input, act) => {
    const may = mayCheckIn(booking, pool, {
      isToday: queue.day === act.today,
      isSelf: act.actor.role === 'resident',
      now: act.now,
      earlyMinutes: act.policy('booking.check-in-early-minutes'),
    })
    if (!may.ok) return may
    if (queue.closedAt) return refuse('booking.queue-closed')
    const ticket = nextTicket({ queue, person, booking, slotStart: pool.startsAt }, act)
    // The number stands in the name of whom the booking is of, also where records were linked since.
    const own = { ...ticket, person: booking.person }
    return ok({
      change: { booking, ticket: own },
      answer: { org: own.org, ticket: own.id, queue: own.queue, number: own.number, state: 'checked-in' },
      events: [bookingEvent('checked-in', booking), ticketEvent('booking.ticket-taken', own)],
      waits: [
        { case: { kind: 'booking', org: booking.org, id: booking.id }, open: [] },
        ...(queue.lastNumber === 0 ? [endOfQueue(queue, act)] : []),
      ],
    })
  },
  write: async (tx, { booking, ticket }, act) => {
    await saveState(tx, booking, 'checked-in', act.now, null)
    await store.saveTicket(tx, ticket, null)
  },
})

const lockOwnQueue = (tx: Tx, queue: string, act: Act): Promise<Queue | null> =>
  act.actor.org ? store.lockQueue(tx, act.actor.org, queue as QueueId) : Promise.resolve(null)

export const takeTicket = command({
  name: 'booking.take-ticket',
  by: STAFF,
  basis: `${BASIS};急危重症优先 (设计)`,
  does: {
    zh: '现场取号：没有预约的人加入今天的候诊队列；急症说明理由后最先呼叫。',
    en: 'Gives a number to somebody who comes without a booking; an emergency, with its reason, is called first.',
  },
  input: takeTicketInput,
  read: async (tx, input, act) => {
    const queue = await lockOwnQueue(tx, input.queue, act)
    if (!queue) return null
    if (!input.person) return { queue, person: null }
    const person = await findPerson(tx, input.person as PersonId)
    return person && { queue, person }
  },
  relation: ({ queue }, { actor }) => relationsTo(actor, queue),
  subject: ({ person }) => ({ person: person?.id ?? null }),
  decide: ({ queue, person }, input, act) => {
    if (queue.closedAt || queue.day !== act.today) return refuse('booking.queue-closed')
    const isEmergency = Boolean(input.emergency)
    const ticket = nextTicket({ queue, person, booking: null, slotStart: null, isElderly: input.elderly, isEmergency }, act)
    return ok({
      change: { ticket, reason: input.emergency ?? null },
      answer: { org: ticket.org, ticket: ticket.id, queue: ticket.queue, number: ticket.number },
      events: [ticketEvent('booking.ticket-taken', ticket, input.emergency ?? undefined)],
      waits: queue.lastNumber === 0 ? [endOfQueue(queue, act)] : [],
    })
  },
  write: (tx, { ticket, reason }) => store.saveTicket(tx, ticket, reason),
})

/** The code that a telephone shows as a QR code, or what is typed of it: the booking’s whole id, or its last eight characters. */
const codeOf = (text: string): string | null =>
  /(?:^|[^0-9a-f])([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{8})$/i
    .exec(text.trim())?.[1]
    ?.toLowerCase() ?? null

const byCode = (bookings: readonly store.Arrival[], text: string): store.Arrival[] => {
  const code = codeOf(text)
  return code === null ? [] : bookings.filter(({ booking }) => booking === code || booking.endsWith(code))
}

/** Those of today's persons who are meant: the one whose card was scanned, under any id that was linked, or whoever answers to the text. */
const wantedAmong = async (tx: Tx, ids: readonly PersonId[], input: { text: string; person?: string | undefined }, act: Act): Promise<PersonId[]> => {
  if (!input.person) return input.text === '' ? [] : personsAmong(tx, ids, input.text, act.cipher)
  const found = await findPersons(tx, ids)
  return ids.filter((id) => id === input.person || found.get(id)?.id === input.person)
}

export const findArrival = query({
  name: 'booking.find-arrival',
  by: ['referral-desk@anyone', 'ward@anyone'],
  basis: BASIS,
  does: {
    zh: '按二维码、预约号、证件号、姓名,或扫健康卡认出的本人,查找今天到本机构就诊的预约。',
    en: 'Finds today’s bookings of one’s own institution by QR code, booking number, card number or name, or by whom an e-health card is.',
  },
  input: findArrivalInput,
  read: async (tx, input, act) => {
    if (!act.actor.org) return null
    const [from, until] = [act.today, plusDays(act.today, 1)].map((day) => instantAt(day, '00:00', act.zone))
    const today = await store.arrivalsOf(tx, act.actor.org, from as Ticket['takenAt'], until as Ticket['takenAt'])
    const coded = input.person ? [] : byCode(today, input.text)
    const ids = [...new Set(today.map(({ person }) => person))]
    const named = coded.length > 0 ? [] : await wantedAmong(tx, ids, input, act)
    const rows = coded.length > 0 ? coded : today.filter(({ person }) => named.includes(person))
    return { org: act.actor.org, rows, persons: await findPersons(tx, rows.map(({ person }) => person)) } // prettier-ignore
  },
  audits: ({ rows }) => rows.map(({ person, caseId }) => ({ person, case: caseId })),
  answer: ({ org, rows, persons }) => ({
    arrivals: rows.map(({ booking, person, state, startsAt, specialty, doctorZh, doctorEn, number }) => {
      const { zh = '', en = null } = persons.get(person) ?? {}
      return {
        org,
        booking,
        name: { zh, en },
        state,
        startsAt,
        specialty,
        doctor: doctorZh ? { zh: doctorZh, en: doctorEn } : null,
        number,
      }
    }),
  }),
})
