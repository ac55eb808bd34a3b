import type { AreaClaim } from './area-claim.ts'
import type { RowOf } from './book-on.ts'
import { found, type Plan, type Slot } from './plan.ts'
import { shareOf } from './share-of.ts'
import type { Trail } from './trail.ts'

/** A cap as it stands for a person, and what of it is more than the book's own. Fen. */
export type GrownCap = { readonly capFen: number; readonly moreFen: number; readonly row: RowOf<'cap-growth'> | null }

/**
 * A cap with what consecutive years insured and years without a claim on the fund add to it: an amount for each year past the first ones,
 * together at most a share of the cap itself. Years that the bill does not state add nothing. @throws RuleConflict when two rows tie.
 * @source T6 南昌 (赣医保发〔2024〕10号, quoted from a public repository): after 4 years +3 000 a year, +3 000 for a year without a claim, at most 20 %
 */
export const grownCap = (
  plan: Plan,
  capFen: number,
  slot: Slot<'cap-growth'>,
  claim: Pick<AreaClaim, 'yearsInsured' | 'yearsWithoutClaim'>,
): GrownCap => {
  const row = found(plan, 'cap-growth', slot)
  if (row === null) return { capFen, moreFen: 0, row }
  const years = Math.max((claim.yearsInsured ?? 0) - row.afterYears, 0)
  const earned = years * row.perYearFen + (claim.yearsWithoutClaim ?? 0) * row.perQuietYearFen
  const moreFen = Math.min(earned, shareOf(capFen, row.mostBp))
  return { capFen: capFen + moreFen, moreFen, row }
}

/** Whether a cap is that of the book for everybody: most are, and nothing more is reckoned for them. */
export const isFixed = ({ row, isTie }: Slot<'cap-growth'>): boolean => row === null && !isTie

/** Says why a cap is more than the book's own, where it is. */
export const tellGrowth = (trail: Trail, { capFen, moreFen, row }: GrownCap, claim: AreaClaim): void => {
  if (row === null || moreFen === 0) return
  const { yearsInsured = 0, yearsWithoutClaim = 0 } = claim
  trail.add('cap-growth', row, moreFen, { capFen, yearsInsured, yearsWithoutClaim })
}
