import { daysBetween } from '../../../kernel/day.ts'
import type { AuditFinding, AuditKnowledge, AuditLimits, AuditPerson, AuditStay } from './facts.ts'
import { WHOLE } from '../../../kernel/share.ts'

const costOf = (stay: AuditStay): number => stay.lines.reduce((sum, line) => sum + line.amountFen, 0)

/** One stay split in two: soon back in the same institution for the same first diagnosis, unplanned. */
export const splitStay = (person: AuditPerson, _: AuditKnowledge, limits: AuditLimits): readonly AuditFinding[] => {
  const found: AuditFinding[] = []
  const stays = person.stays.filter((stay) => stay.inpatient)
  for (const [at, next] of stays.entries()) {
    const before = stays[at - 1]
    if (!before || next.planned || before.institution !== next.institution || before.diagnoses[0] !== next.diagnoses[0]) continue
    const days = daysBetween(before.dischargedOn, next.admittedOn)
    if (days >= 0 && days <= limits.readmissionDays)
      found.push({
        lines: [],
        stays: [before.id, next.id],
        amountFen: costOf(next),
        evidence: { days, most: limits.readmissionDays },
      })
  }
  return found
}

/** A short stay without procedure whose cost is mostly examinations. */
export const needlessStay = (person: AuditPerson, knowledge: AuditKnowledge, limits: AuditLimits): readonly AuditFinding[] =>
  person.stays.flatMap((stay) => {
    const cost = costOf(stay)
    const days = daysBetween(stay.admittedOn, stay.dischargedOn)
    if (!stay.inpatient || stay.procedures > 0 || cost === 0 || days > limits.shortStayDays) return []
    const examined = stay.lines.reduce((sum, line) => sum + (knowledge.get(line.item)?.examination ? line.amountFen : 0), 0)
    if (examined * WHOLE < limits.examinationShare * cost) return []
    return [{ lines: [], stays: [stay.id], amountFen: cost, evidence: { days, examinedFen: examined, costFen: cost } }]
  })
