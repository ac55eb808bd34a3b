import { decidePoints, pointLines, pointTermsOf, proposePoints } from './commands.ts'
import { pointYear, pointYears } from './queries.ts'
import { decidePointYear, savePointYear } from './store.ts'

export { pointsRefusals } from './contract.ts'
export type { PointYear } from './points.ts'

/** Everything that can be asked about wages by work points. */
export const pointsForms = {
  'fund.propose-points': proposePoints,
  'fund.decide-points': decidePoints,
  'fund.point-years': pointYears,
  'fund.point-year': pointYear,
} as const

/** The books of work points, for who brings whole years in. */
export const pointBooks = { pointTermsOf, pointLines, savePointYear, decidePointYear } as const
