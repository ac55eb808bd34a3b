import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plusHours, plusMilliseconds, type Instant } from '../../../kernel/clock.ts'
import type { Pool, Voucher, VoucherState } from '../booking.ts'
import { keepPromise } from './keep-promise.ts'

const START = '2026-12-01T01:00:00.000Z' as Instant
const VALID_UNTIL = plusHours(START, -24)
const BEFORE = plusMilliseconds(VALID_UNTIL, -1)

/** Two units, both reserved; `used` and `allotted` of them are gone. */
const pool = (used: number, allotted: number): Pool =>
  ({
    capacity: 2,
    reserved: 2,
    usedReserved: used,
    usedOpen: 0,
    allotted,
    emergency: 0,
    usedEmergency: 0,
    stoppedAt: null,
    startsAt: START,
    releaseAt: VALID_UNTIL,
  }) as Pool

// voucher | when it arrives | used, allotted of two | drawn from, or why not | the sentence of the rule
const TABLE: [VoucherState, Instant, number, number, string, string][] = [
  ['open', BEFORE, 1, 1, 'reserved', 'a promise that arrives before valid-until binds its unit, however full the slot is'],
  ['open', VALID_UNTIL, 1, 1, 'reserved', 'at valid-until it still does while the unit has not gone back'],
  ['open', START, 1, 1, 'booking.slot-has-begun', 'a slot that has begun is not promised any more'],
  ['returned', VALID_UNTIL, 1, 0, 'open', 'a late promise is honoured while the slot has a unit'],
  ['returned', VALID_UNTIL, 2, 0, 'booking.no-unit-left', 'and refused when the unit is used'],
  ['returned', VALID_UNTIL, 1, 1, 'booking.no-unit-left', 'a late promise never takes the unit of another voucher'],
  ['withdrawn', BEFORE, 1, 0, 'reserved', 'a withdrawn voucher is treated as a late one'],
  ['withdrawn', BEFORE, 2, 0, 'booking.no-unit-left', 'and binds nothing'],
  ['used', BEFORE, 1, 0, 'booking.voucher-used', 'of two promises on one voucher the first to arrive keeps'],
  ['used-late', VALID_UNTIL, 1, 0, 'booking.voucher-used', 'also when the first was late'],
]

for (const [state, now, used, allotted, wanted, why] of TABLE)
  test(`A promise: ${why}`, () => {
    const result = keepPromise({ state, validUntil: VALID_UNTIL } as Voucher, pool(used, allotted), now)
    assert.equal(result.ok ? result.value : result.refusals[0]?.code, wanted)
  })
