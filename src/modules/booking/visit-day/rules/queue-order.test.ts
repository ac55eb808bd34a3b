import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { plusMinutes, type Instant } from '../../../../kernel/clock.ts'
import type { Standing, TicketId } from '../visit-day.ts'
import { aheadOf, queueOrder } from './queue-order.ts'
import { windowOf } from './window-of.ts'

const NINE = '2026-11-23T01:00:00.000Z' as Instant
const at = (minutes: number): Instant => plusMinutes(NINE, minutes)
const ORDINARY = 5
const REFERRED = 1

const ticket = (number: number, more: Partial<Standing> = {}): Standing => ({
  id: `t${number}` as TicketId,
  number,
  rank: ORDINARY,
  isElderly: false,
  windowAt: NINE,
  takenAt: NINE,
  state: 'waiting',
  calledAt: null,
  inAt: null,
  endedAt: null,
  turnAfter: null,
  ...more,
})
const numbers = (tickets: readonly Standing[], counted = { calls: 0, emergenciesInRow: 0 }, most = 5): number[] =>
  queueOrder(tickets, counted, most).map(({ number }) => number)

// those who wait | in the order of their numbers | the sentence of the rule
const TABLE: [Standing[], number[], string][] = [
  [[ticket(1), ticket(2), ticket(3)], [1, 2, 3], 'equals are called as they came'],
  [[ticket(1), ticket(2, { rank: 0 })], [2, 1], 'an emergency goes before everybody'],
  [[ticket(1, { rank: 0, windowAt: at(60) }), ticket(2, { rank: 0 })], [1, 2], 'emergencies among themselves as they came'],
  [[ticket(1, { windowAt: at(30), rank: REFERRED }), ticket(2)], [2, 1], 'an earlier window goes before a better class'],
  [[ticket(1), ticket(2, { rank: REFERRED })], [2, 1], 'within a window whom the family doctor has referred goes first'],
  [[ticket(1), ticket(2, { isElderly: true })], [2, 1], 'then the old'],
  [[ticket(1, { isElderly: true }), ticket(2, { rank: REFERRED })], [2, 1], 'but not before the referred'],
  [[ticket(1), ticket(2, { windowAt: at(-30) })], [2, 1], 'who booked half an hour earlier goes first, although the number is later'],
  [[ticket(1, { state: 'called' }), ticket(2, { state: 'in' }), ticket(3), ticket(4, { state: 'served' })], [3], 'only who waits stands in the order'],
] // prettier-ignore

for (const [tickets, wanted, why] of TABLE) test(`Order of a queue: ${why}`, () => assert.deepEqual(numbers(tickets), wanted))

test('Order of a queue: who was passed stands as many places back as calls are missing to the turn', () => {
  const passed = ticket(1, { state: 'passed', turnAfter: 7 })
  const others = [2, 3, 4, 5].map((number) => ticket(number))
  assert.deepEqual(numbers([passed, ...others], { calls: 4, emergenciesInRow: 0 }), [2, 3, 4, 1, 5], 'three places back')
  assert.deepEqual(numbers([passed, ...others], { calls: 6, emergenciesInRow: 0 }), [2, 1, 3, 4, 5], 'one call is missing')
  assert.deepEqual(numbers([passed, ...others], { calls: 7, emergenciesInRow: 0 }), [1, 2, 3, 4, 5], 'none is missing')
  assert.deepEqual(
    numbers([passed], { calls: 4, emergenciesInRow: 0 }),
    [1],
    'nobody else waits: the wait for the turn has no use',
  )
})

test('Order of a queue: after so many emergencies in a row one of the others is called', () => {
  const emergencies = [1, 2, 3, 4].map((number) => ticket(number, { rank: 0 }))
  const others = [5, 6].map((number) => ticket(number))
  assert.deepEqual(numbers([...emergencies, ...others], { calls: 0, emergenciesInRow: 0 }, 2), [1, 2, 5, 3, 4, 6])
  assert.deepEqual(numbers([...emergencies, ...others], { calls: 9, emergenciesInRow: 2 }, 2), [5, 1, 2, 6, 3, 4])
  assert.deepEqual(numbers(emergencies, { calls: 9, emergenciesInRow: 2 }, 2), [1, 2, 3, 4], 'unless nobody else waits')
})

test('How many are before one; nobody who was called has a place', () => {
  const order = queueOrder([ticket(1), ticket(2), ticket(3)], { calls: 0, emergenciesInRow: 0 }, 5)
  assert.equal(aheadOf(order, { id: 't3' as TicketId }), 2)
  assert.equal(aheadOf(order, { id: 't9' as TicketId }), null)
})

type Arrives = { after: number; slot: number | null; rank: number; isElderly: boolean; passes: number }
const EMERGENCIES_MOST = 2
const PASSES_MOST = 2
const PASS_BACK = 3
const POLICY = { windowMinutes: 30, walkInMinutes: 30 }

const arrives = fc.record<Arrives>({
  after: fc.integer({ min: 0, max: 12 }),
  slot: fc.option(fc.integer({ min: -2, max: 16 }), { nil: null }),
  rank: fc.integer({ min: 0, max: ORDINARY }),
  isElderly: fc.boolean(),
  passes: fc.integer({ min: 0, max: PASSES_MOST }),
})

/** A day of a queue: people come, every few minutes one is called; answers after how many calls each was called first. */
const day = (people: readonly Arrives[], callEvery: number) => {
  const live = new Map<number, Standing>()
  const all: Standing[] = []
  const firstCall = new Map<number, number>()
  const left = new Map<number, number>()
  const counted = { calls: 0, emergenciesInRow: 0 }
  let minute = 0
  let calledMinute = 0
  const call = (): void => {
    const [next] = queueOrder([...live.values()], counted, EMERGENCIES_MOST)
    if (!next) return
    counted.calls += 1
    counted.emergenciesInRow = next.rank === 0 ? counted.emergenciesInRow + 1 : 0
    if (!firstCall.has(next.number)) firstCall.set(next.number, counted.calls)
    const passes = left.get(next.number) ?? 0
    left.set(next.number, passes - 1)
    if (passes > 0) live.set(next.number, { ...next, state: 'passed', turnAfter: counted.calls + PASS_BACK })
    else live.delete(next.number)
  }
  const bookedAt = new Map<number, number>()
  for (const [index, one] of people.entries()) {
    minute += one.after
    for (; calledMinute + callEvery <= minute; calledMinute += callEvery) call()
    const windowAt = windowOf(at(minute), one.slot === null ? null : at(one.slot * 30), POLICY)
    const taken = ticket(index + 1, { rank: one.rank, isElderly: one.isElderly, windowAt, takenAt: at(minute) })
    bookedAt.set(taken.number, counted.calls)
    left.set(taken.number, one.passes)
    all.push(taken)
    live.set(taken.number, taken)
  }
  for (let more = 0; live.size > 0 && more < 10_000; more += 1) call()
  return { all, firstCall, bookedAt, live }
}

test('Nobody starves: everybody is called within the bound that the rule states, whoever comes afterwards', () => {
  fc.assert(
    fc.property(fc.array(arrives, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 15 }), (people, callEvery) => {
      const { all, firstCall, bookedAt, live } = day(people, callEvery)
      assert.equal(live.size, 0, 'the queue empties')
      for (const me of all.filter(({ rank }) => rank > 0)) {
        const windowOver = plusMinutes(me.windowAt > me.takenAt ? me.windowAt : me.takenAt, POLICY.windowMinutes)
        const others = all.filter((one) => one.rank > 0 && one.id !== me.id && one.takenAt <= windowOver).length
        const bound = (others * (1 + PASSES_MOST) + 1) * (EMERGENCIES_MOST + 1)
        const waited = (firstCall.get(me.number) ?? Infinity) - (bookedAt.get(me.number) ?? 0)
        assert.ok(waited <= bound, `number ${me.number} waited ${waited} calls, the bound is ${bound}`)
        for (const one of all.filter(({ rank, takenAt }) => rank > 0 && takenAt > windowOver))
          assert.ok(
            (firstCall.get(one.number) ?? 0) > (firstCall.get(me.number) ?? 0),
            `${one.number} came after the window of ${me.number} and was called before`,
          )
      }
    }),
    { numRuns: 300 },
  )
})

test('An order holds everybody who waits, each once, whatever the queue looks like', () => {
  const any = fc.record({
    rank: fc.integer({ min: 0, max: ORDINARY }),
    isElderly: fc.boolean(),
    window: fc.integer({ min: -5, max: 5 }),
    state: fc.constantFrom('waiting', 'called', 'passed', 'in', 'served', 'left'),
    turn: fc.integer({ min: 0, max: 20 }),
  })
  fc.assert(
    fc.property(fc.array(any, { maxLength: 40 }), fc.nat(20), fc.nat(6), (rows, calls, emergenciesInRow) => {
      const tickets = rows.map(({ rank, isElderly, window, state, turn }, index) =>
        ticket(index + 1, { rank, isElderly, windowAt: at(window * 30), state, turnAfter: state === 'passed' ? turn : null }),
      )
      const found = numbers(tickets, { calls, emergenciesInRow }, 3).toSorted((a, b) => a - b)
      assert.deepEqual(found, tickets.filter(({ state }) => state === 'waiting' || state === 'passed').map(({ number }) => number)) // prettier-ignore
    }),
  )
})
