import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import { Refused, type Act } from '../../platform/forms/form.ts'
import { entriesOn } from '../../platform/register-store.ts'
import type { ReferralId } from '../referral/index.ts'
import type { Attestation, Readiness } from './continuity.ts'

/** What doctors stated about persons. */
export const attestationsOf = (db: Queryable, persons: readonly PersonId[]): Promise<(Attestation & { person: PersonId })[]> =>
  db.rows(sql`select person_id as person, criterion, state, note, at, by_name as by from continuity.attestation
    where person_id = any(${persons}::bigint[]) order by at`)

export type NewAttestation = Omit<Attestation, 'at' | 'by'> & {
  readonly person: PersonId
  readonly id: string
  readonly org: OrgId
}

export const addAttestation = async (tx: Tx, fresh: NewAttestation, act: Act): Promise<void> => {
  await tx.run(sql`insert into continuity.attestation (person_id, id, org_id, criterion, state, note, at, by_account, by_name)
    values (${fresh.person}, ${fresh.id}, ${fresh.org}, ${fresh.criterion}, ${fresh.state}, ${fresh.note}, ${act.now}, ${act.actor.account},
      ${JSON.stringify(act.actor.name)})`)
}

const columns = sql`q.org_id as org, q.id, q.version, q.person_id as person, q.case_org as "caseOrg", q.referral_id as referral, q.receiver_org as receiver, q.disease,
  q.state, q.items, q.note, q.asked_at as "askedAt", q.asked_by as "askedBy", q.due_at as "dueAt", q.escalations, q.answered_at as "answeredAt",
  q.answered_by as "answeredBy", q.rulebook_hash as "rulebookHash"`

export const findReadiness = (db: Queryable, id: string): Promise<Readiness | null> =>
  db.row<Readiness>(sql`select ${columns} from continuity.readiness q where q.id = ${id}`)

export const lockReadiness = async (tx: Tx, id: string): Promise<Readiness | null> => {
  const key = await tx.row<{ org: OrgId }>(sql`select org_id as org from continuity.readiness where id = ${id}`)
  return (
    key &&
    tx.row<Readiness>(sql`select ${columns} from continuity.readiness q where q.org_id = ${key.org} and q.id = ${id} for update`)
  )
}

/** Questions about persons, newest first. */
export const readinessOf = (db: Queryable, persons: readonly PersonId[]): Promise<Readiness[]> =>
  db.rows<Readiness>(
    sql`select ${columns} from continuity.readiness q where q.person_id = any(${persons}::bigint[]) and q.state <> 'ended' order by q.asked_at desc`,
  )

/** Open questions about a person, locked. */
export const lockAsked = (tx: Tx, persons: readonly PersonId[]): Promise<Readiness[]> =>
  tx.rows<Readiness>(
    sql`select ${columns} from continuity.readiness q where q.person_id = any(${persons}::bigint[]) and q.state = 'asked' for update`,
  )

/** Questions to an institution: open ones by their time, answered ones newest first. */
export const questionsTo = (db: Queryable, org: OrgId, which: 'open' | 'answered'): Promise<Readiness[]> =>
  which === 'open'
    ? db.rows<Readiness>(
        sql`select ${columns} from continuity.readiness q where q.receiver_org = ${org} and q.state = 'asked' order by q.due_at, q.id limit 100`,
      )
    : db.rows<Readiness>(
        sql`select ${columns} from continuity.readiness q where q.receiver_org = ${org} and q.state = 'answered' order by q.answered_at desc, q.id limit 100`,
      )

/** Adds a question, or writes its next version; a version that somebody else has written meanwhile is a lost race. */
export const saveReadiness = async (tx: Tx, q: Readiness): Promise<void> => {
  const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))
  const written =
    await tx.run(sql`insert into continuity.readiness (org_id, id, version, person_id, case_org, referral_id, receiver_org, disease, state, items, note,
      asked_at, asked_by, due_at, escalations, answered_at, answered_by, rulebook_hash)
    values (${q.org}, ${q.id}, ${q.version}, ${q.person}, ${q.caseOrg}, ${q.referral}, ${q.receiver}, ${q.disease}, ${q.state}, ${json(q.items)}, ${q.note},
      ${q.askedAt}, ${json(q.askedBy)}, ${q.dueAt}, ${q.escalations}, ${q.answeredAt}, ${json(q.answeredBy)}, ${q.rulebookHash})
    on conflict (org_id, id) do update set version = excluded.version, state = excluded.state, items = excluded.items, note = excluded.note,
      due_at = excluded.due_at, escalations = excluded.escalations, answered_at = excluded.answered_at, answered_by = excluded.answered_by
      where readiness.version = excluded.version - 1`)
  if (written === 0) throw new Refused('platform.busy')
}

/** Codes of the supplies that an institution has in stock on a day. */
export const suppliesOf = async (db: Queryable, org: OrgId, day: Day): Promise<Set<string>> => {
  const entries = await entriesOn<{ code: string }>(db, [org], 'continuity.supply', day)
  return new Set(entries.filter(({ state }) => state === 'in-force').map(({ body }) => body.code))
}

/** When the persons of cases arrived. */
export const arrivalsOf = async (
  db: Queryable,
  cases: readonly { org: OrgId; id: ReferralId }[],
): Promise<Map<ReferralId, Instant>> => {
  const rows = await db.rows<{
    id: ReferralId
    at: Instant
  }>(sql`select e.case_id as id, min(e.occurred_at) as at from platform.trace_event e
    join unnest(${cases.map(({ org }) => org)}::bigint[], ${cases.map(({ id }) => id)}::uuid[]) as wanted (org, id) on e.org_id = wanted.org and e.case_id = wanted.id
    where e.type = 'referral.arrived' group by e.case_id`)
  return new Map(rows.map(({ id, at }) => [id, at]))
}

export type HandOver = {
  readonly org: OrgId
  readonly referral: ReferralId
  readonly readiness: Pick<Readiness, 'org' | 'id'> | null
  readonly withoutAnswer: string | null
  readonly plan: string | null
}

/** How a case went home; a second hand over of one case writes over the first, which stays in the trace. */
export const saveHandOver = async (tx: Tx, one: HandOver, act: Act): Promise<void> => {
  await tx.run(sql`insert into continuity.hand_over (org_id, referral_id, readiness_org, readiness_id, without_answer, plan_id, at, by_name)
    values (${one.org}, ${one.referral}, ${one.readiness?.org ?? null}, ${one.readiness?.id ?? null}, ${one.withoutAnswer}, ${one.plan}, ${act.now}, ${JSON.stringify(act.actor.name)})
    on conflict (org_id, referral_id) do update set readiness_org = excluded.readiness_org, readiness_id = excluded.readiness_id,
      without_answer = excluded.without_answer, plan_id = excluded.plan_id, at = excluded.at, by_name = excluded.by_name`)
}

export const findHandOver = (
  db: Queryable,
  org: OrgId,
  referral: ReferralId,
): Promise<{ readiness: string | null; withoutAnswer: string | null } | null> =>
  db.row(
    sql`select readiness_id as readiness, without_answer as "withoutAnswer" from continuity.hand_over where org_id = ${org} and referral_id = ${referral}`,
  )
