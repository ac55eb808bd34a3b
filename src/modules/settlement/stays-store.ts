import type { Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'

/** A settled inpatient bill of a person at a hospital: its number, its fees and what the basic fund booked of them. Fen. */
export type StayBill = { readonly billNo: string; readonly totalFen: number; readonly basicFen: number }

/** The standing inpatient bills of a person who left a hospital on a day, by their numbers. */
export const billsOfStay = (db: Queryable, org: OrgId, person: PersonId, day: Day): Promise<StayBill[]> =>
  db.rows<StayBill>(sql`select b.bill_no as "billNo", r.total_fen::float8 as "totalFen", coalesce((r.funds->>'basic')::float8, 0) as "basicFen"
    from settlement.bill b join lateral (select kind, total_fen, funds from settlement.revision r where r.org_id = b.org_id and r.bill_id = b.id
      order by r.no desc limit 1) r on r.kind in ('settled', 'adjusted')
    where b.person_id = ${person} and b.day = ${day} and b.org_id = ${org} and b.care = 'inpatient' order by b.bill_no`)
