import type { Instant } from '../../kernel/clock.ts'
import { plusHours } from '../../kernel/clock.ts'
import { dayOf } from '../../kernel/day.ts'
import { newId, type OrgId } from '../../kernel/id.ts'
import { newVoucherNumber } from '../../modules/booking/index.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'
import { valueOn, type Rulebook } from '../../shapes/rulebook.ts'

const CLINICS_MOST = 200
/** Each clinic may promise so many units of one slot of the hospital that leads its consortium. */
const UNITS_EACH = 2

type Lent = { readonly org: OrgId; readonly pool: string; readonly startsAt: Instant; readonly holder: OrgId }

/**
 * Lends each village clinic of the stage's county a slot with two units of its lead hospital's reserve, the clinic of the demo's
 * village doctor first; answers how many vouchers were made. Each slot serves one clinic, as far as slots reach.
 */
export const lendVouchers = async (
  tx: Tx,
  facts: { rulebook: Rulebook; now: Instant; zone: string; clinic: OrgId; county: string; lead: OrgId },
): Promise<number> => {
  const { rulebook, now, zone, clinic, county, lead } = facts
  const validHours = valueOn(rulebook, 'booking.voucher-valid-hours', dayOf(now, zone))
  const lent = await tx.rows<Lent>(sql`
    with clinic as (
      select i.id, row_number() over (order by i.id <> ${clinic}, i.id) as turn from organisations.institution i
      where i.tier = 'village' and i.division like ${`${county.slice(0, 6)}%`} order by 2 limit ${CLINICS_MOST}),
    slot as (
      select p.org_id, p.id, p.starts_at, row_number() over (order by p.starts_at::date, p.kind = 'ordinary', p.starts_at, p.id) as turn from booking.pool p
      where p.org_id = ${lead} and p.reserved - p.used_reserved - p.allotted >= ${UNITS_EACH} and p.starts_at > ${plusHours(now, 2 * validHours)})
    select slot.org_id as org, slot.id as pool, slot.starts_at as "startsAt", clinic.id as holder from clinic join slot using (turn)`)
  for (const one of lent) await lend(tx, one, plusHours(one.startsAt, -validHours), now)
  return lent.length * UNITS_EACH
}

const lend = async (tx: Tx, { org, pool, holder }: Lent, validUntil: Instant, now: Instant): Promise<void> => {
  const id = newId()
  const input = JSON.stringify({ org, allotment: id })
  await tx.run(sql`update booking.pool set allotted = allotted + ${UNITS_EACH} where org_id = ${org} and id = ${pool}`)
  await tx.run(
    sql`insert into booking.allotment values (${org}, ${id}, ${pool}, ${holder}, ${UNITS_EACH}, ${validUntil}, ${now})`,
  )
  for (let unit = 0; unit < UNITS_EACH; unit += 1)
    await tx.run(sql`insert into booking.voucher (org_id, number, allotment_id, pool_id, holder_org, valid_until, state, changed_at)
      values (${org}, ${newVoucherNumber(org)}, ${id}, ${pool}, ${holder}, ${validUntil}, 'open', ${now})`)
  await tx.run(sql`insert into platform.deadline (org_id, id, case_kind, case_id, name, command, input, due_at, set_at)
    values (${org}, ${newId()}, 'allotment', ${id}, 'return', 'booking.return-vouchers', ${input}, ${validUntil}, ${now})`)
}
