import { daysBetween } from '../../../kernel/day.ts'
import type { AuditFinding, ItemKnowledge, PersonFacts, Used } from './facts.ts'

/** Each item of the person that the catalogue has a limit for, with its uses in the order of days. */
const limited = ({ index, knowledge }: PersonFacts, limitOf: (item: ItemKnowledge) => number | undefined) =>
  [...index.byItem].flatMap(([name, uses]) => {
    const item = knowledge.get(name)
    const most = item && limitOf(item)
    return most === undefined ? [] : [{ uses, most }]
  })

const finding = ({ line, stay }: Used, amountFen: number, evidence: AuditFinding['evidence']): AuditFinding => ({
  lines: [line.id],
  stays: [stay.id],
  amountFen: Math.round(amountFen),
  evidence,
})

/** An item for more days than are paid for, all stays together: the part beyond of each line. */
export const overPaidDays = (facts: PersonFacts): readonly AuditFinding[] =>
  limited(facts, (item) => item.daysMost).flatMap(({ uses, most }) => {
    let sum = 0
    return uses.flatMap((use) => {
      const days = use.line.supplyDays ?? use.line.quantity
      sum += days
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

/** Days by which a medicine was fetched before the last one of the same ingredient was used up, beyond what is allowed. */
export const repeatedMedicine = ({ index, limits }: PersonFacts): readonly AuditFinding[] =>
  [...index.byIngredient.values()].flatMap((uses) =>
    uses.flatMap((use, at) => {
      const { line } = use
      const before = uses[at - 1]?.line
      // Several prescriptions of one item on one day are a split prescription.
      if (!before?.supplyDays || !line.supplyDays || (before.item === line.item && before.day === line.day)) return []
      const overlap = Math.min(line.supplyDays, before.supplyDays - daysBetween(before.day, line.day))
      if (overlap <= limits.overlapDays) return []
      return [
        finding(use, (line.amountFen * overlap) / line.supplyDays, {
          overlapDays: overlap,
          allowed: limits.overlapDays,
          before: before.id,
        }),
      ]
    }),
  )

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
