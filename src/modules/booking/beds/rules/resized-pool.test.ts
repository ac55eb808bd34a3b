import assert from 'node:assert/strict'
import test from 'node:test'
import { resizedPool, type Shares } from './resized-pool.ts'

const sold = (usedReserved: number, allotted: number, usedEmergency: number, usedOpen: number) => ({
  usedReserved,
  allotted,
  usedEmergency,
  usedOpen,
})
const to = (capacity: number, reserved: number, emergency: number): Shares => ({ capacity, reserved, emergency })

const ROWS: readonly [ReturnType<typeof sold>, boolean, Shares, Shares | null, string][] = [
  [sold(0, 0, 0, 0), false, to(10, 2, 1), to(10, 2, 1), 'nothing sold: what policy asks'],
  [sold(0, 0, 0, 0), false, to(0, 0, 0), to(0, 0, 0), 'all beds closed'],
  [sold(1, 0, 0, 4), false, to(5, 1, 0), to(5, 1, 0), 'down to what is sold'],
  [sold(1, 0, 0, 4), false, to(4, 1, 0), null, 'never below what is sold'],
  [sold(0, 2, 0, 3), false, to(4, 1, 0), null, 'what is lent counts as sold'],
  [sold(3, 0, 0, 0), false, to(5, 1, 0), to(5, 3, 0), 'the reserve stays where it is sold'],
  [
    sold(0, 0, 0, 4),
    false,
    to(5, 2, 1),
    to(5, 1, 0),
    'open units that are sold leave the reserve the rest, emergencies after it',
  ],
  [sold(1, 0, 0, 0), true, to(6, 2, 1), to(6, 1, 1), 'after release nothing unused is kept back'],
  [sold(0, 0, 2, 0), false, to(4, 1, 1), to(4, 1, 2), 'an emergency unit that is sold stays one'],
]

for (const [before, isReleased, asked, becomes, why] of ROWS)
  test(why, () => {
    const found = resizedPool(before, isReleased, asked)
    assert.deepEqual(found, becomes)
    if (!found) return
    const { capacity, reserved, emergency } = found
    assert.ok(reserved >= before.usedReserved + before.allotted && emergency >= before.usedEmergency)
    assert.ok(capacity - reserved - emergency >= before.usedOpen)
  })
