import type { Act, Moment, MoveName, ShareName, Wish } from './acts.ts'
import {
  directLimit,
  expire,
  giveBack,
  isElsewhere,
  isLive,
  isSuspended,
  open,
  poolAt,
  release,
  settle,
  shareFor,
  SLOT_MS,
  unusedReserve,
  type Model,
  type ModelBooking,
  type ModelVoucher,
} from './model.ts'

/** Which act a key stands for has been answered: the same again, or not the same. */
const answeredBy = (model: Model, key: string, what: string): string | null => {
  const known = model.keys.get(key)
  if (!known) return null
  return known.what === what ? 'replayed' : 'platform.key-used-otherwise'
}

const push = (model: Model, booking: Omit<ModelBooking, 'events'>): number =>
  model.bookings.push({ ...booking, events: [booking.state === 'held' ? 'booking.held' : 'booking.confirmed'] }) - 1

/** Between reasons of which either may be named. */
export const EITHER = ' or '

const wishFor = (model: Model, { person, pool, channel, form, key: number }: Wish): string => {
  const what = `${form} P${pool}`
  const key = `${channel === 'direct' ? `person ${person}` : 'desk 0'} ${number}`
  const answered = answeredBy(model, key, what)
  if (answered) return answered
  const isDirect = channel === 'direct'
  if (isDirect && isSuspended(model, person)) return 'booking.suspended'
  const found = shareFor(model, pool, channel)
  if ('code' in found) return found.code
  const limit = isDirect ? directLimit(model, person, pool) : null
  const reasons = [isElsewhere(model, person, pool) ? 'booking.person-booked-then' : null, limit].filter((one) => one !== null)
  // Both are true then, and the one that stood before the batch is named first.
  if (reasons.length > 0) return reasons.join(EITHER)
  const isHeld = form === 'hold'
  const holdUntil = isHeld ? model.now + model.law.holdMs : null
  const booking = push(model, { pool, person, share: found.share, channel, state: isHeld ? 'held' : 'confirmed', holdUntil })
  model.keys.set(key, { what, booking })
  return 'done'
}

const batchOf = (model: Model, wishes: readonly Wish[]): string[] => {
  for (const pool of new Set(wishes.map((wish) => wish.pool))) settle(model, pool)
  return wishes.map((wish) => wishFor(model, wish))
}

/** The first request goes alone, whatever came meanwhile is the second batch. */
const rush = (model: Model, { wishes, fault, batch }: Extract<Act, { do: 'rush' }>): string[] => {
  const outcomes: string[] = []
  for (const [at, part] of [wishes.slice(0, 1), wishes.slice(1)].entries()) {
    const strikes = part.length > 0 && batch === at + 1 ? fault : 'none'
    if (strikes === 'kill-before' || strikes === 'kill-after') {
      if (strikes === 'kill-after') batchOf(model, part)
      return [...outcomes, ...wishes.slice(outcomes.length).map(() => 'killed')]
    }
    const first = part.length > 0 ? batchOf(model, part) : []
    // The engine asks again with the same keys: what was done is answered from the store, what was refused is decided anew.
    outcomes.push(...(strikes === 'lost' && part.length > 0 ? batchOf(model, part) : first))
  }
  return outcomes
}

const promised = (model: Model, at: number): { share: ShareName } | { code: string } => {
  const voucher = model.vouchers[at] as ModelVoucher
  const pool = poolAt(model, voucher.pool)
  if (voucher.state.startsWith('used')) return { code: 'booking.voucher-used' }
  if (pool.isStopped) return { code: 'booking.clinic-stopped' }
  if (model.now >= pool.startsAt) return { code: 'booking.slot-has-begun' }
  return voucher.state === 'open' ? { share: 'reserved' } : shareFor(model, voucher.pool, 'referral')
}

/** The nth of what there is so far, or null when there is nothing. */
export const nthOf = (count: number, nth: number): number | null => (count === 0 ? null : nth % count)

const draw = (model: Model, act: Extract<Act, { do: 'draw' }>): string => {
  const at = act.voucher === null ? null : nthOf(model.vouchers.length, act.voucher)
  const voucher = at === null ? null : (model.vouchers[at] as ModelVoucher)
  const [pool, channel] = voucher ? [voucher.pool, 'referral' as const] : [act.pool, act.channel]
  const found = at === null ? shareFor(model, pool, channel) : promised(model, at)
  if ('code' in found) return found.code
  if (isElsewhere(model, act.person, pool)) return 'booking.person-booked-then'
  if (channel === 'direct' && isSuspended(model, act.person)) return 'booking.suspended'
  const limit = channel === 'direct' ? directLimit(model, act.person, pool) : null
  if (limit) return limit
  open(model, pool)
  const holdUntil = act.minutes === null ? null : model.now + act.minutes * 60_000
  const { person } = act
  const booking = push(model, { pool, person, share: found.share, channel, state: holdUntil ? 'held' : 'confirmed', holdUntil })
  if (voucher) Object.assign(voucher, { state: voucher.state === 'open' ? 'used' : 'used-late', booking })
  return 'done'
}

const NEXT: Readonly<Record<MoveName, string>> = {
  confirm: 'confirmed',
  cancel: 'cancelled',
  attend: 'attended',
  'no-show': 'no-show',
}

const mayMove = (model: Model, move: MoveName, { state, holdUntil, pool }: ModelBooking): string | null => {
  if (move === 'confirm') {
    const isInTime = state === 'held' && model.now < (holdUntil as number)
    return state === 'confirmed' || isInTime ? null : 'booking.hold-ended'
  }
  if (move === 'cancel') return ['held', 'confirmed'].includes(state) ? null : 'booking.state-otherwise'
  if (state !== 'confirmed') return 'booking.state-otherwise'
  const isTooEarly = model.now < poolAt(model, pool).startsAt + SLOT_MS + model.law.graceMs
  return move === 'no-show' && isTooEarly ? 'booking.too-early-for-no-show' : null
}

const move = (model: Model, { do: name, booking: nth, key: number }: { do: MoveName; booking: number; key: number }): string => {
  const at = nthOf(model.bookings.length, nth)
  if (at === null) return 'nothing'
  const booking = model.bookings[at] as ModelBooking
  const what = `${name} B${at}`
  const key = `${name === 'confirm' ? `person ${booking.person}` : `desk ${poolAt(model, booking.pool).org}`} ${number}`
  const refused = answeredBy(model, key, what) ?? mayMove(model, name, booking)
  if (refused) return refused
  if (name === 'cancel') giveBack(model, booking, 'cancelled', 'booking.cancelled')
  else {
    booking.state = NEXT[name]
    booking.holdUntil = null
    booking.events.push(`booking.${NEXT[name]}`)
  }
  model.keys.set(key, { what, booking: at })
  return 'done'
}

const tick = (model: Model): string => {
  for (const booking of model.bookings) expire(model, booking)
  model.allotments.forEach(({ validUntil }, allotment) => {
    if (validUntil <= model.now) takeBack(model, 'returned', (one) => one.allotment === allotment)
  })
  model.pools.forEach((_, pool) => release(model, pool))
  return 'done'
}

const takeBack = (model: Model, state: string, which: (voucher: ModelVoucher) => boolean): number => {
  const ending = model.vouchers.filter((one) => one.state === 'open' && which(one))
  for (const voucher of ending) {
    const pool = poolAt(model, voucher.pool)
    if (pool.isReleased) pool.reserved -= 1
    voucher.state = state
  }
  return ending.length
}

const allot = (model: Model, { pool, holder, units }: Extract<Act, { do: 'allot' }>): string => {
  const { startsAt, releaseAt, isStopped } = poolAt(model, pool)
  const validUntil = startsAt - model.law.voucherValidMs
  if (model.now >= validUntil || model.now >= releaseAt) return 'booking.voucher-too-late'
  const held = model.vouchers.filter(
    (one) => one.pool === pool && one.state === 'open' && model.allotments[one.allotment]?.holder === holder,
  ).length
  if (held + units > model.law.vouchersMost) return 'booking.vouchers-too-many'
  if (isStopped || unusedReserve(model, pool) < units) return 'booking.reserve-too-small'
  const allotment = model.allotments.push({ pool, holder, validUntil }) - 1
  for (let unit = 0; unit < units; unit += 1) model.vouchers.push({ allotment, pool, state: 'open', booking: null })
  return 'done'
}

const withdraw = (model: Model, nth: number): string => {
  const at = nthOf(model.allotments.length, nth)
  if (at === null) return 'nothing'
  return takeBack(model, 'withdrawn', (one) => one.allotment === at) > 0 ? 'done' : 'booking.no-open-voucher'
}

const stop = (model: Model, pool: number): string => {
  const of = poolAt(model, pool)
  if (of.isStopped || of.startsAt + SLOT_MS <= model.now) return 'platform.not-found'
  const live = model.bookings.filter((one) => one.pool === pool && isLive(one))
  for (const booking of live) giveBack(model, booking, 'cancelled', 'booking.clinic-stopped')
  takeBack(model, 'withdrawn', (one) => one.pool === pool)
  of.isStopped = true
  of.events.push(`booking.pool-stopped ${live.length}`)
  return 'done'
}

/** The moments of a kind that are still to come, soonest first. */
const momentsOf = (model: Model, moment: Moment): number[] => {
  const all: Record<Moment, readonly (number | null)[]> = {
    hold: model.bookings.map(({ holdUntil }) => holdUntil),
    release: model.pools.map(({ releaseAt }) => releaseAt),
    start: model.pools.map(({ startsAt }) => startsAt),
    voucher: model.allotments.map(({ validUntil }) => validUntil),
    grace: model.pools.map(({ startsAt }) => startsAt + SLOT_MS + model.law.graceMs),
  }
  return [...new Set(all[moment])].filter((at): at is number => at !== null && at > model.now).toSorted((a, b) => a - b)
}

/** Where the clock goes: never back. */
export const clockAfter = (model: Model, act: Act): number => {
  if (act.do === 'clock') return model.now + act.by
  if (act.do !== 'clock-to') return model.now
  const moments = momentsOf(model, act.moment)
  const at = nthOf(moments.length, act.nth)
  return at === null ? model.now : Math.max(model.now, (moments[at] as number) + act.delta)
}

/** A form's fault: refused is refused; what is done either stands without an answer, or is as if it had never been asked for. */
const underFault = (model: Model, fault: string, carryOut: (model: Model) => string): string => {
  if (fault !== 'kill-before') {
    const outcome = carryOut(model)
    if (outcome !== 'done' && outcome !== 'replayed') return outcome
    if (fault === 'kill-after') return 'killed'
    return fault === 'lost' ? 'replayed' : outcome
  }
  const outcome = carryOut(structuredClone(model))
  return outcome === 'done' || outcome === 'replayed' ? 'killed' : outcome
}

/** Carries one act out and says what each request of it was answered. */
export const carry = (model: Model, act: Act): readonly string[] => {
  switch (act.do) {
    case 'rush':
      return rush(model, act)
    case 'draw':
      return [underFault(model, act.fault, (on) => draw(on, act))]
    case 'duel':
      return act.persons.map((person) =>
        draw(model, { ...act, do: 'draw', person, minutes: null, voucher: null, key: 0, fault: 'none' }),
      )
    case 'confirm':
    case 'cancel':
    case 'attend':
    case 'no-show':
      return [underFault(model, act.fault, (on) => move(on, { do: act.do, booking: act.booking, key: act.key }))]
    case 'tick':
      return [tick(model)]
    case 'clock':
    case 'clock-to':
      model.now = clockAfter(model, act)
      return ['done']
    case 'allot':
      return [allot(model, act)]
    case 'withdraw':
      return [withdraw(model, act.allotment)]
    case 'stop':
      return [stop(model, act.pool)]
    case 'suspend':
      model.suspended.set(act.person, model.now + act.minutes * 60_000)
      return ['done']
  }
}
