import type { z } from 'zod'
import { dayOf, daysBetween, instantAt, type Day } from '../../../kernel/day.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import { command, query, type Act } from '../../../platform/forms/form.ts'
import type { Booking, Pool } from '../booking.ts'
import { applyStop, closedWaits } from './apply-effect.ts'
import { ofOwn, PLANNERS } from './calendar-forms.ts'
import { stopClinicInput, stopInput } from './contract.ts'
import { stopEvents } from './effect.ts'
import {
  liveBookings,
  lockLiveBookings,
  lockStoppablePools,
  lockVouchersOfPools,
  stoppablePools,
  type StopRange,
} from './pool-store.ts'

const BASIS = '停诊须及时告知并妥善安排已预约患者 (设计)'
/** A stop is of a clinic, not of a hospital for good: what lasts longer is a change of plan. */
const DAYS_MOST = 92

type StopInput = z.output<typeof stopInput>

/** The range that an input means, or null when it means none. */
const rangeOf = (input: StopInput, act: Act): StopRange | null => {
  const { pool = null, plan = null, calendar = null, from, until } = input
  if (pool) return { pool, plan: null, calendar: null, from: act.now, until: act.now }
  if (!from || !until) return null
  const days = daysBetween(from as Day, until as Day)
  if (days < 1 || days > DAYS_MOST) return null
  return {
    pool,
    plan,
    calendar,
    from: instantAt(from as Day, '00:00', act.zone),
    until: instantAt(until as Day, '00:00', act.zone),
  }
}

const peopleIn = (bookings: readonly Booking[]): number => new Set(bookings.map(({ person }) => person)).size

const mustBeSome = (range: StopRange | null, pools: readonly Pool[]): Result<null> => {
  if (!range) return refuse('booking.stop-range', { days: DAYS_MOST })
  return pools.length === 0 ? refuse('booking.nothing-to-stop') : ok(null)
}

export const stopClinic = command({
  name: 'booking.stop-clinic',
  by: PLANNERS,
  basis: BASIS,
  does: {
    zh: '停诊:不再出号;已约患者的预约由机构取消,逐一告知一次,并改约或进入候补。',
    en: 'Stops a clinic: nothing is drawn from it any more; each booking is ended by the institution, each person told once and offered another time or the waiting list.',
  },
  input: stopClinicInput,
  read: async (tx, input, act) => {
    const { org } = act.actor
    if (!org) return null
    const range = rangeOf(input, act)
    const pools = range ? await lockStoppablePools(tx, org, range, act.now) : []
    if (input.pool && pools.length === 0) return null
    return {
      org,
      range,
      pools,
      bookings: await lockLiveBookings(tx, org, pools),
      vouchers: await lockVouchersOfPools(tx, org, pools),
    }
  },
  relation: ofOwn,
  decide: ({ org, range, pools, bookings, vouchers }, input) => {
    const some = mustBeSome(range, pools)
    if (!some.ok) return some
    const people = peopleIn(bookings)
    if (input.people !== undefined && input.people !== people) return refuse('booking.stop-people-changed', { people })
    return ok({
      change: { org, stop: { pools, bookings, vouchers }, reason: input.reason },
      answer: { pools: pools.length, bookings: bookings.length, people, vouchers: vouchers.length },
      events: stopEvents({ pools, bookings, vouchers }, input.reason),
      waits: closedWaits(bookings),
    })
  },
  write: (tx, { org, stop, reason }, act) => applyStop(tx, act, org, stop, reason),
})

export const stopPreview = query({
  name: 'booking.stop-preview',
  by: PLANNERS,
  basis: BASIS,
  does: { zh: '停诊前核对:会影响多少时段和多少人。', en: 'Before a stop: how many slots and how many people it would touch.' },
  input: stopInput,
  read: async (tx, input, act) => {
    const { org } = act.actor
    if (!org) return null
    const range = rangeOf(input, act)
    const pools = range ? await stoppablePools(tx, org, range, act.now) : []
    if (input.pool && pools.length === 0) return null
    return { org, pools, bookings: await liveBookings(tx, org, pools) }
  },
  relation: ofOwn,
  answer: ({ pools, bookings }, _input, act) => ({
    pools: pools.length,
    bookings: bookings.length,
    people: peopleIn(bookings),
    referred: bookings.filter(({ channel }) => channel === 'referral').length,
    vouchers: pools.reduce((sum, { allotted }) => sum + allotted, 0),
    days: [...Map.groupBy(pools, ({ startsAt }) => dayOf(startsAt, act.zone))].map(([day, ofDay]) => ({
      day,
      slots: ofDay.length,
      people: peopleIn(bookings.filter(({ pool }) => ofDay.some(({ id }) => id === pool))),
    })),
  }),
})
