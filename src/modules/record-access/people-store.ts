import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { AccountId, OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import type { Basis } from './record-access.ts'

export type Representative = {
  readonly person: PersonId
  readonly id: string
  readonly by: PersonId
  readonly kind: 'guardian' | 'proxy'
  readonly document: string
  readonly from: Day
  readonly until: Day | null
  readonly endedAt: Instant | null
}

const columns = sql`person_id as person, id, by_person_id as by, kind, document, from_on as "from", until_on as "until", ended_at as "endedAt"`

export const addRepresentative = (
  tx: Tx,
  one: Representative,
  at: Instant,
  by: AccountId | null,
  org: OrgId | null,
): Promise<number> =>
  tx.run(sql`insert into record_access.representative (person_id, id, by_person_id, kind, document, from_on, until_on, registered_at, registered_by, registered_org)
    values (${one.person}, ${one.id}, ${one.by}, ${one.kind}, ${one.document}, ${one.from}, ${one.until}, ${at}, ${by}, ${org})`)

export const representativesOf = (db: Queryable, persons: readonly PersonId[]): Promise<Representative[]> =>
  db.rows<Representative>(
    sql`select ${columns} from record_access.representative where person_id = any(${persons}::bigint[]) order by registered_at desc`,
  )

export const lockRepresentative = (tx: Tx, persons: readonly PersonId[], id: string): Promise<Representative | null> =>
  tx.row<Representative>(
    sql`select ${columns} from record_access.representative where person_id = any(${persons}::bigint[]) and id = ${id} for update`,
  )

export const saveEnd = (tx: Tx, { person, id }: Representative, at: Instant, because: string): Promise<number> =>
  tx.run(
    sql`update record_access.representative set ended_at = ${at}, ended_because = ${because} where person_id = ${person} and id = ${id}`,
  )

/** Persons for whom the acting resident may act today. */
export const representedBy = (db: Queryable, by: PersonId): Promise<{ person: PersonId; kind: 'guardian' | 'proxy' }[]> =>
  db.rows(sql`select person_id as person, kind from record_access.represented(${by})`)

export type Question = {
  readonly person: PersonId
  readonly id: string
  readonly auditOrg: OrgId
  readonly look: string
  readonly asks: string
  readonly askedAt: Instant
  readonly answerBy: Day
  readonly answer: string | null
  readonly answeredAt: Instant | null
}
/** What the audit says of the look that a question is about. */
/** A question with the look that it is about, and the ground on which that look was let through. */
export type Asked = Question & {
  readonly lookedAt: Instant | null
  readonly form: string | null
  readonly basis: string | null
  readonly lawful: Basis | null
}

const questionColumns = sql`q.person_id as person, q.id, q.audit_org as "auditOrg", q.audit_id as look, q.asks, q.asked_at as "askedAt", q.answer_by_on as "answerBy",
  q.answer, q.answered_at as "answeredAt"`
const LIST_MOST = 200

/** Whether a look stands in the audit of one of some persons. */
export const isLookAt = async (db: Queryable, persons: readonly PersonId[], org: string, look: string): Promise<boolean> =>
  (await db.row(
    sql`select 1 from platform.audit where org_id = ${org} and id = ${look} and person_id = any(${persons}::bigint[])`,
  )) !== null

export const addQuestion = (tx: Tx, one: Question): Promise<number> =>
  tx.run(sql`insert into record_access.question (person_id, id, audit_org, audit_id, asks, asked_at, answer_by_on)
    values (${one.person}, ${one.id}, ${one.auditOrg}, ${one.look}, ${one.asks}, ${one.askedAt}, ${one.answerBy}) on conflict (person_id, audit_org, audit_id) do nothing`)

const looked = sql`(record_access.look_of(q.audit_org, q.audit_id)).*`

export const questions = (db: Queryable, state: 'open' | 'answered'): Promise<Asked[]> =>
  db.rows<Asked>(
    sql`select ${questionColumns}, ${looked} from record_access.question q where (q.answer is null) = ${state === 'open'} order by q.answer_by_on, q.asked_at limit ${LIST_MOST}`,
  )

export const questionsOf = (db: Queryable, persons: readonly PersonId[]): Promise<Asked[]> =>
  db.rows<Asked>(
    sql`select ${questionColumns}, ${looked} from record_access.question q where q.person_id = any(${persons}::bigint[]) order by q.asked_at desc limit ${LIST_MOST}`,
  )

export const lockQuestion = (tx: Tx, person: string, id: string): Promise<Question | null> =>
  tx.row<Question>(
    sql`select ${questionColumns} from record_access.question q where q.person_id = ${person} and q.id = ${id} for update`,
  )

export const saveAnswer = (
  tx: Tx,
  { person, id }: Question,
  answer: string,
  at: Instant,
  by: AccountId | null,
): Promise<number> =>
  tx.run(
    sql`update record_access.question set answer = ${answer}, answered_at = ${at}, answered_by = ${by} where person_id = ${person} and id = ${id}`,
  )
