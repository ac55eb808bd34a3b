import { ageOn, daysBetween, type Day } from '../../../kernel/day.ts'
import { WHOLE } from '../../../kernel/share.ts'
import { standardOf } from './facts.ts'
import type { AuditKnowledge, AuditLimits, AuditLine, AuditPerson, AuditStay, ItemKnowledge, Used } from './facts.ts'

/** An item on one day of a stay: its last line, and how much of it stood before the line that is judged. */
export type DayItem = { line: AuditLine; quantity: number }

/** A stay's lines by day and item. */
export type StayIndex = ReadonlyMap<Day, Map<string, DayItem>>

/** One line with what it is judged by. */
export type LineFacts = {
  readonly line: AuditLine
  readonly item: ItemKnowledge
  readonly stay: AuditStay
  readonly person: AuditPerson
  /** The items of the line's stay on its day. */
  readonly ofDay: ReadonlyMap<string, DayItem>
  readonly knowledge: AuditKnowledge
  readonly limits: AuditLimits
  /** The same item in all of the person's stays, in the order of days. */
  readonly uses: (item: string) => readonly Used[]
}

/** The amount in fen that a rule objects to, with its evidence; null when it does not object. */
export type LineFinding = { readonly amountFen: number; readonly evidence: Readonly<Record<string, string | number>> } | null

/** The whole line. */
export const whole = (at: LineFacts, evidence: Readonly<Record<string, string | number>>): LineFinding => ({
  amountFen: at.line.amountFen,
  evidence,
})

/** The price is above the standard of the institution's level on the line's day, by more than is tolerated: the whole difference. */
export const overPrice = (at: LineFacts): LineFinding => {
  const standard = standardOf(at.item, at.stay.level, at.line.day)
  if (standard === undefined || at.line.priceFen * WHOLE <= standard * (WHOLE + at.limits.priceTolerance)) return null
  return {
    amountFen: Math.round((at.line.priceFen - standard) * at.line.quantity),
    evidence: { priceFen: at.line.priceFen, standardFen: standard },
  }
}

/** More of an item on a day than may be: the excess of this line. */
export const overFrequency = (at: LineFacts): LineFinding => {
  const most = at.item.perDay
  if (most === undefined) return null
  const sum = (at.ofDay.get(at.line.item)?.quantity ?? 0) + at.line.quantity
  const excess = Math.min(at.line.quantity, sum - most)
  return excess > 0 ? { amountFen: Math.round(excess * at.line.priceFen), evidence: { quantity: sum, most } } : null
}

/** Whether an item was billed so few days before that what it includes is still its content. */
const stillIncludes = (at: LineFacts, name: string): boolean => {
  const days = at.knowledge.get(name)?.includesDays
  if (days === undefined) return false
  return at.uses(name).some(({ line }) => line.day <= at.line.day && daysBetween(line.day, at.line.day) < days)
}

/** The item is content of another that was billed on the same day of the stay, or within the days that the other includes it for. */
export const included = (at: LineFacts): LineFinding => {
  const other = holdersOf(at.knowledge)
    .get(at.line.item)
    ?.find((name) => at.ofDay.has(name) || stillIncludes(at, name))
  return other === undefined ? null : whole(at, { includedIn: other })
}

type Names = ReadonlyMap<string, readonly string[]>

/** Of each item of a catalogue those that name it, found once for each catalogue. */
const namedBy = (namesOf: (item: ItemKnowledge) => readonly string[] | undefined): ((knowledge: AuditKnowledge) => Names) => {
  const kept = new WeakMap<AuditKnowledge, Names>()
  return (knowledge) => {
    const known = kept.get(knowledge)
    if (known) return known
    const found = new Map<string, string[]>()
    for (const [name, item] of knowledge)
      for (const other of namesOf(item) ?? []) {
        const names = found.get(other)
        if (names) names.push(name)
        else found.set(other, [name])
      }
    kept.set(knowledge, found)
    return found
  }
}

const holdersOf = namedBy((item) => item.includes)
const excludersOf = namedBy((item) => item.mutex)

/** Two items of which one excludes the other on one day: the cheaper line, of equal ones the later item by name. */
export const mutuallyExclusive = (at: LineFacts): LineFinding => {
  const { mutex = [] } = at.item
  const excluders = excludersOf(at.knowledge).get(at.line.item) ?? []
  for (const name of excluders.length === 0 ? mutex : new Set([...mutex, ...excluders])) {
    const other = at.ofDay.get(name)?.line
    if (!other) continue
    if (at.line.amountFen < other.amountFen || (at.line.amountFen === other.amountFen && at.line.item > name))
      return whole(at, { excludedBy: name })
  }
  return null
}

/** None of the diagnoses is one that the item is paid for, and no finding was written down that calls for it. */
export const outsideDiagnoses = (at: LineFacts): LineFinding =>
  at.item.diagnoses &&
  !at.line.indicated &&
  !at.stay.diagnoses.some((code) => at.item.diagnoses!.some((allowed) => code.startsWith(allowed)))
    ? whole(at, { allowed: at.item.diagnoses.join(' ') })
    : null

/** The item is not for institutions of this level, or only for stays, or only for visits. */
export const outsideLevel = (at: LineFacts): LineFinding => {
  if (at.item.levels && !at.item.levels.includes(at.stay.level)) return whole(at, { level: at.stay.level })
  const setting = at.stay.inpatient ? 'inpatient' : 'outpatient'
  return at.item.setting && at.item.setting !== setting ? whole(at, { setting, only: at.item.setting }) : null
}

/** The item is not for this insurance, or not for the benefit that it is settled as. */
export const outsideInsurance = (at: LineFacts): LineFinding => {
  const { insurances, medicalTypes } = at.item
  const { insurance, medicalType } = at.stay
  if (insurances && !insurances.includes(insurance)) return whole(at, { insurance })
  return medicalTypes && medicalType !== undefined && !medicalTypes.includes(medicalType) ? whole(at, { medicalType }) : null
}

/** The item is for the other gender. */
export const otherGender = (at: LineFacts): LineFinding =>
  at.item.gender && at.item.gender !== at.person.gender ? whole(at, { only: at.item.gender }) : null

/** The person is younger or older than the item is for; `ageUntil` is the last year of age, `daysOldMost` the last day of life. */
export const outsideAge = (at: LineFacts): LineFinding => {
  const daysOld = at.item.daysOldMost === undefined ? 0 : daysBetween(at.person.bornOn, at.line.day)
  if (daysOld > (at.item.daysOldMost ?? daysOld)) return whole(at, { daysOld })
  if (at.item.ageFrom === undefined && at.item.ageUntil === undefined) return null
  const age = ageOn(at.person.bornOn, at.line.day)
  return age < (at.item.ageFrom ?? 0) || age > (at.item.ageUntil ?? age) ? whole(at, { age }) : null
}

/** The days that a medicine lasts: by what is used of it on a day, or as stated. */
const supplyOf = ({ quantity, dailyUse, supplyDays }: AuditLine): number => (dailyUse ? quantity / dailyUse : (supplyDays ?? 0))

/** The medicine lasts longer than one prescription may: the part beyond. A long prescription is for chronic illnesses. */
export const overSupply = (at: LineFacts): LineFinding => {
  const days = supplyOf(at.line)
  if (!at.item.supply || days === 0) return null
  const isLong = at.line.longPrescription && at.item.supply !== 'acute'
  const most = at.limits.supplyDays[isLong ? 'long' : at.item.supply]
  if (days <= most) return null
  return {
    amountFen: Math.round((at.line.amountFen * (days - most)) / days),
    evidence: { days: Math.ceil(days), most },
  }
}

/** The fund does not pay for the item at all, or somebody else has to pay for the visit; and the person did not pay for it either. */
export const notPayable = (at: LineFacts): LineFinding => {
  if (at.line.selfPaid) return null
  if (at.item.payable === false) return whole(at, { item: at.line.item })
  return at.stay.otherPayer === undefined ? null : whole(at, { otherPayer: at.stay.otherPayer })
}
