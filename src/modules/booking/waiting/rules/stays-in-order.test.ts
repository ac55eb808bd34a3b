import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '../../../../kernel/clock.ts'
import { plusDays, type Day } from '../../../../kernel/day.ts'
import type { Pool } from '../../booking.ts'
import type { BedSex, WardId } from '../../beds/beds.ts'
import type { WaitingId } from '../waiting.ts'
import {
  staysInOrder,
  staysOpenTo,
  staysPassedOver,
  stayThere,
  type StayTimes,
  type StayWish,
  type WardClass,
} from './stays-in-order.ts'

const NOW = '2026-11-01T02:00:00.000Z' as Instant
const FIRST = '2026-11-01' as Day
const day = (at: number): Day => plusDays(FIRST, at)
const times: StayTimes = { now: NOW, mayBegin: (one) => one > FIRST }

/** Ten days of a class: each digit says how many beds are free that day, of `beds`; `reserved` of them for referrals. */
const bedsOf = (
  ward: string,
  sex: BedSex,
  free: string,
  { isolation = false, beds = 9, reserved = 0, men = 0 } = {},
): WardClass =>
  ({
    id: `${ward} ${sex} ${isolation}`,
    ward,
    sex,
    isolation,
    days: [...free].map((digit, at) => ({
      day: day(at),
      pool:
        digit === '-'
          ? null
          : ({
              id: `${ward} ${sex} ${isolation} ${at}`,
              startsAt: `${day(at)}T00:00:00.000Z`,
              endsAt: `${day(at + 1)}T00:00:00.000Z`,
              releaseAt: '2026-12-01T00:00:00.000Z',
              capacity: beds,
              reserved,
              usedReserved: reserved > 0 ? beds - Number(digit) : 0,
              allotted: 0,
              emergency: 0,
              usedEmergency: 0,
              usedOpen: reserved > 0 ? 0 : beds - Number(digit),
              stoppedAt: null,
            } as unknown as Pool),
      rooms: [{ room: '1', beds, men: 0, women: 0 }],
      men,
      women: 0,
    })),
  }) as unknown as WardClass

const wish = (id: string, nights: number, more: Partial<StayWish> = {}): StayWish => ({
  id: id as WaitingId,
  rank: 5,
  askedAt: `2026-10-01T00:0${id.charCodeAt(0) - 'a'.charCodeAt(0)}:00.000Z` as Instant,
  channel: 'referral',
  sex: 'male',
  isolation: false,
  nights,
  earliestOn: FIRST,
  latestOn: day(9),
  taken: new Set(),
  offered: [],
  ...more,
})
const given = (classes: readonly WardClass[], line: readonly StayWish[]): string =>
  staysInOrder(classes, line, times)
    .map(
      ({ one, stay }) =>
        `${one.id}:${stay.of.ward}${stay.of.sex === 'any' ? '*' : ''}${stay.of.days.findIndex((known) => known.day === stay.from)}`,
    )
    .join(' ')

const female = { sex: 'female' } as const
const isolation = { isolation: true }
const turnedDown = (from: number, until: number) => ({ offered: [{ ward: 'W' as WardId, from: day(from), until: day(until) }] })

const rows: readonly [why: string, classes: WardClass[], line: StayWish[], given: string][] = [
  ['nothing free: nobody', [bedsOf('W', 'male', '0000000000')], [wish('a', 2)], ''],
  ['the earliest day on which all nights are free', [bedsOf('W', 'male', '0100111000')], [wish('a', 3)], 'a:W4'],
  ['today is too late to ask anybody', [bedsOf('W', 'male', '1110000000')], [wish('a', 2)], 'a:W1'],
  ['one bed: the first in order, the second waits', [bedsOf('W', 'male', '0111000000')], [wish('b', 3), wish('a', 3)], 'a:W1'],
  ['two beds: both', [bedsOf('W', 'male', '0222000000')], [wish('a', 3), wish('b', 3)], 'a:W1 b:W1'],
  ['one bed after the other', [bedsOf('W', 'male', '0111111000')], [wish('a', 3), wish('b', 3)], 'a:W1 b:W4'],
  ['a better class of priority goes before who asked first', [bedsOf('W', 'male', '0111000000')], [wish('a', 3), wish('b', 3, { rank: 2 })], 'b:W1'],
  ['too many nights: keeps the place, and nobody takes these beds before', [bedsOf('W', 'male', '0111000000')], [wish('a', 4), wish('b', 2)], ''],
  ['who is of the other sex needs other beds and goes on', [bedsOf('W', 'male', '0110000000'), bedsOf('W', 'female', '0110000000')], [wish('a', 4), wish('b', 2, female)], 'b:W1'],
  ['who needs isolation needs other beds, and who does not goes on', [bedsOf('W', 'male', '0110000000')], [wish('a', 2, isolation), wish('b', 2)], 'b:W1'],
  ['an isolation bed is for whoever needs it', [bedsOf('W', 'male', '0110000000', isolation)], [wish('a', 2), wish('b', 2, isolation)], 'b:W1'],
  ['beds for any are needed by both: the other sex does not go before', [bedsOf('W', 'any', '0110000000')], [wish('a', 4), wish('b', 2, female)], ''],
  ['beds for any in rooms where only men lie are of no use to a woman', [bedsOf('W', 'any', '0110000000', { men: 1 })], [wish('a', 4, female), wish('b', 2)], 'b:W*1'],
  ['days that who stands before does not want are free for others', [bedsOf('W', 'male', '0110000000')], [wish('a', 4, { earliestOn: day(5) }), wish('b', 2)], 'b:W1'],
  ['days after the last night that who stands before could have are free for others', [bedsOf('W', 'male', '0000000110')], [wish('a', 4, { latestOn: day(3) }), wish('b', 2)], 'b:W7'],
  ['no more days are open than the stay would need: it holds up nobody', [bedsOf('W', 'male', '0000000011')], [wish('a', 4, { earliestOn: day(8) }), wish('b', 2)], 'b:W8'],
  ['who has a bed elsewhere in between holds up nobody with days that are of no use', [bedsOf('W', 'male', '0110000000')], [wish('a', 4, { taken: new Set([day(4)]), latestOn: day(4) }), wish('b', 2)], 'b:W1'],
  ['only reserved beds: a direct booking finds none and holds up no referral', [bedsOf('W', 'male', '0110000000', { beds: 1, reserved: 1 })], [wish('a', 2, { channel: 'direct' }), wish('b', 2)], 'b:W1'],
  ['who turned a stay down is not offered its days as the first again in that ward', [bedsOf('W', 'male', '0111100000')], [wish('a', 2, turnedDown(1, 3))], 'a:W3'],
  ['and does not hold up those behind with the days turned down', [bedsOf('W', 'male', '0110000000')], [wish('a', 2, turnedDown(1, 3)), wish('b', 2)], 'b:W1'],
  ['but is offered the same days in another ward', [bedsOf('W', 'male', '0110000000'), bedsOf('V', 'male', '0110000000')], [wish('a', 2, turnedDown(1, 3))], 'a:V1'],
  ['beds for the own sex before beds for any, of one day', [bedsOf('W', 'any', '0110000000'), bedsOf('V', 'male', '0110000000')], [wish('a', 2)], 'a:V1'],
  ['days that are not published are not offered', [bedsOf('W', 'male', '01-1000000')], [wish('a', 2)], ''],
] // prettier-ignore

test('Beds are offered in order; whoever finds none is passed by nobody who needs the same bed-days', () => {
  for (const [why, classes, line, expected] of rows) assert.equal(given(classes, line), expected, why)
})

test('A stay given by hand counts those before who need one of its bed-days', () => {
  const classes = [bedsOf('W', 'male', '0110000000')]
  const line = [wish('a', 4), wish('b', 2, { sex: 'female' }), wish('c', 2, turnedDown(1, 3)), wish('d', 2)]
  const chosen = line[3] as StayWish
  const stay = stayThere(classes, chosen, { ward: 'W' as WardId, from: day(1) }, times)
  assert.ok(stay)
  assert.equal(staysPassedOver(line, chosen, stay, times), 1, 'only the one who waits for four nights')
  assert.equal(stayThere(classes, chosen, { ward: 'W' as WardId, from: day(2) }, times), null)
  assert.deepEqual(
    staysOpenTo(classes, chosen, times).map(({ from }) => from),
    [day(1)],
  )
})
