import type { OrgId } from '../../kernel/id.ts'
import type { Name } from '../../kernel/words.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'
import type { Division } from './organisations.ts'
import { within } from './store.ts'

/** Counties and districts of a division, or the division itself if it is one. Zones of statistics that have no institution are left out. */
export const countiesWithin = (db: Queryable, division: string): Promise<Division[]> =>
  db.rows<Division>(sql`select d.code, d.zh, d.rank, d.parent from organisations.division d where d.rank = 'county' and ${within(sql`d.code`, division)}
    and exists (select from organisations.institution i where ${withinOf}) order by d.code`)

// An institution lies in a county when its division begins with the county's six digits.
const withinOf = sql`i.division between d.code and rpad(left(d.code, 6), 12, '9')`

/** Names of several institutions by id; unknown ids are left out. */
export const namesByIds = (db: Queryable, ids: readonly OrgId[]): Promise<{ id: OrgId; name: Name; tier: string }[]> =>
  db.rows(
    sql`select i.id, jsonb_build_object('zh', i.zh, 'en', i.en) as name, i.tier from organisations.institution i where i.id = any(${ids}::bigint[])`,
  )
