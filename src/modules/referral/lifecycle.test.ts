import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { faultsOf, movesFrom, nextState } from '../../shapes/case.ts'
import { plusHours, type Instant } from '../../kernel/clock.ts'
import { eventOf, lifecycle, MOVES } from './lifecycle.ts'
import { REFERRAL_STATES, type Referral, type ReferralState } from './referral.ts'
import { waitOf } from './rules/wait-of.ts'

test('The table of moves has no dead end, no orphan state and nobody without the baton', () => assert.deepEqual(faultsOf(lifecycle), []))

test('Every open state that somebody waits in has an "until when"', () => {
  for (const state of REFERRAL_STATES) assert.equal(lifecycle.states[state].wait === undefined, lifecycle.states[state].end === true, state)
})

test('Refused, expired and missed never mean dropped: each has a way on and a way out', () => {
  for (const state of ['rejected', 'expired', 'no-show'] as const) {
    assert.equal(lifecycle.states[state].holder, 'sender')
    assert.ok(movesFrom(lifecycle, state).includes('submit') && movesFrom(lifecycle, state).includes('cancel'))
  }
})

test('It may be cancelled until arrival, and not after', () => {
  const allowed = REFERRAL_STATES.filter((state) => nextState(lifecycle, state, 'cancel') !== null)
  assert.deepEqual(allowed.toSorted(), ['accepted', 'asked', 'draft', 'expired', 'no-show', 'rejected', 'scheduled', 'submitted'])
})

test('An emergency starts at accepted', () => assert.equal(nextState(lifecycle, 'start', 'start-emergency'), 'accepted'))

test('Every move has an event of its own', () => assert.equal(new Set(MOVES.map((move) => eventOf[move])).size, MOVES.length))

test('Any walk through the table stays inside it and ends only in an end', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 60 }), (choices) => {
      let state: ReferralState | 'start' = 'start'
      for (const choice of choices) {
        const moves = movesFrom(lifecycle, state)
        if (moves.length === 0) {
          assert.equal(lifecycle.states[state as ReferralState].end, true)
          return
        }
        state = nextState(lifecycle, state, moves[choice % moves.length] as (typeof MOVES)[number]) as ReferralState
        assert.ok(REFERRAL_STATES.includes(state))
      }
    }),
    { verbose: 1 },
  )
})

const NOW = '2026-11-22T00:00:00.000Z' as Instant
const SLOT_END = '2026-11-25T02:00:00.000Z' as Instant
const hours = (policy: string): number => ({ 'referral.answer-within': 24, 'referral.supplement-within': 12, 'referral.no-show-grace': 4 })[policy] ?? 1

// state, escalations so far | move, due | the sentence of the policy
const WAITS: [ReferralState, number, string | null, Instant | null, string][] = [
  ['submitted', 0, 'escalate', plusHours(NOW, 24), 'an unanswered request is first told one level up'],
  ['submitted', 1, 'expire', plusHours(NOW, 24), 'and then goes back to the sender'],
  ['asked', 0, 'escalate', plusHours(NOW, 12), 'what was asked for and does not come is told one level up'],
  ['asked', 1, 'expire', plusHours(NOW, 12), 'and then the sender finds another way'],
  ['scheduled', 0, 'miss', plusHours(SLOT_END, 4), 'a visit is missed some hours after its slot has ended'],
  ['discharged', 1, null, null, 'a wait that was told through all levels stays on the worklist'],
  ['closed', 0, null, null, 'an end waits for nothing'],
]

for (const [state, escalations, move, due, why] of WAITS)
  test(`Waiting: ${why}`, () => {
    const wait = waitOf({ state, escalations, urgency: 'ordinary', appointmentEndsAt: SLOT_END } as Referral, NOW, hours, 1)
    assert.deepEqual([wait?.move ?? null, wait?.dueAt ?? null], [move, due])
  })
