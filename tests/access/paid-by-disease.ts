import { newId } from '../../src/kernel/id.ts'
import { sql, type Database } from '../../src/platform/database/pool.ts'

/** A hospital's discharge that no group takes, with its case; a draft with a group, a month, and a proposed clearing. */
export const paidByDisease = async (database: Database, org: string, number: string): Promise<void> => {
  const [catalogue, clearing] = [newId(), newId()]
  await database.run(
    sql`insert into fund.discharge values (${org}, ${number}, current_date, 'K35.900', '演示', '{}', 'conservative', 1, 100, 60, '{}', null, now())`,
  )
  await database.run(sql`insert into fund.dip_catalogue (id, year, state, terms, cases, groups, core, cut, mean_fen, past, point_fen, levels, hash, rulebook_hash, built_at)
    values (${catalogue}, 2018, 'draft', '{"catalogue": {"base": 1000}}', 1, 1, 0, 0, 100, '[]', 1, '[]', 'probe', 'probe', now())`)
  await database.run(
    sql`insert into fund.dip_group values (${catalogue}, 'K35:conservative', '演示', 'comprehensive', '{0,0,1}', 0, 100, 10000000)`,
  )
  await database.run(
    sql`insert into fund.dip_case values (${org}, ${number}, 2018, 1, ${catalogue}, null, 10000, 'ungrouped', 10000000, false, now())`,
  )
  await database.run(sql`insert into fund.dip_month values (${org}, 2018, 1, 1, 10000000, 60, 9000, 0, 54, null, now())`)
  await database.run(sql`insert into fund.dip_clearing (id, year, state, fund_fen, reserve_fen, basis, terms, point_fen, paid_fen, left_fen, steps, rulebook_hash, proposed_at)
    values (${clearing}, 2018, 'proposed', 60, 0, 'fund', '{}', 1, 60, 0, '[]', 'probe', now()) on conflict do nothing`)
  await database.run(
    sql`insert into fund.dip_cleared values (${org}, ${clearing}, 1, 10000000, 100, 60, 54, 10000, 60, 60, 0, 6, '[]')`,
  )
}
