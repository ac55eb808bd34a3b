import type { Cell, CellWhy, CapabilityGrade, Evidence } from '../matrix.ts'

/** What is known of one place and one condition on a day. */
export type CellFacts = {
  /** Whether it offers one of the treating specialties. */
  readonly offers: boolean
  /** What it said of the condition, or else of its specialty; null when nothing. */
  readonly declared: CapabilityGrade | null
  /** Whether one of the treating specialties bears 重点, 优势 or 特色 here. */
  readonly isTagged: boolean
  readonly cases: number
  /** Doctors of the treating specialties; null where the place has entered no staff. */
  readonly doctors: number | null
  /** Whether one of them has the rank that the condition asks for. */
  readonly rankSuffices: boolean
  /** Free units within the days of the rulebook; null where the place gives out no numbers at all. */
  readonly units: number | null
  /** Needs that it has not, by key. */
  readonly lacks: readonly string[]
  /** The specialty whose doctor is missed when there is none. */
  readonly specialty: string
  /** Of its cases of the condition, those that it sent outside the area, in basis points; null when too few to judge. */
  readonly sentOutside: number | null
}

/** The rulebook's limits of a day. */
export type CellLimits = { readonly doctorsLeast: number; readonly casesShown: number; readonly leakShare: number }

const evidenceOf = ({ declared, isTagged, cases, offers }: CellFacts, { casesShown }: CellLimits): Evidence => {
  if (declared !== null || (offers && isTagged)) return 'declared'
  if (cases >= casesShown) return 'shown'
  return offers ? 'derived' : 'nothing'
}

/**
 * Whether a place covers a condition, and if not, why not and what is missing. A place
 * without the specialty, a doctor or a thing that is needed is empty; one that could and sends its cases away leaks; one that
 * hangs on a single doctor, has nothing free, or of which nothing is known but specialty and tier is thin.
 */
export const judgeCell = (facts: CellFacts, limits: CellLimits): Cell => {
  const evidence = evidenceOf(facts, limits)
  const lacking = lacksOf(facts, evidence)
  if (lacking.whys.length > 0) return { state: 'empty', evidence, ...lacking }
  const thin = thinOf(facts, limits, evidence)
  const missing = thin.includes('one-doctor') || thin.includes('rank-low') ? [`doctor:${facts.specialty}`] : []
  if (facts.sentOutside !== null && facts.sentOutside >= limits.leakShare)
    return { state: 'leaking', evidence, whys: ['leaks', ...thin], missing }
  return { state: thin.length > 0 ? 'thin' : 'covered', evidence, whys: thin, missing }
}

const lacksOf = (facts: CellFacts, evidence: Evidence): { whys: CellWhy[]; missing: string[] } => {
  const { declared, doctors, lacks, specialty } = facts
  if (declared === 'none') return { whys: ['declared-none'], missing: [...lacks] }
  if (evidence === 'nothing') return { whys: ['no-specialty'], missing: [`doctor:${specialty}`, ...lacks] }
  const whys: CellWhy[] = []
  if (lacks.length > 0) whys.push('lacks-things')
  if (doctors === 0) whys.push('no-doctor')
  return { whys, missing: [...(doctors === 0 ? [`doctor:${specialty}`] : []), ...lacks] }
}

const thinOf = (facts: CellFacts, limits: CellLimits, evidence: Evidence): CellWhy[] => {
  const { declared, doctors, rankSuffices, units } = facts
  const whys: CellWhy[] = []
  if (declared === 'limited') whys.push('limited')
  if (doctors !== null && doctors < limits.doctorsLeast) whys.push('one-doctor')
  if (doctors !== null && !rankSuffices) whys.push('rank-low')
  if (units === 0) whys.push('no-unit')
  if (evidence === 'derived') whys.push('only-derived')
  return whys
}
