import { daysBetween } from '../../../kernel/day.ts'
import type { AuditFinding, AuditStay, ItemKnowledge, PersonFacts, Used } from './facts.ts'

/** Each item of the person that the catalogue has a limit for, with its uses in the order of days. */
const limited = ({ index, knowledge }: PersonFacts, limitOf: (item: ItemKnowledge) => number | undefined) =>
  [...index.byItem].flatMap(([name, uses]) => {
    const item = knowledge.get(name)
    const most = item && limitOf(item)
    return most === undefined ? [] : [{ uses, most, item }]
  })

const finding = ({ line, stay }: Used, amountFen: number, evidence: AuditFinding['evidence']): AuditFinding => ({
  lines: [line.id],
  stays: [stay.id],
  amountFen: Math.round(amountFen),
  evidence,
})

const paidDaysOf = ({ line }: Used): number => line.supplyDays ?? line.quantity

/** An item for more days than are paid for, all stays of its window together: the part beyond of each line. */
export const overPaidDays = (facts: PersonFacts): readonly AuditFinding[] =>
  limited(facts, (item) => item.daysMost).flatMap(({ uses, most, item }) => {
    let from = 0
    let sum = 0
    return uses.flatMap((use) => {
      const days = paidDaysOf(use)
      sum += days
      while (item?.daysWithin !== undefined && daysBetween((uses[from] as Used).line.day, use.line.day) >= item.daysWithin)
        sum -= paidDaysOf(uses[from++] as Used)
      const excess = Math.min(days, sum - most)
      return excess > 0 ? [finding(use, (use.line.amountFen * excess) / days, { days: sum, most })] : []
    })
  })

/** Therapy beyond its course without an evaluation, which begins a new course: what goes beyond. */
export const overTherapy = (facts: PersonFacts): readonly AuditFinding[] =>
  limited(facts, (item) => item.sessionsMost).flatMap(({ uses, most }) => {
    let sessions = 0
    return uses.flatMap((use) => {
      sessions = (use.line.evaluated ? 0 : sessions) + use.line.quantity
      const excess = Math.min(use.line.quantity, sessions - most)
      return excess > 0 ? [finding(use, (use.line.amountFen * excess) / use.line.quantity, { sessions, most })] : []
    })
  })

/** Of medicines of one ingredient or subclass, each that was fetched while an earlier one still lasts for longer than is allowed. */
const fetchedEarly = (uses: readonly Used[], allowed: number): readonly AuditFinding[] => {
  let longest: Used['line'] | undefined
  return uses.flatMap((use) => {
    const { line } = use
    const before = longest
    const left = before?.supplyDays ? before.supplyDays - daysBetween(before.day, line.day) : 0
    if (line.supplyDays && line.supplyDays >= left) longest = line
    // Several prescriptions of one item on one day are a split prescription.
    if (!before || !line.supplyDays || (before.item === line.item && before.day === line.day)) return []
    const overlap = Math.min(line.supplyDays, left)
    if (overlap <= allowed) return []
    const evidence = { overlapDays: overlap, allowed, before: before.id }
    return [finding(use, (line.amountFen * overlap) / line.supplyDays, evidence)]
  })
}

/** Days by which a medicine was fetched before the last one of the same ingredient or subclass was used up, beyond what is allowed. */
export const repeatedMedicine = ({ index, limits }: PersonFacts): readonly AuditFinding[] => {
  const found = new Map<string | undefined, AuditFinding>()
  for (const uses of index.byIngredient.values())
    for (const one of fetchedEarly(uses, limits.overlapDays)) if (!found.has(one.lines[0])) found.set(one.lines[0], one)
  return [...found.values()]
}

/** More of an item from all pharmacies together within the window than one person may fetch: the excess of the line that went beyond. */
export const overFetched = (facts: PersonFacts): readonly AuditFinding[] =>
  limited(facts, (item) => item.storeMost).flatMap(({ uses, most }) => {
    const fetched = uses.filter(({ stay }) => stay.pharmacy)
    let from = 0
    let sum = 0
    return fetched.flatMap((use, at) => {
      sum += use.line.quantity
      while (daysBetween((fetched[from] as Used).line.day, use.line.day) >= facts.limits.storeDays)
        sum -= (fetched[from++] as Used).line.quantity
      const excess = Math.min(use.line.quantity, sum - most)
      if (excess <= 0) return []
      const stores = new Set(fetched.slice(from, at + 1).map(({ stay }) => stay.institution)).size
      return [finding(use, (use.line.amountFen * excess) / use.line.quantity, { quantity: sum, most, stores })]
    })
  })

/** Whole nights of a stay; a day in bed without a night counts as one. The day of admission counts, that of discharge does not. */
const nightsOf = ({ admittedOn, dischargedOn }: AuditStay): number => Math.max(1, daysBetween(admittedOn, dischargedOn))

/** More of an item in a stay than its nights bear, such as beds and nursing: the excess of the line that went beyond. */
const overNights = (facts: PersonFacts): readonly AuditFinding[] =>
  limited(facts, (item) => item.perNight).flatMap(({ uses, most: perNight }) => {
    const quantities = new Map<AuditStay, number>()
    return uses.flatMap((use) => {
      if (!use.stay.inpatient) return []
      const nights = nightsOf(use.stay)
      const most = perNight * nights
      const quantity = (quantities.get(use.stay) ?? 0) + use.line.quantity
      quantities.set(use.stay, quantity)
      const excess = Math.min(use.line.quantity, quantity - most)
      return excess > 0 ? [finding(use, (use.line.amountFen * excess) / use.line.quantity, { quantity, most, nights })] : []
    })
  })

/** More of an item than may be in any so many days, all stays together: the excess of the line that went beyond. */
const overWindow = ({ index, knowledge }: PersonFacts): readonly AuditFinding[] =>
  [...index.byItem].flatMap(([name, uses]) => {
    const window = knowledge.get(name)?.within
    if (!window) return []
    let from = 0
    let quantity = 0
    return uses.flatMap((use) => {
      quantity += use.line.quantity
      while (daysBetween((uses[from] as Used).line.day, use.line.day) >= window.days)
        quantity -= (uses[from++] as Used).line.quantity
      const excess = Math.min(use.line.quantity, quantity - window.most)
      if (excess <= 0) return []
      return [finding(use, (use.line.amountFen * excess) / use.line.quantity, { quantity, most: window.most, days: window.days })]
    })
  })

/** Too often for the nights of a stay, or within a window of days. */
export const overPeriod = (facts: PersonFacts): readonly AuditFinding[] => [...overNights(facts), ...overWindow(facts)]
