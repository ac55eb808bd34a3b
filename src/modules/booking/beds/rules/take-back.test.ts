import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Pool } from '../../booking.ts'
import type { BedDay } from './plan-stay.ts'
import { soldOf } from './resized-pool.ts'
import { roomsHold } from './room-rule.ts'
import { daysWithout, staysToTakeBack, type OfferedStay } from './take-back.ts'

const day = (at: number, usedOpen: number, [men, women] = [usedOpen, 0]): BedDay => ({
  day: `2027-03-0${at}` as never,
  pool: { id: `day ${at}`, capacity: 2, usedReserved: 0, allotted: 0, usedEmergency: 0, usedOpen } as unknown as Pool,
  rooms: [
    { room: '1', beds: 1, men: 0, women: 0 },
    { room: '2', beds: 1, men: 0, women: 0 },
  ],
  men: men as number,
  women: women as number,
})
const offer = (id: string, days: readonly number[], sex: OfferedStay['sex'] = 'male'): OfferedStay => ({
  id: id as never,
  sex,
  shares: new Map(days.map((at) => [`day ${at}` as never, 'open'])),
})
const holds =
  (capacity: number) =>
  ({ pool }: BedDay): boolean =>
    pool === null || soldOf(pool) <= capacity
const back = (days: readonly BedDay[], offered: readonly OfferedStay[], capacity: number): string[] =>
  staysToTakeBack(days, offered, holds(capacity)).map(({ id }) => id)

const [first, second, third] = [offer('first', [1, 2]), offer('second', [2, 3]), offer('third', [3])] as const

// days with what is used, the offers in order, beds left | who goes back | why
const ROWS: readonly [string, readonly BedDay[], readonly OfferedStay[], number, readonly string[]][] = [
  ['a bed that nobody needs closes and every offer stands', [day(1, 1), day(2, 1)], [first], 1, []],
  ['of two offers of one day the last in order goes back', [day(2, 2), day(3, 1)], [first, second], 1, ['second']],
  ['an offer of other days stands', [day(1, 1), day(2, 1), day(3, 2)], [first, second, third], 1, ['third']],
  ['what is booked besides is never taken back', [day(1, 2), day(2, 1)], [first], 1, ['first']],
  ['nobody goes back in vain: the one offer of both days makes room alone', [day(2, 2), day(3, 2)], [first, second, third], 1, ['second']], // prettier-ignore
  ['with all beds closed all go back', [day(1, 1), day(2, 2), day(3, 1)], [first, second], 0, ['second', 'first']],
]
for (const [why, days, offered, left, expected] of ROWS) test(why, () => assert.deepEqual(back(days, offered, left), expected))

test('A man and a woman in two rooms: when one room closes, the one who stands later goes back though a bed is counted for both', () => {
  const days = [day(1, 2, [1, 1])]
  const offered = [offer('woman', [1], 'female'), offer('man', [1])]
  const oneRoom = ({ rooms, men, women }: BedDay): boolean => roomsHold(rooms.slice(0, 1), men, women)
  assert.deepEqual(
    staysToTakeBack(days, offered, oneRoom).map(({ id }) => id),
    ['man'],
  )
  assert.deepEqual(
    daysWithout(days, [offered[1] as OfferedStay]).map(({ men, women, pool }) => [men, women, pool?.usedOpen]),
    [[0, 1, 1]],
  )
})

test('When even all offers are not enough, all are named: the days that are then still sold say why the bed stays open', () => {
  const days = [{ ...day(1, 2), pool: { ...day(1, 2).pool, usedReserved: 1, usedOpen: 1 } as Pool }]
  assert.deepEqual(
    staysToTakeBack(days, [offer('first', [1])], holds(0)).map(({ id }) => id),
    ['first'],
  )
})
