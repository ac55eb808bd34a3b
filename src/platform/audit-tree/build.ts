import type { KeyRoom } from '../crypto/index.ts'
import { asSystem } from '../database/as-system.ts'
import { databaseNow, type Database, type Tx } from '../database/pool.ts'
import { append, leafHash, rootOf, type Kept, type Peaks } from './merkle.ts'
import * as store from './store.ts'

/** Rows that enter the tree in one transaction at most. */
const BATCH = 4_000
/** What heads are signed for: no other signature of the region passes for one. */
export const HEAD_PURPOSE = 'audit head'

/** What is signed of a head. */
export const headText = ({ size, root, at }: Pick<store.Head, 'size' | 'root' | 'at'>): Buffer =>
  Buffer.from(`jieli audit head v1\n${size}\n${root.toString('hex')}\n${at}\n`, 'utf8')

/**
 * Takes the audit rows of ended transactions into the tree and signs a head over them; answers how many. Several processes may do
 * this at once. A head speaks of rows that have been answered already: at most a round of the house's own work later.
 */
export const growAuditTree = async (database: Database, room: KeyRoom): Promise<number> => {
  let grown = 0
  for (;;) {
    const added = await asSystem(database).transaction((tx) => addBatch(tx, room))
    grown += added
    if (added < BATCH) return grown
  }
}

const addBatch = async (tx: Tx, room: KeyRoom): Promise<number> => {
  await store.lockTree(tx)
  const latest = await store.latestHead(tx)
  const rows = await store.nextRows(tx, latest, BATCH)
  const last = rows.at(-1)
  if (!last) return 0
  const before: Peaks = latest?.peaks ?? { size: 0, hashes: [] }
  const hashes = rows.map(({ text }) => leafHash(text))
  const kept: Kept[] = []
  const peaks = append(before, hashes, (one) => kept.push(one))
  await store.addLeaves(tx, before.size, rows, hashes)
  if (kept.length > 0) await store.addNodes(tx, kept)
  const head = { size: peaks.size, root: rootOf(peaks), at: await databaseNow(tx) }
  const signed = room.sign(HEAD_PURPOSE, headText(head))
  await store.addHead(tx, { ...head, signedBy: signed.key, signature: signed.signature }, peaks, last)
  return rows.length
}
