import { hash } from 'node:crypto'

// The tree of RFC 6962 §2.1 over SM3: leaves and inner nodes are hashed with different beginnings, so that neither passes for the other.

const LEAF = Buffer.from([0])
const INNER = Buffer.from([1])
/** Bytes of one SM3. */
export const HASH_BYTES = 32
/** Subtrees that are kept: of 2^8, 2^16 and 2^24 leaves. */
export const KEPT_LEVELS = [8, 16, 24] as const

const sm3 = (...parts: readonly Buffer[]): Buffer => hash('sm3', Buffer.concat(parts), 'buffer')

/** The hash of a tree without leaves. */
export const EMPTY_ROOT: Buffer = sm3()
/** What stands in the tree for one row. */
export const leafHash = (text: string): Buffer => sm3(LEAF, Buffer.from(text, 'utf8'))
export const innerHash = (left: Buffer, right: Buffer): Buffer => sm3(INNER, left, right)

/** A kept subtree: its level, its number among those of its level, its hash. */
export type Kept = { readonly level: number; readonly at: number; readonly hash: Buffer }

/** The whole subtrees of a tree of some size, from the largest to the smallest: all that appending needs to know. */
export type Peaks = { readonly size: number; readonly hashes: readonly Buffer[] }

/** The root of what the peaks stand for. */
export const rootOf = ({ hashes }: Peaks): Buffer => {
  if (hashes.length === 0) return EMPTY_ROOT
  return hashes.reduceRight((right, left) => innerHash(left, right))
}

/** Adds leaves, one after another; `onKept` is told of each subtree that is whole and to be kept. */
export const append = (peaks: Peaks, leaves: readonly Buffer[], onKept: (kept: Kept) => void = () => {}): Peaks => {
  const stack = [...peaks.hashes]
  let { size } = peaks
  for (const leaf of leaves) {
    let node = leaf
    let level = 0
    // As many low ones as the number of leaves so far ends with, so many peaks close under the new leaf.
    for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
      node = innerHash(stack.pop() as Buffer, node)
      level += 1
      if (KEPT_LEVELS.includes(level as 8)) onKept({ level, at: (size + 1) / 2 ** level - 1, hash: node })
    }
    stack.push(node)
    size += 1
  }
  return { size, hashes: stack }
}

/** Hashes of the leaves from `from` up to, not including, `to`, or of whole kept subtrees of a level in the same way. */
export type ReadHashes = (level: number, from: number, to: number) => Promise<readonly Buffer[]>

/** The largest power of two below a number above one. */
const splitOf = (size: number): number => 2 ** (Math.ceil(Math.log2(size)) - 1)

const rootOfLevel = (hashes: readonly Buffer[]): Buffer => {
  if (hashes.length === 1) return hashes[0] as Buffer
  const split = splitOf(hashes.length)
  return innerHash(rootOfLevel(hashes.slice(0, split)), rootOfLevel(hashes.slice(split)))
}

/** The hash over the leaves from `from` up to `to`, a range that the tree itself splits into. */
export const rangeHash = async (read: ReadHashes, from: number, to: number): Promise<Buffer> => {
  const size = to - from
  if (size === 0) return EMPTY_ROOT
  const level = [0, ...KEPT_LEVELS].findLast((one) => 2 ** one <= size) as number
  const whole = 2 ** level
  const end = from + Math.floor(size / whole) * whole
  if (end === to) return rootOfLevel(await read(level, from / whole, to / whole))
  const split = splitOf(size)
  return innerHash(await rangeHash(read, from, from + split), await rangeHash(read, from + split, to))
}

/** The hashes by which a leaf (from 0) is shown to stand in the tree of a size. */
export const inclusionProof = async (read: ReadHashes, leaf: number, size: number): Promise<Buffer[]> => {
  const proof: Buffer[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const split = from + splitOf(to - from)
    if (leaf < split) {
      proof.unshift(await rangeHash(read, split, to))
      to = split
    } else {
      proof.unshift(await rangeHash(read, from, split))
      from = split
    }
  }
  return proof
}

/** Whether a proof leads from a leaf's hash to the root. @source RFC 9162 §2.1.3.2 */
export const isIncluded = (of: { leaf: number; size: number; hash: Buffer; proof: readonly Buffer[]; root: Buffer }): boolean => {
  if (of.leaf >= of.size) return false
  let [at, last, node] = [of.leaf, of.size - 1, of.hash]
  for (const other of of.proof) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      node = innerHash(other, node)
      for (; at % 2 === 0 && at !== 0; at /= 2) last = Math.floor(last / 2)
    } else node = innerHash(node, other)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && node.equals(of.root)
}

/** The hashes by which a tree is shown to begin with an earlier one. */
export const consistencyProof = async (read: ReadHashes, earlier: number, size: number): Promise<Buffer[]> => {
  const proof: Buffer[] = []
  let [from, to] = [0, size]
  while (earlier !== to) {
    const split = from + splitOf(to - from)
    if (earlier <= split) {
      proof.unshift(await rangeHash(read, split, to))
      to = split
    } else {
      proof.unshift(await rangeHash(read, from, split))
      from = split
    }
  }
  // Where the earlier tree is itself a whole subtree from the beginning, whoever checks has its root already.
  return from === 0 ? proof : [await rangeHash(read, from, to), ...proof]
}

/** Whether a proof shows that the later tree begins with the earlier one. @source RFC 9162 §2.1.4.2 */
export const isConsistent = (of: {
  earlier: number
  size: number
  earlierRoot: Buffer
  root: Buffer
  proof: readonly Buffer[]
}): boolean => {
  const { earlier, size, earlierRoot, root } = of
  if (earlier === size) return of.proof.length === 0 && earlierRoot.equals(root)
  if (earlier === 0 || earlier > size) return earlier === 0
  const isPower = Number.isInteger(Math.log2(earlier))
  const [first, ...rest] = isPower ? [earlierRoot, ...of.proof] : of.proof
  if (!first) return false
  let [at, last] = [earlier - 1, size - 1]
  for (; at % 2 === 1; at = Math.floor(at / 2)) last = Math.floor(last / 2)
  let [old, now] = [first, first]
  for (const other of rest) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      old = innerHash(other, old)
      now = innerHash(other, now)
      for (; at % 2 === 0 && at !== 0; at /= 2) last = Math.floor(last / 2)
    } else now = innerHash(now, other)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && old.equals(earlierRoot) && now.equals(root)
}
