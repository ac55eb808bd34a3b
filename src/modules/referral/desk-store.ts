import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, OrgId } from '../../kernel/id.ts'
import type { Name } from '../../kernel/words.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import type { ReferralId, RejectReason } from './referral.ts'

/** A colleague who works on a case: a lease until a moment. */
export type Look = { readonly referral: ReferralId; readonly account: AccountId; readonly name: Name; readonly until: Instant }

const lookColumns = sql`referral_id as referral, account_id as account, name, until`

/** The lease on a case within an institution, locked, if it still runs. */
export const lockLook = (tx: Tx, org: OrgId, referral: ReferralId, now: Instant): Promise<Look | null> =>
  tx.row<Look>(sql`select ${lookColumns} from referral.look where org_id = ${org} and referral_id = ${referral} and until > ${now} for update`)

/** The leases of an institution that still run. */
export const looksOf = (db: Queryable, org: OrgId, now: Instant): Promise<Look[]> =>
  db.rows<Look>(sql`select ${lookColumns} from referral.look where org_id = ${org} and until > ${now}`)

/** Takes or renews a lease, and clears away those of the institution that have run out. Of two at once the first keeps it. */
export const saveLook = async (tx: Tx, org: OrgId, look: Look, now: Instant, takesOver: boolean): Promise<void> => {
  await tx.run(sql`delete from referral.look where org_id = ${org} and until <= ${now}`)
  await tx.run(sql`insert into referral.look (org_id, referral_id, account_id, name, until)
    values (${org}, ${look.referral}, ${look.account}, ${JSON.stringify(look.name)}, ${look.until})
    on conflict (org_id, referral_id) do update set account_id = excluded.account_id, name = excluded.name, until = excluded.until
    where look.account_id = excluded.account_id or ${takesOver}`)
}

/** Gives a lease up, if it is one's own. */
export const deleteLook = (tx: Tx, org: OrgId, referral: ReferralId, account: AccountId): Promise<number> =>
  tx.run(sql`delete from referral.look where org_id = ${org} and referral_id = ${referral} and account_id = ${account}`)

export type ReasonCount = { readonly org: OrgId; readonly why: RejectReason; readonly count: number }

/** Returns by receiver and coded reason within a time; of every receiver when none is named. */
export const countReturns = (db: Queryable, receivers: readonly OrgId[] | null, from: Instant, until: Instant): Promise<ReasonCount[]> =>
  db.rows<ReasonCount>(sql`select org_id as org, why, count(*)::int as count from referral.return_reason
    where (${receivers}::bigint[] is null or org_id = any(${receivers}::bigint[])) and at >= ${from} and at < ${until}
    group by org_id, why order by org_id, why`)
