import { dayOf } from '../../../kernel/day.ts'
import { databaseNow } from '../../../platform/database/pool.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import { runAsSystem } from '../../../platform/deadlines.ts'
import type { House } from '../../../platform/house.ts'
import { valueOn } from '../../../shapes/rulebook.ts'
import { offersBehind } from './offer-store.ts'
import { stoppedUntold } from './rehome-store.ts'
import { placesToOffer } from './stay-line-store.ts'
import { entriesOver, poolsToOffer } from './store.ts'

/** How many of each the sweep takes at once; what is left is taken by the next round. */
const BATCH = 100

/**
 * Finds what events have not brought about: offers whose booking has moved on, stopped clinics with somebody untold, entries that are
 * over, and units and beds that somebody waits for, however they became free. Safe in several processes at once: each act locks and looks again.
 * Answers how many acts had an effect.
 */
export const sweepWaiting = async (house: House): Promise<number> => {
  const db = asSystem(house.database)
  const { zone, rulebook } = house
  const dayMost = valueOn(rulebook, 'booking.day-bookings-most', dayOf(await databaseNow(db), zone))
  let done = 0
  const act = async (command: string, input: unknown): Promise<void> => {
    if ((await runAsSystem(house, command, input, async () => true)) === null) done += 1
  }
  for (const offer of await offersBehind(db, BATCH)) await act('booking.offer-freed', offer)
  for (const pool of await stoppedUntold(db, BATCH)) await act('booking.rehome', pool)
  for (const { person, id } of await entriesOver(db, zone, BATCH)) await act('booking.end-waiting', { person, waiting: id })
  for (const pool of await poolsToOffer(db, { zone, dayMost }, BATCH)) await act('booking.offer-freed', pool)
  for (const place of await placesToOffer(db, { zone }, BATCH)) await act('booking.offer-stay', place)
  if (done > 0) house.told()
  return done
}
