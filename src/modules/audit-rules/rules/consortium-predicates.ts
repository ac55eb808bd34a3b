import { daysBetween } from '../../../kernel/day.ts'
import { costOf, type AuditFinding, type PersonFacts } from './facts.ts'

const trace = (stays: readonly string[], amountFen: number, evidence: AuditFinding['evidence']): AuditFinding => ({
  lines: [],
  stays,
  amountFen,
  evidence,
})

/** Contracts with two teams at once: paid by head twice. */
const contractedTwice = ({ person }: PersonFacts): readonly AuditFinding[] =>
  (person.contracts ?? []).flatMap((contract, at, all) => {
    const other = all.slice(0, at).find((one) => one.team !== contract.team && (one.until === null || contract.from < one.until))
    return other ? [trace([], 0, { found: 'two-contracts', one: other.team, other: contract.team })] : []
  })

/** Follow-ups of somebody who lay in a bed or was dead, or whose values are the same again and again. */
const madeUpFollowUps = ({ person, limits }: PersonFacts): readonly AuditFinding[] => {
  let alike = 0
  let reading: string | undefined
  return (person.followUps ?? []).flatMap((entered) => {
    alike = entered.reading === reading ? alike + 1 : 1
    reading = entered.reading
    if (person.diedOn !== undefined && entered.on > person.diedOn)
      return [trace([], 0, { found: 'follow-up-dead', followUp: entered.id })]
    const stay = person.stays.find((one) => one.inpatient && entered.on > one.admittedOn && entered.on < one.dischargedOn)
    if (stay) return [trace([stay.id], 0, { found: 'follow-up-in-bed', followUp: entered.id })]
    return alike === limits.followUpsLeast ? [trace([], 0, { found: 'follow-ups-alike', followUp: entered.id, alike })] : []
  })
}

/** Admitted outside for the same illness right after a stay within, without a referral up, and neither by plan nor as an emergency. */
const heldBack = ({ person, limits }: PersonFacts): readonly AuditFinding[] => {
  const stays = person.stays.filter((stay) => stay.inpatient)
  return stays.flatMap((stay, at) => {
    const before = stays[at - 1]
    if (stay.planned || stay.emergency) return []
    if (!before || before.outside || !stay.outside || stay.referred !== false || stay.diagnoses[0] !== before.diagnoses[0])
      return []
    const days = daysBetween(before.dischargedOn, stay.admittedOn)
    return days >= 0 && days <= limits.unreferredDays
      ? [trace([before.id, stay.id], costOf(stay), { found: 'unreferred', days })]
      : []
  })
}

/**
 * Signs within a consortium that one person's history shows. Cost shifted outside the budget shows only in the books of the
 * fund and is not looked for here.
 */
export const consortiumSigns = (facts: PersonFacts): readonly AuditFinding[] => [
  ...contractedTwice(facts),
  ...madeUpFollowUps(facts),
  ...heldBack(facts),
]
