import { instant, plusHours, plusMinutes, type Instant } from '../../kernel/clock.ts'
import { daysBetween, dayOf, instantAt, type Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { relationsTo } from '../../platform/access.ts'
import { command, query, type Act, type CaseKey, type Decision, type TraceEvent } from '../../platform/forms/form.ts'
import { consortiumOf } from '../organisations/index.ts'
import { lockTheirs, relationsToTheirs } from './behalf.ts'
import type { Booking, BookingId, BookingState, Pool, PoolId } from './booking.ts'
import { bookingInput, cancelInput, freeInput, noInput, publishInput, type ShownSlot } from './contract.ts'
import { sharesFor } from './quotas/shares.ts'
import { freeUnitsOf } from './rules/draw-unit.ts'
import * as store from './store.ts'
import { saveShortage } from './waiting/shortage-store.ts'
import { mayConfirm } from './units.ts'

const bookingCase = (booking: { org: OrgId; id: string }): CaseKey => ({ kind: 'booking', org: booking.org, id: booking.id })

const bookingEvent = (type: string, booking: Pick<Booking, 'org' | 'id' | 'person' | 'pool'>, reason?: string): TraceEvent => ({
  type,
  case: bookingCase(booking),
  person: booking.person,
  seenBy: [booking.org],
  data: { pool: booking.pool },
  ...(reason ? { reason } : {}),
})

export const publishPool = command({
  name: 'booking.publish-pool',
  by: ['referral-desk@anyone', 'consortium-manager@anyone'],
  basis: 'S2 分时段预约不超过1小时;S3 门诊号源下沉1/3;S4 专家号源预留20%',
  does: {
    zh: '发布本机构一个时段的号源,按政策预留给基层转诊。',
    en: 'Publishes a slot of one’s own institution, with the reserve for primary care that policy asks.',
  },
  input: publishInput,
  read: async (tx, _input, act) =>
    act.actor.org ? { org: act.actor.org, consortium: (await consortiumOf(tx, act.actor.org, act.today))?.kind ?? null } : null,
  decide: ({ org, consortium }, input, act) => {
    const startsAt = instant(input.startsAt)
    const daysMost = act.policy('booking.publish-days-most')
    const ahead = daysBetween(act.today, dayOf(startsAt, act.zone))
    if (startsAt <= act.now || ahead > daysMost) return refuse('booking.publish-too-far', { days: daysMost })
    const { capacity, kind } = input
    const shares = sharesFor(act, { consortium, unitKind: 'visit', kind, capacity, startsAt })
    const pool: Pool = {
      org,
      id: act.newId<PoolId>(),
      unitKind: 'visit',
      specialty: input.specialty,
      serviceZh: null,
      serviceEn: null,
      plan: null,
      calendarOrg: null,
      calendar: null,
      doctorZh: input.doctor?.zh ?? null,
      doctorEn: input.doctor?.en ?? null,
      kind,
      startsAt,
      endsAt: plusMinutes(startsAt, input.minutes),
      capacity,
      reserved: shares.reserved,
      usedReserved: 0,
      allotted: 0,
      usedOpen: 0,
      emergency: shares.emergency,
      usedEmergency: 0,
      releaseAt: shares.releaseAt,
      placeZh: input.place?.zh ?? null,
      placeEn: input.place?.en ?? null,
      stoppedAt: null,
    }
    const event: TraceEvent = {
      type: 'booking.pool-published',
      case: { kind: 'pool', org, id: pool.id },
      person: null,
      seenBy: [org],
      data: { capacity, reserved: pool.reserved, emergency: pool.emergency },
    }
    return ok({ change: pool, answer: { org, pool: pool.id, reserved: pool.reserved }, events: [event] })
  },
  write: async (tx, pool) => void (await store.savePool(tx, pool)),
})

type Moved = { readonly booking: Booking; readonly state: BookingState; readonly at: Instant; readonly reason: string | null }

const moved = (
  booking: Booking,
  state: BookingState,
  act: Act,
  reason: string | null = null,
): Decision<Moved, { booking: string; state: BookingState }> => ({
  change: { booking, state, at: act.now, reason },
  answer: { booking: booking.id, state },
  events: [bookingEvent(`booking.${state}`, booking, reason ?? undefined)],
  waits: [{ case: bookingCase(booking), open: [] }],
})

const saveMoved = (tx: Parameters<typeof store.saveState>[0], { booking, state, at, reason }: Moved): Promise<void> =>
  store.saveState(tx, booking, state, at, reason)

export const confirm = command({
  name: 'booking.confirm',
  by: ['resident@self', 'resident@representative'],
  basis: 'S2 分时段预约',
  does: {
    zh: '确认保留的号源;保留时间按数据库时间计,过时作废。',
    en: 'Confirms a held unit; after its time by the database clock it is refused.',
  },
  input: bookingInput,
  read: (tx, input, act) => lockTheirs(tx, input.org, input.booking, act),
  relation: (booking, { actor }) => relationsToTheirs(actor, booking),
  subject: (booking) => ({ person: booking.person }),
  decide: (booking, _input, act) => {
    if (booking.group) return refuse('booking.part-of-group')
    const may = mayConfirm(booking, act.now)
    return may.ok ? ok(moved(may.value, 'confirmed', act)) : may
  },
  write: saveMoved,
})

export const cancel = command({
  name: 'booking.cancel',
  by: ['resident@self', 'resident@representative', 'referral-desk@own'],
  basis: 'S2 分时段预约',
  does: { zh: '取消预约,号源退回原配额。', en: 'Cancels a booking; the unit goes back to the quota that it came from.' },
  input: cancelInput,
  read: (tx, input, act) => lockTheirs(tx, input.org, input.booking, act),
  relation: (booking, { actor }) => relationsToTheirs(actor, booking),
  subject: (booking) => ({ person: booking.person }),
  decide: (booking, input, act) => {
    if (booking.group) return refuse('booking.part-of-group')
    return ['held', 'confirmed'].includes(booking.state)
      ? ok(moved(booking, 'cancelled', act, input.reason))
      : refuse('booking.state-otherwise', { state: booking.state })
  },
  write: saveMoved,
})

export const attend = command({
  name: 'booking.attend',
  by: ['referral-desk@own'],
  basis: 'S2 候诊管理',
  does: { zh: '登记到诊。', en: 'Records that the person has come.' },
  input: bookingInput,
  read: (tx, input) => store.lockBooking(tx, input.org as OrgId, input.booking as BookingId),
  relation: (booking, { actor }) => relationsTo(actor, booking),
  subject: (booking) => ({ person: booking.person }),
  decide: (booking, _input, act) =>
    ['confirmed', 'checked-in'].includes(booking.state)
      ? ok(moved(booking, 'attended', act))
      : refuse('booking.state-otherwise', { state: booking.state }),
  write: saveMoved,
})

export const noShow = command({
  name: 'booking.no-show',
  by: ['referral-desk@own'],
  basis: '爽约管理 (设计值)',
  does: { zh: '记为爽约(时段结束并过宽限时间后)。', en: 'Records a no-show, once the slot and its grace time are over.' },
  input: bookingInput,
  read: async (tx, input) => {
    const booking = await store.lockBooking(tx, input.org as OrgId, input.booking as BookingId)
    const pool = booking && (await store.findPool(tx, booking.org, booking.pool))
    return pool && { booking, pool }
  },
  relation: ({ booking }, { actor }) => relationsTo(actor, booking),
  subject: ({ booking }) => ({ person: booking.person }),
  decide: ({ booking, pool }, _input, act) => {
    if (booking.state !== 'confirmed') return refuse('booking.state-otherwise', { state: booking.state })
    if (act.now < plusHours(pool.endsAt, act.policy('booking.no-show-grace-hours')))
      return refuse('booking.too-early-for-no-show')
    return ok(moved(booking, 'no-show', act))
  },
  write: saveMoved,
})

export const expireHold = command({
  name: 'booking.expire-hold',
  by: ['system@anyone'],
  basis: 'S2 分时段预约',
  does: { zh: '保留到期未确认,号源退回。', en: 'A hold that nobody confirmed in time ends; the unit goes back.' },
  input: bookingInput,
  read: (tx, input) => store.lockBooking(tx, input.org as OrgId, input.booking as BookingId),
  decide: (booking, _input, act) =>
    booking.state === 'held' && booking.holdUntil && act.now >= booking.holdUntil
      ? ok(moved(booking, 'expired', act, 'hold ended'))
      : refuse('booking.state-otherwise', { state: booking.state }),
  write: saveMoved,
})

const RELEASE_BATCH = 200

export const releaseDue = command({
  name: 'booking.release-due',
  by: ['system@anyone'],
  basis: '参照重庆:未用的预留号源提前一天释放',
  does: {
    zh: '到释放时间的预留号源向全部渠道开放。',
    en: 'Opens to everybody what is left of reserves whose release time has come.',
  },
  input: noInput,
  read: (tx, _input, act) => store.lockDueForRelease(tx, act.now, RELEASE_BATCH),
  decide: (pools) => {
    const events = pools
      .filter((pool) => pool.reserved > pool.usedReserved + pool.allotted)
      .map((pool): TraceEvent => ({
        type: 'booking.reserve-released',
        case: { kind: 'pool', org: pool.org, id: pool.id },
        person: null,
        seenBy: [pool.org],
        data: { units: pool.reserved - pool.usedReserved - pool.allotted },
      }))
    return ok({ change: pools, answer: { released: pools.length }, events })
  },
  write: (tx, pools, act) => store.saveRelease(tx, pools, act.now),
})

/** A pool as screens show it. */
export const shownSlot = (pool: Pool, now: Instant): ShownSlot => {
  const free = freeUnitsOf(pool, now)
  return {
    org: pool.org,
    pool: pool.id,
    specialty: pool.specialty,
    kind: pool.kind,
    doctor: pool.doctorZh ? { zh: pool.doctorZh, en: pool.doctorEn } : null,
    place: pool.placeZh ? { zh: pool.placeZh, en: pool.placeEn } : null,
    startsAt: pool.startsAt,
    endsAt: pool.endsAt,
    free: free.open,
    reservedFree: free.reserved,
  }
}

export const free = query({
  name: 'booking.free',
  by: [
    'resident@anyone',
    'village-doctor@anyone',
    'family-doctor@anyone',
    'referral-desk@anyone',
    'ward@anyone',
    'consortium-manager@anyone',
  ],
  basis: 'S0 实时号源,共享床位信息',
  does: {
    zh: '查看真正可约的时段,以及其中为基层预留的数量。',
    en: 'Slots that are really free, and how many of them are reserved for primary care.',
  },
  input: freeInput,
  read: async (tx, input, act) => {
    const from = instantAt((input.from as Day | undefined) ?? act.today, '00:00', act.zone)
    const until = plusHours(from, input.days * 24)
    return store.findFreePools(tx, {
      specialty: input.specialty,
      orgs: input.org ? [input.org as OrgId] : null,
      from,
      until,
      channel: act.actor.role === 'resident' ? 'direct' : input.channel,
      now: act.now,
      limit: input.limit,
    })
  },
  // That nothing was found is counted, once a day for each who looked, service and place.
  leaves: async (tx, pools, { specialty, channel, org }, { actor, now, today }) => {
    if (pools.length > 0 || !actor.account) return
    const by = actor.role === 'resident' ? ('direct' as const) : channel
    const wantedOrg = (org as OrgId | undefined) ?? null
    const missed = {
      org: actor.org,
      onDay: today,
      specialty,
      unitKind: 'visit',
      channel: by,
      wantedOrg,
      asker: actor.account,
    } as const
    await saveShortage(tx, missed, now)
  },
  answer: (pools, _input, act) => ({ slots: pools.map((pool) => shownSlot(pool, act.now)) }),
})
