import assert from 'node:assert/strict'
import test from 'node:test'
import { roomsHold, roomsHoldMore, type RoomDay } from './room-rule.ts'

const empty = (beds: number): RoomDay => ({ beds, men: 0, women: 0 })
const of = (beds: number, men: number, women: number): RoomDay => ({ beds, men, women })

const ROWS: readonly [rooms: readonly RoomDay[], men: number, women: number, holds: boolean, why: string][] = [
  [[empty(3)], 3, 0, true, 'one room of men'],
  [[empty(3)], 2, 1, false, 'one room is not for both, though three beds are free'],
  [[empty(3), empty(2)], 3, 2, true, 'a room for each'],
  [[empty(3), empty(2)], 2, 3, true, 'or the other way round'],
  [[empty(3), empty(3)], 4, 1, false, 'four men need both rooms'],
  [[of(3, 1, 0), empty(2)], 0, 3, false, 'a man who lies there makes it a room of men'],
  [[of(3, 1, 0), empty(2)], 3, 2, true, 'and men may join him'],
  [[of(2, 1, 1)], 1, 1, false, 'a mixed room holds nobody'],
  [[], 0, 0, true, 'nobody needs no room'],
  [[], 1, 0, false, 'somebody does'],
  [[empty(1), empty(1), empty(4)], 2, 4, true, 'small rooms together'],
  [[empty(1), empty(1), empty(4)], 3, 3, false, 'three men take the large room'],
]

for (const [rooms, men, women, holds, why] of ROWS) test(why, () => assert.equal(roomsHold(rooms, men, women), holds))

test('how many more fit is what the rule says, never more than asked', () => {
  const rooms = [of(3, 1, 0), empty(2)]
  assert.equal(roomsHoldMore(rooms, { men: 1, women: 0 }, 'male', 5), 4)
  assert.equal(roomsHoldMore(rooms, { men: 1, women: 0 }, 'male', 3), 3)
  assert.equal(roomsHoldMore(rooms, { men: 1, women: 0 }, 'female', 5), 2)
  assert.equal(roomsHoldMore(rooms, { men: 4, women: 0 }, 'female', 5), 0)
})
