import { costOf, type AuditFinding, type AuditLimits, type AuditPerson, type AuditStay } from './facts.ts'

/** Deviations are counted in hundredths, as the rulebook has them. */
const HUNDREDTHS = 100
/** Design: visits of fewer lines are alike without being a sign. */
const ALIKE_LINES_LEAST = 3

/** One code of a medicine's box in two lines, whoever fetched it: every line after the first. */
export const soldTwice = (persons: readonly AuditPerson[]): readonly AuditFinding[] => {
  const first = new Map<string, string>()
  const found: AuditFinding[] = []
  for (const person of persons)
    for (const stay of person.stays)
      for (const line of stay.lines) {
        if (line.traceCode === undefined) continue
        const before = first.get(line.traceCode)
        if (before === undefined) first.set(line.traceCode, line.id)
        else found.push({ lines: [line.id], stays: [stay.id], amountFen: line.amountFen, evidence: { before }, kind: 'breach' })
      }
  return found
}

const inpatient = (persons: readonly AuditPerson[]): readonly AuditStay[] =>
  persons.flatMap((person) => person.stays.filter((stay) => stay.inpatient))

/** Mean cost of a stay by institution, and the institutions by level. */
const meansOf = (stays: readonly AuditStay[]) => {
  const sums = new Map<string, { level: string; cost: number; stays: number }>()
  for (const stay of stays) {
    const sum = sums.get(stay.institution) ?? { level: stay.level, cost: 0, stays: 0 }
    sum.cost += costOf(stay)
    sum.stays += 1
    sums.set(stay.institution, sum)
  }
  return [...sums].map(([institution, { level, cost, stays }]) => ({ institution, level, stays, mean: cost / stays }))
}

/** An institution whose mean stay costs far more than that of all its other peers of the level; a few stays have no mean worth comparing. */
const dearInstitutions = (stays: readonly AuditStay[], limits: AuditLimits): readonly AuditFinding[] => {
  const means = meansOf(stays).filter((one) => one.stays >= limits.houseStaysLeast)
  return means.flatMap(({ institution, level, mean }) => {
    const peers = means.filter((other) => other.level === level && other.institution !== institution).map((other) => other.mean)
    if (peers.length < limits.peersLeast) return []
    const middle = peers.reduce((sum, one) => sum + one, 0) / peers.length
    const deviation = Math.sqrt(peers.reduce((sum, one) => sum + (one - middle) ** 2, 0) / peers.length)
    if ((mean - middle) * HUNDREDTHS <= limits.deviationsMost * deviation) return []
    const evidence = {
      found: 'dear',
      institution,
      meanFen: Math.round(mean),
      peersFen: Math.round(middle),
      deviationFen: Math.round(deviation),
    }
    return [{ lines: [], stays: [], amountFen: 0, evidence }]
  })
}

/** Many persons admitted to one institution on one day for one first diagnosis. */
const admittedTogether = (stays: readonly AuditStay[], limits: AuditLimits): readonly AuditFinding[] => {
  const groups = new Map<string, AuditStay[]>()
  for (const stay of stays) {
    const key = `${stay.institution}|${stay.admittedOn}|${stay.diagnoses[0] ?? ''}`
    const group = groups.get(key)
    if (group) group.push(stay)
    else groups.set(key, [stay])
  }
  return [...groups.values()]
    .filter((group) => group.length >= limits.togetherLeast)
    .map((group) => ({
      lines: [],
      stays: group.map((stay) => stay.id),
      amountFen: 0,
      evidence: { found: 'together', institution: (group[0] as AuditStay).institution, persons: group.length },
    }))
}

const visitsOf = ({ stays }: AuditPerson): readonly AuditStay[] => stays.filter((stay) => !stay.inpatient)

/** A person with far more visits than the others; a few visits are no sign. */
const frequentVisitors = (persons: readonly AuditPerson[], limits: AuditLimits): readonly AuditFinding[] => {
  const counts = persons.map((person) => visitsOf(person).length)
  const sum = counts.reduce((all, one) => all + one, 0)
  const squares = counts.reduce((all, one) => all + one * one, 0)
  const others = persons.length - 1
  if (others < limits.peersLeast) return []
  return persons.flatMap((person, at) => {
    const visits = counts[at] as number
    if (visits < limits.visitsLeast) return []
    const middle = (sum - visits) / others
    const deviation = Math.sqrt(Math.max(0, (squares - visits * visits) / others - middle * middle))
    if ((visits - middle) * HUNDREDTHS <= limits.deviationsMost * deviation) return []
    const evidence = { found: 'visits', visits, mean: Math.round(middle * HUNDREDTHS) / HUNDREDTHS }
    return [{ lines: [], stays: visitsOf(person).map(({ id }) => id), amountFen: 0, evidence }]
  })
}

/** Many persons with visits to one institution on one day that hold the same items. */
const visitsAlike = (persons: readonly AuditPerson[], limits: AuditLimits): readonly AuditFinding[] => {
  const groups = new Map<string, Map<AuditPerson, AuditStay>>()
  for (const person of persons)
    for (const visit of visitsOf(person)) {
      // A single item is the same for many: a vaccination, a dressing.
      if (visit.lines.length < ALIKE_LINES_LEAST) continue
      const items = visit.lines.map(({ item, quantity }) => `${item}*${quantity}`).toSorted()
      const key = [visit.institution, visit.admittedOn, ...items].join('|')
      const group = groups.get(key)
      if (group) group.set(person, visit)
      else groups.set(key, new Map([[person, visit]]))
    }
  return [...groups.values()].flatMap((group) => {
    const [first] = group.values()
    if (!first || group.size < limits.togetherLeast) return []
    const stays = [...group.values()].map(({ id }) => id)
    return [
      {
        lines: [],
        stays,
        amountFen: 0,
        evidence: { found: 'visits-alike', institution: first.institution, persons: group.size },
      },
    ]
  })
}

/**
 * What only many persons together show: institutions far from their peers, admissions in a crowd, persons with far more visits than others, and
 * visits of many that are alike.
 */
export const outliers = (persons: readonly AuditPerson[], limits: AuditLimits): readonly AuditFinding[] => {
  const stays = inpatient(persons)
  return [
    ...dearInstitutions(stays, limits),
    ...admittedTogether(stays, limits),
    ...frequentVisitors(persons, limits),
    ...visitsAlike(persons, limits),
  ]
}
