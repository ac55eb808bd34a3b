import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, OrgId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'

/** A wish to export many persons, and what became of it. */
export type Wish = {
  readonly org: OrgId
  readonly id: string
  readonly by: AccountId
  readonly name: string
  readonly persons: number
  readonly purpose: string
  readonly reason: string
  readonly askedAt: Instant
  readonly until: Instant
  readonly decided: 'approved' | 'refused' | null
  readonly usedAt: Instant | null
}

const columns = sql`org_id as org, id, asked_by as by, asked_name as name, persons_most as persons, purpose, reason, asked_at as "askedAt", until_at as "until", decided, used_at as "usedAt"`
const LIST_MOST = 100

export const addWish = (tx: Tx, wish: Wish): Promise<number> =>
  tx.run(sql`insert into record_access.export_wish (org_id, id, asked_by, asked_name, asked_at, persons_most, purpose, reason, until_at)
    values (${wish.org}, ${wish.id}, ${wish.by}, ${wish.name}, ${wish.askedAt}, ${wish.persons}, ${wish.purpose}, ${wish.reason}, ${wish.until})`)

export const lockWish = (tx: Tx, org: string, id: string): Promise<Wish | null> =>
  tx.row<Wish>(sql`select ${columns} from record_access.export_wish where org_id = ${org} and id = ${id} for update`)

export const saveDecision = (tx: Tx, { org, id }: Wish, decision: string, at: Instant, by: AccountId | null): Promise<number> =>
  tx.run(
    sql`update record_access.export_wish set decided = ${decision}, decided_by = ${by}, decided_at = ${at} where org_id = ${org} and id = ${id}`,
  )

export const wishes = (db: Queryable): Promise<Wish[]> =>
  db.rows<Wish>(sql`select ${columns} from record_access.export_wish order by asked_at desc limit ${LIST_MOST}`)

/** Takes an approval, once; answers 0 when there is none for this account, in time, and for so many. */
export const takeApproval = (
  db: Queryable,
  of: { org: OrgId; id: string; by: AccountId | null; persons: number; at: Instant },
): Promise<number> =>
  db.run(sql`update record_access.export_wish set used_at = ${of.at} where org_id = ${of.org} and id = ${of.id} and asked_by = ${of.by}
    and decided = 'approved' and used_at is null and until_at > ${of.at} and persons_most >= ${of.persons}`)
