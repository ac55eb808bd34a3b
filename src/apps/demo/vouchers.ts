import type { Instant } from '../../kernel/clock.ts'
import { plusHours } from '../../kernel/clock.ts'
import { dayOf } from '../../kernel/day.ts'
import { newId, type OrgId } from '../../kernel/id.ts'
import { newVoucherNumber } from '../../modules/booking/index.ts'
import { sql, type Tx } from '../../platform/database/pool.ts'
import { valueOn, type Rulebook } from '../../shapes/rulebook.ts'

/** Each clinic may promise so many slots, one unit of each. */
const SLOTS_EACH = 3
const DAYS_AHEAD = 3
/** What hypertension is referred to: the first slot of the demo’s own clinic. */
const CARDIOLOGY = '0304'

type Lent = { readonly org: OrgId; readonly pool: string; readonly startsAt: Instant; readonly holder: OrgId }
export type LendingFacts = {
  readonly rulebook: Rulebook
  readonly now: Instant
  readonly zone: string
  readonly clinic: OrgId
  readonly lead: OrgId
}

/**
 * Lends each village clinic of the stage's township one unit of a few slots of its lead hospital's reserve, of different
 * specialties, the clinic of the demo's village doctor first; answers how many vouchers were made.
 */
export const lendVouchers = async (tx: Tx, { rulebook, now, zone, clinic, lead }: LendingFacts): Promise<number> => {
  const validHours = valueOn(rulebook, 'booking.voucher-valid-hours', dayOf(now, zone))
  const lent = await tx.rows<Lent>(sql`
    with clinic as (
      select c.id, row_number() over (order by c.id <> ${clinic}, c.id) - 1 as turn
      from organisations.institution c join organisations.institution own on own.id = ${clinic} and own.parent_id = c.parent_id where c.tier = 'village'),
    slot as (
      select p.*, row_number() over (partition by p.specialty order by p.starts_at, p.kind = 'ordinary', p.id) as of_specialty from booking.pool p
      where p.org_id = ${lead} and p.reserved > p.used_reserved + p.allotted and p.starts_at > ${plusHours(now, DAYS_AHEAD * 24)}),
    chosen as (select org_id, id, starts_at, row_number() over (order by of_specialty, specialty <> ${CARDIOLOGY}, specialty) - 1 as turn from slot)
    select chosen.org_id as org, chosen.id as pool, chosen.starts_at as "startsAt", clinic.id as holder
    from clinic join chosen on chosen.turn / ${SLOTS_EACH} = clinic.turn order by chosen.turn`)
  for (const one of lent) await lend(tx, one, plusHours(one.startsAt, -validHours), now)
  return lent.length
}

const lend = async (tx: Tx, { org, pool, holder }: Lent, validUntil: Instant, now: Instant): Promise<void> => {
  const id = newId()
  const input = JSON.stringify({ org, allotment: id })
  await tx.run(sql`update booking.pool set allotted = allotted + 1 where org_id = ${org} and id = ${pool}`)
  await tx.run(sql`insert into booking.allotment values (${org}, ${id}, ${pool}, ${holder}, 1, ${validUntil}, ${now})`)
  await tx.run(sql`insert into booking.voucher (org_id, number, allotment_id, pool_id, holder_org, valid_until, state, changed_at)
    values (${org}, ${newVoucherNumber(org)}, ${id}, ${pool}, ${holder}, ${validUntil}, 'open', ${now})`)
  await tx.run(sql`insert into platform.deadline (org_id, id, case_kind, case_id, name, command, input, due_at, set_at)
    values (${org}, ${newId()}, 'allotment', ${id}, 'return', 'booking.return-vouchers', ${input}, ${validUntil}, ${now})`)
}
