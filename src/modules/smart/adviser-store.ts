import type { Instant } from '../../kernel/clock.ts'
import type { AccountId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import type { Adviser } from './smart.ts'

const columns = sql`adviser_id as id, jsonb_build_object('zh', name_zh, 'en', name_en) as name, url, hooks, shares, wait_ms as "waitMs",
  registered_at as "registeredAt", stopped_at as "stoppedAt"`

/** All services of decision support, the stopped ones last. */
export const listAdvisers = (db: Queryable): Promise<Adviser[]> =>
  db.rows<Adviser>(sql`select ${columns} from smart.adviser order by stopped_at is not null, url is not null, adviser_id`)

export const findAdviser = (db: Queryable, id: string): Promise<Adviser | null> =>
  db.row<Adviser>(sql`select ${columns} from smart.adviser where adviser_id = ${id}`)

export type SavedAdviser = Omit<Adviser, 'registeredAt' | 'stoppedAt'> & { readonly by: AccountId; readonly at: Instant }

/** Writes a new service; false when its id is taken. */
export const saveAdviser = async (tx: Tx, one: SavedAdviser): Promise<boolean> =>
  (await tx.run(sql`insert into smart.adviser (adviser_id, name_zh, name_en, url, hooks, shares, wait_ms, registered_by, registered_at)
    values (${one.id}, ${one.name.zh}, ${one.name.en}, ${one.url}, ${one.hooks}::text[], ${one.shares}::text[], ${one.waitMs}, ${one.by}, ${one.at})
    on conflict do nothing`)) === 1

/** Stops a service, or lets it be asked again. */
export const saveAdviserSwitched = async (tx: Tx, id: string, isOn: boolean): Promise<void> => {
  await tx.run(
    sql`update smart.adviser set stopped_at = case when ${isOn} then null else coalesce(stopped_at, now()) end where adviser_id = ${id}`,
  )
}
