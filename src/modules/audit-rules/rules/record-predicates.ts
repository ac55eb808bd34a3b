import { ageOn, daysBetween } from '../../../kernel/day.ts'
import { whole, type LineFacts, type LineFinding } from './line-predicates.ts'

/** The item is one session, but was charged by its parts or hours: all but one. */
export const enlargedUnit = ({ line, item }: LineFacts): LineFinding => {
  if (item.unit === undefined || line.unit === undefined || line.unit === item.unit || line.quantity <= 1) return null
  return {
    amountFen: Math.round((line.amountFen * (line.quantity - 1)) / line.quantity),
    evidence: { unit: line.unit, ownUnit: item.unit, quantity: line.quantity },
  }
}

/** What was done, given or taken from stock is another item than the one charged. */
export const swappedItem = (at: LineFacts): LineFinding =>
  at.line.executedItem !== undefined && at.line.executedItem !== at.line.item
    ? whole(at, { executed: at.line.executedItem })
    : null

/** More was charged than the record shows: the difference. */
export const overcounted = ({ line }: LineFacts): LineFinding => {
  if (line.executed === undefined || line.executed >= line.quantity) return null
  return {
    amountFen: Math.round((line.amountFen * (line.quantity - line.executed)) / line.quantity),
    evidence: { quantity: line.quantity, executed: line.executed },
  }
}

/** A medicine that is only for use with another, without any of these on that day or still lasting. */
const withoutCompanion = (at: LineFacts): LineFinding => {
  const { combined } = at.item
  const hasOne = combined?.some((name) => at.uses(name).some(({ line }) => line.day === at.line.day) || lasting(at, name))
  return combined && !hasOne ? whole(at, { combined: combined.join(' ') }) : null
}

/** A medicine of second line, without any of the first line on an earlier day of the window; or one that goes only with another. */
export const withoutFirstLine = (at: LineFacts): LineFinding => {
  const first = at.item.firstLine
  if (!first) return withoutCompanion(at)
  const hasTried = first.some((name) =>
    at.uses(name).some(({ line }) => line.day < at.line.day && daysBetween(line.day, at.line.day) <= at.limits.firstLineDays),
  )
  return hasTried ? withoutCompanion(at) : whole(at, { firstLine: first.join(' '), days: at.limits.firstLineDays })
}

/** Whether something of this name that was fetched before lasts until the day of the line. */
const lasting = (at: LineFacts, name: string): boolean =>
  at
    .uses(name)
    .some(
      ({ line }) => line.day < at.line.day && line.supplyDays !== null && daysBetween(line.day, at.line.day) < line.supplyDays,
    )

/**
 * The item speaks against a diagnosis of the stay, the age, a pregnancy, or another item that is given that day or that still lasts;
 * unless somebody wrote why it is given all the same.
 */
export const contraindicated = (at: LineFacts): LineFinding => {
  if (at.line.indicated) return null
  const { contraAge, contraPregnant } = at.item
  if (contraPregnant && at.stay.pregnant) return whole(at, { found: 'pregnant' })
  if (contraAge) {
    const age = ageOn(at.person.bornOn, at.line.day)
    if (age >= contraAge[0] && age <= contraAge[1]) return whole(at, { age })
  }
  const diagnosis =
    at.item.contraDiagnoses && at.stay.diagnoses.find((code) => at.item.contraDiagnoses!.some((no) => code.startsWith(no)))
  if (diagnosis !== undefined) return whole(at, { diagnosis })
  const other = at.item.contraItems?.find((name) => at.ofDay.has(name) || lasting(at, name))
  return other === undefined ? null : whole(at, { with: other })
}

/**
 * The examination was done already, here or elsewhere, so few days ago that its result still counted, and nothing called for it.
 * An emergency may examine again, and so may who could not use the earlier result. Or an examination that needs an indication, of which
 * the record says that there was none.
 */
export const repeatedExamination = (at: LineFacts): LineFinding => {
  if (at.item.needsIndication && at.line.indicated === false) return whole(at, { found: 'no-indication' })
  const most = at.item.repeatDays
  if (most === undefined || at.line.indicated || at.stay.emergency) return null
  for (const { line, stay } of at.uses(at.line.item)) {
    if (line.day > at.line.day) break
    // The same day of the same stay is a matter of how often on a day.
    if (line.id === at.line.id || (line.day === at.line.day && (stay.id === at.stay.id || line.id > at.line.id))) continue
    if (line.recognisable === false) continue
    const days = daysBetween(line.day, at.line.day)
    if (days < most) return whole(at, { days, most, before: line.id })
  }
  return null
}

/** Who did it has not the licence for it, or the department may not do it. */
export const withoutLicence = (at: LineFacts): LineFinding => {
  const { licences, departments } = at.item
  const { licence, department } = at.line
  if (licences && licence !== undefined && !licences.includes(licence)) return whole(at, { licence, needed: licences.join(' ') })
  return departments && department !== undefined && !departments.includes(department)
    ? whole(at, { department, needed: departments.join(' ') })
    : null
}

/** A visit of a chronic illness with an item that the illness' package does not hold. */
export const outsidePackage = (at: LineFacts): LineFinding =>
  at.stay.chronicIllness !== undefined && !at.item.packages?.includes(at.stay.chronicIllness)
    ? whole(at, { illness: at.stay.chronicIllness })
    : null
