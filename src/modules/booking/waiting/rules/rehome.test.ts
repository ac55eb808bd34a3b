import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '../../../../kernel/clock.ts'
import type { Channel, Pool } from '../../booking.ts'
import { rehome } from './rehome.ts'

const NOW = '2026-11-01T00:00:00.000Z' as Instant
const pool = (id: string, org: string, doctor: string | null, day: number, capacity: number, reserved = 0): Pool =>
  ({
    id,
    org,
    doctorZh: doctor,
    startsAt: `2026-11-${String(day).padStart(2, '0')}T01:00:00.000Z`,
    releaseAt: `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`,
    capacity,
    reserved,
    usedReserved: 0,
    allotted: 0,
    emergency: 0,
    usedEmergency: 0,
    usedOpen: 0,
    stoppedAt: null,
  }) as unknown as Pool

const lost = pool('lost', '1', '陈', 10, 9)
const who = (channel: Channel, elsewhereOn?: number, behindAt: readonly string[] = []) => ({
  channel,
  isBehind: ({ id }: Pool) => behindAt.includes(id),
  isElsewhere: (at: Instant) => elsewhereOn !== undefined && at.startsWith(`2026-11-${String(elsewhereOn).padStart(2, '0')}`),
})

const cases: readonly [why: string, line: ReturnType<typeof who>[], pools: Pool[], homes: (string | null)[]][] = [
  ['the same doctor, even later, before the same institution', [who('direct')], [pool('a', '1', '李', 10, 1), pool('b', '1', '陈', 14, 1)], ['b']],
  ['the same institution before another, even nearer', [who('direct')], [pool('a', '2', '陈', 10, 1), pool('b', '1', '李', 13, 1)], ['b']],
  ['the nearest in time, before or after', [who('direct')], [pool('a', '2', null, 12, 1), pool('b', '2', null, 9, 1)], ['b']],
  ['one unit, two people: the first has it, the second waits', [who('direct'), who('direct')], [pool('a', '1', '陈', 11, 1)], ['a', null]],
  ['each finds the best that is left', [who('direct'), who('direct')], [pool('a', '1', '陈', 11, 1), pool('b', '2', null, 10, 1)], ['a', 'b']],
  ['a direct booking finds no reserved unit, a referral does', [who('direct'), who('referral')], [pool('a', '1', '陈', 11, 1, 1)], [null, 'a']],
  ['who is elsewhere then gets the next best', [who('direct', 11)], [pool('a', '1', '陈', 11, 1), pool('b', '2', null, 12, 1)], ['b']],
  ['what somebody waits for who lost a unit earlier is left to that person', [who('direct', undefined, ['a']), who('direct')], [pool('a', '1', '陈', 11, 1), pool('b', '2', null, 12, 1)], ['b', 'a']],
  ['nothing anywhere: everybody waits', [who('direct'), who('referral')], [], [null, null]],
] // prettier-ignore

test('After a stop of clinic each gets the best other unit that is left, in order', () => {
  for (const [why, line, pools, homes] of cases)
    assert.deepEqual(rehome(lost, line, pools, NOW).map(({ pool: home }) => home?.id ?? null), homes, why) // prettier-ignore
})
