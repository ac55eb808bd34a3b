import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable } from '../../../platform/database/pool.ts'
import type { EmergencyChannel } from '../rules/time-critical.ts'

/** The region itself owns the register of emergency centres. */
const REGION = '0' as OrgId

/** A certified emergency centre as its register entry says it. */
export type Centre = {
  readonly institution: OrgId
  readonly capabilities: readonly string[]
  readonly specialty: string
  readonly opensAt?: string | null
  readonly closesAt?: string | null
}

/** The centres of a channel whose certificates are in force on a day. */
export const centresOf = (db: Queryable, channel: EmergencyChannel, day: Day): Promise<Centre[]> =>
  db
    .rows<{ body: Centre }>(
      sql`select body from platform.register_entry where org_id = ${REGION} and kind = 'green-channel.centre' and state = 'in-force'
        and body->>'channel' = ${channel} and from_on <= ${day} and (until_on is null or until_on > ${day}) order by entry_id`,
    )
    .then((rows) => rows.map(({ body }) => body))
