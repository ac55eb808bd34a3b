import { standardOf, type AuditFinding, type AuditLine, type AuditStay, type PersonFacts, type Used } from './facts.ts'

const grouped = <Value>(values: readonly Value[], keyOf: (value: Value) => string | undefined): Map<string, Value[]> => {
  const groups = new Map<string, Value[]>()
  for (const value of values) {
    const key = keyOf(value)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}

const eventsOf = (stay: AuditStay) => grouped(stay.lines, (line) => line.event)

/** More of an item for one service than the service has: what goes beyond, of the later lines. */
export const repeatedCharge = ({ person, knowledge }: PersonFacts): readonly AuditFinding[] =>
  person.stays.flatMap((stay) =>
    [...eventsOf(stay)].flatMap(([event, lines]) => {
      const quantity = new Map<string, number>()
      return lines.flatMap((line) => {
        const most = knowledge.get(line.item)?.perEvent
        const sum = (quantity.get(line.item) ?? 0) + line.quantity
        quantity.set(line.item, sum)
        if (most === undefined || sum <= most) return []
        const excess = Math.min(line.quantity, sum - most)
        const amountFen = Math.round((line.amountFen * excess) / line.quantity)
        return [{ lines: [line.id], stays: [stay.id], amountFen, evidence: { event, quantity: sum, most } }]
      })
    }),
  )

/** Every part of one item charged by itself in one service: what the parts cost more than the item. */
export const splitItem = ({ person, knowledge }: PersonFacts): readonly AuditFinding[] =>
  person.stays.flatMap((stay) =>
    [...eventsOf(stay)].flatMap(([event, lines]) => {
      if (lines.length < 2) return []
      const first = new Map<string, AuditLine>()
      for (const line of lines) if (!first.has(line.item)) first.set(line.item, line)
      const found: AuditFinding[] = []
      for (const [name, item] of wholesOf(knowledge)) {
        const price = standardOf(item, stay.level, lines[0]!.day)
        const parts = (item.parts ?? []).map((part) => first.get(part))
        if (price === undefined || !parts.every((line) => line !== undefined)) continue
        const amountFen = parts.reduce((sum, line) => sum + line.amountFen, -price)
        if (amountFen > 0)
          found.push({
            lines: parts.map((line) => line.id),
            stays: [stay.id],
            amountFen,
            evidence: { event, whole: name, priceFen: price },
          })
      }
      return found
    }),
  )

type Wholes = readonly (readonly [string, NonNullable<ReturnType<PersonFacts['knowledge']['get']>>])[]
const wholes = new WeakMap<PersonFacts['knowledge'], Wholes>()

/** The items of a catalogue that have parts, found once for each catalogue. */
const wholesOf = (knowledge: PersonFacts['knowledge']): Wholes => {
  const known = wholes.get(knowledge)
  if (known) return known
  const found = [...knowledge].filter(([, item]) => item.parts !== undefined && item.parts.length > 1)
  wholes.set(knowledge, found)
  return found
}

/**
 * Several prescriptions of one medicine, house, department and day, in one visit or in several, each within the limit of one, together beyond
 * it: the part beyond.
 */
export const splitPrescription = ({ index, knowledge, limits }: PersonFacts): readonly AuditFinding[] =>
  [...index.byItem].flatMap(([name, uses]) => {
    const supply = knowledge.get(name)?.supply
    if (!supply) return []
    const sameDay = grouped(uses, ({ line, stay }) =>
      line.prescription === undefined || !line.supplyDays
        ? undefined
        : `${stay.institution}|${line.day}|${line.department ?? ''}`,
    )
    return [...sameDay.values()].flatMap((prescribed) =>
      splitOf(prescribed, limits.supplyDays[supply], limits.prescriptionsLeast),
    )
  })

const splitOf = (prescribed: readonly Used[], most: number, least: number): readonly AuditFinding[] => {
  const lines = prescribed.map(({ line }) => line)
  if (new Set(lines.map((line) => line.prescription)).size < least) return []
  const days = lines.reduce((sum, line) => sum + (line.supplyDays ?? 0), 0)
  if (days <= most || lines.some((line) => (line.supplyDays ?? 0) > most)) return []
  const amountFen = Math.round((lines.reduce((sum, line) => sum + line.amountFen, 0) * (days - most)) / days)
  return [
    {
      lines: lines.map((line) => line.id),
      stays: [...new Set(prescribed.map(({ stay }) => stay.id))],
      amountFen,
      evidence: { prescriptions: lines.length, days, most },
    },
  ]
}
