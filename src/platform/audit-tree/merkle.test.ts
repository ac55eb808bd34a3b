import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  append,
  consistencyProof,
  EMPTY_ROOT,
  inclusionProof,
  innerHash,
  isConsistent,
  isIncluded,
  leafHash,
  rangeHash,
  rootOf,
  type Kept,
  type ReadHashes,
} from './merkle.ts'

const SIZES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 255, 256, 257, 300, 511, 512, 600]
const leaves = Array.from({ length: 600 }, (_, at) => leafHash(`row ${at}`))

/** The definition of RFC 6962 §2.1, word for word. */
const byDefinition = (of: readonly Buffer[]): Buffer => {
  if (of.length === 0) return EMPTY_ROOT
  if (of.length === 1) return of[0] as Buffer
  let split = 1
  while (split * 2 < of.length) split *= 2
  return innerHash(byDefinition(of.slice(0, split)), byDefinition(of.slice(split)))
}

const kept: Kept[] = []
append({ size: 0, hashes: [] }, leaves, (one) => kept.push(one))
const read: ReadHashes = async (level, from, to) =>
  level === 0
    ? leaves.slice(from, to)
    : Array.from({ length: to - from }, (_, at) => (kept.find((one) => one.level === level && one.at === from + at) as Kept).hash)
const rootAt = (size: number): Buffer => byDefinition(leaves.slice(0, size))

test('appending in any portions gives the root of the definition', () => {
  for (const size of SIZES)
    for (const portion of [1, 7, 256, 600]) {
      let peaks = { size: 0, hashes: [] as readonly Buffer[] }
      for (let from = 0; from < size; from += portion) peaks = append(peaks, leaves.slice(from, Math.min(from + portion, size)))
      assert.deepEqual(rootOf(peaks), rootAt(size), `${size} in portions of ${portion}`)
    }
  assert.deepEqual(rootOf({ size: 0, hashes: [] }), EMPTY_ROOT)
})

test('a range read through kept subtrees is the same', async () => {
  for (const size of SIZES) assert.deepEqual(await rangeHash(read, 0, size), rootAt(size))
})

test('every leaf is shown to stand in every tree, and in no other place and no other tree', async () => {
  for (const size of SIZES)
    for (const leaf of [0, 1, size >> 1, size - 2, size - 1].filter((one) => one >= 0 && one < size)) {
      const proof = await inclusionProof(read, leaf, size)
      const of = { leaf, size, hash: leaves[leaf] as Buffer, proof, root: rootAt(size) }
      assert.ok(isIncluded(of), `${leaf} of ${size}`)
      assert.ok(!isIncluded({ ...of, hash: leafHash('another row') }))
      assert.ok(!isIncluded({ ...of, root: rootAt(size - 1) }))
      if (size > 1) assert.ok(!isIncluded({ ...of, proof: proof.slice(1) }))
    }
})

test('every earlier head is shown to be the beginning of every later one, and of none that was changed', async () => {
  const changed = byDefinition(leaves.with(0, leafHash('another row')).slice(0, 600))
  for (const size of SIZES)
    for (const earlier of SIZES.filter((one) => one <= size)) {
      const proof = await consistencyProof(read, earlier, size)
      const of = { earlier, size, earlierRoot: rootAt(earlier), root: rootAt(size), proof }
      assert.ok(isConsistent(of), `${earlier} of ${size}`)
      assert.ok(!isConsistent({ ...of, earlierRoot: changed }), `${earlier} of ${size}, changed`)
      if (size > earlier) assert.ok(!isConsistent({ ...of, root: changed }))
    }
})
