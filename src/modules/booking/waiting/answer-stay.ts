import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import type { Act, TraceEvent } from '../../../platform/forms/form.ts'
import type { GroupId, Stay } from '../beds/beds.ts'
import { givenBack, groupCase, groupEvent, missedWait, saveGroupEnd } from '../beds/group-forms.ts'
import { lockGroup, lockStay, saveMoves, type GroupUnit, type UnitMove } from '../beds/stay-store.ts'
import { lockPoolsOfGroup } from './stay-line-store.ts'

/** A stay that is offered, with all of its bed-days. */
export type HeldStay = { readonly stay: Stay; readonly units: readonly GroupUnit[] }

/** Locks the pools of a stay, then the stay and its bed-days. */
export const lockHeldStay = async (tx: Tx, org: OrgId, group: GroupId): Promise<HeldStay | null> => {
  await lockPoolsOfGroup(tx, org, group)
  const stay = await lockStay(tx, org, group)
  return stay && { stay, units: await lockGroup(tx, org, group) }
}

/** Whether a stay may still be taken: all of it is held in time, or confirmed already. */
export const mayTakeStay = ({ units }: HeldStay, now: Instant): boolean =>
  units.every(({ booking: { state, holdUntil } }) => state === 'held' && holdUntil !== null && now < holdUntil) ||
  units.every(({ booking: { state } }) => state === 'confirmed')

const heldOf = ({ units }: HeldStay): GroupUnit[] => units.filter(({ booking }) => booking.state === 'held')

/** What is told when an offered stay is taken; from then on the person is expected. */
export const takenStay = (held: HeldStay, act: Act) => ({
  events: [groupEvent('booking.group-confirmed', held.stay, { units: held.units.length })],
  waits: [{ case: groupCase(held.stay), open: [missedWait(held.stay, act)] }],
})

export const saveTakenStay = (tx: Tx, held: HeldStay, at: Instant): Promise<void> =>
  saveMoves(
    tx,
    heldOf(held).map(({ booking }): UnitMove => ({ booking, state: 'confirmed' })),
    at,
    null,
  )

/** What is told when an offered stay is turned down: each of its bed-days went back. */
export const turnedDownStay = (held: HeldStay, reason: string) => {
  const events: TraceEvent[] = [
    groupEvent('booking.group-cancelled', held.stay, { units: heldOf(held).length }, reason),
    ...heldOf(held).map((unit) => givenBack(unit, 'booking.cancelled', reason)),
  ]
  return { events, waits: [{ case: groupCase(held.stay), open: [] }] }
}

export const saveTurnedDownStay = (tx: Tx, held: HeldStay, at: Instant, reason: string): Promise<void> =>
  saveGroupEnd(
    tx,
    {
      stay: held.stay,
      reason,
      moves: heldOf(held).map(({ booking }): UnitMove => ({ booking, state: 'cancelled', endedBy: 'person' })),
    },
    at,
  )
