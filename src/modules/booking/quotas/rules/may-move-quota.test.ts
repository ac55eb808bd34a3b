import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '../../../../kernel/clock.ts'
import type { Clause } from '../../../../shapes/rulebook.ts'
import type { Pool, Share } from '../../booking.ts'
import { mayMoveQuota, type QuotaDay } from './may-move-quota.ts'
import { ALONE, BEFORE, LAW, POOL, RELEASE, START } from './ten-units.ts'

const OWN: Clause = { ...LAW, grade: 'design' }

type Row = [Partial<Pool>, QuotaDay, Clause, Share, Share, number, Instant, string, string]

// pool | its day | clause | from | to | units | when | reserved/emergency afterwards, or why not | the sentence of the rule
const TABLE: Row[] = [
  [{}, ALONE, LAW, 'open', 'reserved', 4, BEFORE, '7/1', 'open units may be reserved at any time before the release'],
  [{}, ALONE, LAW, 'open', 'reserved', 5, BEFORE, 'booking.share-too-small', 'but only unused ones'],
  [{}, ALONE, LAW, 'open', 'reserved', 1, RELEASE, 'booking.reserve-already-open', 'and none from the release on'],
  [{}, ALONE, LAW, 'reserved', 'open', 1, BEFORE, '2/1', 'the reserve gives down to what the law asks for: a fifth of ten is two'],
  [{}, ALONE, LAW, 'reserved', 'open', 2, BEFORE, 'booking.quota-below-law', 'and not one unit more'],
  [{}, ALONE, OWN, 'reserved', 'open', 2, BEFORE, '1/1', 'where our own proposal and no law asks for it, all that is unused'],
  [{}, { capacity: 30, reserved: 8 }, LAW, 'reserved', 'open', 2, BEFORE, '1/1', 'the law looks at the day: other slots keep enough'],
  [{}, { capacity: 30, reserved: 7 }, LAW, 'reserved', 'open', 2, BEFORE, 'booking.quota-below-law', 'or do not'],
  [{ allotted: 2 }, { capacity: 10, reserved: 9 }, LAW, 'reserved', 'open', 1, BEFORE, 'booking.share-too-small', 'what stands in vouchers does not move'],
  [{}, ALONE, LAW, 'reserved', 'emergency', 1, BEFORE, '2/2', 'an emergency share may take from the reserve as open may'],
  [{}, ALONE, LAW, 'emergency', 'open', 1, BEFORE, '3/0', 'the emergency share is the hospital’s own to give up'],
  [{}, ALONE, LAW, 'emergency', 'open', 1, RELEASE, '3/0', 'also after the release'],
  [{}, ALONE, LAW, 'open', 'emergency', 4, RELEASE, '3/5', 'and to make larger of what is open by itself'],
  [{}, ALONE, LAW, 'open', 'emergency', 5, RELEASE, 'booking.share-too-small', 'not of a reserve that is about to be opened'],
  [{}, ALONE, LAW, 'open', 'open', 1, BEFORE, 'booking.share-same', 'nothing moves to where it is'],
  [{}, ALONE, LAW, 'open', 'emergency', 1, START, 'booking.slot-has-begun', 'a slot that has begun stays as it is'],
  [{ stoppedAt: BEFORE }, ALONE, LAW, 'open', 'emergency', 1, BEFORE, 'booking.clinic-stopped', 'and a stopped one'],
] // prettier-ignore

for (const [more, day, clause, from, to, units, now, wanted, why] of TABLE)
  test(`Moving quota: ${why}`, () => {
    const moved = mayMoveQuota({ ...POOL, ...more }, day, clause, { from, to, units }, now)
    const found = moved.ok ? `${moved.value.reserved}/${moved.value.emergency}` : moved.refusals[0]?.code
    assert.equal(found, wanted)
    if (moved.ok) assert.equal(moved.value.capacity, 10, 'a move makes no unit and loses none')
  })

test('A move below the law is refused with the clause and both numbers', () => {
  const refused = mayMoveQuota(POOL, ALONE, LAW, { from: 'reserved', to: 'open', units: 2 }, BEFORE)
  assert.deepEqual(!refused.ok && refused.refusals[0]?.detail, { capacity: 10, least: 2, left: 1, clause: '20%' })
})
