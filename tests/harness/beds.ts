import type { Actor } from '../../src/platform/access.ts'
import { sql } from '../../src/platform/database/pool.ts'
import type { TestHouse } from './house.ts'

export type NewBed = { room: string; label: string; sex: 'male' | 'female' | 'any'; isolation?: boolean }

/** A ward for stories; answers its id and its beds by `room-label`. */
export const wardWith = async (house: TestHouse, desk: Actor, beds: readonly NewBed[], specialty = '0304') => {
  const made = await house.done('booking.open-ward', desk, { name: { zh: '演示病区' }, specialty, beds })
  const bed = Object.fromEntries(
    made.beds.map((one: { bed: string; room: string; label: string }) => [`${one.room}-${one.label}`, one.bed]),
  )
  return { org: made.org as string, ward: made.ward as string, bed: bed as Record<string, string> }
}

/** What is used of a ward's pools of bed-days, day by day; days on which nothing is used are left out. */
export const usedDays = (house: TestHouse, ward: string): Promise<{ day: string; sex: string; used: number }[]> =>
  house.database
    .rows(sql`select (p.starts_at at time zone 'Asia/Shanghai')::date::text as day, c.sex, p.used_reserved + p.used_emergency + p.used_open as used
    from booking.pool p join booking.bed_class c on c.org_id = p.org_id and c.id = p.plan_id
    where c.ward_id = ${ward} and p.used_reserved + p.used_emergency + p.used_open > 0 order by 1, 2`)

export const stayRow = (house: TestHouse, stay: string) =>
  house.database.row<{ state: string; until: string; uncovered: number; overdue: string | null }>(
    sql`select state, until_on as until, uncovered, overdue_since as overdue from booking.stay where id = ${stay}`,
  )

export const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)

/** Says a stay for `booking.book-together`. */
export const stayOf = (person: string, ward: { org: string; ward: string }, from: string, nights: number, more: object = {}) => ({
  org: ward.org,
  person,
  stay: { ward: ward.ward, from, nights },
  ...more,
})
