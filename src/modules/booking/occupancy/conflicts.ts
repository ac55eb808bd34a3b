import type { Instant } from '../../../kernel/clock.ts'
import type { Act } from '../../../platform/forms/form.ts'
import { freeUnitsOf } from '../rules/draw-unit.ts'
import type { FedState, FeedId, OwnPlaces } from './occupancy.ts'
import { conflictOf, isWorse, type Difference } from './rules/conflict-of.ts'
import { placeKey } from './rules/hear-batch.ts'
import type { ConflictRow, Meant } from './store.ts'

type OwnByPlace = ReadonlyMap<string, OwnPlaces>

/** What we know of the places that references mean. */
export const ownPlaces = (meant: readonly Meant[], now: Instant): OwnByPlace =>
  new Map(
    meant.map((one) => {
      const { pool } = one
      const free = freeUnitsOf(pool, now)
      const sold = pool.usedReserved + pool.usedEmergency + pool.usedOpen + pool.allotted
      return [placeKey(one), { pool: pool.id, sold, free: free.reserved + free.emergency + free.open, capacity: pool.capacity }]
    }),
  )

export const isUnknown = (own: OwnByPlace, state: Pick<FedState, 'kind' | 'ref'>): boolean => !own.has(placeKey(state))

/** Conflicts after a batch: those that ended, those found, those whose numbers changed; and how many wait for somebody. */
export type Ended = {
  readonly ended: readonly string[]
  readonly found: readonly ConflictRow[]
  readonly changed: readonly ConflictRow[]
  readonly open: number
}

type Facts = {
  readonly feed: FeedId
  readonly last: readonly FedState[]
  readonly own: OwnByPlace
  readonly open: readonly ConflictRow[]
  /** Numbers that were used for two different messages. */
  readonly reused: readonly number[]
}

const EMPTY = { fedFree: null, fedUsed: null, fedCapacity: null, ownFree: null, ownSold: null, ownCapacity: null }

const rowOf = (state: FedState, own: OwnPlaces, difference: Difference, feed: FeedId, act: Act): ConflictRow => ({
  id: act.newId(),
  feed,
  kind: state.kind,
  ref: state.ref,
  ...difference,
  seq: state.seq,
  pool: own.pool,
  fedFree: state.free,
  fedUsed: state.used,
  fedCapacity: state.capacity,
  ownFree: own.free,
  ownSold: own.sold,
  ownCapacity: own.capacity,
  foundAt: act.now,
  acknowledgedAt: null,
  reason: null,
})

const reusedRow = (seq: number, feed: FeedId, act: Act): ConflictRow => ({
  ...EMPTY,
  id: act.newId(),
  feed,
  kind: 'message',
  ref: String(seq),
  what: 'number-reused',
  units: 0,
  seq,
  pool: null,
  foundAt: act.now,
  acknowledgedAt: null,
  reason: null,
})

/** Compares each place that was spoken of with what we have sold. An acknowledged conflict is opened anew only when it has grown. */
export const conflictsAfter = ({ feed, last, own, open, reused }: Facts, act: Act): Ended => {
  const standing = new Map(open.map((row) => [placeKey(row), row]))
  const ended: string[] = []
  const found: ConflictRow[] = []
  const changed: ConflictRow[] = []
  for (const state of last) {
    const ours = own.get(placeKey(state))
    const difference = ours ? conflictOf(state, ours) : null
    const before = standing.get(placeKey(state))
    if (!ours || !difference) {
      if (before) ended.push(before.id)
      continue
    }
    const row = rowOf(state, ours, difference, feed, act)
    const isSame = before && (before.acknowledgedAt ? !isWorse(difference, before) : difference.what === before.what)
    if (isSame) {
      const units = before.acknowledgedAt ? before.units : difference.units
      changed.push({ ...row, id: before.id, units, foundAt: before.foundAt, acknowledgedAt: before.acknowledgedAt })
      continue
    }
    if (before) ended.push(before.id)
    found.push(row)
  }
  for (const seq of new Set(reused))
    if (!standing.has(placeKey({ kind: 'message', ref: String(seq) }))) found.push(reusedRow(seq, feed, act))
  const waiting = open.filter((row) => row.acknowledgedAt === null && !ended.includes(row.id)).length
  return { ended, found, changed, open: waiting + found.length }
}
