import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { AccountId, OrgId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import type { HitId, HitState, KeptHit } from './audit-rules.ts'
import type { AuditRuleId } from './rules/definitions.ts'
import type { RecoveryKind, RecoveryTransfer } from './rules/recovery.ts'
import type { AuditKind, ItemKnowledge } from './rules/facts.ts'

export type CatalogueItem = {
  readonly code: string
  readonly zh: string
  readonly en: string | null
  readonly from: Day
  readonly basis: string
  readonly knowledge: ItemKnowledge
}

const itemColumns = sql`code, zh, en, from_on as "from", basis, knowledge`

/** What the catalogue says on a day of some items; an item that it does not know is left out. */
export const itemsOn = (db: Queryable, codes: readonly string[], day: Day): Promise<CatalogueItem[]> =>
  db.rows<CatalogueItem>(sql`select distinct on (code) ${itemColumns} from audit_rules.item
    where code = any (${codes}::text[]) and from_on <= ${day} order by code, from_on desc`)

const ITEMS_MOST = 200

/** Items whose code or name holds a text, as they are on a day. */
export const searchItems = (db: Queryable, search: string, day: Day): Promise<CatalogueItem[]> =>
  db.rows<CatalogueItem>(sql`select distinct on (code) ${itemColumns} from audit_rules.item
    where from_on <= ${day} and (strpos(code, ${search}) > 0 or strpos(zh, ${search}) > 0 or strpos(lower(coalesce(en, '')), lower(${search})) > 0)
    order by code, from_on desc limit ${ITEMS_MOST}`)

/** Adds items; answers the codes that were there already from this day. */
export const saveItems = async (
  tx: Tx,
  items: readonly Omit<CatalogueItem, 'basis' | 'from'>[],
  of: { from: Day; basis: string; by: AccountId | null; at: Instant },
): Promise<void> =>
  void (await tx.run(sql`insert into audit_rules.item (code, from_on, zh, en, knowledge, basis, loaded_by, loaded_at)
    select code, ${of.from}, zh, en, knowledge, ${of.basis}, ${of.by}, ${of.at}
      from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as item (code text, zh text, en text, knowledge jsonb)`))

/** Which of some codes stand in the catalogue from a day on already. */
export const codesFrom = async (db: Queryable, codes: readonly string[], from: Day): Promise<string[]> =>
  (
    await db.rows<{ code: string }>(
      sql`select code from audit_rules.item where code = any (${codes}::text[]) and from_on = ${from} order by code`,
    )
  ).map(({ code }) => code)

export type Batch = {
  readonly name: string
  readonly stage: 'mid' | 'post'
  readonly day: Day
  readonly persons: number
  readonly lines: number
  readonly hits: number
  readonly rulebookHash: string
  readonly auditedAt: Instant
}

/** Adds a batch; false when there is one of this name. */
export const saveBatch = async (tx: Tx, one: Batch, by: AccountId | null): Promise<boolean> =>
  (await tx.run(sql`insert into audit_rules.batch (name, stage, on_day, persons, lines, hits, rulebook_hash, by_account, audited_at)
    values (${one.name}, ${one.stage}, ${one.day}, ${one.persons}, ${one.lines}, ${one.hits}, ${one.rulebookHash}, ${by}, ${one.auditedAt}) on conflict do nothing`)) ===
  1

const BATCHES_MOST = 50

/** The newest batches; or the one of a name. */
export const listBatches = (db: Queryable, name: string | null = null): Promise<Batch[]> =>
  db.rows<Batch>(sql`select name, stage, on_day as day, persons, lines, hits, rulebook_hash as "rulebookHash", audited_at as "auditedAt"
    from audit_rules.batch where ${name}::text is null or name = ${name} order by audited_at desc, name limit ${BATCHES_MOST}`)

const hitColumns = sql`org_id as org, id, batch, rule, kind, clause, person_id as person, person_ref as "personRef", amount_fen::float8 as "amountFen", evidence, stays,
  state, reply, decided_fen::float8 as "decidedFen", recovered_fen::float8 as "recoveredFen", is_fraud_case as "isFraudCase", note, decided_by as "decidedBy",
  due_at as "dueAt", found_on as "foundOn", found_at as "foundAt", changed_at as "changedAt"`

/** Adds the hits of a batch. */
export const saveHits = async (tx: Tx, hits: readonly KeptHit[]): Promise<void> => {
  if (hits.length === 0) return
  const rows = hits.map((hit) => ({ ...hit, found_at: hit.foundAt }))
  await tx.run(sql`insert into audit_rules.hit (org_id, id, batch, rule, kind, clause, person_id, person_ref, amount_fen, evidence, stays, state, note, found_on, found_at, changed_at)
    select org::bigint, id, batch, rule, kind, clause, person::bigint, "personRef", "amountFen", evidence, stays, state, note, "foundOn", "foundAt", "changedAt"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as hit (org text, id uuid, batch text, rule text, kind text, clause jsonb, person text, "personRef" text,
        "amountFen" bigint, evidence jsonb, stays jsonb, state text, note text, "foundOn" date, "foundAt" timestamptz, "changedAt" timestamptz)`)
}

/** Adds hits of one bill that were let through at the desk of an institution, to its batch of that day. */
export const saveDeskHits = async (
  tx: Tx,
  hits: readonly KeptHit[],
  of: { readonly lines: number; readonly by: AccountId | null },
): Promise<void> => {
  const [first] = hits
  if (first === undefined) return
  await tx.run(sql`insert into audit_rules.batch as b (name, stage, on_day, persons, lines, hits, rulebook_hash, by_account, audited_at)
    values (${first.batch}, 'mid', ${first.foundOn}, 1, ${of.lines}, ${hits.length}, ${first.clause.rulebookHash}, ${of.by}, ${first.foundAt})
    on conflict (name) do update set persons = b.persons + 1, lines = b.lines + excluded.lines, hits = b.hits + excluded.hits, audited_at = excluded.audited_at`)
  await saveHits(tx, hits)
}

/** A hit that somebody would move, locked; null when there is none. */
export const lockHit = (tx: Tx, org: OrgId, id: HitId): Promise<KeptHit | null> =>
  tx.row<KeptHit>(sql`select ${hitColumns} from audit_rules.hit where org_id = ${org} and id = ${id} for update`)

/** The same to look at. */
export const findHit = (db: Queryable, org: OrgId, id: HitId): Promise<KeptHit | null> =>
  db.row<KeptHit>(sql`select ${hitColumns} from audit_rules.hit where org_id = ${org} and id = ${id}`)

export type HitFilter = {
  readonly state?: HitState | undefined
  readonly kind?: AuditKind | undefined
  readonly rule?: AuditRuleId | undefined
  readonly org?: OrgId | undefined
  readonly stay?: string | undefined
  readonly isOverdue?: boolean | undefined
}

const wanted = ({
  state,
  kind,
  rule,
  org,
  stay,
  isOverdue,
}: HitFilter) => sql`(${state ?? null}::text is null or state = ${state ?? null})
  and (${kind ?? null}::text is null or kind = ${kind ?? null}) and (${rule ?? null}::text is null or rule = ${rule ?? null})
  and (${org ?? null}::bigint is null or org_id = ${org ?? null})
  and (${stay ?? null}::text is null or stays @> jsonb_build_array(jsonb_build_object('id', ${stay ?? null}::text)))
  and (${isOverdue ?? null}::boolean is distinct from true or (due_at < platform.jieli_now() and state not in ('closed', 'dropped')))`

/** A page of hits: what is due first, then the newest; after one of them. */
export const listHits = (
  db: Queryable,
  filter: HitFilter,
  after: { org: OrgId; id: HitId } | null,
  most: number,
): Promise<KeptHit[]> =>
  db.rows<KeptHit>(sql`select ${hitColumns} from audit_rules.hit h where ${wanted(filter)}
    and (${after?.id ?? null}::uuid is null or (coalesce(due_at, 'infinity'), org_id, id)
      > (select coalesce(due_at, 'infinity'), org_id, id from audit_rules.hit where org_id = ${after?.org ?? null}::bigint and id = ${after?.id ?? null}::uuid))
    order by coalesce(due_at, 'infinity'), org_id, id limit ${most}`)

export type HitCount = {
  readonly state: HitState
  readonly rule: AuditRuleId
  readonly hits: number
  readonly fen: number
  readonly recoveredFen: number
}

/** How many hits stand where, by rule, and what they are about. */
export const countHits = (db: Queryable, filter: HitFilter): Promise<HitCount[]> =>
  db.rows<HitCount>(sql`select state, rule, count(*)::int as hits, sum(amount_fen)::float8 as fen, coalesce(sum(recovered_fen), 0)::float8 as "recoveredFen"
    from audit_rules.hit h where ${wanted(filter)} group by 1, 2 order by 1, 2`)

/** What waits for somebody to act on it. */
export type WaitingHits = {
  /** That an institution has to answer, or the insurer to decide. */
  readonly waiting: number
  /** Of these, what is due soon, and what is late. */
  readonly near: number
  readonly late: number
  /** Of the insurer's, what the institution disagrees with. */
  readonly appealed: number
  readonly firstDueAt: Instant | null
}

/** What waits in a state, of one institution or of all; near: due before a moment. */
export const waitingHits = async (
  db: Queryable,
  of: { readonly state: HitState; readonly org: OrgId | null; readonly nearBefore: Instant; readonly now: Instant },
): Promise<WaitingHits> =>
  (await db.row<WaitingHits>(sql`select count(*)::int as waiting, count(*) filter (where due_at >= ${of.now} and due_at < ${of.nearBefore})::int as near,
      count(*) filter (where due_at < ${of.now})::int as late, count(*) filter (where reply = 'appealed')::int as appealed, min(due_at) as "firstDueAt"
    from audit_rules.hit where state = ${of.state} and (${of.org}::bigint is null or org_id = ${of.org}::bigint)`))!

/** What a move changes of a hit besides its state; what is left out stays. */
export type MovedHit = Partial<Pick<KeptHit, 'reply' | 'decidedFen' | 'recoveredFen' | 'isFraudCase' | 'note' | 'decidedBy'>>

/** A transfer as it is kept. */
export type KeptTransfer = RecoveryTransfer & { readonly at: Instant }

/** Books what a move of a hit comes to. */
export const saveTransfers = async (
  tx: Tx,
  { org, id }: Pick<KeptHit, 'org' | 'id'>,
  transfers: readonly RecoveryTransfer[],
  { by, at }: { readonly by: AccountId | null; readonly at: Instant },
): Promise<void> => {
  for (const { kind, postings } of transfers)
    await tx.run(sql`insert into audit_rules.transfer (org_id, hit_id, kind, accounts, fen, booked_by, booked_at)
      values (${org}, ${id}, ${kind}, ${postings.map(([account]) => account)}::text[], ${postings.map(([, fen]) => fen)}::bigint[], ${by}, ${at})`)
}

/** What was booked of a hit, in its order. */
export const transfersOf = async (db: Queryable, org: OrgId, id: HitId): Promise<KeptTransfer[]> => {
  const rows = await db.rows<{
    kind: RecoveryKind
    accounts: string[]
    fen: number[]
    at: Instant
  }>(sql`select kind, accounts, fen::float8[] as fen, booked_at as at
    from audit_rules.transfer where org_id = ${org} and hit_id = ${id} order by booked_at, array_position(array['decided', 'paid', 'waived', 'revoked'], kind)`)
  return rows.map(({ kind, accounts, fen, at }) => ({
    kind,
    at,
    postings: accounts.map((account, no) => [account, fen[no] ?? 0] as const),
  }))
}

/** Moves a hit on, with the moment until which the next has to be done. */
export const saveHitMove = async (
  tx: Tx,
  hit: KeptHit,
  to: { state: HitState; dueAt: Instant | null; moved: MovedHit; at: Instant },
): Promise<void> => {
  const next = { ...hit, ...to.moved }
  await tx.run(sql`update audit_rules.hit set state = ${to.state}, due_at = ${to.dueAt}, reply = ${next.reply}, decided_fen = ${next.decidedFen},
      recovered_fen = ${next.recoveredFen}, is_fraud_case = ${next.isFraudCase}, note = ${next.note}, decided_by = ${next.decidedBy}, changed_at = ${to.at}
    where org_id = ${hit.org} and id = ${hit.id}`)
}
