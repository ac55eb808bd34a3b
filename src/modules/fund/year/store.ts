import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { HeadKey, HitKey } from '../fund.ts'
import type { Assessed, Recovery, Spend, SpendSum, YearClose } from './year.ts'

/** One look at what a bill costs at a time, so that an older one never writes over a newer. Until the transaction ends. */
export const lockSpend = (tx: Tx, bill: string): Promise<unknown> =>
  tx.row(sql`select pg_advisory_xact_lock(hashtextextended('fund.spend ' || ${bill}, 0)) is null as locked`)

/** The note of a bill, whichever consortium pays it; null when there is none. */
export const notedSpend = (db: Queryable, billOrg: OrgId, bill: string): Promise<Spend | null> =>
  db.row<Spend>(sql`select org_id as org, bill_org as "billOrg", bill_id as bill, year, month, institution_id as institution, fen::float8 as fen
    from fund.spend where bill_org = ${billOrg} and bill_id = ${bill}`)

/** Notes what a bill costs as it stands now. */
export const noteSpend = async (tx: Tx, one: Spend, at: Instant): Promise<void> => {
  await tx.run(sql`insert into fund.spend (org_id, bill_org, bill_id, year, month, institution_id, fen, noted_at)
    values (${one.org}, ${one.billOrg}, ${one.bill}, ${one.year}, ${one.month}, ${one.institution}, ${one.fen}, ${at})
    on conflict (org_id, bill_org, bill_id) do update set fen = excluded.fen, noted_at = excluded.noted_at`)
}

/** Settled spend of a consortium-year by month and member. */
export const spendOf = (db: Queryable, org: OrgId, year: number): Promise<SpendSum[]> =>
  db.rows<SpendSum>(sql`select month, institution_id as institution, sum(fen)::float8 as fen from fund.spend
    where org_id = ${org} and year = ${year} group by 1, 2 order by 1, 2`)

/** What of it the books have, by month and member, also where a later year took it up. */
export const takenUpOf = (db: Queryable, org: OrgId, year: number): Promise<SpendSum[]> =>
  db.rows<SpendSum>(sql`select coalesce(of_month, month) as month, institution_id as institution, sum(fen[2])::float8 as fen from fund.transfer
    where org_id = ${org} and source = 'settled' and (of_year = ${year} or (of_year is null and year = ${year})) group by 1, 2 order by 1, 2`)

/** The note of a hit, whichever consortium's budget it is of; null when there is none. */
export const notedRecovery = (db: Queryable, hitOrg: OrgId, hit: string): Promise<Recovery | null> =>
  db.row<Recovery>(sql`select org_id as org, hit_org as "hitOrg", hit_id as hit, year, month, institution_id as institution, fen::float8 as fen, bill_id as bill
    from fund.recovery where hit_org = ${hitOrg} and hit_id = ${hit}`)

/** Notes what a hit brings back as it stands now. */
export const noteRecovery = async (tx: Tx, one: Recovery, at: Instant): Promise<void> => {
  await tx.run(sql`insert into fund.recovery (org_id, hit_org, hit_id, year, month, institution_id, fen, bill_id, noted_at)
    values (${one.org}, ${one.hitOrg}, ${one.hit}, ${one.year}, ${one.month}, ${one.institution}, ${one.fen}, ${one.bill}, ${at})
    on conflict (org_id, hit_org, hit_id) do update set fen = excluded.fen, noted_at = excluded.noted_at`)
}

/** Hits of a year's bills whose books lack what they bring back, or have too much of it: as a change of the spend, fen. */
export const lackingRecoveries = (db: Queryable, org: OrgId, year: number): Promise<(SpendSum & { readonly hit: HitKey })[]> =>
  db.rows<
    SpendSum & { readonly hit: HitKey }
  >(sql`select month, institution_id as institution, (booked.fen - r.fen)::float8 as fen,
      jsonb_build_object('org', r.hit_org::text, 'id', r.hit_id) as hit
    from fund.counted_recovery r cross join lateral (select coalesce(sum(case t.kind when 'deduct' then t.fen[2] else -t.fen[2] end), 0) as fen
      from fund.transfer t where t.org_id = r.org_id and t.hit_org = r.hit_org and t.hit_id = r.hit_id) booked
    where r.org_id = ${org} and r.year = ${year} and booked.fen <> r.fen order by month, r.hit_org, r.hit_id`)

/**
 * Closed contracts by the head of some institutions and a year that no books have: what is kept of a surplus, or below zero what is borne of
 * an overrun. They are of the last month. Fen.
 */
export const lackingHeads = (
  db: Queryable,
  members: readonly OrgId[],
  year: number,
): Promise<(SpendSum & { readonly head: HeadKey })[]> =>
  db.rows(sql`select 12 as month, c.org_id as institution, r.fen::float8 as fen, jsonb_build_object('org', c.org_id::text, 'id', c.id) as head
    from fund.head_contract c cross join lateral (select (c.result->>'keptFen')::bigint - (c.result->>'borneFen')::bigint as fen) r
    where c.org_id = any(${members}::bigint[]) and c.year = ${year} and c.state = 'closed' and r.fen <> 0
      and not exists (select from fund.transfer t where t.head_org = c.org_id and t.head_id = c.id)
    order by c.org_id, c.id`)

/** The years of a consortium that have a budget, and which of them are closed. */
export const budgetYearsOf = (db: Queryable, org: OrgId): Promise<{ readonly year: number; readonly isClosed: boolean }[]> =>
  db.rows<{ readonly year: number; readonly isClosed: boolean }>(sql`select year, exists (select from fund.year_close c
      where c.org_id = b.org_id and c.year = b.year and c.state = 'decided') as "isClosed"
    from fund.budget b where org_id = ${org} order by year`)

/** What later years took up of a closed year's bills, by the year that did. */
export const carriedOf = (db: Queryable, org: OrgId, year: number): Promise<{ readonly year: number; readonly fen: number }[]> =>
  db.rows<{ readonly year: number; readonly fen: number }>(sql`select year, sum(fen[2])::float8 as fen from fund.transfer
    where org_id = ${org} and of_year = ${year} group by 1 order by 1`)

export const saveAssessed = (tx: Tx, one: Assessed): Promise<number> =>
  tx.run(sql`insert into fund.assessed (org_id, id, year, indicator, value, evidence, steps, entered_by, entered_at)
    values (${one.org}, ${one.id}, ${one.year}, ${one.indicator}, ${one.value}, ${one.evidence}, ${one.steps && JSON.stringify(one.steps)}, ${one.by}, ${one.at})`)

/** The newest value of each indicator of a year. */
export const assessedOf = (db: Queryable, org: OrgId, year: number): Promise<Assessed[]> =>
  db.rows<Assessed>(sql`select distinct on (indicator) org_id as org, id, year, indicator, value, evidence, steps, entered_by as by, entered_at as at
    from fund.assessed where org_id = ${org} and year = ${year} order by indicator, entered_at desc, id desc`)

const closeColumns = sql`org_id as org, id, year, state, budget_fen::float8 as "budgetFen", spent_fen::float8 as "spentFen", score, share,
  kept_fen::float8 as "keptFen", pool_bears_fen::float8 as "poolBearsFen", network_bears_fen::float8 as "networkBearsFen", steps, parts,
  rulebook_hash as "rulebookHash", proposed_by as "proposedBy", proposed_at as "proposedAt", objection, objected_at as "objectedAt",
  decided_by as "decidedBy", decided_at as "decidedAt", decided_because as "decidedBecause"`

export const findClose = (db: Queryable, org: OrgId, id: string): Promise<YearClose | null> =>
  db.row<YearClose>(sql`select ${closeColumns} from fund.year_close where org_id = ${org} and id = ${id}`)

/** The close of a year that stands or is decided, else the newest that was returned. */
export const closeOf = (db: Queryable, org: OrgId, year: number): Promise<YearClose | null> =>
  db.row<YearClose>(sql`select ${closeColumns} from fund.year_close where org_id = ${org} and year = ${year}
    order by state = 'returned', proposed_at desc, id limit 1`)

export const isClosed = async (db: Queryable, org: OrgId, year: number): Promise<boolean> =>
  (await db.row(sql`select 1 from fund.year_close where org_id = ${org} and year = ${year} and state = 'decided'`)) !== null

/** Adds a proposed close; false when one of the year stands. */
export const saveClose = async (tx: Tx, one: YearClose): Promise<boolean> =>
  (await tx.run(sql`insert into fund.year_close (org_id, id, year, state, budget_fen, spent_fen, score, share, kept_fen, pool_bears_fen, network_bears_fen, steps, parts,
      rulebook_hash, proposed_by, proposed_at)
    values (${one.org}, ${one.id}, ${one.year}, ${one.state}, ${one.budgetFen}, ${one.spentFen}, ${one.score}, ${one.share}, ${one.keptFen}, ${one.poolBearsFen},
      ${one.networkBearsFen}, ${JSON.stringify(one.steps)}, ${JSON.stringify(one.parts)}, ${one.rulebookHash}, ${one.proposedBy}, ${one.proposedAt})
    on conflict do nothing`)) === 1

type Word = {
  readonly org: OrgId
  readonly id: string
  readonly because: string
  readonly by: AccountId | null
  readonly at: Instant
}

/** Keeps what the lead says against a proposed close; false when it is decided or returned. */
export const saveObjection = async (tx: Tx, one: Word): Promise<boolean> =>
  (await tx.run(sql`update fund.year_close set objection = ${one.because}, objected_by = ${one.by}, objected_at = ${one.at}
    where org_id = ${one.org} and id = ${one.id} and state = 'proposed'`)) === 1

/** Decides or returns a proposed close; false when that was done already. */
export const decideClose = async (tx: Tx, one: Word & { readonly state: 'decided' | 'returned' }): Promise<boolean> =>
  (await tx.run(sql`update fund.year_close set state = ${one.state}, decided_by = ${one.by}, decided_at = ${one.at}, decided_because = ${one.because}
    where org_id = ${one.org} and id = ${one.id} and state = 'proposed'`)) === 1
