import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant, plusMinutes, type Instant } from '../../../../kernel/clock.ts'
import type { OrgId } from '../../../../kernel/id.ts'
import { seeded } from '../../../../../tests/invariants/small-region.ts'
import type { PoolId } from '../../booking.ts'
import { GIVEN_UP, soldOf, type CalendarId, type PlannedPool, type PlannedSlot } from '../plans.ts'
import { firstClash, replan, sharesAfter } from './replan.ts'

const now = instant('2026-11-22T00:00:00Z')
const at = (hours: number): Instant => plusMinutes(now, hours * 60)
const org = '1' as OrgId
const look = {
  kind: 'expert',
  unitKind: 'visit',
  specialty: '0304',
  serviceZh: null,
  serviceEn: null,
  placeZh: null,
  placeEn: null,
} as const
const own = { calendarOrg: org, calendar: 'own' as CalendarId }

const slot = (hour: number, more: Partial<PlannedSlot> = {}): PlannedSlot => ({
  startsAt: at(hour),
  endsAt: plusMinutes(at(hour), 30),
  capacity: 4,
  ...own,
  ...more,
})
const pool = (hour: number, more: Partial<PlannedPool> = {}): PlannedPool => ({
  ...look,
  ...slot(hour),
  org,
  id: `pool-${hour}` as PoolId,
  plan: 'plan',
  doctorZh: null,
  doctorEn: null,
  reserved: 1,
  usedReserved: 0,
  allotted: 0,
  usedOpen: 0,
  emergency: 0,
  usedEmergency: 0,
  releaseAt: at(hour - 24),
  stoppedAt: null,
  stopReason: null,
  ...more,
})
const stopped = (reason: string) => ({ stoppedAt: now, stopReason: reason })

// pool, slot asked for now, slot asked for before | where it goes | the rule
const CASES: [PlannedPool | null, PlannedSlot | null, PlannedSlot | null, string | null, string][] = [
  [null, slot(1), null, 'opened', 'a new slot is opened'],
  [null, slot(0), null, null, 'a slot that begins at this moment is not'],
  [pool(1), slot(1), slot(1), null, 'nothing changed'],
  [pool(1), null, slot(1), 'givenUp', 'no longer asked for, unsold'],
  [pool(1, { usedOpen: 1 }), null, slot(1), 'stopped', 'no longer asked for, sold'],
  [pool(1, { allotted: 1 }), null, slot(1), 'stopped', 'promised by a voucher counts as sold'],
  [pool(0, { usedOpen: 1 }), null, slot(0), null, 'what has begun is left alone'],
  [pool(1), slot(1, { capacity: 2 }), slot(1), 'rewritten', 'another capacity, unsold'],
  [pool(1, { usedOpen: 1 }), slot(1, { capacity: 2 }), slot(1), 'adjusted', 'another capacity, sold'],
  [pool(1, { usedOpen: 2 }), slot(1, { capacity: 2 }), slot(1), 'adjusted', 'exactly what is sold'],
  [pool(1, { usedOpen: 2, usedReserved: 1 }), slot(1, { capacity: 2 }), slot(1), 'belowSold', 'one fewer than is sold'],
  [pool(1, { capacity: 9 }), slot(1), slot(1), null, 'a capacity changed by hand stays while the plan’s own does not change'],
  [pool(1, { capacity: 9 }), slot(1, { capacity: 5 }), slot(1), 'rewritten', 'and follows the plan when that changes'],
  [pool(1), slot(1, { endsAt: plusMinutes(at(1), 20) }), slot(1), 'rewritten', 'another length, unsold'],
  [pool(1, { usedOpen: 1 }), slot(1, { endsAt: plusMinutes(at(1), 20) }), slot(1), 'stopped', 'another length, sold: nobody’s visit is cut short in silence'],
  [pool(1, { usedOpen: 1 }), slot(1, { calendar: 'other' as CalendarId }), slot(1), 'adjusted', 'another doctor, sold: bookings stay'],
  [pool(1, { usedOpen: 1, placeZh: '一楼' }), slot(1), slot(1), null, 'another room, sold: left as it was told'],
  [pool(1, { placeZh: '一楼' }), slot(1), slot(1), 'rewritten', 'another room, unsold'],
  [pool(1, stopped(GIVEN_UP)), slot(1), null, 'rewritten', 'given up earlier and asked for again'],
  [pool(1, stopped(GIVEN_UP)), null, null, null, 'given up and not asked for'],
  [pool(1, stopped('医生生病')), slot(1), slot(1), null, 'a stop of clinic is never undone by a plan'],
] // prettier-ignore

for (const [one, wanted, before, where, says] of CASES)
  test(says, () => {
    const found = replan(look, { pools: one ? [one] : [], wanted: wanted ? [wanted] : [], before: before ? [before] : [] }, now)
    const places = Object.entries(found).flatMap(([part, list]) => (list.length > 0 ? [part] : []))
    assert.deepEqual(places, where ? [where] : [])
  })

// capacity, [used reserved, allotted, used open, used emergency], asked [reserved, emergency], released | reserved, emergency
const SHARES: [number, [number, number, number, number], [number, number], boolean, [number, number], string][] = [
  [10, [0, 0, 0, 0], [2, 1], false, [2, 1], 'as policy asks'],
  [3, [0, 0, 3, 0], [1, 0], false, [0, 0], 'what the open share has sold is not taken back'],
  [4, [2, 1, 1, 0], [1, 0], false, [3, 0], 'never below what is sold and promised of the reserve'],
  [5, [1, 0, 1, 1], [1, 3], false, [1, 3], 'the rest may be kept for emergencies'],
  [4, [0, 0, 1, 0], [2, 3], false, [2, 1], 'the reserve goes before the emergency share'],
  [5, [1, 0, 3, 1], [2, 3], false, [1, 1], 'exactly what is sold leaves nothing to share out'],
  [10, [1, 1, 0, 0], [2, 0], true, [2, 0], 'after the release only what is sold and promised stays reserved'],
  [10, [0, 0, 2, 0], [2, 0], true, [0, 0], 'after the release nothing more is reserved'],
] // prettier-ignore

for (const [capacity, [usedReserved, allotted, usedOpen, usedEmergency], [reserved, emergency], released, [r, e], says] of SHARES)
  test(`shares after a change: ${says}`, () => {
    const sold = pool(1, { usedReserved, allotted, usedOpen, usedEmergency })
    assert.deepEqual(sharesAfter(sold, capacity, { reserved, emergency }, released), { reserved: r, emergency: e })
  })

test('whatever is sold and asked, the row’s own conditions hold', () => {
  const random = seeded(20_261_122)
  const upTo = (most: number) => random.below(most + 1)
  for (let round = 0; round < 5_000; round += 1) {
    const [usedReserved, allotted, usedOpen, usedEmergency] = [upTo(4), upTo(2), upTo(4), upTo(2)]
    const one = pool(1, { usedReserved, allotted, usedOpen, usedEmergency })
    const capacity = soldOf(one) + upTo(6)
    if (capacity === 0) continue
    const reserved = upTo(capacity)
    const asked = { reserved, emergency: upTo(capacity - reserved) }
    const after = sharesAfter(one, capacity, asked, random.chance(0.5))
    assert.ok(usedReserved + allotted <= after.reserved, 'reserved not oversold')
    assert.ok(usedEmergency <= after.emergency, 'emergency not oversold')
    assert.ok(usedOpen <= capacity - after.reserved - after.emergency, 'open not oversold')
  }
})

test('a clash is of one calendar, and of times that share a moment', () => {
  const span = { org, calendar: 'own' as CalendarId, from: at(1), until: at(2), place: '2' as OrgId, pool: 'p' }
  const clashes = (from: number, to: number, more: object = {}) =>
    firstClash([{ ...slot(from), endsAt: at(to), ...more }], [span]) !== null
  assert.equal(clashes(0, 1), false, 'ends as the other begins')
  assert.equal(clashes(2, 3), false, 'begins as the other ends')
  assert.equal(clashes(0, 1.5), true)
  assert.equal(clashes(1.25, 1.5), true)
  assert.equal(clashes(1, 2, { calendar: 'other' }), false)
  assert.equal(clashes(1, 2, { calendarOrg: null, calendar: null }), false, 'without a calendar nobody’s time is taken')
  assert.equal(clashes(1, 2, { pool: 'p' }), false, 'the pool’s own time')
})
