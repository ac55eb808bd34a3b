import type { Instant } from '../../kernel/clock.ts'
import type { PersonId } from '../../kernel/id.ts'
import { empty, sql, type Queryable } from '../../platform/database/pool.ts'
import type { RehabPlan } from './continuity.ts'
import { columns } from './plan-store.ts'

/** One plan, as far as the act sees it. */
export const planById = (db: Queryable, id: string): Promise<RehabPlan | null> =>
  db.row<RehabPlan>(sql`select ${columns} from continuity.plan p where p.id = ${id}`)

/** Plans that the act sees, in the order in which they were opened. */
export const plansByTime = (
  db: Queryable,
  persons: readonly PersonId[] | null,
  page: { readonly limit: number; readonly after: { readonly at: Instant; readonly id: string } | null },
): Promise<RehabPlan[]> =>
  db.rows<RehabPlan>(sql`select ${columns} from continuity.plan p
    where ${persons === null ? sql`true` : sql`p.person_id = any(${persons}::bigint[])`}
      ${page.after === null ? empty : sql`and (p.opened_at, p.id) > (${page.after.at}::timestamptz, ${page.after.id}::uuid)`}
    order by p.opened_at, p.id limit ${page.limit}`)
