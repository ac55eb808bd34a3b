import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { AccountId, OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import type { EmergencyReason, SensitiveCategory } from './record-access.ts'

export type Emergency = {
  readonly person: PersonId
  readonly id: string
  readonly account: AccountId
  readonly by: string
  readonly org: OrgId
  readonly reason: EmergencyReason
  readonly note: string
  readonly openedAt: Instant
  readonly until: Instant
  readonly reviewBy: Day
  readonly escalatedAt: Instant | null
  readonly verdict: 'justified' | 'not-justified' | null
  readonly reviewNote: string | null
  readonly reviewedAt: Instant | null
}

const columns = sql`person_id as person, id, account_id as account, account_name as by, org_id as org, reason, note, opened_at as "openedAt", until_at as "until",
  review_by_on as "reviewBy", escalated_at as "escalatedAt", verdict, review_note as "reviewNote", reviewed_at as "reviewedAt"`
const LIST_MOST = 200

export const addEmergency = (tx: Tx, fresh: Emergency, role: string): Promise<number> =>
  tx.run(sql`insert into record_access.emergency (person_id, id, account_id, account_name, role, org_id, reason, note, opened_at, until_at, review_by_on)
    values (${fresh.person}, ${fresh.id}, ${fresh.account}, ${fresh.by}, ${role}, ${fresh.org}, ${fresh.reason}, ${fresh.note}, ${fresh.openedAt}, ${fresh.until}, ${fresh.reviewBy})`)

export const lockEmergency = (tx: Tx, person: string, id: string): Promise<Emergency | null> =>
  tx.row<Emergency>(sql`select ${columns} from record_access.emergency where person_id = ${person} and id = ${id} for update`)

/** Emergency accesses that wait for a review, those due first; or those reviewed, the newest first. `org`: of one institution only. */
export const emergencies = (db: Queryable, state: 'open' | 'reviewed', org: OrgId | null): Promise<Emergency[]> =>
  state === 'open'
    ? db.rows<Emergency>(
        sql`select ${columns} from record_access.emergency where verdict is null and (${org}::bigint is null or org_id = ${org}) order by review_by_on, opened_at limit ${LIST_MOST}`,
      )
    : db.rows<Emergency>(
        sql`select ${columns} from record_access.emergency where verdict is not null and (${org}::bigint is null or org_id = ${org}) order by reviewed_at desc limit ${LIST_MOST}`,
      )

export const emergenciesOf = (db: Queryable, persons: readonly PersonId[]): Promise<Emergency[]> =>
  db.rows<Emergency>(
    sql`select ${columns} from record_access.emergency where person_id = any(${persons}::bigint[]) order by opened_at desc limit ${LIST_MOST}`,
  )

/** A verdict stands; access that was not justified ends with it. */
export const saveReview = (
  tx: Tx,
  { person, id }: Emergency,
  of: { verdict: string; note: string; at: Instant; by: AccountId | null },
): Promise<number> =>
  tx.run(sql`update record_access.emergency set verdict = ${of.verdict}, review_note = ${of.note}, reviewed_at = ${of.at}, reviewed_by = ${of.by},
      until_at = case when ${of.verdict} = 'justified' then until_at else greatest(least(until_at, ${of.at}), opened_at + interval '1 millisecond') end
    where person_id = ${person} and id = ${id}`)

export const saveEscalation = (tx: Tx, { person, id }: Emergency, at: Instant): Promise<number> =>
  tx.run(sql`update record_access.emergency set escalated_at = ${at} where person_id = ${person} and id = ${id}`)

export type Opening = {
  readonly person: PersonId
  readonly id: string
  readonly account: AccountId
  readonly org: OrgId
  readonly category: SensitiveCategory | 'all'
  readonly reason: string
  readonly at: Instant
  readonly until: Instant
}
export const addOpening = (tx: Tx, one: Opening): Promise<number> =>
  tx.run(sql`insert into record_access.opening (person_id, id, account_id, org_id, category, reason, opened_at, until_at)
    values (${one.person}, ${one.id}, ${one.account}, ${one.org}, ${one.category}, ${one.reason}, ${one.at}, ${one.until})`)
