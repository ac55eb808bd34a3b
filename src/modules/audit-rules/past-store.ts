import { plusDays, type Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'

/** A line that a person was billed before, wherever it was. Amounts in fen. */
export type PastLine = {
  readonly bill: string
  readonly no: number
  readonly org: OrgId
  readonly day: Day
  readonly item: string
  readonly quantity: number
  readonly priceFen: number
  readonly amountFen: number
  readonly supplyDays: number | null
}

/** Design: the longest that a rule looks back at a desk, a year and a day; and how many lines, the newest. */
const PAST_DAYS_MOST = 366
const PAST_LINES_MOST = 1_000

/** What a person was billed up to a day, under whatever number, in the order of days; only where the open act may read the record. */
export const pastLines = async (db: Queryable, persons: readonly PersonId[], day: Day): Promise<PastLine[]> =>
  (
    await db.rows<PastLine>(sql`select bill_id as bill, no, org_id as org, on_day as day, item, quantity, price_fen::float8 as "priceFen",
        amount_fen::float8 as "amountFen", supply_days as "supplyDays"
      from audit_rules.past_line where person_id = any (${persons}::bigint[]) and on_day between ${plusDays(day, -PAST_DAYS_MOST)} and ${day}
      order by on_day desc, bill_id, no limit ${PAST_LINES_MOST}`)
  ).toReversed()

/** Keeps what a bill of a person holds, for the desks that ask later. */
export const savePastLines = async (tx: Tx, person: PersonId, lines: readonly PastLine[]): Promise<void> =>
  void (await tx.run(sql`insert into audit_rules.past_line (person_id, bill_id, no, org_id, on_day, item, quantity, price_fen, amount_fen, supply_days)
    select ${person}, bill, no, org::bigint, day, item, quantity, "priceFen", "amountFen", "supplyDays"
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line (bill uuid, no integer, org text, day date, item text, quantity float8,
        "priceFen" bigint, "amountFen" bigint, "supplyDays" integer)`))

/** Takes a bill out that was refunded or withdrawn: the person did not get it. */
export const removePastLines = (tx: Tx, person: PersonId, bill: string): Promise<number> =>
  tx.run(sql`delete from audit_rules.past_line where person_id = ${person} and bill_id = ${bill}`)
