import { costOf, type AuditFinding, type AuditLimits, type AuditPerson, type AuditStay } from './facts.ts'

/** Deviations are counted in hundredths, as the rulebook has them. */
const HUNDREDTHS = 100

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

/** What only many persons together show: institutions far from their peers, and admissions in a crowd. */
export const outliers = (persons: readonly AuditPerson[], limits: AuditLimits): readonly AuditFinding[] => {
  const stays = inpatient(persons)
  return [...dearInstitutions(stays, limits), ...admittedTogether(stays, limits)]
}
