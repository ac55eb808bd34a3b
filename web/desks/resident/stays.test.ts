import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MyBooking } from './my-bookings.tsx'
import { listedOf } from './stays.ts'

const unit = (id: string, unitKind: string, group: string | null, state = 'confirmed', org = '1'): MyBooking =>
  ({ id, unitKind, group, state, org }) as unknown as MyBooking

for (const [what, bookings, rows] of [
  [
    'three days of one stay are one row',
    [unit('a', 'bed-day', 'g'), unit('b', 'bed-day', 'g'), unit('c', 'bed-day', 'g')],
    ['a 3'],
  ],
  [
    'the visit that was booked along with it stands by itself',
    [unit('v', 'visit', 'g'), unit('a', 'bed-day', 'g'), unit('b', 'bed-day', 'g')],
    ['v 1', 'a 2'],
  ],
  ['two stays are two rows', [unit('a', 'bed-day', 'g'), unit('b', 'bed-day', 'h')], ['a 1', 'b 1']],
  [
    'a day that ended otherwise is told apart',
    [unit('a', 'bed-day', 'g', 'attended'), unit('b', 'bed-day', 'g')],
    ['a 1', 'b 1'],
  ],
  ['two visits at two places', [unit('a', 'visit', null), unit('b', 'visit', null, 'held', '2')], ['a 1', 'b 1']],
] as const)
  // prettier-ignore
  test(what, () =>
    assert.deepEqual(
      listedOf(bookings).map(({ booking, days }) => `${booking.id} ${days}`),
      rows,
    ),
  )
