import type { Actor } from '../../../src/platform/access.ts'
import { STAFF, type seeded } from '../../invariants/small-region.ts'
import type { Client } from './client.ts'
import type { Unit } from './walk.ts'

type Random = ReturnType<typeof seeded>

/** What a client does who wants a unit for a resident directly, by the desk or by the resident; answers how it ended. */
export const walkDirect = async (
  ask: Client,
  random: Random,
  units: readonly Unit[],
  residents: readonly Actor[],
): Promise<string> => {
  const resident = random.one(residents)
  const unit = random.one(units)
  const booking = random.chance(0.5) ? await bookAtDesk(ask, resident, unit) : await holdAndConfirm(ask, random, resident, unit)
  if (!booking) return 'no unit'
  // Most are given back, so that there is always something to fight for.
  if (random.chance(0.3)) return 'booked'
  const as = random.chance(0.5) ? STAFF.countyDesk : resident
  const gone = await ask({ name: 'booking.cancel', as, body: { org: unit.org, booking, reason: '演示取消' } })
  return gone.ok ? 'cancelled' : gone.code
}

const bookAtDesk = async (ask: Client, { person }: Actor, unit: Unit): Promise<string | null> => {
  const booked = await ask({ name: 'booking.book', as: STAFF.countyDesk, body: { ...unit, person } })
  return booked.ok ? booked.value.booking : null
}

const holdAndConfirm = async (ask: Client, random: Random, as: Actor, unit: Unit): Promise<string | null> => {
  const held = await ask({ name: 'booking.hold', as, body: { ...unit } })
  if (!held.ok) return null
  const { booking } = held.value
  // Some holds are forgotten: the house ends them when the clock has jumped.
  if (random.chance(0.2)) return null
  const confirmed = await ask({ name: 'booking.confirm', as, body: { org: unit.org, booking } })
  return confirmed.ok ? booking : null
}
