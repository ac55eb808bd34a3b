import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '../../../../kernel/clock.ts'
import type { FedEntry } from '../occupancy.ts'
import { giveUp, hearBatch, lastWords, withPast, type Hashed } from './hear-batch.ts'

const at = '2026-12-01T01:00:00.000Z' as Instant
const says = (seq: number, ...entries: Partial<FedEntry>[]): Hashed => ({
  message: {
    seq,
    at,
    entries: entries.map((one) => ({ kind: 'bed', ref: 'W1', free: 0, used: 0, capacity: 0, ...one }) as FedEntry),
  },
  hash: JSON.stringify([seq, entries]),
})
const START = { highest: 0, gaps: [] }

test('A batch is heard in its order; within it a repetition is a duplicate and another content under the same number is reported', () => {
  const { answers, counted } = hearBatch(START, new Map(), [
    says(1, { free: 3 }),
    says(1, { free: 3 }),
    says(1, { free: 4 }),
    says(3),
    says(2),
  ])
  assert.deepEqual(
    answers.map(({ heard }) => heard),
    ['new', 'duplicate', 'number-reused', 'new', 'filled'],
  )
  assert.deepEqual(
    counted.map(({ message }) => message.seq),
    [1, 3, 2],
    'the first keeps its word',
  )
})

test('A number whose fingerprint is no longer kept is a duplicate, nothing worse', () => {
  const { answers } = hearBatch({ highest: 9, gaps: [] }, new Map(), [says(4, { free: 4 })])
  assert.deepEqual(answers, [{ seq: 4, heard: 'duplicate' }])
})

test('The highest number has the last word on a place; what comes late says nothing any more', () => {
  const words = (standing: [string, number][], ...messages: Hashed[]) =>
    lastWords(messages, new Map(standing)).map(({ ref, free, seq }) => [ref, free, seq])
  assert.deepEqual(words([], says(2, { free: 2 }), says(1, { free: 1 })), [['W1', 2, 2]])
  assert.deepEqual(words([['bed W1', 5]], says(4, { free: 4 })), [['W1', 4, 4]].slice(1))
  assert.deepEqual(words([['bed W1', 5]], says(4, { free: 4 }), says(6, { free: 6 })), [['W1', 6, 6]])
  assert.deepEqual(words([], says(1, { free: 1 }, { free: 9 })), [['W1', 9, 1]], 'within one message the last entry')
})

type Kept = { from: number; to: number; foundAt: string; givenUpAt: string | null }
const gap = (from: number, to: number, givenUpAt: string | null = null): Kept => ({ from, to, foundAt: 'before', givenUpAt })
const fresh = ({ from, to }: { from: number; to: number }): Kept => ({ from, to, foundAt: 'now', givenUpAt: null })

test('What is left of a gap keeps its past; a new one begins now', () => {
  const gaps = withPast([{ from: 2, to: 2 }, { from: 4, to: 6 }, { from: 9, to: 9 }], [gap(2, 6, 'given up')], fresh) // prettier-ignore
  assert.deepEqual(gaps, [gap(2, 2, 'given up'), gap(4, 6, 'given up'), fresh({ from: 9, to: 9 })])
})

test('Giving up splits a gap at both ends of what is given up, and gives nothing up twice', () => {
  const mark = (one: Kept): Kept => ({ ...one, givenUpAt: 'now' })
  const once = giveUp([gap(2, 9)], { from: 4, to: 5 }, mark)
  assert.deepEqual(once, { numbers: 2, gaps: [gap(2, 3), gap(4, 5, 'now'), gap(6, 9)] })
  assert.equal(giveUp(once.gaps, { from: 4, to: 5 }, mark).numbers, 0)
  assert.equal(giveUp(once.gaps, { from: 1, to: 99 }, mark).numbers, 6)
})
