import type { TestHouse } from '../harness/house.ts'
import { actorOf, PLACES } from './small-region.ts'

const DAY = '2026-01-05'
const KINDS = ['recovering', 'closed', 'revoked', 'told'] as const

/** Four hits of a hospital: one that is to be recovered, one that came back in part, one whose decision was taken back, one only told. */
export const auditRulesStory = async (house: TestHouse): Promise<void> => {
  const [insurer, second] = [actorOf('insurer', null), actorOf('insurer', null)]
  await house.done('audit-rules.load-items', insurer, { from: '2024-01-01', basis: '演示目录', items: [{ code: 'W-1', zh: '演示检查', knowledge: { gender: 'female' } }] }) // prettier-ignore
  const line = (id: string) => ({ id, item: 'W-1', day: DAY, quantity: 1, priceFen: 500, amountFen: 500 })
  const stay = (id: string) => ({
    id: `stay-${id}`,
    institution: PLACES.countyHospital,
    level: 'county',
    inpatient: false,
    insurance: 'resident',
    admittedOn: DAY,
    dischargedOn: DAY,
    diagnoses: [],
    procedures: 0,
    lines: [line(`line-${id}`)],
  })
  const persons = KINDS.map((ref) => ({ ref, gender: 'male', bornOn: '1970-01-01', stays: [stay(ref)] }))
  await house.done('audit-rules.submit', insurer, { batch: 'plants', persons })
  const { hits } = await house.done('audit-rules.hits', insurer, {})
  const keyOf = (ref: string) => {
    const { org, id } = hits.find(({ personRef }: { personRef: string }) => personRef === ref)
    return { org, hit: id }
  }
  for (const kind of KINDS) await house.done('audit-rules.tell', insurer, keyOf(kind))
  for (const kind of KINDS.slice(0, 3)) {
    await house.done('audit-rules.accept', actorOf('referral-desk', PLACES.countyHospital), keyOf(kind))
    await house.done('audit-rules.decide', insurer, { ...keyOf(kind), reason: '演示决定', recoverFen: 500 })
  }
  await house.done('audit-rules.recover', insurer, { ...keyOf('closed'), recoveredFen: 300 })
  await house.done('audit-rules.revoke', second, { ...keyOf('revoked'), reason: '演示复议成立' })
}

/** What breaks the checks of recoveries and of earlier bills, as the owner of the tables could. */
export const AUDIT_RULES_PLANTS: Readonly<Record<string, string>> = {
  'recovery-is-booked-as-decided': `delete from audit_rules.transfer where kind = 'paid'`,
  'past-line-is-of-a-live-bill': `update audit_rules.past_line set quantity = quantity + 1`,
}
