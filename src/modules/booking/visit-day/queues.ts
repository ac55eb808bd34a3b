import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { instantAt } from '../../../kernel/day.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import { relationsTo } from '../../../platform/access.ts'
import { command, query, type Act, type Reaction } from '../../../platform/forms/form.ts'
import { findPersons } from '../../residents/index.ts'
import { looksAt, personMeant } from '../behalf.ts'
import { forPersonInput } from '../contract.ts'
import { STAFF } from './check-in.ts'
import {
  nothingInput,
  openQueueInput,
  queueInput,
  remindInput,
  type MyTicket,
  type ShownQueue,
  type ShownTicket,
} from './contract.ts'
import { expectedWait, serviceMinutes, type ServiceMinutes } from './rules/expected-wait.ts'
import { aheadOf, queueOrder } from './rules/queue-order.ts'
import * as store from './store.ts'
import { queueEvent, ticketEvent } from './tell.ts'
import { AHEAD, type Queue, type QueueId, type Standing, type Ticket } from './visit-day.ts'

const BASIS = 'S2 候诊提醒；候诊队列 (设计)'
const isInProgress = ({ state }: Pick<Standing, 'state'>): boolean => state === 'called' || state === 'in'
const orderOf = (tickets: readonly Standing[], queue: Queue, act: Act): Standing[] =>
  queueOrder(tickets, queue, act.policy('booking.queue-emergencies-in-row'))

const named = (zh: string | null, en: string | null) => (zh === null ? null : { zh, en })

export const openQueue = command({
  name: 'booking.open-queue',
  by: ['referral-desk@anyone', 'ward@anyone'],
  basis: BASIS,
  does: {
    zh: '开启今天一个诊室的候诊队列；已结束的可以重新开启。',
    en: 'Opens today’s queue of a consulting room; one that was closed opens again.',
  },
  input: openQueueInput,
  read: async (tx, input, act) => {
    if (!act.actor.org) return null
    const { specialty, doctor, place } = input
    const wanted = {
      org: act.actor.org,
      day: act.today,
      specialty,
      doctorZh: doctor ?? null,
      doctorEn: null,
      placeZh: place ?? null,
      placeEn: null,
    }
    return { queue: await store.lockQueueOf(tx, wanted, act.newId<QueueId>(), act.now) }
  },
  decide: ({ queue }) =>
    ok({ change: queue, answer: { org: queue.org, queue: queue.id }, events: [queueEvent('booking.queue-opened', queue)] }),
  write: async (tx, queue) => void (await store.saveClosing(tx, queue, null)),
})

export const closeQueue = command({
  name: 'booking.close-queue',
  by: STAFF,
  basis: BASIS,
  does: { zh: '结束今天的候诊队列；还有人候诊时不能结束。', en: 'Closes today’s queue; not while somebody waits or is inside.' },
  input: queueInput,
  read: async (tx, input, act) => {
    const queue = act.actor.org && (await store.lockQueue(tx, act.actor.org, input.queue as QueueId))
    return queue ? { queue, tickets: await store.ticketsOf(tx, queue.org, [queue.id]) } : null
  },
  relation: ({ queue }, { actor }) => relationsTo(actor, queue),
  decide: ({ queue, tickets }) => {
    const count = tickets.filter(({ endedAt }) => endedAt === null).length
    if (count > 0) return refuse('booking.people-still-wait', { count })
    return ok({ change: queue, answer: { queue: queue.id }, events: [queueEvent('booking.queue-closed', queue)] })
  },
  write: async (tx, queue, act) => void (await store.saveClosing(tx, queue, act.now)),
})

export const endQueue = command({
  name: 'booking.end-queue',
  by: ['system@anyone'],
  basis: BASIS,
  does: {
    zh: '当日结束：诊室内的人记为已就诊，其余号码作废。',
    en: 'The day is over: whoever was inside has been served, the other numbers end.',
  },
  input: remindInput,
  read: async (tx, input) => {
    const queue = await store.lockQueue(tx, input.org as OrgId, input.queue as QueueId)
    return queue && { queue, tickets: await store.ticketsOf(tx, queue.org, [queue.id]) }
  },
  decide: ({ queue, tickets }, _input, act) => {
    const ended = tickets
      .filter(({ endedAt }) => endedAt === null)
      .map((one): Ticket => ({ ...one, state: one.state === 'in' ? 'served' : 'left', endedAt: act.now, turnAfter: null }))
    return ok({
      change: { queue, ended },
      answer: { ended: ended.length },
      events: [
        ...ended.map((one) => ticketEvent(`booking.ticket-${one.state}`, one, '当日结束')),
        queueEvent('booking.queue-closed', queue),
      ],
    })
  },
  write: async (tx, { queue, ended }, act) => {
    for (const ticket of ended) await store.saveStanding(tx, ticket, '当日结束')
    await store.saveClosing(tx, queue, act.now)
  },
})

export const remindQueue = command({
  name: 'booking.remind-queue',
  by: ['system@anyone'],
  basis: 'S2 候诊提醒',
  does: { zh: '候诊提醒：前面只剩几位时告知候诊者，每人一次。', en: 'Tells those whose turn is near, each once.' },
  input: remindInput,
  read: async (tx, input) => {
    const queue = await store.lockQueue(tx, input.org as OrgId, input.queue as QueueId)
    return queue && { queue, tickets: await store.ticketsOf(tx, queue.org, [queue.id]) }
  },
  decide: ({ queue, tickets }, _input, act) => {
    const near = orderOf(tickets, queue, act).slice(0, act.policy('booking.remind-places') + 1)
    const due = tickets.filter((one) => one.remindedAt === null && near.some(({ id }) => id === one.id))
    return ok({
      change: { queue, due },
      answer: { reminded: due.length },
      events: due.map((one) => ticketEvent('booking.turn-near', one)),
    })
  },
  write: async (tx, { queue, due }, act) =>
    void (await store.saveReminded(tx, queue.org, due.map(({ id }) => id), act.now)), // prettier-ignore
})

/** Whatever moves a queue on may bring somebody's turn near. */
export const visitDayReactions: readonly Reaction[] = ['taken', 'called', 'passed', 'left'].map((what) => ({
  consumer: 'booking.remind-queue',
  on: `booking.ticket-${what}`,
  command: 'booking.remind-queue',
  input: ({ data }) => ({ org: data['org'], queue: data['queue'] }),
}))

const shownQueue = (queue: Queue, tickets: readonly Ticket[]): ShownQueue => ({
  id: queue.id,
  specialty: queue.specialty,
  doctor: named(queue.doctorZh, queue.doctorEn),
  place: named(queue.placeZh, queue.placeEn),
  waiting: tickets.filter(({ state }) => AHEAD.includes(state)).length,
  served: tickets.filter(({ state }) => state === 'served').length,
  called: tickets.find(isInProgress)?.number ?? null,
  closed: queue.closedAt !== null,
})

export const queues = query({
  name: 'booking.queues',
  by: ['referral-desk@anyone', 'ward@anyone'],
  basis: BASIS,
  does: { zh: '本机构今天的候诊队列。', en: 'Today’s queues of one’s own institution.' },
  input: nothingInput,
  read: async (tx, _input, act) => {
    if (!act.actor.org) return null
    const found = await store.queuesOfDay(tx, act.actor.org, act.today)
    return { found, tickets: await store.ticketsOf(tx, act.actor.org, found.map(({ id }) => id)) } // prettier-ignore
  },
  answer: ({ found, tickets }) => ({
    queues: found.map((queue) => shownQueue(queue, tickets.filter((one) => one.queue === queue.id))), // prettier-ignore
  }),
})

const ofRulebook = (act: Act): ServiceMinutes => ({
  short: act.policy('booking.service-minutes', 'short'),
  typical: act.policy('booking.service-minutes', 'typical'),
  long: act.policy('booking.service-minutes', 'long'),
})
const minutesOf = (tickets: readonly Standing[], act: Act): ServiceMinutes =>
  serviceMinutes(tickets, ofRulebook(act), act.policy('booking.service-samples-least'))

export const queueBoard = query({
  name: 'booking.queue-board',
  by: STAFF,
  basis: BASIS,
  does: {
    zh: '一个候诊队列：正在就诊的人和按呼叫顺序排列的候诊者。',
    en: 'One queue: who is inside, and who waits, in the order of calling.',
  },
  input: queueInput,
  read: async (tx, input, act) => {
    const queue = act.actor.org && (await store.findQueue(tx, act.actor.org, input.queue as QueueId))
    if (!queue) return null
    const tickets = await store.ticketsOf(tx, queue.org, [queue.id])
    const order = orderOf(tickets, queue, act).map(({ id }) => id)
    const shown = [...tickets.filter(isInProgress), ...order.flatMap((id) => tickets.filter((one) => one.id === id))]
    const persons = await findPersons(tx, shown.flatMap(({ person }) => (person ? [person] : []))) // prettier-ignore
    return { queue, tickets, shown, persons }
  },
  relation: ({ queue }, { actor }) => relationsTo(actor, queue),
  audits: ({ shown }) => shown.flatMap(({ person }) => (person ? [{ person }] : [])),
  answer: ({ queue, tickets, shown, persons }, _input, act) => ({
    queue: shownQueue(queue, tickets),
    serviceMinutes: Math.ceil(minutesOf(tickets, act).typical),
    tickets: shown.map((ticket): ShownTicket => {
      const person = ticket.person && persons.get(ticket.person)
      const { id, number, state, rank, isElderly, booking, windowAt, takenAt, calls, passes, calledAt } = ticket
      const name = person ? { zh: person.zh, en: person.en } : null
      return { id, number, state, name, rank, isElderly, isBooked: booking !== null, windowAt, takenAt, calls, passes, calledAt }
    }),
  }),
})

type Mine = { readonly ticket: Ticket; readonly queue: Queue; readonly standings: readonly Standing[] }

export const myTickets = query({
  name: 'booking.my-tickets',
  by: ['resident@anyone'],
  basis: BASIS,
  does: {
    zh: '我(或我所代理的人)今天的候诊号：前面几位、预计还要多久。',
    en: 'My numbers of today, or those of somebody for whom I act: how many are before, and how long it will take.',
  },
  input: forPersonInput,
  read: async (tx, input, act): Promise<{ person: PersonId; mine: Mine[] } | null> => {
    const person = await personMeant(tx, input.person, act)
    if (!person) return null
    const mine = await store.ticketsOfPerson(tx, person, instantAt(act.today, '00:00', act.zone))
    const found = mine.map(async (ticket): Promise<Mine[]> => {
      const queue = await store.findQueue(tx, ticket.org, ticket.queue)
      return queue ? [{ ticket, queue, standings: await store.standingsOf(tx, queue.org, queue.id) }] : []
    })
    return { person, mine: (await Promise.all(found)).flat() }
  },
  audits: ({ person }, _input, act) => looksAt(person, act),
  answer: ({ mine }, _input, act) => ({ tickets: mine.map((one) => shownMine(one, act)) }),
})

const shownMine = ({ ticket, queue, standings }: Mine, act: Act): MyTicket => {
  const ahead = aheadOf(orderOf(standings, queue, act), ticket)
  const people = ahead === null ? null : ahead + standings.filter(isInProgress).length
  return {
    org: ticket.org,
    ticket: ticket.id,
    booking: ticket.booking,
    number: ticket.number,
    state: ticket.state,
    specialty: queue.specialty,
    doctor: named(queue.doctorZh, queue.doctorEn),
    place: named(queue.placeZh, queue.placeEn),
    ahead: people,
    wait: people === null ? null : expectedWait(people, minutesOf(standings, act)),
    reminded: ticket.remindedAt !== null,
    takenAt: ticket.takenAt,
    calledAt: ticket.calledAt,
  }
}
