import assert from 'node:assert/strict'
import test from 'node:test'
import { readKnowledge } from './knowledge.ts'
import { readPacked } from './packed.ts'

test('the packed knowledge is fresh and the same as its sources', () => {
  const packed = readPacked()
  assert.ok(
    packed,
    'a source was changed: run node tools/train-triage.ts, or with --pack where only the knowledge is to be packed',
  )
  assert.deepEqual(packed, JSON.parse(JSON.stringify(readKnowledge())))
})
