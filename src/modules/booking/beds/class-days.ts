import { dayOf, instantAt, type Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { Queryable } from '../../../platform/database/pool.ts'
import type { Pool } from '../booking.ts'
import type { BedClass } from './beds.ts'
import { daysOfStay } from './rules/days-of-stay.ts'
import type { BedDay } from './rules/plan-stay.ts'
import * as store from './store.ts'

export type KnownClass = BedClass & { readonly days: readonly BedDay[] }

/** Reads how classes of beds stand on some days; `pools` when they are locked already. */
export const readClassDays = async (
  db: Queryable,
  { org, classes, from, until, zone }: { org: OrgId; classes: readonly BedClass[]; from: Day; until: Day; zone: string },
  pools?: readonly Pool[],
): Promise<KnownClass[]> => {
  const ids = classes.map(({ id }) => id)
  const [start, end] = [instantAt(from, '00:00', zone), instantAt(until, '00:00', zone)]
  const [found, rooms, use] = await Promise.all([
    pools ?? store.bedDays(db, org, ids, start, end),
    store.roomUse(db, org, ids, from, until),
    store.classUse(db, org, ids, start, end),
  ])
  const poolAt = new Map(found.map((pool) => [`${pool.plan} ${dayOf(pool.startsAt, zone)}`, pool]))
  const useOf = new Map(use.map((one) => [one.pool, one]))
  const roomsAt = Map.groupBy(rooms, (room) => `${room.class} ${room.day}`)
  return classes.map((one) => ({
    ...one,
    days: daysOfStay(from, until).map((day) => {
      const pool = poolAt.get(`${one.id} ${day}`) ?? null
      const { men = 0, women = 0 } = (pool && useOf.get(pool.id)) ?? {}
      return { day, pool, rooms: roomsAt.get(`${one.id} ${day}`) ?? [], men, women }
    }),
  }))
}
