import { plusHours } from '../../../kernel/clock.ts'
import { dayOf, instantAt, plusDays, type Day } from '../../../kernel/day.ts'
import { ok } from '../../../kernel/result.ts'
import { command, type Act, type TraceEvent } from '../../../platform/forms/form.ts'
import { consortiumKindOf } from '../../organisations/index.ts'
import type { Pool, PoolId } from '../booking.ts'
import { noInput } from '../contract.ts'
import { sharesFor, type QuotaOn } from '../quotas/shares.ts'
import { lockDueClasses, savePublished, type DueClass } from './publish-store.ts'
import { daysOfStay } from './rules/days-of-stay.ts'
import type { Shares } from './rules/resized-pool.ts'

export type Consortium = QuotaOn['consortium']
const HOURS_OF_DAY = 24

/** The shares of a day's beds by the rulebook of today. */
export const bedShares = (act: Act, consortium: Consortium, pool: Pick<Pool, 'startsAt'>, capacity: number): Shares => {
  const { reserved, emergency } = sharesFor(act, {
    consortium,
    unitKind: 'bed-day',
    kind: 'ordinary',
    capacity,
    startsAt: pool.startsAt,
  })
  return { capacity, reserved, emergency }
}

/** The pool of one class of beds on one day of the region, midnight to midnight. */
const bedDayPool = (of: DueClass, day: Day, consortium: Consortium, act: Act): Pool => {
  const startsAt = instantAt(day, '00:00', act.zone)
  const nextDay = instantAt(plusDays(day, 1), '00:00', act.zone)
  const longest = plusHours(startsAt, HOURS_OF_DAY)
  const shares = sharesFor(act, { consortium, unitKind: 'bed-day', kind: 'ordinary', capacity: of.openBeds, startsAt })
  return {
    org: of.org,
    id: act.newId<PoolId>(),
    unitKind: 'bed-day',
    specialty: of.specialty,
    serviceZh: of.zh,
    serviceEn: of.en,
    plan: of.id,
    calendarOrg: null,
    calendar: null,
    doctorZh: null,
    doctorEn: null,
    kind: 'ordinary',
    startsAt,
    endsAt: nextDay < longest ? nextDay : longest,
    capacity: of.openBeds,
    reserved: shares.reserved,
    usedReserved: 0,
    allotted: 0,
    usedOpen: 0,
    emergency: shares.emergency,
    usedEmergency: 0,
    releaseAt: shares.releaseAt,
    placeZh: null,
    placeEn: null,
    stoppedAt: null,
  }
}

const poolPublished = (pool: Pool): TraceEvent => ({
  type: 'booking.pool-published',
  case: { kind: 'pool', org: pool.org, id: pool.id },
  person: null,
  seenBy: [pool.org],
  data: { capacity: pool.capacity, reserved: pool.reserved, emergency: pool.emergency },
})

/** Pools of all days of a class that are not published yet, up to a day that is not included. */
export const poolsToPublish = (of: DueClass, until: Day, consortium: Consortium, act: Act): Pool[] => {
  const from = of.publishedUntil && of.publishedUntil > act.today ? of.publishedUntil : act.today
  return daysOfStay(from, until).map((day) => bedDayPool(of, day, consortium, act))
}

export const publishedEvents = (pools: readonly Pool[]): TraceEvent[] => pools.map(poolPublished)

/** Up to which day, not included, beds are open for booking today. */
export const publishUntil = (act: Pick<Act, 'today' | 'policy'>): Day => plusDays(act.today, act.policy('booking.bed-days-ahead'))

const CLASSES_A_ROUND = 20

export const publishBedDays = command({
  name: 'booking.publish-bed-days',
  by: ['system@anyone'],
  basis: 'S0 共享床位信息;S4 住院床位预留20%以上;S3 住院床位下沉1/4',
  does: {
    zh: '按病区床位逐日开放今后若干天的床位,按政策预留。',
    en: 'Opens the bed-days of the next days from the beds of each ward, with the reserve that policy asks.',
  },
  input: noInput,
  read: async (tx, _input, act) => {
    const classes = await lockDueClasses(tx, publishUntil(act), CLASSES_A_ROUND)
    const kinds = new Map<string, Consortium>()
    for (const { org } of classes) if (!kinds.has(org)) kinds.set(org, await consortiumKindOf(tx, org, act.today))
    return { classes, kinds }
  },
  decide: ({ classes, kinds }, _input, act) => {
    const until = publishUntil(act)
    const pools = classes.flatMap((of) => poolsToPublish(of, until, kinds.get(of.org) ?? null, act))
    return ok({
      change: { pools, classes, until },
      answer: { classes: classes.length, pools: pools.length },
      events: publishedEvents(pools),
    })
  },
  write: (tx, { pools, classes, until }) => savePublished(tx, pools, classes, until),
})

export const dayOfPool = (pool: Pick<Pool, 'startsAt'>, zone: string): Day => dayOf(pool.startsAt, zone)
