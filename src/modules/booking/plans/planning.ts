import { dayOf, instantAt, plusDays, type Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import type { Act, Decision, TraceEvent } from '../../../platform/forms/form.ts'
import { consortiumKindOf, institutionsOf } from '../../organisations/index.ts'
import { applyEffect, closedWaits } from './apply-effect.ts'
import type { ShownEffect } from './contract.ts'
import { effectEvents, effectOf, shownEffect, together, type Days, type Effect, type PlanningFacts, type Turn } from './effect.ts'
import { soldOf, type Calendar, type CalendarId, type CalendarSpan, type Plan, type PlanException } from './plans.ts'
import { lockLiveBookings, lockPoolsOfPlans, lockVouchersOfPools, spansTaken } from './pool-store.ts'
import { timeOf } from './rules/plan-slots.ts'
import { firstClash } from './rules/replan.ts'
import { shownTime } from './rules/shown-time.ts'
import * as store from './store.ts'

/** Everything that a person's change of plans is decided on. */
export type TurnFacts = PlanningFacts & {
  readonly exceptions: readonly PlanException[]
  readonly taken: readonly CalendarSpan[]
  readonly places: ReadonlyMap<string, { readonly zh: string; readonly en?: string | null }>
}

type CalendarKey = { readonly org: OrgId; readonly id: CalendarId }

/** The calendar of a plan or of a substitute, as a key; none takes nobody's time. */
const keysIn = (list: readonly Pick<Plan | PlanException, 'calendarOrg' | 'calendar'>[]): CalendarKey[] =>
  list.flatMap(({ calendarOrg, calendar }) => (calendarOrg && calendar ? [{ org: calendarOrg, id: calendar }] : []))

// No plan publishes further ahead than this, so nothing beyond is looked at for clashes.
const SEEN_DAYS = 366

/**
 * Reads and locks what these plans of an institution have published from a day on (`through` null: for good), with who has booked it,
 * and what is taken of the calendars that they and `more` name.
 */
export const readPlanning = async (
  tx: Tx,
  act: Act,
  wanted: { org: OrgId; plans: readonly Plan[]; from: Day; through: Day | null; more?: readonly CalendarKey[] },
): Promise<TurnFacts> => {
  const { org, plans, from, through, more = [] } = wanted
  const begins = instantAt(from, '00:00', act.zone)
  const ends = through === null ? null : instantAt(plusDays(through, 1), '00:00', act.zone)
  const pools = await lockPoolsOfPlans(tx, plans, begins < act.now ? act.now : begins, ends)
  const sold = pools.filter((pool) => soldOf(pool) > 0)
  const exceptions = await store.exceptionsOf(tx, org, from)
  const keys = [...keysIn(plans), ...keysIn(exceptions), ...more]
  const taken = await spansTaken(tx, keys, begins, ends ?? instantAt(plusDays(act.today, SEEN_DAYS), '00:00', act.zone))
  const places = await institutionsOf(tx, [...new Set(taken.map(({ place }) => place))])
  return {
    consortium: await consortiumKindOf(tx, org, act.today),
    calendars: await store.findCalendars(tx, keys),
    pools,
    bookings: sold.length > 0 ? await lockLiveBookings(tx, org, sold) : [],
    vouchers: sold.some(({ allotted }) => allotted > 0) ? await lockVouchersOfPools(tx, org, sold) : [],
    exceptions,
    taken,
    places: new Map(places.map(({ id, name }) => [id, name])),
  }
}

/** The days from today through the last one that is published or is to be. */
export const daysFrom = (act: Act, facts: Pick<PlanningFacts, 'pools'>, through: Day): Days => {
  const last = facts.pools.map(({ startsAt }) => dayOf(startsAt, act.zone)).reduce((a, b) => (a > b ? a : b), act.today)
  return [act.today, last > through ? last : through]
}

/** Whether an institution may plan with a calendar: its own, or one that its owner shares. */
export const mayUse = (calendar: Calendar | null | undefined, org: OrgId): calendar is Calendar =>
  calendar?.org === org || calendar?.sharedWith.includes(org) === true

const clashOf = (effect: Effect, facts: TurnFacts, zone: string) => {
  const own = new Set(facts.pools.map(({ id }) => id as string))
  const others = facts.taken.filter(({ pool }) => !own.has(pool))
  const slots = [...effect.opened, ...effect.rewritten.map(({ pool }) => pool), ...effect.adjusted.map(({ pool }) => pool)]
  const found = firstClash(slots as Parameters<typeof firstClash>[0], others)
  if (!found) return null
  const place = facts.places.get(found.place)
  return {
    day: dayOf(found.from, zone),
    from: shownTime(found.from, zone),
    to: shownTime(found.until, zone),
    place: place?.zh ?? '',
    place_en: place?.en ?? place?.zh ?? '',
  }
}

/** How a person wants a change of plans to be taken. */
export type TurnWish = {
  /** Why; told with everything that comes of it. */
  readonly reason: string
  /** Whether clinics may be stopped that people have booked. */
  readonly mayStop: boolean
  readonly dryRun: boolean
}

/** What of the plans themselves is written. */
export type Saves = { readonly plan?: Plan; readonly exception?: PlanException; readonly removed?: PlanException }

export type TurnChange = { readonly effect: Effect; readonly org: OrgId; readonly reason: string; readonly saves: Saves }

/**
 * Decides a change of plans: refused when a slot would have fewer units than are sold, when the time of a doctor or device is taken
 * elsewhere, and when booked slots would stop without anybody having said so. A dry run answers the same and changes nothing.
 */
export const decideTurns = <Answer extends object>(
  act: Act,
  org: OrgId,
  turns: readonly Turn[],
  days: Days,
  facts: TurnFacts,
  wish: TurnWish,
  saved: { answer: Answer; saves: Saves; events: readonly TraceEvent[] },
): Result<Decision<TurnChange | null, Answer & { effect: ShownEffect; isDone: boolean }>> => {
  const effect = together(turns.map((turn) => effectOf(act, turn, days, facts)))
  const [below] = effect.belowSold
  if (below) {
    const { startsAt } = below.pool
    const detail = { day: dayOf(startsAt, act.zone), from: shownTime(startsAt, act.zone) }
    return refuse('booking.plan-below-sold', { ...detail, sold: soldOf(below.pool), asked: below.slot.capacity })
  }
  const clash = clashOf(effect, facts, act.zone)
  if (clash) return refuse('booking.calendar-taken', clash)
  const shown = shownEffect(effect, saved.saves.plan?.publishedThrough ?? null)
  const answer = { ...saved.answer, effect: shown, isDone: !wish.dryRun }
  if (wish.dryRun) return ok({ change: null, answer })
  if (effect.stopped.length > 0 && !wish.mayStop)
    return refuse('booking.plan-would-stop', { slots: effect.stopped.length, people: shown.people })
  return ok({
    change: { effect, org, reason: wish.reason, saves: saved.saves },
    answer,
    events: [...saved.events, ...effectEvents(effect, wish.reason)],
    waits: closedWaits(effect.stoppedBookings),
  })
}

/** Writes what was decided; a dry run has nothing to write. */
export const writeTurns = async (tx: Tx, change: TurnChange | null, act: Act): Promise<void> => {
  if (!change) return
  const { plan, exception, removed } = change.saves
  if (plan) await store.savePlan(tx, plan, act.today)
  if (exception) await store.saveException(tx, exception)
  if (removed) await store.removeException(tx, removed)
  await applyEffect(tx, act, change.effect, { org: change.org, reason: change.reason })
}

/** Minutes of the day as screens and inputs write them. */
export const shownSession = ({ weekday, from, to, capacity }: Plan['sessions'][number]) => ({
  weekday,
  from: timeOf(from),
  to: timeOf(to),
  capacity,
})
