import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { plusHours, type Instant } from '../../../kernel/clock.ts'
import type { Channel, Pool } from '../booking.ts'
import { drawUnit, freeUnitsOf } from './draw-unit.ts'

const START = '2026-12-01T01:00:00.000Z' as Instant
const RELEASE = plusHours(START, -24)
const BEFORE = plusHours(RELEASE, -1)
const AFTER = plusHours(RELEASE, 0)

const pool = (capacity: number, reserved: number, usedReserved: number, usedOpen: number, allotted = 0): Pool =>
  ({
    capacity,
    reserved,
    usedReserved,
    usedOpen,
    allotted,
    emergency: 0,
    usedEmergency: 0,
    stoppedAt: null,
    startsAt: START,
    releaseAt: RELEASE,
  }) as Pool

// capacity, reserved, used reserved, used open | channel | when | drawn from | the sentence of the policy
const TABLE: [number, number, number, number, Channel, Instant, string, string][] = [
  [5, 2, 0, 0, 'referral', BEFORE, 'reserved', 'a referral draws its own share first'],
  [5, 2, 2, 0, 'referral', BEFORE, 'open', 'then open'],
  [5, 2, 2, 3, 'referral', BEFORE, 'booking.no-unit-left', 'and when both are used there is none'],
  [5, 2, 0, 2, 'direct', BEFORE, 'open', 'a direct booking draws open units'],
  [5, 2, 0, 3, 'direct', BEFORE, 'booking.only-reserved-left', 'open never draws reserved before release'],
  [5, 2, 0, 3, 'direct', AFTER, 'open', 'at the release hour what is left of the reserve is open to all'],
  [5, 2, 1, 3, 'referral', AFTER, 'open', 'after release a referral draws from the same open rest'],
  [5, 2, 2, 3, 'direct', AFTER, 'booking.no-unit-left', 'release makes no unit out of nothing'],
  [5, 2, 0, 0, 'referral', START, 'booking.slot-has-begun', 'a slot that has begun is not booked'],
]

for (const [capacity, reserved, usedReserved, usedOpen, channel, now, drawn, why] of TABLE)
  test(`Drawing a unit: ${why}`, () => {
    const result = drawUnit(pool(capacity, reserved, usedReserved, usedOpen), channel, now)
    assert.equal(result.ok ? result.value : result.refusals[0]?.code, drawn)
  })

// allotted | channel | when | drawn from | the sentence of the rule; a pool of five units, two of them reserved, three open ones used
const ALLOTTED: [number, Channel, Instant, string, string][] = [
  [1, 'referral', BEFORE, 'reserved', 'one voucher leaves the rest of the reserve to referrals'],
  [2, 'referral', BEFORE, 'booking.no-unit-left', 'what stands in vouchers is not for other referrals'],
  [2, 'direct', AFTER, 'booking.no-unit-left', 'and the release does not open it'],
  [1, 'direct', AFTER, 'open', 'it opens what stands beside'],
]

for (const [allotted, channel, now, drawn, why] of ALLOTTED)
  test(`Vouchers: ${why}`, () => {
    const result = drawUnit(pool(5, 2, 0, 3, allotted), channel, now)
    assert.equal(result.ok ? result.value : result.refusals[0]?.code, drawn)
  })

// used of the two emergency units | used of the three open ones | channel | when | drawn from | the sentence of the rule
const EMERGENCY: [number, number, Channel, Instant, string, string][] = [
  [0, 0, 'emergency', BEFORE, 'emergency', 'an emergency draws its own share first'],
  [2, 0, 'emergency', BEFORE, 'open', 'then open'],
  [2, 3, 'emergency', BEFORE, 'booking.no-unit-left', 'and when both are used there is none'],
  [0, 3, 'direct', AFTER, 'booking.no-unit-left', 'nobody else ever draws it, also after the release'],
  [0, 3, 'referral', BEFORE, 'booking.no-unit-left', 'nor does a referral'],
]

for (const [usedEmergency, usedOpen, channel, now, drawn, why] of EMERGENCY)
  test(`Emergency share: ${why}`, () => {
    const result = drawUnit({ ...pool(5, 0, 0, usedOpen), emergency: 2, usedEmergency }, channel, now)
    assert.equal(result.ok ? result.value : result.refusals[0]?.code, drawn)
  })

test('Nothing is drawn from a clinic that is stopped, and nothing of it is free', () => {
  const stopped = { ...pool(5, 2, 0, 0), stoppedAt: BEFORE }
  const drawn = (['referral', 'direct', 'emergency'] as const).map((channel) => drawUnit(stopped, channel, BEFORE))
  assert.ok(drawn.every((one) => !one.ok && one.refusals[0]?.code === 'booking.clinic-stopped'))
  assert.deepEqual(freeUnitsOf(stopped, BEFORE), { reserved: 0, emergency: 0, open: 0 })
})

test('Whatever was drawn before, free, promised and used units always sum to the capacity', () => {
  const pools = fc.integer({ min: 1, max: 50 }).chain((capacity) =>
    fc.integer({ min: 0, max: capacity }).chain((reserved) =>
      fc
        .record({
          ofReserve: fc.integer({ min: 0, max: reserved }),
          allotted: fc.integer({ min: 0, max: reserved }),
          usedOpen: fc.integer({ min: 0, max: capacity - reserved }),
        })
        .map(({ ofReserve, allotted, usedOpen }) =>
          pool(capacity, reserved, Math.max(0, ofReserve - allotted), usedOpen, Math.min(allotted, ofReserve)),
        ),
    ),
  )
  fc.assert(
    fc.property(pools, fc.constantFrom(BEFORE, AFTER), (one, now) => {
      const free = freeUnitsOf(one, now)
      assert.ok(free.open >= 0 && free.reserved >= 0)
      assert.equal(free.open + free.reserved + one.allotted + one.usedOpen + one.usedReserved, one.capacity)
    }),
    { verbose: 1 },
  )
})
