import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '../../../../kernel/clock.ts'
import type { Channel, Pool } from '../../booking.ts'
import type { WaitingId } from '../waiting.ts'
import { nextInLine, passedOver } from './next-in-line.ts'
import { compareInOrder } from './order.ts'

const NOW = '2026-11-01T00:00:00.000Z' as Instant
const pool = (more: Partial<Pool>): Pool =>
  ({
    startsAt: '2026-11-05T00:00:00.000Z',
    releaseAt: '2026-11-04T00:00:00.000Z',
    capacity: 10,
    reserved: 0,
    usedReserved: 0,
    allotted: 0,
    emergency: 0,
    usedEmergency: 0,
    usedOpen: 0,
    stoppedAt: null,
    ...more,
  }) as Pool

const one = (id: string, rank: number, minute: number, channel: Channel = 'direct') => ({
  id: id as WaitingId,
  rank,
  askedAt: `2026-10-01T00:${String(minute).padStart(2, '0')}:00.000Z` as Instant,
  channel,
})
const ids = (line: readonly { id: string }[]): string => line.map(({ id }) => id).join('')

test('The order: rank first, then who asked first, then the id', () => {
  const line = [one('d', 3, 1), one('c', 2, 9), one('b', 2, 1), one('a', 2, 1), one('s', 0, 30)]
  assert.equal(ids(line.toSorted(compareInOrder)), 'sabcd')
})

const LINE = [one('a', 1, 1, 'referral'), one('b', 5, 0), one('c', 5, 2), one('d', 2, 5, 'referral')]

const offers: readonly [why: string, free: Partial<Pool>, taken: string][] = [
  ['nothing free: nobody', { capacity: 2, usedOpen: 2 }, ''],
  ['one open unit: the first in order, whatever the channel', { capacity: 1 }, 'a'],
  ['two open units', { capacity: 2 }, 'ad'],
  ['one reserved unit is not for who books directly', { capacity: 1, reserved: 1 }, 'a'],
  ['two reserved and one open: referrals take the reserved, and the open one is left', { capacity: 3, reserved: 2 }, 'adb'],
  ['reserved units that have opened are for everybody', { capacity: 3, reserved: 3, releaseAt: NOW }, 'adb'],
  ['what stands in vouchers is nobody else’s', { capacity: 3, reserved: 3, allotted: 2 }, 'a'],
  ['emergency units are for none of them', { capacity: 2, emergency: 2 }, ''],
  ['a stopped clinic offers nothing', { stoppedAt: NOW }, ''],
  ['a slot that has begun offers nothing', { startsAt: NOW }, ''],
]

test('What is free goes to the first in order whose channel may draw it', () => {
  for (const [why, free, taken] of offers) assert.equal(ids(nextInLine(pool(free), LINE, NOW)), taken, why)
})

const overrides: readonly [why: string, free: Partial<Pool>, chosen: number, over: number][] = [
  ['the first passes over nobody', { capacity: 2 }, 0, 0],
  ['the second passes over one', { capacity: 2 }, 3, 1],
  ['the last passes over three', { capacity: 2 }, 2, 3],
  ['who could not draw the unit is not passed over', { capacity: 2, reserved: 1 }, 1, 0],
  ['a referral that takes a reserved unit passes over referrals alone', { capacity: 2, reserved: 1 }, 3, 1],
]

test('Whoever is offered a unit before others passes over those who could have taken the same', () => {
  for (const [why, free, chosen, over] of overrides)
    assert.equal(passedOver(pool(free), LINE, LINE[chosen] as (typeof LINE)[number], NOW), over, why)
})
