import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { HeadResult } from '../rules/head-contract.ts'
import type { HeadContract, HeadEntry, HeadState } from './heads.ts'

const contractColumns = sql`org_id as org, id, year, zh, en, price_fen::float8 as "priceFen", surplus_kept as "surplusKept", overrun_borne as "overrunBorne", basis, state,
  proposed_by as "proposedBy", proposed_at as "proposedAt", decided_at as "decidedAt", decided_because as "decidedBecause", result,
  close_proposed_by as "closeProposedBy", close_decided_at as "closeDecidedAt", close_because as "closeBecause"`
const entryColumns = sql`org_id as org, id, contract_id as contract, month, joins, leaves, spend_fen::float8 as "spendFen", evidence, reverses, entered_by as "by", entered_at as "at"`

/** The contracts of a year, of one institution or of all that the act may see, up to a number of them. */
export const contractsOf = (db: Queryable, year: number, org: OrgId | null, most: number): Promise<HeadContract[]> =>
  db.rows<HeadContract>(sql`select ${contractColumns} from fund.head_contract
    where year = ${year} and (${org}::bigint is null or org_id = ${org}::bigint) order by org_id, zh, proposed_at limit ${most}`)

export const findContract = (db: Queryable, org: OrgId, id: string): Promise<HeadContract | null> =>
  db.row<HeadContract>(sql`select ${contractColumns} from fund.head_contract where org_id = ${org} and id = ${id}`)

export const lockContract = (tx: Tx, org: OrgId, id: string): Promise<HeadContract | null> =>
  tx.row<HeadContract>(sql`select ${contractColumns} from fund.head_contract where org_id = ${org} and id = ${id} for update`)

/** The entries of some contracts of an institution, in the order in which they were made. */
export const entriesOf = (db: Queryable, contracts: readonly string[]): Promise<HeadEntry[]> =>
  db.rows<HeadEntry>(
    sql`select ${entryColumns} from fund.head_entry where contract_id = any(${contracts}::uuid[]) order by entered_at, id`,
  )

/** Adds a contract; false when the institution has one for this group and year. */
export const saveContract = async (tx: Tx, one: HeadContract): Promise<boolean> =>
  (await tx.run(sql`insert into fund.head_contract (org_id, id, year, zh, en, price_fen, surplus_kept, overrun_borne, basis, state, proposed_by, proposed_at)
    values (${one.org}, ${one.id}, ${one.year}, ${one.zh}, ${one.en}, ${one.priceFen}, ${one.surplusKept}, ${one.overrunBorne}, ${one.basis}, 'proposed',
      ${one.proposedBy}, ${one.proposedAt}) on conflict do nothing`)) === 1

/** Adds an entry; false when what it takes back was taken back already. */
export const saveEntry = async (tx: Tx, one: HeadEntry): Promise<boolean> =>
  (await tx.run(sql`insert into fund.head_entry (org_id, id, contract_id, month, joins, leaves, spend_fen, evidence, reverses, entered_by, entered_at)
    values (${one.org}, ${one.id}, ${one.contract}, ${one.month}, ${one.joins}, ${one.leaves}, ${one.spendFen}, ${one.evidence}, ${one.reverses}, ${one.by}, ${one.at})
    on conflict (org_id, reverses) do nothing`)) === 1

export type HeadDecision = {
  readonly org: OrgId
  readonly id: string
  readonly from: HeadState
  readonly state: HeadState
  readonly by: AccountId | null
  readonly at: Instant
  readonly why: string | null
}

/** Another person's decision on a proposed contract, or on its proposed close; false when it stands otherwise by now. */
export const decideContract = async (tx: Tx, one: HeadDecision): Promise<boolean> =>
  one.from === 'proposed'
    ? (await tx.run(sql`update fund.head_contract set state = ${one.state}, decided_by = ${one.by}, decided_at = ${one.at}, decided_because = ${one.why}
        where org_id = ${one.org} and id = ${one.id} and state = 'proposed'`)) === 1
    : one.state === 'closed'
      ? (await tx.run(sql`update fund.head_contract set state = 'closed', close_decided_by = ${one.by}, close_decided_at = ${one.at}, close_because = ${one.why}
          where org_id = ${one.org} and id = ${one.id} and state = 'closing'`)) === 1
      : (await tx.run(sql`update fund.head_contract set state = 'running', result = null, rulebook_hash = null, close_proposed_by = null, close_proposed_at = null, close_because = ${one.why}
          where org_id = ${one.org} and id = ${one.id} and state = 'closing'`)) === 1

export type HeadClose = {
  readonly org: OrgId
  readonly id: string
  readonly result: HeadResult
  readonly hash: string
  readonly by: AccountId | null
  readonly at: Instant
}

/** Keeps what a year comes to and proposes to close it; false when it does not run. */
export const proposeClose = async (tx: Tx, one: HeadClose): Promise<boolean> =>
  (await tx.run(sql`update fund.head_contract set state = 'closing', result = ${JSON.stringify(one.result)}, rulebook_hash = ${one.hash}, close_proposed_by = ${one.by},
      close_proposed_at = ${one.at}, close_because = null where org_id = ${one.org} and id = ${one.id} and state = 'running'`)) ===
  1
