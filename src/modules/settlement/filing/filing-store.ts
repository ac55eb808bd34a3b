import type { AccountId, PersonId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { Filing, FilingId } from './filing.ts'

const columns = sql`person_id as person, id, kind, places, from_on as "from", ends_on as ends, reason,
  case when referral_id is null then null else jsonb_build_object('org', referral_org::text, 'id', referral_id) end as referral,
  filed_org as "filedOrg", filed_by as "filedBy", filed_at as "filedAt",
  case when withdrawn_on is null then null else jsonb_build_object('on', withdrawn_on, 'why', withdrawn_why) end as withdrawn`

/** What a person has filed under every number, the newest first; no more than anybody would ever file. */
export const filingsOf = (db: Queryable, persons: readonly PersonId[]): Promise<Filing[]> =>
  db.rows<Filing>(
    sql`select ${columns} from settlement.filing where person_id = any(${persons}::bigint[]) order by filed_at desc, id desc limit 200`,
  )

/** What many have filed, each person's newest first. */
export const filingsOfPersons = (db: Queryable, persons: readonly PersonId[]): Promise<Filing[]> =>
  db.rows<Filing>(
    sql`select ${columns} from settlement.filing where person_id = any(${persons}::bigint[]) order by person_id, filed_at desc, id desc`,
  )

/** One filing of a person; null when there is none. */
export const findFiling = (db: Queryable, person: PersonId, id: string): Promise<Filing | null> =>
  db.row<Filing>(sql`select ${columns} from settlement.filing where person_id = ${person} and id = ${id}`)

/** What everybody has filed, the newest first, by page. */
export const listFilings = (db: Queryable, page: { readonly after: string | null; readonly limit: number }): Promise<Filing[]> =>
  db.rows<Filing>(sql`select ${columns} from settlement.filing
    where ${page.after}::uuid is null or (filed_at, id) < (select filed_at, id from settlement.filing where id = ${page.after}::uuid limit 1)
    order by filed_at desc, id desc limit ${page.limit}`)

export const saveFiling = (tx: Tx, one: Filing): Promise<number> =>
  tx.run(sql`insert into settlement.filing (person_id, id, kind, places, from_on, ends_on, reason, referral_org, referral_id, filed_org, filed_by, filed_at)
    values (${one.person}, ${one.id}, ${one.kind}, ${one.places}::text[], ${one.from}, ${one.ends}, ${one.reason}, ${one.referral?.org ?? null},
      ${one.referral?.id ?? null}, ${one.filedOrg}, ${one.filedBy}, ${one.filedAt})`)

type Withdrawn = { readonly person: PersonId; readonly id: FilingId; readonly by: AccountId | null } & NonNullable<
  Filing['withdrawn']
>
export const saveWithdrawn = (tx: Tx, { person, id, on, why, by }: Withdrawn): Promise<number> =>
  tx.run(
    sql`update settlement.filing set withdrawn_on = ${on}, withdrawn_why = ${why}, withdrawn_by = ${by} where person_id = ${person} and id = ${id}`,
  )
