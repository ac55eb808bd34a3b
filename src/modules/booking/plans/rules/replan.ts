import type { Instant } from '../../../../kernel/clock.ts'
import type { Pool } from '../../booking.ts'
import { GIVEN_UP, soldOf, type CalendarSpan, type Plan, type PlannedPool, type PlannedSlot } from '../plans.ts'

/** How published pools follow a plan: what is opened, written anew, changed under those who booked, or stopped. */
export type Replan = {
  readonly opened: readonly PlannedSlot[]
  /** Unsold, so that all of it may become as the plan says; given up earlier or not. */
  readonly rewritten: readonly { readonly pool: PlannedPool; readonly slot: PlannedSlot }[]
  /** Sold: only its capacity and its doctor or device change. */
  readonly adjusted: readonly { readonly pool: PlannedPool; readonly slot: PlannedSlot }[]
  /** Unsold and no longer asked for. */
  readonly givenUp: readonly PlannedPool[]
  /** Somebody counts on it, and the plan has no place for it any more: it may only be stopped, and those who booked be told. */
  readonly stopped: readonly PlannedPool[]
  /** The plan asks for fewer units than are sold. */
  readonly belowSold: readonly { readonly pool: PlannedPool; readonly slot: PlannedSlot }[]
}

type PoolLook = Pick<Pool, 'kind' | 'unitKind' | 'specialty' | 'serviceZh' | 'serviceEn' | 'placeZh' | 'placeEn'>
export const LOOK = [
  'kind',
  'unitKind',
  'specialty',
  'serviceZh',
  'serviceEn',
  'placeZh',
  'placeEn',
] as const satisfies readonly (keyof PoolLook & keyof Plan)[]

const isSameCalendar = (pool: Pool, slot: PlannedSlot): boolean =>
  pool.calendar === slot.calendar && pool.calendarOrg === slot.calendarOrg

/**
 * Compares the future pools of a plan with the slots that it asks for now. `before` are the slots that it asked for until now: a
 * capacity that somebody has changed by hand stays unless the plan itself changed it. Pools that have begun are left alone, and so
 * are pools stopped for any other reason than the plan's own: a stop of clinic is never undone by a plan.
 */
export const replan = (
  plan: PoolLook,
  facts: { pools: readonly PlannedPool[]; wanted: readonly PlannedSlot[]; before: readonly PlannedSlot[] },
  now: Instant,
): Replan => {
  const wanted = new Map(facts.wanted.filter(({ startsAt }) => startsAt > now).map((slot) => [slot.startsAt, slot]))
  const before = new Map(facts.before.map((slot) => [slot.startsAt, slot]))
  const result = { opened: [], rewritten: [], adjusted: [], givenUp: [], stopped: [], belowSold: [] } as {
    -readonly [Part in keyof Replan]: Replan[Part][number][]
  }
  for (const pool of facts.pools) {
    if (pool.startsAt <= now) continue
    const asked = wanted.get(pool.startsAt)
    wanted.delete(pool.startsAt)
    const isKept = asked !== undefined && before.get(asked.startsAt)?.capacity === asked.capacity && pool.stoppedAt === null
    place(result, plan, pool, asked && (isKept ? { ...asked, capacity: pool.capacity } : asked))
  }
  result.opened.push(...wanted.values())
  return result
}

const place = (
  result: { -readonly [Part in keyof Replan]: Replan[Part][number][] },
  plan: PoolLook,
  pool: PlannedPool,
  slot: PlannedSlot | undefined,
): void => {
  if (pool.stoppedAt !== null) {
    if (slot && pool.stopReason === GIVEN_UP) result.rewritten.push({ pool, slot })
    return
  }
  const sold = soldOf(pool)
  if (!slot || (sold > 0 && slot.endsAt !== pool.endsAt)) {
    result[sold > 0 ? 'stopped' : 'givenUp'].push(pool)
    return
  }
  if (slot.capacity < sold) result.belowSold.push({ pool, slot })
  else if (sold > 0) {
    if (slot.capacity !== pool.capacity || !isSameCalendar(pool, slot)) result.adjusted.push({ pool, slot })
  } else {
    const isSame = slot.capacity === pool.capacity && slot.endsAt === pool.endsAt && isSameCalendar(pool, slot)
    if (!isSame || LOOK.some((part) => plan[part] !== pool[part])) result.rewritten.push({ pool, slot })
  }
}

/**
 * The shares of a pool whose capacity changes under sold units: as policy asks, but never below what each share has sold. What the
 * open share has sold already is not taken back, so the shares are then what is left; the reserve, which the law asks for, goes
 * before the emergency share. Whole units.
 */
export const sharesAfter = (
  pool: Pool,
  capacity: number,
  asked: { readonly reserved: number; readonly emergency: number },
  isReleased: boolean,
): { reserved: number; emergency: number } => {
  const left = capacity - pool.usedOpen
  const soldReserved = pool.usedReserved + pool.allotted
  const reserved = isReleased ? soldReserved : Math.max(soldReserved, Math.min(asked.reserved, left - pool.usedEmergency))
  const emergency = Math.max(pool.usedEmergency, Math.min(asked.emergency, left - reserved))
  return { reserved, emergency }
}

/** The first time at which a slot's calendar is taken by something else, or null. Slots without a calendar take nobody's time. */
export const firstClash = (
  slots: readonly (PlannedSlot & { readonly pool?: string })[],
  taken: readonly CalendarSpan[],
): CalendarSpan | null => {
  const byCalendar = Map.groupBy(taken, ({ org, calendar }) => `${org}/${calendar}`)
  for (const slot of slots) {
    const spans = byCalendar.get(`${slot.calendarOrg}/${slot.calendar}`) ?? []
    const found = spans.find(({ from, until, pool }) => pool !== slot.pool && from < slot.endsAt && slot.startsAt < until)
    if (found) return found
  }
  return null
}
