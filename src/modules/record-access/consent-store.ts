import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import type { ConsentPurpose } from './record-access.ts'

export type Consent = {
  readonly person: PersonId
  readonly id: string
  readonly purpose: ConsentPurpose
  readonly to: OrgId | null
  readonly kinds: readonly string[] | null
  readonly shown: { readonly zh: string; readonly en: string }
  readonly givenBy: 'self' | 'representative' | 'paper'
  readonly givenAt: Instant
  readonly until: Instant
  readonly withdrawnAt: Instant | null
}
export type NewConsent = Omit<Consent, 'withdrawnAt'> & {
  readonly byAccount: AccountId | null
  readonly byOrg: OrgId | null
  readonly scanType: string | null
  readonly scan: Buffer | null
}

const columns = sql`person_id as person, id, purpose, to_org as "to", kinds, shown, given_by as "givenBy", given_at as "givenAt", until_at as "until", withdrawn_at as "withdrawnAt"`

/** All consents that a person has given, under any of the ids, the newest first. */
export const consentsOf = (db: Queryable, persons: readonly PersonId[]): Promise<Consent[]> =>
  db.rows<Consent>(
    sql`select ${columns} from record_access.consent where person_id = any(${persons}::bigint[]) order by given_at desc, id`,
  )

/** One consent, locked until the end of the transaction. */
export const lockConsent = (tx: Tx, persons: readonly PersonId[], id: string): Promise<Consent | null> =>
  tx.row<Consent>(
    sql`select ${columns} from record_access.consent where person_id = any(${persons}::bigint[]) and id = ${id} for update`,
  )

export const saveConsent = (tx: Tx, fresh: NewConsent): Promise<number> =>
  tx.run(sql`insert into record_access.consent (person_id, id, purpose, to_org, kinds, shown, given_by, given_at, from_at, until_at, by_account, by_org, scan_type, scan)
    values (${fresh.person}, ${fresh.id}, ${fresh.purpose}, ${fresh.to}, ${fresh.kinds}, ${JSON.stringify(fresh.shown)}, ${fresh.givenBy}, ${fresh.givenAt},
      ${fresh.givenAt}, ${fresh.until}, ${fresh.byAccount}, ${fresh.byOrg}, ${fresh.scanType}, ${fresh.scan})`)

export const saveWithdrawal = (tx: Tx, { person, id }: Consent, at: Instant, by: AccountId | null): Promise<number> =>
  tx.run(
    sql`update record_access.consent set withdrawn_at = ${at}, withdrawn_by = ${by} where person_id = ${person} and id = ${id} and withdrawn_at is null`,
  )

/** The scan of a paper consent, still sealed with the person's key. */
export const findScan = (
  db: Queryable,
  persons: readonly PersonId[],
  id: string,
): Promise<{ person: PersonId; type: string; scan: Buffer } | null> =>
  db.row(
    sql`select person_id as person, scan_type as type, scan from record_access.consent where person_id = any(${persons}::bigint[]) and id = ${id} and scan is not null`,
  )
