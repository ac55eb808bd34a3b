import type { Instant } from '../../kernel/clock.ts'
import type { PersonId } from '../../kernel/id.ts'
import { empty, sql, type Queryable } from '../../platform/database/pool.ts'
import type { Referral } from './referral.ts'
import { columns } from './store.ts'

/** Referrals that the act sees, in the order in which they were opened, of some persons only where they are named. */
export const referralsByTime = (
  db: Queryable,
  persons: readonly PersonId[] | null,
  page: { readonly limit: number; readonly after: { readonly at: Instant; readonly id: string } | null },
): Promise<Referral[]> =>
  db.rows<Referral>(sql`select ${columns} from referral.referral r
    where ${persons === null ? sql`true` : sql`r.person_id = any(${persons}::bigint[])`}
      ${page.after === null ? empty : sql`and (r.opened_at, r.id) > (${page.after.at}::timestamptz, ${page.after.id}::uuid)`}
    order by r.opened_at, r.id limit ${page.limit}`)
