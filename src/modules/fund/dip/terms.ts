import type { Act } from '../../../platform/forms/form.ts'
import type { ClearingTerms } from '../rules/dip/points.ts'
import { ILLNESS_GRADES, TUMOUR_GRADES, type Ladder } from '../rules/dip/severity.ts'
import type { DipTerms } from './dip.ts'

// The steps that the rulebook's directories have; their bounds are part of their names there (`from65`).
const AGES = [0, 1, 7, 18, 65, 70, 80]
const COMORBIDITIES = [1, 3, 5]
const CARE_DAYS = [2, 8, 15, 31]

/** What the rulebook says on a day. */
type Says = Pick<Act, 'policy'>
type SaysLists = Pick<Act, 'policy' | 'amounts'>

const ladderOf = (act: Says, id: string, bounds: readonly number[]): Ladder =>
  bounds.map((from) => [from, act.policy(id, `from${from}`)] as const)

const byGrade = <Grade extends string>(act: Says, id: string, grades: readonly Grade[]): Record<Grade, number> =>
  Object.fromEntries(grades.map((grade) => [grade, act.policy(id, grade)])) as Record<Grade, number>

const listOf = (act: SaysLists, id: string): string[] => Object.keys(act.amounts(id)).toSorted()

/** What the rulebook says of today about building a catalogue and scoring by it. Throws RuleGap or RuleConflict. */
export const dipTermsOf = (act: SaysLists): DipTerms => {
  const outliers = (by: string) => act.policy('fund.dip-outliers', by)
  return {
    catalogue: {
      yearWeights: ['oldest', 'middle', 'newest'].map((by) => act.policy('fund.dip-year-weights', by)),
      casesMin: act.policy('fund.dip-cases-min'),
      trim: {
        lowest: act.policy('fund.dip-trim', 'lowest'),
        highest: act.policy('fund.dip-trim', 'highest'),
        casesMin: act.policy('fund.dip-trim', 'casesMin'),
      },
      base: act.policy('fund.dip-base'),
    },
    score: {
      lowBelow: outliers('lowBelow'),
      highAbove: outliers('highAbove'),
      expertAbove: outliers('expertAbove'),
      expertDaysAbove: outliers('expertDaysAbove'),
      onePrice: {
        'basic-level': act.policy('fund.dip-pricing', 'basicLevel'),
        'tcm-advantage': act.policy('fund.dip-pricing', 'tcmAdvantage'),
      },
    },
    hardCases: act.amounts('fund.dip-hard-cases'),
    lists: { 'basic-level': listOf(act, 'fund.dip-basic-level'), 'tcm-advantage': listOf(act, 'fund.dip-tcm-advantage') },
    auxiliary: {
      newborn: act.policy('fund.dip-age', 'newborn'),
      age: ladderOf(act, 'fund.dip-age', AGES),
      comorbidity: [[0, act.policy('fund.dip-comorbidity', 'none')], ...ladderOf(act, 'fund.dip-comorbidity', COMORBIDITIES)],
      intensiveCare: ladderOf(act, 'fund.dip-intensive-care', CARE_DAYS),
      illness: byGrade(act, 'fund.dip-severity', ILLNESS_GRADES),
      tumour: byGrade(act, 'fund.dip-tumour', TUMOUR_GRADES),
    },
  }
}

/** How the rulebook of today clears a year. */
export const clearingTermsOf = (act: Says): ClearingTerms => {
  const of = (by: string) => act.policy('fund.dip-clearing', by)
  return { keepFrom: of('keepFrom'), shareUntil: of('shareUntil'), overrunShare: of('overrunShare') }
}
