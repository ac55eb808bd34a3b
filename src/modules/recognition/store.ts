import type { Day } from '../../kernel/day.ts'
import type { AccountId, OrgId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import { REGION } from '../../platform/register.ts'
import type { Decided, DecisionKind, Mark, RepeatReason } from './recognition.ts'
import type { ItemBody } from './registers.ts'

/** The item of a code on a day; null when the catalogue has none. */
export const findItem = async (db: Queryable, code: string, day: Day): Promise<ItemBody | null> => {
  const row = await db.row<{
    body: ItemBody
  }>(sql`select body from platform.register_entry where org_id = ${REGION} and kind = 'recognition.item' and entry_id = ${code}
    and state = 'in-force' and from_on <= ${day} and (until_on is null or until_on > ${day})`)
  return row?.body ?? null
}

/** Items of the catalogue on a day whose code or name holds a text. */
export const itemsOn = async (db: Queryable, text: string, day: Day): Promise<ItemBody[]> => {
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await db.rows<{
    body: ItemBody
  }>(sql`select body from platform.register_entry where org_id = ${REGION} and kind = 'recognition.item' and state = 'in-force'
      and from_on <= ${day} and (until_on is null or until_on > ${day})
      and (entry_id ilike ${like} or body->>'zh' like ${like} or body->>'en' ilike ${like}) order by entry_id limit 300`)
  return rows.map(({ body }) => body)
}

/** All marks that institutions have or had for an item; which was valid when is asked of each. */
export const marksOf = (db: Queryable, item: string, institutions: readonly OrgId[]): Promise<Mark[]> =>
  db.rows<Mark>(sql`select body->>'institution' as institution, body->>'item' as item, body->>'scope' as scope, from_on::text as "from", until_on::text as "until",
      body->>'certificate' as certificate from platform.register_entry
    where org_id = ${REGION} and kind = 'recognition.mark' and state = 'in-force' and body->>'item' = ${item} and body->>'institution' = any(${institutions}::text[])`)

export type NewDecision = Decided & { readonly performer: OrgId | null; readonly by: AccountId | null; readonly on: Day }

export const saveDecision = (tx: Tx, one: NewDecision): Promise<number> =>
  tx.run(sql`insert into recognition.decision (org_id, id, person_id, item, site, decision, matched, performer_org, reason, note, saved_fen, by_account, decided_at, decided_on)
    values (${one.org}, ${one.id}, ${one.person}, ${one.item}, ${one.site}, ${one.decision}, ${one.matched}, ${one.performer}, ${one.reason}, ${one.note}, ${one.savedFen},
      ${one.by}, ${one.at}, ${one.on})`)

/** Decisions counted as measures are drawn from them. */
export type DecisionCount = {
  readonly org: OrgId
  readonly month: string
  readonly item: string
  readonly decision: DecisionKind
  readonly reason: RepeatReason | null
  readonly count: number
  readonly savedFen: number
}

/** Decisions of institutions (all: null) from a day until before another, counted. */
export const countDecisions = (db: Queryable, orgs: readonly OrgId[] | null, from: Day, until: Day): Promise<DecisionCount[]> =>
  db.rows<DecisionCount>(sql`select org_id as org, to_char(decided_on, 'YYYY-MM') as month, item, decision, reason, count(*)::int as count, sum(saved_fen)::float8 as "savedFen"
    from recognition.decision where decided_on >= ${from} and decided_on < ${until} and (${orgs}::bigint[] is null or org_id = any(${orgs}::bigint[]))
    group by org_id, month, item, decision, reason`)
