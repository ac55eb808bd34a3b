import { plusHours, type Instant } from '../../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { ok, refuse } from '../../../kernel/result.ts'
import { command, query, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import { findPersons, lockPerson } from '../../residents/index.ts'
import { looksAt, personMeant } from '../behalf.ts'
import type { Booking, BookingId } from '../booking.ts'
import { forPersonInput, noInput } from '../contract.ts'
import { suspendedUntil, type NoShowRule } from '../quotas/rules/suspended-until.ts'
import { findBooking, findPool, saveState } from '../store.ts'
import { judgeStandingInput, liftSuspensionInput } from './contract.ts'
import * as store from './store.ts'

const BASIS = '爽约管理 (设计值)'
const HOURS_A_DAY = 24
const LISTED_MOST = 500
const MARKED_AT_ONCE = 200
/** Clinics that ended longer ago were not registered at all; whom the house did not mark by then it leaves alone. */
const MARKED_WITHIN_DAYS = 7

const ruleOf = (act: Act): NoShowRule => ({
  most: act.policy('booking.no-shows-suspend'),
  windowDays: act.policy('booking.no-show-window-days'),
  suspendDays: act.policy('booking.suspension-days'),
})

/** Since when missed visits may still matter: before it neither the window nor a suspension reaches today. */
const sinceOf = (act: Act): Instant => {
  const { windowDays, suspendDays } = ruleOf(act)
  return plusHours(act.now, -(windowDays + suspendDays) * HOURS_A_DAY)
}

const untilOf = (missed: readonly store.MissedVisit[], act: Act): Instant | null => {
  const counted = missed.filter(({ forgivenAt }) => forgivenAt === null).map((visit) => visit.missedAt)
  const until = suspendedUntil(counted, ruleOf(act))
  return until && until > act.now ? until : null
}

/** Only who booked directly is counted, and only the direct channel is suspended; a visit by referral is the case's own matter. */
const isCounted = (booking: Booking): boolean =>
  booking.state === 'no-show' && booking.channel === 'direct' && booking.caseId === booking.id

export const judgeStanding = command({
  name: 'booking.judge-standing',
  by: ['system@anyone'],
  basis: BASIS,
  does: {
    zh: '爽约记录或解除后,重算居民的直接预约资格;转诊不受影响。',
    en: 'After a no-show or its lifting, judges anew whether a resident may book directly; referrals are never touched.',
  },
  input: judgeStandingInput,
  read: async (tx, input, act) => {
    // A booking ends up out of reach when what is long past is no longer kept; what was lifted is judged all the same.
    const booking = await findBooking(tx, input.org as OrgId, input.booking as BookingId)
    const pool = booking && (await findPool(tx, booking.org, booking.pool))
    const person = booking?.person ?? (input.person as PersonId)
    if (!(await lockPerson(tx, person))) return null
    const missed = await store.lockMissed(tx, person, sinceOf(act))
    const was = (await store.suspensionsOf(tx, [person])).get(person) ?? null
    return { person, booking, startsAt: pool?.startsAt ?? null, missed, was }
  },
  subject: ({ person }) => ({ person }),
  decide: ({ person, booking, startsAt, missed, was }, input, act) => {
    const [org, id] = [input.org as OrgId, input.booking as BookingId]
    const isNew = booking !== null && isCounted(booking) && missed.every((visit) => visit.booking !== id)
    const visit: store.MissedVisit | null =
      isNew && startsAt ? { person, booking: id, org, missedAt: startsAt, forgivenAt: null } : null
    const until = untilOf(visit ? [...missed, visit] : missed, act)
    // Screens that show who is suspended hear of both.
    const changed = until ? visit !== null : was !== null
    const event: TraceEvent = {
      type: until ? 'booking.direct-suspended' : 'booking.direct-restored',
      case: { kind: 'booking', org, id },
      person,
      seenBy: [org],
      data: { until },
    }
    return ok({ change: { person, visit, until }, answer: { suspendedUntil: until }, events: changed ? [event] : [] })
  },
  write: (tx, { person, visit, until }) => store.saveStanding(tx, person, visit, until),
})

export const liftSuspension = command({
  name: 'booking.lift-suspension',
  by: ['consortium-manager@anyone'],
  basis: BASIS,
  does: {
    zh: '本机构说明理由,不再计入居民在本机构的爽约;其他机构的爽约仍计。',
    en: 'An institution lifts, with a reason, what a resident missed there; what was missed elsewhere still counts.',
  },
  input: liftSuspensionInput,
  read: async (tx, input, act) => {
    if (!act.actor.org) return null
    const person = input.person as PersonId
    await findPersons(tx, [person])
    return { org: act.actor.org, missed: await store.findMissed(tx, person, sinceOf(act)) }
  },
  subject: (_facts, input) => ({ person: input.person as PersonId }),
  decide: ({ org, missed }, input, act) => {
    const here = missed.filter((visit) => visit.org === org && visit.forgivenAt === null)
    const [last] = here
    if (!last) return refuse('booking.nothing-missed-here')
    const event: TraceEvent = {
      type: 'booking.suspension-lifted',
      case: { kind: 'booking', org, id: last.booking },
      person: last.person,
      seenBy: [org],
      reason: input.reason,
      data: { visits: here.length },
    }
    const left = missed.filter((visit) => visit.org !== org)
    return ok({
      change: { person: last.person, org, at: act.now },
      answer: { lifted: here.length, suspendedUntil: untilOf(left, act) },
      events: [event],
    })
  },
  write: async (tx, { person, org, at }) => void (await store.forgive(tx, person, org, at)),
})

export const markNoShows = command({
  name: 'booking.mark-no-shows',
  by: ['system@anyone'],
  basis: BASIS,
  does: {
    zh: '政策要求时,把过了宽限时间仍未登记到诊的直接预约记为爽约。',
    en: 'Where policy says so, records a no-show for direct bookings that nobody registered after the grace time.',
  },
  input: noInput,
  read: async (tx, _input, act) => {
    if (act.policy('booking.no-show-by-house') === 0) return []
    const until = plusHours(act.now, -act.policy('booking.no-show-grace-hours'))
    return store.lockOverdue(tx, plusHours(act.now, -MARKED_WITHIN_DAYS * HOURS_A_DAY), until, MARKED_AT_ONCE)
  },
  decide: (bookings) => {
    const events = bookings.map(({ org, id, person, pool, share }): TraceEvent => ({
      type: 'booking.no-show',
      case: { kind: 'booking', org, id },
      person,
      seenBy: [org],
      data: { pool, share },
    }))
    return ok({ change: bookings, answer: { marked: bookings.length }, events })
  },
  write: async (tx, bookings, act) => {
    for (const booking of bookings) await saveState(tx, booking, 'no-show', act.now, 'grace time over')
  },
})

export const myStanding = query({
  name: 'booking.my-standing',
  by: ['resident@anyone'],
  basis: '居民本人或其代理人',
  does: {
    zh: '我(或我所代理的人)的爽约记录;直接预约是否暂停、到何时、为什么。',
    en: 'Visits that I missed, or somebody for whom I act; whether direct booking is suspended, until when and why.',
  },
  input: forPersonInput,
  read: async (tx, input, act) => {
    const person = await personMeant(tx, input.person, act)
    return person && { person, missed: await store.findMissed(tx, person, sinceOf(act)) }
  },
  audits: ({ person }, _input, act) => looksAt(person, act),
  answer: ({ missed }, _input, act) => ({
    suspendedUntil: untilOf(missed, act),
    rule: ruleOf(act),
    missed: missed.map(({ org, booking, missedAt, forgivenAt }) => ({ org, booking, missedAt, counts: forgivenAt === null })),
  }),
})

export const missedVisits = query({
  name: 'booking.missed-visits',
  by: ['referral-desk@anyone', 'consortium-manager@anyone'],
  basis: BASIS,
  does: {
    zh: '本机构的爽约名单,以及哪些居民因此暂停直接预约。',
    en: 'Visits missed at one’s own institution, and whose direct booking is suspended.',
  },
  input: noInput,
  read: async (tx, _input, act) => {
    if (!act.actor.org) return null
    const visits = await store.missedAt(tx, act.actor.org, sinceOf(act), LISTED_MOST)
    const ids = [...new Set(visits.map(({ person }) => person))]
    const persons = await findPersons(tx, ids)
    return { visits, persons, suspended: await store.suspensionsOf(tx, ids) }
  },
  audits: ({ visits }) => [...new Set(visits.map(({ person }) => person))].map((person) => ({ person })),
  answer: ({ visits, persons, suspended }, _input, act) => ({
    rule: ruleOf(act),
    visits: visits.map((visit) => {
      const { zh = '', en = null } = persons.get(visit.person) ?? {}
      const until = suspended.get(visit.person) ?? null
      return { ...visit, name: { zh, en }, suspendedUntil: until && until > act.now ? until : null }
    }),
  }),
})
