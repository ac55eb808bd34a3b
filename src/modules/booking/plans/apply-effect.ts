import type { OrgId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import type { Act, CaseWait, CaseKey } from '../../../platform/forms/form.ts'
import type { Booking, Pool, Voucher } from '../booking.ts'
import { saveState } from '../store.ts'
import { saveGivenBack } from '../voucher-store.ts'
import type { Effect } from './effect.ts'
import { GIVEN_UP } from './plans.ts'
import { freeSpans, insertPools, markEndedByInstitution, mustTakeSpans, rewritePool, stopPools, takeSpans } from './pool-store.ts'

const idsOf = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id)

/** Stops pools under those who booked them: each booking ends by the institution, vouchers go back, the calendars are free again. */
export const applyStop = async (
  tx: Tx,
  act: Act,
  org: OrgId,
  stop: { pools: readonly Pool[]; bookings: readonly Booking[]; vouchers: readonly Voucher[] },
  reason: string,
): Promise<void> => {
  for (const booking of stop.bookings) await saveState(tx, booking, 'cancelled', act.now, reason)
  if (stop.bookings.length > 0) await markEndedByInstitution(tx, org, idsOf(stop.bookings))
  for (const pool of stop.pools) {
    const vouchers = stop.vouchers.filter((one) => one.pool === pool.id)
    if (vouchers.length > 0) await saveGivenBack(tx, { pool, vouchers, state: 'withdrawn', at: act.now })
  }
  await stopPools(tx, org, idsOf(stop.pools), reason, act.now)
  await freeSpans(tx, org, idsOf(stop.pools))
}

/** Nothing is waited for any more in bookings that have ended. */
export const closedWaits = (bookings: readonly Booking[]): { case: CaseKey; open: readonly CaseWait[] }[] =>
  bookings.map(({ org, id }) => ({ case: { kind: 'booking', org, id }, open: [] }))

/**
 * Writes an effect: what is stopped first, then what gives time back, then what takes it. A clash that came up meanwhile refuses the
 * whole act.
 */
export const applyEffect = async (
  tx: Tx,
  act: Act,
  effect: Effect,
  { org, reason }: { org: OrgId; reason: string },
): Promise<void> => {
  const { opened, rewritten, adjusted, givenUp, stopped } = effect
  if (stopped.length > 0)
    await applyStop(tx, act, org, { pools: stopped, bookings: effect.stoppedBookings, vouchers: effect.stoppedVouchers }, reason)
  if (givenUp.length > 0) await stopPools(tx, org, idsOf(givenUp), GIVEN_UP, act.now)
  const written = [...rewritten, ...adjusted].map(({ pool }) => pool)
  await freeSpans(tx, org, idsOf([...givenUp, ...written]))
  await mustTakeSpans(tx, org, [...opened, ...written], act.zone)
  if (opened.length > 0) await insertPools(tx, opened)
  for (const pool of written) await rewritePool(tx, pool)
}

/** Publishes new pools where their calendars are free; answers those whose time something else has. */
export const applyOpened = async (tx: Tx, org: OrgId, opened: readonly Pool[]): Promise<ReadonlySet<string>> => {
  if (opened.length === 0) return new Set()
  const clashing = await takeSpans(tx, org, opened)
  await insertPools(
    tx,
    opened.filter(({ id }) => !clashing.has(id)),
  )
  return clashing
}
