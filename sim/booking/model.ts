import type { ChannelName, Plan, PoolPlan, ShareName } from './acts.ts'

// What booking promises, written down a second time: without a database, without the house's code, one thing after another. It is
// slow to be wrong rather than quick to be right: every count that can be derived is derived, none is kept.

/** What the model takes from the rulebook, in milliseconds and units. */
export type Law = {
  readonly holdMs: number
  readonly dayMost: number
  readonly graceMs: number
  readonly voucherValidMs: number
  readonly vouchersMost: number
}

export type ModelPool = PoolPlan & { reserved: number; isReleased: boolean; isStopped: boolean; readonly events: string[] }
export type ModelBooking = {
  readonly pool: number
  readonly person: number
  readonly share: ShareName
  readonly channel: ChannelName
  state: string
  holdUntil: number | null
  /** What was told of it, in order. */
  readonly events: string[]
}
export type ModelAllotment = { readonly pool: number; readonly holder: number; readonly validUntil: number }
export type ModelVoucher = { readonly allotment: number; readonly pool: number; state: string; booking: number | null }
type Answered = { readonly what: string; readonly booking: number | null }

export type Model = {
  readonly law: Law
  now: number
  readonly pools: ModelPool[]
  readonly bookings: ModelBooking[]
  readonly allotments: ModelAllotment[]
  readonly vouchers: ModelVoucher[]
  readonly suspended: Map<number, number>
  /** What was answered, by account and key. */
  readonly keys: Map<string, Answered>
}

export const openModel = (plan: Plan, law: Law): Model => ({
  law,
  now: 0,
  pools: plan.pools.map((pool) => ({ ...pool, isReleased: false, isStopped: false, events: [] })),
  bookings: [],
  allotments: [],
  vouchers: [],
  suspended: new Map(),
  keys: new Map(),
})

export const SLOT_MS = 30 * 60_000
const DAY_MS = 24 * 60 * 60_000
/** The run begins at eight in the morning of the region's clock. */
const BEGINS_MS = 8 * 60 * 60_000
export const dayOf = ({ startsAt }: PoolPlan): number => Math.floor((startsAt + BEGINS_MS) / DAY_MS)

const GIVEN_BACK = ['cancelled', 'expired']
export const hasUnit = ({ state }: ModelBooking): boolean => !GIVEN_BACK.includes(state)
export const isLive = ({ state }: ModelBooking): boolean => ['held', 'confirmed'].includes(state)
/** A direct booking stands in the way of another one of its service and day. */
export const isServed = (booking: ModelBooking): boolean => booking.channel === 'direct' && isLive(booking)

export const poolAt = (model: Model, pool: number): ModelPool => model.pools[pool] as ModelPool
export const usedOf = (model: Model, pool: number, share: ShareName): number =>
  model.bookings.filter((one) => one.pool === pool && one.share === share && hasUnit(one)).length
export const lentOf = (model: Model, pool: number): number =>
  model.vouchers.filter((one) => one.pool === pool && one.state === 'open').length

export const unusedReserve = (model: Model, pool: number): number =>
  poolAt(model, pool).reserved - usedOf(model, pool, 'reserved') - lentOf(model, pool)
const unusedOpen = (model: Model, pool: number): number => {
  const { capacity, reserved, emergency } = poolAt(model, pool)
  return capacity - reserved - emergency - usedOf(model, pool, 'open')
}

/** Which share a unit comes from, or why there is none. */
export const shareFor = (model: Model, pool: number, channel: ChannelName): { share: ShareName } | { code: string } => {
  const { isStopped, startsAt, releaseAt, emergency } = poolAt(model, pool)
  if (isStopped) return { code: 'booking.clinic-stopped' }
  if (model.now >= startsAt) return { code: 'booking.slot-has-begun' }
  const isOpened = model.now >= releaseAt
  const reserve = unusedReserve(model, pool)
  if (channel === 'referral' && !isOpened && reserve > 0) return { share: 'reserved' }
  if (channel === 'emergency' && emergency > usedOf(model, pool, 'emergency')) return { share: 'emergency' }
  if (unusedOpen(model, pool) + (isOpened ? reserve : 0) > 0) return { share: 'open' }
  return { code: channel === 'direct' && !isOpened && reserve > 0 ? 'booking.only-reserved-left' : 'booking.no-unit-left' }
}

export const isElsewhere = (model: Model, person: number, pool: number): boolean =>
  model.bookings.some(
    (one) => one.person === person && hasUnit(one) && poolAt(model, one.pool).startsAt === poolAt(model, pool).startsAt,
  )
export const isSuspended = (model: Model, person: number): boolean => (model.suspended.get(person) ?? -1) > model.now

export const directLimit = (model: Model, person: number, pool: number): string | null => {
  const { service } = poolAt(model, pool)
  const day = dayOf(poolAt(model, pool))
  const ofDay = model.bookings.filter((one) => one.person === person && isServed(one) && dayOf(poolAt(model, one.pool)) === day)
  if (ofDay.some((one) => poolAt(model, one.pool).service === service)) return 'booking.service-booked-that-day'
  return ofDay.length >= model.law.dayMost ? 'booking.day-full' : null
}

export const open = (model: Model, pool: number): number => {
  const of = poolAt(model, pool)
  if (of.isReleased || model.now < of.releaseAt) return 0
  const units = unusedReserve(model, pool)
  of.reserved -= units
  of.isReleased = true
  return units
}

/** A unit of the reserve that comes back after the release belongs to all. */
export const giveBack = (model: Model, booking: ModelBooking, state: string, event: string): void => {
  const pool = poolAt(model, booking.pool)
  if (booking.share === 'reserved' && pool.isReleased) pool.reserved -= 1
  booking.state = state
  booking.holdUntil = null
  booking.events.push(event)
}

export const expire = (model: Model, booking: ModelBooking): void => {
  if (booking.state === 'held' && (booking.holdUntil as number) <= model.now)
    giveBack(model, booking, 'expired', 'booking.expired')
}

export const release = (model: Model, pool: number): void => {
  const units = open(model, pool)
  if (units > 0) poolAt(model, pool).events.push(`booking.reserve-released ${units}`)
}

/** What a batch does first to each pool that it touches. */
export const settle = (model: Model, pool: number): void => {
  for (const booking of model.bookings) if (booking.pool === pool) expire(model, booking)
  release(model, pool)
}
