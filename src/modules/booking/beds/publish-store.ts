import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { sql, type Tx } from '../../../platform/database/pool.ts'
import type { Pool } from '../booking.ts'
import { savePool } from '../store.ts'
import type { BedClassId } from './beds.ts'
import type { Shares } from './rules/resized-pool.ts'

/** A class of beds whose bed-days are to be published, and what its pools say. */
export type DueClass = {
  readonly org: OrgId
  readonly id: BedClassId
  readonly specialty: string
  readonly zh: string
  readonly en: string | null
  readonly publishedUntil: Day | null
  readonly openBeds: number
}

const dueColumns = sql`c.org_id as org, c.id, w.specialty, w.zh, w.en, c.published_until as "publishedUntil",
  (select count(*)::int from booking.bed b where b.org_id = c.org_id and b.class_id = c.id and b.closed_at is null) as "openBeds"`

/** Classes whose bed-days are not published up to a day, locked, a few at a time; in several processes at once. */
export const lockDueClasses = (tx: Tx, until: Day, limit: number): Promise<DueClass[]> =>
  tx.rows<DueClass>(sql`select ${dueColumns} from booking.bed_class c join booking.ward w on w.org_id = c.org_id and w.id = c.ward_id
    where c.published_until < ${until} or c.published_until is null order by c.org_id, c.id limit ${limit} for update of c skip locked`)

export const savePublished = async (tx: Tx, pools: readonly Pool[], classes: readonly DueClass[], until: Day): Promise<void> => {
  for (const pool of pools) await savePool(tx, pool)
  for (const { org, id } of classes)
    await tx.run(sql`update booking.bed_class set published_until = ${until} where org_id = ${org} and id = ${id}`)
}

/** Gives a pool another capacity and shares; its constraints are the last word. */
export const saveShares = (tx: Tx, pool: Pick<Pool, 'org' | 'id'>, { capacity, reserved, emergency }: Shares): Promise<number> =>
  tx.run(
    sql`update booking.pool set capacity = ${capacity}, reserved = ${reserved}, emergency = ${emergency} where org_id = ${pool.org} and id = ${pool.id}`,
  )
