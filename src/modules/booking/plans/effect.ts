import { dayOf, plusDays, type Day } from '../../../kernel/day.ts'
import type { Act, TraceEvent } from '../../../platform/forms/form.ts'
import type { Consortium } from '../../organisations/index.ts'
import type { Booking, Pool, PoolId, Voucher } from '../booking.ts'
import { sharesFor } from '../quotas/shares.ts'
import type { ShownEffect } from './contract.ts'
import { soldOf, type Calendar, type Plan, type PlanException, type PlannedPool, type PlannedSlot } from './plans.ts'
import { slotsBetween } from './rules/plan-slots.ts'
import { replan, sharesAfter, type Replan } from './rules/replan.ts'

/** Days that are planned, both counted. */
export type Days = readonly [from: Day, through: Day]

/** What planning knows of an institution: its consortium, whose calendars are taken, and what stands published. */
export type PlanningFacts = {
  readonly consortium: Consortium['kind'] | null
  readonly calendars: readonly Calendar[]
  readonly pools: readonly PlannedPool[]
  /** Live bookings of the pools, and vouchers of theirs that nobody has used. */
  readonly bookings: readonly Booking[]
  readonly vouchers: readonly Voucher[]
}

/** One plan as it was and as it is to be, each with the exceptions that go with it. */
export type Turn = {
  readonly before: Plan | null
  readonly after: Plan
  readonly exceptionsBefore: readonly PlanException[]
  readonly exceptions: readonly PlanException[]
}

export type Adjusted = { readonly was: PlannedPool; readonly pool: Pool; readonly moved: readonly Booking[] }

/** What a change of plans does to pools and to those who booked them. */
export type Effect = {
  readonly opened: readonly Pool[]
  readonly rewritten: readonly { readonly was: PlannedPool; readonly pool: Pool }[]
  readonly adjusted: readonly Adjusted[]
  readonly givenUp: readonly PlannedPool[]
  readonly stopped: readonly PlannedPool[]
  readonly stoppedBookings: readonly Booking[]
  readonly stoppedVouchers: readonly Voucher[]
  readonly belowSold: Replan['belowSold']
}

/** The last day that a plan publishes now; before `today` when it publishes nothing any more. */
export const publishThrough = ({ validUntil, daysAhead }: Plan, today: Day): Day => {
  const ahead = plusDays(today, daysAhead - 1)
  const last = validUntil === null ? ahead : plusDays(validUntil, -1)
  return last < ahead ? last : ahead
}

const calendarOf = (
  facts: Pick<PlanningFacts, 'calendars'>,
  at: Pick<PlannedSlot, 'calendarOrg' | 'calendar'>,
): Calendar | null => facts.calendars.find(({ org, id }) => org === at.calendarOrg && id === at.calendar) ?? null

/** A plan's service in words: its own, or the name of the device, room or centre that it plans. */
const serviceOf = (plan: Plan, calendar: Calendar | null): Pick<Pool, 'serviceZh' | 'serviceEn'> =>
  plan.serviceZh === null && calendar !== null && calendar.kind !== 'doctor'
    ? { serviceZh: calendar.nameZh, serviceEn: calendar.nameEn }
    : { serviceZh: plan.serviceZh, serviceEn: plan.serviceEn }

const doctorOf = (calendar: Calendar | null): Pick<Pool, 'doctorZh' | 'doctorEn'> =>
  calendar?.kind === 'doctor' ? { doctorZh: calendar.nameZh, doctorEn: calendar.nameEn } : { doctorZh: null, doctorEn: null }

type Shares = ReturnType<typeof sharesFor>

/** Shares of each slot: rounded over the slots of a day, as the rulebook of today asks of the plan's class of units. */
const sharesOf = (act: Act, plan: Plan, consortium: PlanningFacts['consortium'], slots: readonly PlannedSlot[]) => {
  const byStart = new Map<string, Shares>()
  for (const ofDay of Map.groupBy(slots, ({ startsAt }) => dayOf(startsAt, act.zone)).values()) {
    let before = 0
    for (const { startsAt, capacity } of ofDay) {
      const { unitKind, kind } = plan
      byStart.set(startsAt, sharesFor(act, { consortium, unitKind, kind, capacity, startsAt, before }))
      before += capacity
    }
  }
  return byStart
}

const UNUSED = { usedReserved: 0, usedOpen: 0, usedEmergency: 0, allotted: 0, stoppedAt: null } as const

/** A pool as a plan asks for it, nothing of it sold. */
const poolOf = (
  plan: Plan,
  slot: PlannedSlot,
  { reserved, emergency, releaseAt }: Shares,
  id: PoolId,
  facts: PlanningFacts,
): Pool => {
  const calendar = calendarOf(facts, slot)
  const { org, unitKind, specialty, kind, placeZh, placeEn } = plan
  return {
    ...UNUSED,
    ...serviceOf(plan, calendar),
    ...doctorOf(calendar),
    ...slot,
    org,
    id,
    unitKind,
    specialty,
    kind,
    placeZh,
    placeEn,
    plan: plan.id,
    reserved,
    emergency,
    releaseAt,
  }
}

const adjustedOf = (act: Act, was: PlannedPool, slot: PlannedSlot, shares: Shares, facts: PlanningFacts): Adjusted => {
  const isReleased = act.now >= was.releaseAt
  const split = slot.capacity === was.capacity ? was : sharesAfter(was, slot.capacity, shares, isReleased)
  const isMoved = was.calendar !== slot.calendar || was.calendarOrg !== slot.calendarOrg
  const { calendarOrg, calendar, capacity } = slot
  const doctor = isMoved ? { calendarOrg, calendar, ...doctorOf(calendarOf(facts, slot)) } : {}
  const pool: Pool = { ...was, ...doctor, capacity, reserved: split.reserved, emergency: split.emergency }
  return { was, pool, moved: isMoved ? facts.bookings.filter((booking) => booking.pool === was.id) : [] }
}

/** What a turn of one plan does on these days; new slots only as far ahead as the plan publishes. */
export const effectOf = (
  act: Act,
  { before, after, exceptionsBefore, exceptions }: Turn,
  days: Days,
  facts: PlanningFacts,
): Effect => {
  const wanted = slotsBetween(after, days, exceptions, act.zone)
  const asked = before === null ? [] : slotsBetween(before, days, exceptionsBefore, act.zone)
  const shares = sharesOf(act, after, facts.consortium, wanted)
  const look = { ...after, ...serviceOf(after, calendarOf(facts, after)) }
  const pools = facts.pools.filter(({ plan }) => plan === after.id)
  const change = replan(look, { pools, wanted, before: asked }, act.now)
  const through = publishThrough(after, act.today)
  const shared = (slot: PlannedSlot) => shares.get(slot.startsAt) as Shares
  const stopped = new Set(change.stopped.map(({ id }) => id))
  return {
    opened: change.opened
      .filter(({ startsAt }) => dayOf(startsAt, act.zone) <= through)
      .map((slot) => poolOf(after, slot, shared(slot), act.newId<PoolId>(), facts)),
    rewritten: change.rewritten.map(({ pool: was, slot }) => ({ was, pool: poolOf(after, slot, shared(slot), was.id, facts) })),
    adjusted: change.adjusted.map(({ pool, slot }) => adjustedOf(act, pool, slot, shared(slot), facts)),
    givenUp: change.givenUp,
    stopped: change.stopped,
    stoppedBookings: facts.bookings.filter(({ pool }) => stopped.has(pool)),
    stoppedVouchers: facts.vouchers.filter(({ pool }) => stopped.has(pool)),
    belowSold: change.belowSold,
  }
}

/** Several plans' effects as one. */
export const together = (effects: readonly Effect[]): Effect => ({
  opened: effects.flatMap(({ opened }) => opened),
  rewritten: effects.flatMap(({ rewritten }) => rewritten),
  adjusted: effects.flatMap(({ adjusted }) => adjusted),
  givenUp: effects.flatMap(({ givenUp }) => givenUp),
  stopped: effects.flatMap(({ stopped }) => stopped),
  stoppedBookings: effects.flatMap(({ stoppedBookings }) => stoppedBookings),
  stoppedVouchers: effects.flatMap(({ stoppedVouchers }) => stoppedVouchers),
  belowSold: effects.flatMap(({ belowSold }) => belowSold),
})

const peopleOf = (bookings: readonly Booking[]): number => new Set(bookings.map(({ person }) => person)).size

/** An effect in numbers. */
export const shownEffect = (effect: Effect, publishedThrough: Day | null): ShownEffect => {
  const sum = (of: (pool: Pool) => number) => effect.opened.reduce((all, pool) => all + of(pool), 0)
  return {
    slotsOpened: effect.opened.length,
    unitsOpened: sum(({ capacity }) => capacity),
    reserved: sum(({ reserved }) => reserved),
    emergency: sum(({ emergency }) => emergency),
    slotsChanged: effect.rewritten.length + effect.adjusted.length,
    slotsGivenUp: effect.givenUp.length,
    slotsStopped: effect.stopped.length,
    people: peopleOf(effect.stoppedBookings),
    peopleMoved: peopleOf(effect.adjusted.flatMap(({ moved }) => moved)),
    publishedThrough,
  }
}

const poolCase = ({ org, id }: Pool) => ({ kind: 'pool', org, id })
const ofPool = (type: string, pool: Pool, data: TraceEvent['data'], reason?: string): TraceEvent => ({
  type,
  case: poolCase(pool),
  person: null,
  seenBy: [pool.org],
  ...(data ? { data } : {}),
  ...(reason ? { reason } : {}),
})

/** An event of somebody's booking, told to the place and to whoever booked for them. */
const ofBooking = (type: string, booking: Booking, data: TraceEvent['data'], reason: string): TraceEvent => ({
  type,
  case: { kind: 'booking', org: booking.org, id: booking.id },
  person: booking.person,
  seenBy: [booking.org, ...(booking.madeByOrg ? [booking.madeByOrg] : [])],
  ...(data ? { data } : {}),
  reason,
})

/** What is told of stopped pools: of each pool, of each person's booking once, and of each loan whose vouchers go back. */
export const stopEvents = (
  { pools, bookings, vouchers }: { pools: readonly Pool[]; bookings: readonly Booking[]; vouchers: readonly Voucher[] },
  reason: string,
): TraceEvent[] => {
  const byId = new Map(pools.map((pool) => [pool.id, pool]))
  return [
    ...pools.map((pool) =>
      ofPool('booking.pool-stopped', pool, { people: bookings.filter((one) => one.pool === pool.id).length }, reason),
    ),
    ...bookings.map((booking) =>
      ofBooking('booking.clinic-stopped', booking, { pool: booking.pool, specialty: byId.get(booking.pool)?.specialty }, reason),
    ),
    ...[...Map.groupBy(vouchers, ({ allotment }) => allotment).values()].map((group): TraceEvent => {
      const { org, allotment, holder, pool } = group[0] as Voucher
      const seenBy = [org, holder]
      return {
        type: 'booking.vouchers-withdrawn',
        case: { kind: 'allotment', org, id: allotment },
        person: null,
        seenBy,
        data: { pool, units: group.length },
        reason,
      }
    }),
  ]
}

/** A pool has other counts than it had; what it has is told whole, so that its last event says how it stands. */
const capacityEvent = (was: Pool, { capacity, reserved, emergency }: Pool, reason: string): TraceEvent[] =>
  was.capacity === capacity && was.reserved === reserved && was.emergency === emergency
    ? []
    : [ofPool('booking.capacity-changed', was, { from: was.capacity, sold: soldOf(was), capacity, reserved, emergency }, reason)]

/** What is told of an effect; what was opened is told once for each plan. */
export const effectEvents = (effect: Effect, reason: string): TraceEvent[] => [
  ...[...Map.groupBy(effect.opened, ({ plan }) => plan).values()].map((pools): TraceEvent => {
    const { org, plan } = pools[0] as Pool
    const sum = (of: (pool: Pool) => number) => pools.reduce((all, pool) => all + of(pool), 0)
    const data = { pools: pools.length, units: sum(({ capacity }) => capacity), reserved: sum(({ reserved }) => reserved) }
    return { type: 'booking.plan-published', case: { kind: 'plan', org, id: plan as string }, person: null, seenBy: [org], data }
  }),
  ...[...effect.rewritten, ...effect.adjusted].flatMap(({ was, pool }) => capacityEvent(was, pool, reason)),
  ...effect.adjusted.flatMap(({ moved, pool }) =>
    moved.map((booking) => ofBooking('booking.doctor-changed', booking, { pool: pool.id, specialty: pool.specialty }, reason)),
  ),
  ...stopEvents({ pools: effect.stopped, bookings: effect.stoppedBookings, vouchers: effect.stoppedVouchers }, reason),
]
