import { newId } from '../../src/kernel/id.ts'
import { sql, type Database } from '../../src/platform/database/pool.ts'

/** A consortium's year that is proposed to be closed, with a noted bill and an indicator. */
export const yearProposed = async (database: Database, org: string, year: number, close: string): Promise<void> => {
  await database.run(sql`insert into fund.spend values (${org}, ${org}, ${newId()}, ${year}, 1, null, 100, now())`)
  await database.run(sql`insert into fund.recovery values (${org}, ${org}, ${newId()}, ${year}, 1, null, 1, now())`)
  await database.run(sql`insert into fund.assessed values (${org}, ${newId()}, ${year}, 'costGrowth', 100, '演示', null, now(), null)`)
  await database.run(sql`insert into fund.year_close (org_id, id, year, state, budget_fen, spent_fen, score, share, kept_fen, pool_bears_fen, network_bears_fen, steps, parts,
      rulebook_hash, proposed_at)
    values (${org}, ${close}, ${year}, 'proposed', 100, 100, 0, 0, 0, 0, 0, '[]', '[]', 'probe', now())`)
}

/** A contract by the head that nobody has decided on. */
export const contractProposed = async (database: Database, org: string, year: number, contract: string): Promise<void> => {
  await database.run(sql`insert into fund.head_contract (org_id, id, year, zh, price_fen, surplus_kept, overrun_borne, basis, state, proposed_at)
    values (${org}, ${contract}, ${year}, '演示人群', 100, 0, 0, '演示协议', 'proposed', now())`)
}

/** Points of a year that nobody has decided on. */
export const pointsProposed = async (database: Database, org: string, year: number, points: string): Promise<void> => {
  await database.run(sql`insert into fund.point_year (org_id, id, year, wages_fen, basis, terms, rulebook_hash, state, proposed_at)
    values (${org}, ${points}, ${year}, 100, '演示依据', '{"shares": {"doctors": 5000, "nursing": 3600, "pharmacy": 400, "administration": 1000}, "baseMost": 3000}', 'probe', 'proposed', now())`)
  await database.run(sql`insert into fund.point_line values (${org}, ${points}, 'D-01', 'doctors', '{}', 0, 100, 100)`)
}
