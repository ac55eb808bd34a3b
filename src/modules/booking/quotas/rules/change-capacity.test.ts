import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Instant } from '../../../../kernel/clock.ts'
import type { Pool } from '../../booking.ts'
import { changedCapacity } from './change-capacity.ts'
import { legalLeast } from './may-move-quota.ts'
import { ALONE, BEFORE, LAW, POOL, RELEASE, START } from './ten-units.ts'

// pool | capacity wanted | when | reserved/emergency afterwards, or why not | the sentence of the rule
const TABLE: [Partial<Pool>, number, Instant, string, string][] = [
  [{}, 15, BEFORE, '4/1', 'what is added is split as if it were published now'],
  [{}, 20, BEFORE, '5/2', 'also for emergencies, a tenth in this table'],
  [{}, 15, RELEASE, '3/1', 'after the release nothing more is reserved'],
  [{}, 6, BEFORE, '3/1', 'what is taken away comes from the open units first'],
  [{}, 5, BEFORE, '3/0', 'then from those for emergencies'],
  [{}, 4, BEFORE, '2/0', 'then from the reserve, while the law leaves it: a fifth of four is one'],
  [{}, 3, BEFORE, '1/0', 'down to what is sold'],
  [{}, 2, BEFORE, 'booking.capacity-below-sold', 'and never below it'],
  [{ allotted: 1 }, 3, BEFORE, 'booking.capacity-below-sold', 'what is lent counts as sold'],
  [{ usedReserved: 0, usedOpen: 6, usedEmergency: 1 }, 7, BEFORE, 'booking.quota-below-law', 'a full clinic may not shrink on the reserve alone'],
  [{ usedReserved: 0, usedOpen: 6, usedEmergency: 1 }, 7, RELEASE, '0/1', 'after the release it may: nothing is reserved any more'],
  [{}, 10, BEFORE, 'booking.capacity-as-is', 'the same capacity is no change'],
  [{ unitKind: 'bed-day' }, 11, BEFORE, 'booking.beds-decide-capacity', 'bed-days follow the beds'],
  [{}, 11, START, 'booking.slot-has-begun', 'a slot that has begun stays as it is'],
  [{ stoppedAt: BEFORE }, 11, BEFORE, 'booking.clinic-stopped', 'and a stopped one'],
] // prettier-ignore

for (const [more, capacity, now, wanted, why] of TABLE)
  test(`Changing a capacity: ${why}`, () => {
    const changed = changedCapacity({ ...POOL, ...more }, ALONE, { clause: LAW, emergency: 1000 }, capacity, now)
    const found = changed.ok ? `${changed.value.reserved}/${changed.value.emergency}` : changed.refusals[0]?.code
    assert.equal(found, wanted)
  })

test('Whatever is asked, a changed pool holds what is sold and lent, and a lawful day stays lawful', () => {
  const pools = fc.integer({ min: 1, max: 40 }).chain((capacity) =>
    fc.integer({ min: Math.ceil(capacity / 5), max: capacity }).chain((reserved) =>
      fc.integer({ min: 0, max: capacity - reserved }).chain((emergency) =>
        fc.record({
          capacity: fc.constant(capacity),
          reserved: fc.constant(reserved),
          emergency: fc.constant(emergency),
          usedReserved: fc.integer({ min: 0, max: Math.floor(reserved / 2) }),
          allotted: fc
            .integer({ min: 0, max: Math.ceil(reserved / 2) })
            .map((lent) => Math.min(lent, reserved - Math.floor(reserved / 2))),
          usedEmergency: fc.integer({ min: 0, max: emergency }),
          usedOpen: fc.integer({ min: 0, max: capacity - reserved - emergency }),
        }),
      ),
    ),
  )
  let changes = 0
  fc.assert(
    fc.property(pools, fc.integer({ min: 1, max: 60 }), fc.constantFrom(BEFORE, RELEASE), (drawn, wanted, now) => {
      const pool: Pool = { ...POOL, ...drawn }
      const day = { capacity: pool.capacity + 7, reserved: pool.reserved + 2 }
      const changed = changedCapacity(pool, day, { clause: LAW, emergency: 1000 }, wanted, now)
      if (!changed.ok) return
      changes += 1
      const { capacity, reserved, emergency } = changed.value
      assert.equal(capacity, wanted)
      assert.ok(reserved >= pool.usedReserved + pool.allotted && emergency >= pool.usedEmergency)
      assert.ok(capacity - reserved - emergency >= pool.usedOpen)
      if (now < RELEASE && legalLeast(day.capacity, LAW) <= day.reserved)
        assert.ok(day.reserved - pool.reserved + reserved >= legalLeast(day.capacity - pool.capacity + capacity, LAW))
    }),
    { numRuns: 2_000 },
  )
  assert.ok(changes > 500, `${changes} changes`)
})
