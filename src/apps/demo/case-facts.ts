import type { Instant } from '../../kernel/clock.ts'
import { plusDays, type Day } from '../../kernel/day.ts'
import { newId, type OrgId } from '../../kernel/id.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'
import { amountsOn, type Rulebook } from '../../shapes/rulebook.ts'
import { saveFacts, type CaseFact } from '../../modules/fund/index.ts'

type Row = { readonly org: OrgId; readonly number: string; readonly day: Day; readonly days: number }

// Of so many cases of a priced disease one left its pathway, another had a variance; the rest completed it.
const EVERY = 6
const WORDS = {
  variance: '合成数据:术后发热,延长观察两天',
  exited: '合成数据:合并心律失常,转内科',
  completed: null,
} as const

/** Invented pathways of last year's stays with a priced disease; the other stays have none. Answers how many. */
export const insertCaseFacts = async (
  tx: Tx,
  { rulebook, today, now }: { readonly rulebook: Rulebook; readonly today: Day; readonly now: Instant },
): Promise<number> => {
  const priced = Object.keys(amountsOn(rulebook, 'fund.single-disease-prices', today))
  const rows = await tx.rows<Row>(sql`select org_id as org, number, discharged_on as day, days from fund.discharge
    where left(diagnosis, 3) = any(${priced}::text[]) and extract(year from discharged_on) = ${Number(today.slice(0, 4)) - 1} order by org_id, number`)
  const facts = rows.map(({ org, number, day, days }, at): CaseFact => {
    const pathway = at % EVERY === 1 ? 'variance' : at % EVERY === 2 ? 'exited' : 'completed'
    return { org, id: newId(), number, pathway, enteredOn: plusDays(day, -days), leftOn: day, because: WORDS[pathway], drg: null }
  })
  return saveFacts(tx, facts, null, now)
}
