import type { KeyRoom } from '../crypto/index.ts'
import { asSystem } from '../database/as-system.ts'
import type { Database, Queryable } from '../database/pool.ts'
import { HEAD_PURPOSE, headText } from './build.ts'
import { append, leafHash, rootOf, type Peaks } from './merkle.ts'
import * as store from './store.ts'

/** What was found wrong, and where. `n` is the number in the audit, 1 the first; `until` the end of a range within which it lies. */
export type AuditFault = {
  readonly kind: 'edited' | 'removed' | 'inserted' | 'moved' | 'cut' | 'rewritten' | 'unsigned'
  readonly n: number
  readonly until?: number
  /** The audit row, where one is meant. */
  readonly id?: string
}
export type AuditProof = {
  readonly rows: number
  readonly heads: number
  readonly outside: number
  readonly faults: readonly AuditFault[]
}

const CHUNK = 20_000
const FAULTS_MOST = 200
/** An act may have begun so long before its row entered the tree; an older row came by another way. */
const LATE_MS = 15 * 60_000

type Walk = { peaks: Peaks; readonly faults: AuditFault[]; lastXid: bigint; lastPos: bigint; expected: number }

/**
 * Reads the whole audit again and compares it with its tree, its signed heads, and the heads that were handed outside. Whatever was
 * changed, taken out, put in, exchanged or cut off is answered with its place.
 */
export const verifyAudit = (database: Database, room: KeyRoom, outside: readonly store.Head[] = []): Promise<AuditProof> =>
  asSystem(database).transaction(async (tx) => {
    await store.takeTime(tx)
    const heads = await store.headsFrom(tx, 0)
    const latest = await store.latestHead(tx)
    const walk: Walk = { peaks: { size: 0, hashes: [] }, faults: [], lastXid: 0n, lastPos: 0n, expected: 1 }
    const checks = marks(heads, outside)
    const roots = new Map<number, string>()
    for (let after = 0; ;) {
      const leaves = await store.leavesFrom(tx, after, CHUNK)
      walkLeaves(walk, leaves, checks, roots)
      if (leaves.length < CHUNK || walk.faults.length >= FAULTS_MOST) break
      after = (leaves.at(-1) as store.Leaf).n
    }
    judgeHeads(walk, checks, roots, room)
    if (latest) await findStrays(tx, latest, walk)
    return {
      rows: walk.peaks.size,
      heads: heads.length,
      outside: outside.length,
      faults: walk.faults.toSorted((one, other) => one.n - other.n),
    }
  }, 'read')

/** All heads by size; those from outside count beside the house's own of the same size. */
const marks = (heads: readonly store.Head[], outside: readonly store.Head[]): store.Head[] =>
  [...heads, ...outside].toSorted((one, other) => one.size - other.size)

const walkLeaves = (
  walk: Walk,
  leaves: readonly store.Leaf[],
  checks: readonly store.Head[],
  roots: Map<number, string>,
): void => {
  const sizes = new Set(checks.map(({ size }) => size))
  const timeOf = new Map(checks.map((head) => [head.size, Date.parse(head.at)]))
  const seenBefore = checks.findLast(({ size }) => size <= walk.peaks.size)
  let [sealedAt, pending]: [number, Buffer[]] = [seenBefore ? Date.parse(seenBefore.at) : 0, []]
  for (const leaf of leaves) {
    for (; walk.expected < leaf.n; walk.expected += 1) walk.faults.push({ kind: 'removed', n: walk.expected })
    walk.expected = leaf.n + 1
    judgeLeaf(walk, leaf, sealedAt)
    pending.push(leaf.hash)
    const size = walk.peaks.size + pending.length
    if (!sizes.has(size)) continue
    walk.peaks = append(walk.peaks, pending)
    pending = []
    roots.set(size, rootOf(walk.peaks).toString('hex'))
    sealedAt = timeOf.get(size) ?? sealedAt
  }
  walk.peaks = append(walk.peaks, pending)
}

const judgeLeaf = (walk: Walk, { n, id, hash, text, xid, pos, ms }: store.Leaf, sealedAt: number): void => {
  if (text === null) return void walk.faults.push({ kind: 'removed', n, id })
  if (!leafHash(text).equals(hash)) return void walk.faults.push({ kind: 'edited', n, id })
  const [atXid, atPos] = [BigInt(xid), BigInt(pos)]
  if (atXid < walk.lastXid || (atXid === walk.lastXid && atPos < walk.lastPos)) walk.faults.push({ kind: 'moved', n, id })
  else if (sealedAt > 0 && ms < sealedAt - LATE_MS) walk.faults.push({ kind: 'inserted', n, id })
  walk.lastXid = atXid
  walk.lastPos = atPos
}

const judgeHeads = (walk: Walk, checks: readonly store.Head[], roots: ReadonlyMap<number, string>, room: KeyRoom): void => {
  let trusted = 0
  for (const head of checks) {
    if (!room.verify(HEAD_PURPOSE, headText(head), { key: head.signedBy, signature: head.signature })) {
      walk.faults.push({ kind: 'unsigned', n: head.size })
      continue
    }
    if (head.size > walk.peaks.size) {
      walk.faults.push({ kind: 'cut', n: walk.peaks.size + 1, until: head.size })
      return
    }
    if (roots.get(head.size) === head.root.toString('hex')) trusted = head.size
    else {
      // What lies between the last head that holds and this one is not what was signed.
      walk.faults.push({ kind: 'rewritten', n: trusted + 1, until: head.size })
      return
    }
  }
}

const findStrays = async (db: Queryable, latest: store.Latest, walk: Walk): Promise<void> => {
  for (const { id, behind } of await store.strays(db, latest, FAULTS_MOST)) walk.faults.push({ kind: 'inserted', n: behind, id })
}
