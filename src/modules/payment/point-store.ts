import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'
import { REGION } from '../../platform/register.ts'
import type { PaymentPoint } from './registers.ts'

/** All places of mobile payment on a day. */
export const pointsOn = async (db: Queryable, day: Day): Promise<PaymentPoint[]> =>
  (
    await db.rows<{
      body: PaymentPoint
    }>(sql`select body from platform.register_entry where org_id = ${REGION} and kind = 'payment.point' and state = 'in-force'
      and from_on <= ${day} and (until_on is null or until_on > ${day})`)
  ).map(({ body }) => body)

/** The place of an institution on a day; null where mobile payment is not open. */
export const pointOf = async (db: Queryable, org: OrgId, day: Day): Promise<PaymentPoint | null> =>
  (
    await db.row<{
      body: PaymentPoint
    }>(sql`select body from platform.register_entry where org_id = ${REGION} and kind = 'payment.point' and entry_id = ${`institution-${org}`}
      and state = 'in-force' and from_on <= ${day} and (until_on is null or until_on > ${day})`)
  )?.body ?? null
