import { plusDays, type Day } from '../../src/kernel/day.ts'
import { sql } from '../../src/platform/database/pool.ts'
import type { Actor } from '../../src/platform/access.ts'
import type { TestHouse } from '../harness/house.ts'
import { PLACES, STAFF } from './small-region.ts'

const HOUR_MS = 3_600_000
const DAYS_AHEAD = 20

const residentOf = (person: string): Actor => ({ ...STAFF.villageDoctor, role: 'resident', org: null, person: person as never })

/** What the checks of booking look at besides: a quota moved, a reserve released, a clinic stopped, and an offer on the waiting list. */
export const bookingStory = async (house: TestHouse, persons: readonly string[]): Promise<void> => {
  const { now } = (await house.database.row<{ now: string }>(sql`select platform.jieli_now() as now`)) as { now: string }
  const slot = async (hours: number, capacity: number): Promise<{ org: string; pool: string }> => {
    const startsAt = new Date(Date.parse(now) + hours * HOUR_MS).toISOString()
    const { pool } = await house.done('booking.publish-pool', STAFF.countyDesk, {
      specialty: '0400',
      kind: 'ordinary',
      startsAt,
      capacity,
    })
    return { org: PLACES.countyHospital, pool }
  }
  const moved = await slot(200, 10)
  await house.done('booking.move-quota', STAFF.countyDesk, {
    ...moved,
    from: 'open',
    to: 'reserved',
    units: 1,
    reason: '演示:多留给基层',
  })
  await house.done('booking.book', residentOf(persons[0] as string), moved)
  // Published a few hours before its slot: its reserve opens at once.
  await slot(5, 5)
  await house.settle()
  await house.done('booking.release-due', { ...STAFF.countyDesk, account: null, role: 'system', org: null } as never)
  const lost = await slot(150, 4)
  for (const person of persons) await house.done('booking.book', residentOf(person), lost)
  await house.done('booking.stop-clinic', STAFF.countyDesk, { pool: lost.pool, reason: '演示停诊' })
  await house.settle()
  const today = now.slice(0, 10) as Day
  await house.database.run(
    sql`update booking.waiting_at set latest_on = greatest(latest_on, ${plusDays(today, DAYS_AHEAD)}::date)`,
  )
}

/** A breach of each check of booking, to be planted by hand. */
export const BOOKING_PLANTS: Readonly<Record<string, string>> = {
  'quota-move-keeps-total': `update platform.trace_event set data = data || '{"units": 2}' where type = 'booking.quota-moved'`,
  'capacity-change-has-reason': `update platform.trace_event set reason = null where type = 'booking.pool-stopped'`,
  'stop-ends-every-booking': `update booking.booking set state = 'confirmed' where ended_by = 'institution'`,
  'stopped-person-is-seen-to': `delete from booking.notice where kind = 'clinic-stopped'`,
  'offer-keeps-order': `alter table booking.offer drop constraint offer_order_or_reason; update booking.offer set passed_over = 1, override_reason = null`,
  'key-is-one-unit': `update platform.idempotency set answer = (select min(answer) from platform.idempotency where answer like '{"org":"%","booking":"%","state"%')
    where answer like '{"org":"%","booking":"%","state"%'`,
  'direct-never-on-reserve': `update booking.booking set share = 'reserved' where channel = 'direct'`,
}
