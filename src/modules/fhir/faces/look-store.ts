import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, OrgId, PersonId } from '../../../kernel/id.ts'
import { empty, sql, type Queryable } from '../../../platform/database/pool.ts'

/** One row of the audit. */
export type Look = {
  readonly org: OrgId
  readonly id: string
  readonly at: Instant
  readonly account: AccountId | null
  readonly role: string
  readonly form: string
  readonly kind: 'command' | 'query'
  readonly outcome: 'done' | 'refused'
  readonly basis: string
  readonly person: PersonId | null
}

const columns = sql`a.org_id as org, a.id, a.at, a.account_id as account, a.role, a.form, a.kind, a.outcome, a.basis, a.person_id as person`

/** One row by its whole key, as far as the act sees it: one's own acts, and a person those about himself. */
export const lookById = (db: Queryable, org: string, id: string): Promise<Look | null> =>
  db.row<Look>(sql`select ${columns} from platform.audit a where a.org_id = ${org} and a.id = ${id}`)

/** Rows about persons, or of an account, in the order in which they were written. */
export const looksByTime = (
  db: Queryable,
  by: { readonly persons: readonly PersonId[] | null; readonly account: AccountId | null },
  page: { readonly limit: number; readonly after: { readonly at: Instant; readonly id: string } | null },
): Promise<Look[]> =>
  db.rows<Look>(sql`select ${columns} from platform.audit a
    where ${by.persons === null ? sql`true` : sql`a.person_id = any(${by.persons}::bigint[])`}
      and ${by.account === null ? sql`true` : sql`a.account_id = ${by.account}`}
      ${page.after === null ? empty : sql`and (a.at, a.id) > (${page.after.at}::timestamptz, ${page.after.id}::uuid)`}
    order by a.at, a.id limit ${page.limit}`)
