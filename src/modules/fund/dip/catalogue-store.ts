import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { ClearedPart, KeptCatalogue, KeptClearing, KeptGroup } from './dip.ts'
import type { Pricing } from '../rules/dip/score.ts'

const catalogueColumns = sql`id, year, state, terms, cases, groups, core, cut, mean_fen as "meanFen", past, point_fen::float8 as "pointFen", levels, hash,
  rulebook_hash as "rulebookHash", built_by as "builtBy", built_at as "builtAt", decided_by as "decidedBy", decided_at as "decidedAt",
  decided_because as "decidedBecause"`
const groupColumns = sql`key, zh, kind, cases, cases_cut as "casesCut", mean_fen as "meanFen", score_e4::float8 as "scoreE4", pricing,
  pricing_because as "pricingBecause"`

export const findCatalogue = (db: Queryable, id: string): Promise<KeptCatalogue | null> =>
  db.row<KeptCatalogue>(sql`select ${catalogueColumns} from fund.dip_catalogue where id = ${id}`)

/** The catalogue that a year is priced by; null when none is published. */
export const publishedFor = (db: Queryable, year: number): Promise<KeptCatalogue | null> =>
  db.row<KeptCatalogue>(sql`select ${catalogueColumns} from fund.dip_catalogue where year = ${year} and state = 'published'`)

/** The newest catalogues, drafts and dropped ones too. */
export const newestCatalogues = (db: Queryable, most: number): Promise<KeptCatalogue[]> =>
  db.rows<KeptCatalogue>(
    sql`select ${catalogueColumns} from fund.dip_catalogue order by year desc, built_at desc, id limit ${most}`,
  )

export const saveCatalogue = async (tx: Tx, one: KeptCatalogue, groups: readonly KeptGroup[]): Promise<void> => {
  await tx.run(sql`insert into fund.dip_catalogue (id, year, state, terms, cases, groups, core, cut, mean_fen, past, point_fen, levels, hash, rulebook_hash, built_by,
      built_at) values (${one.id}, ${one.year}, ${one.state}, ${JSON.stringify(one.terms)}, ${one.cases}, ${one.groups}, ${one.core}, ${one.cut}, ${one.meanFen},
      ${JSON.stringify(one.past)}, ${one.pointFen}, ${JSON.stringify(one.levels)}, ${one.hash}, ${one.rulebookHash}, ${one.builtBy}, ${one.builtAt})`)
  await tx.run(sql`insert into fund.dip_group (catalogue_id, key, zh, kind, cases, cases_cut, mean_fen, score_e4, pricing, pricing_because)
    select ${one.id}, key, zh, kind, cases, "casesCut", "meanFen", "scoreE4", pricing, "pricingBecause" from jsonb_to_recordset(${JSON.stringify(groups)}::jsonb)
      as r (key text, zh text, kind text, cases int[], "casesCut" int, "meanFen" float8, "scoreE4" bigint, pricing text, "pricingBecause" text)`)
}

type Decided = {
  readonly id: string
  readonly state: string
  readonly by: AccountId | null
  readonly at: Instant
  readonly because: string
}

/** Publishes or drops a draft; false when it is none any more. */
export const decideCatalogue = async (tx: Tx, one: Decided): Promise<boolean> =>
  (await tx.run(sql`update fund.dip_catalogue set state = ${one.state}, decided_by = ${one.by}, decided_at = ${one.at}, decided_because = ${one.because}
    where id = ${one.id} and state = 'draft'`)) === 1

/** Prices a group of a draft; `because` is null where the hospital's coefficient counts. */
export const priceGroup = (tx: Tx, catalogue: string, key: string, pricing: Pricing, because: string | null): Promise<number> =>
  tx.run(
    sql`update fund.dip_group set pricing = ${pricing}, pricing_because = ${because} where catalogue_id = ${catalogue} and key = ${key}`,
  )

export const findGroup = (db: Queryable, catalogue: string, key: string): Promise<KeptGroup | null> =>
  db.row<KeptGroup>(sql`select ${groupColumns} from fund.dip_group where catalogue_id = ${catalogue} and key = ${key}`)

/** All groups of a catalogue, for grouping by. */
export const groupsOf = (db: Queryable, catalogue: string): Promise<KeptGroup[]> =>
  db.rows<KeptGroup>(sql`select ${groupColumns} from fund.dip_group where catalogue_id = ${catalogue}`)

/** Groups whose code begins with a text or whose name holds it, by their keys. */
export const findGroups = (
  db: Queryable,
  of: {
    readonly catalogue: string
    readonly text: string
    readonly kind: string | null
    readonly pricing: string | null
    readonly after: string
  },
  most: number,
): Promise<KeptGroup[]> =>
  db.rows<KeptGroup>(sql`select ${groupColumns} from fund.dip_group where catalogue_id = ${of.catalogue} and key > ${of.after}
    and (${of.text} = '' or starts_with(lower(key), lower(${of.text})) or strpos(zh, ${of.text}) > 0)
    and (${of.kind}::text is null or kind = ${of.kind}) and (${of.pricing}::text is null or pricing = ${of.pricing}) order by key limit ${most}`)

const clearingColumns = sql`id, year, state, fund_fen::float8 as "fundFen", reserve_fen::float8 as "reserveFen", basis, terms, point_fen::float8 as "pointFen",
  paid_fen::float8 as "paidFen", left_fen::float8 as "leftFen", steps, rulebook_hash as "rulebookHash", proposed_by as "proposedBy",
  proposed_at as "proposedAt", decided_by as "decidedBy", decided_at as "decidedAt", decided_because as "decidedBecause"`

export const findClearing = (db: Queryable, id: string): Promise<KeptClearing | null> =>
  db.row<KeptClearing>(sql`select ${clearingColumns} from fund.dip_clearing where id = ${id}`)

/** The newest clearing of a year, whatever became of it. */
export const newestClearing = (db: Queryable, year: number): Promise<KeptClearing | null> =>
  db.row<KeptClearing>(
    sql`select ${clearingColumns} from fund.dip_clearing where year = ${year} order by state = 'returned', proposed_at desc, id limit 1`,
  )

/** Whether a year's clearing is decided. */
export const isCleared = async (db: Queryable, year: number): Promise<boolean> =>
  (await db.row(sql`select 1 from fund.dip_clearing where year = ${year} and state = 'decided'`)) !== null

export const saveClearing = async (tx: Tx, one: KeptClearing, parts: readonly ClearedPart[]): Promise<boolean> => {
  const added =
    await tx.run(sql`insert into fund.dip_clearing (id, year, state, fund_fen, reserve_fen, basis, terms, point_fen, paid_fen, left_fen, steps, rulebook_hash, proposed_by,
      proposed_at) values (${one.id}, ${one.year}, ${one.state}, ${one.fundFen}, ${one.reserveFen}, ${one.basis}, ${JSON.stringify(one.terms)}, ${one.pointFen},
      ${one.paidFen}, ${one.leftFen}, ${JSON.stringify(one.steps)}, ${one.rulebookHash}, ${one.proposedBy}, ${one.proposedAt}) on conflict do nothing`)
  if (added === 0) return false
  await tx.run(sql`insert into fund.dip_cleared (org_id, clearing_id, cases, score_e4, cost_fen, claimed_fen, prepaid_fen, assessment, due_fen, paid_fen, kept_fen,
      balance_fen, steps)
    select org, ${one.id}, cases, "scoreE4", "costFen", "claimedFen", "prepaidFen", assessment, "dueFen", "paidFen", "keptFen", "balanceFen", steps
    from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as r (org bigint, cases int, "scoreE4" bigint, "costFen" bigint, "claimedFen" bigint,
      "prepaidFen" bigint, assessment int, "dueFen" bigint, "paidFen" bigint, "keptFen" bigint, "balanceFen" bigint, steps jsonb)`)
  return true
}

/** Decides a proposed clearing or returns it; false when that was done already. */
export const decideClearing = async (tx: Tx, one: Decided): Promise<boolean> =>
  (await tx.run(sql`update fund.dip_clearing set state = ${one.state}, decided_by = ${one.by}, decided_at = ${one.at}, decided_because = ${one.because}
    where id = ${one.id} and state = 'proposed'`)) === 1

/** The hospitals' parts of a clearing; of one, or of all. */
export const partsOf = (db: Queryable, clearing: string, org: OrgId | null): Promise<ClearedPart[]> =>
  db.rows<ClearedPart>(sql`select org_id as org, cases, score_e4::float8 as "scoreE4", cost_fen::float8 as "costFen", claimed_fen::float8 as "claimedFen",
      prepaid_fen::float8 as "prepaidFen", assessment, due_fen::float8 as "dueFen", paid_fen::float8 as "paidFen", kept_fen::float8 as "keptFen",
      balance_fen::float8 as "balanceFen", steps
    from fund.dip_cleared where clearing_id = ${clearing} and (${org}::bigint is null or org_id = ${org}) order by paid_fen desc, org_id`)
