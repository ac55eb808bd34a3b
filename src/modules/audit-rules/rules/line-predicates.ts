import { ageOn, type Day } from '../../../kernel/day.ts'
import { WHOLE } from '../../../kernel/share.ts'
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
  const { prices, pricesUntil } = at.item
  const standard = (pricesUntil && at.line.day < pricesUntil.day ? pricesUntil.prices : prices)?.[at.stay.level]
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

/** The item is content of another that was billed on the same day. */
export const included = (at: LineFacts): LineFinding => {
  const other = holdersOf(at.knowledge)
    .get(at.line.item)
    ?.find((name) => at.ofDay.has(name))
  return other === undefined ? null : whole(at, { includedIn: other })
}

type Holders = ReadonlyMap<string, readonly string[]>
const holders = new WeakMap<AuditKnowledge, Holders>()

/** Of each item of a catalogue those that it is content of, found once for each catalogue. */
const holdersOf = (knowledge: AuditKnowledge): Holders => {
  const known = holders.get(knowledge)
  if (known) return known
  const found = new Map<string, string[]>()
  for (const [name, { includes = [] }] of knowledge)
    for (const part of includes) {
      const others = found.get(part)
      if (others) others.push(name)
      else found.set(part, [name])
    }
  holders.set(knowledge, found)
  return found
}

/** Two items that exclude each other on one day: the cheaper line, of equal ones the later item by name. */
export const mutuallyExclusive = (at: LineFacts): LineFinding => {
  for (const name of at.item.mutex ?? []) {
    const other = at.ofDay.get(name)?.line
    if (!other) continue
    if (at.line.amountFen < other.amountFen || (at.line.amountFen === other.amountFen && at.line.item > name))
      return whole(at, { excludedBy: name })
  }
  return null
}

/** None of the diagnoses is one that the item is paid for. */
export const outsideDiagnoses = (at: LineFacts): LineFinding =>
  at.item.diagnoses && !at.stay.diagnoses.some((code) => at.item.diagnoses!.some((allowed) => code.startsWith(allowed)))
    ? whole(at, { allowed: at.item.diagnoses.join(' ') })
    : null

/** The item is not for institutions of this level, or only for stays, or only for visits. */
export const outsideLevel = (at: LineFacts): LineFinding => {
  if (at.item.levels && !at.item.levels.includes(at.stay.level)) return whole(at, { level: at.stay.level })
  const setting = at.stay.inpatient ? 'inpatient' : 'outpatient'
  return at.item.setting && at.item.setting !== setting ? whole(at, { setting, only: at.item.setting }) : null
}

/** The item is not for this insurance. */
export const outsideInsurance = (at: LineFacts): LineFinding =>
  at.item.insurances && !at.item.insurances.includes(at.stay.insurance) ? whole(at, { insurance: at.stay.insurance }) : null

/** The item is for the other gender. */
export const otherGender = (at: LineFacts): LineFinding =>
  at.item.gender && at.item.gender !== at.person.gender ? whole(at, { only: at.item.gender }) : null

/** The person is younger or older than the item is for; `ageUntil` is the last year of age. */
export const outsideAge = (at: LineFacts): LineFinding => {
  if (at.item.ageFrom === undefined && at.item.ageUntil === undefined) return null
  const age = ageOn(at.person.bornOn, at.line.day)
  return age < (at.item.ageFrom ?? 0) || age > (at.item.ageUntil ?? age) ? whole(at, { age }) : null
}

/** The medicine lasts longer than one prescription may: the part beyond. */
export const overSupply = (at: LineFacts): LineFinding => {
  if (!at.item.supply || !at.line.supplyDays) return null
  const most = at.limits.supplyDays[at.item.supply]
  if (at.line.supplyDays <= most) return null
  return {
    amountFen: Math.round((at.line.amountFen * (at.line.supplyDays - most)) / at.line.supplyDays),
    evidence: { days: at.line.supplyDays, most },
  }
}

/** The fund does not pay for the item at all, and the person did not pay for it either. */
export const notPayable = (at: LineFacts): LineFinding =>
  at.item.payable === false && !at.line.selfPaid ? whole(at, { item: at.line.item }) : null
