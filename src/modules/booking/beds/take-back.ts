import type { Tx } from '../../../platform/database/pool.ts'
import type { CaseWait, CaseKey, TraceEvent } from '../../../platform/forms/form.ts'
import type { BedClass, Stay } from './beds.ts'
import { givenBack, groupCase, groupEvent, type GroupEnd } from './group-forms.ts'
import type { OfferedStay } from './rules/take-back.ts'
import { lockGroup, lockOfferedStays, type GroupUnit, type UnitMove } from './stay-store.ts'

/** A stay that somebody who waits was offered and has not answered, with the units that it holds. */
export type Offered = { readonly stay: Stay; readonly units: readonly GroupUnit[]; readonly held: OfferedStay }

/** What is offered of a class, in the order of the list; its pools are locked before. */
export const lockOffered = async (tx: Tx, { org, id }: BedClass): Promise<Offered[]> => {
  const found: Offered[] = []
  for (const stay of await lockOfferedStays(tx, org, id)) {
    const units = await lockGroup(tx, org, stay.id)
    const shares = new Map(units.map(({ booking: { pool, share } }) => [pool, share]))
    found.push({ stay, units, held: { id: stay.id, sex: stay.sex, shares } })
  }
  return found
}

type Taking = {
  readonly ends: readonly GroupEnd[]
  readonly events: readonly TraceEvent[]
  readonly waits: readonly { readonly case: CaseKey; readonly open: readonly CaseWait[] }[]
}

/** Offers taken back by the place: the list hears it by the events, tells each person once and looks for another bed. */
export const takingBack = (back: readonly Offered[], reason: string): Taking => ({
  ends: back.map(({ stay, units }) => ({
    stay,
    reason,
    moves: units.map(({ booking }): UnitMove => ({ booking, state: 'cancelled', endedBy: 'institution' })),
  })),
  events: back.flatMap(({ stay, units }) => [
    groupEvent('booking.group-cancelled', stay, { units: units.length }, reason),
    ...units.map((unit) => givenBack(unit, 'booking.cancelled', reason)),
  ]),
  waits: back.map(({ stay }) => ({ case: groupCase(stay), open: [] })),
})
