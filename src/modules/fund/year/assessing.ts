import type { Act } from '../../../platform/forms/form.ts'
import { assessmentScore, shareByScore, type Effect, type Indicator } from '../rules/assessment.ts'
import { INDICATORS, type Assessed } from './year.ts'

// The steps of the effect, points of 100, as they are named in the rulebook (`from80`); a share rises in a line from 80 to 90.
const STEPS = [60, 80, 90] as const
const RISES_FROM = 80
const HUNDREDTHS = 100

/** The indicators with their weights and lines, as the rulebook of today has them. */
export const indicatorsOf = (act: Pick<Act, 'policy'>): Indicator[] =>
  INDICATORS.map((name) => ({
    name,
    weight: act.policy('fund.assessment-weights', name),
    none: act.policy('fund.assessment-lines', `${name}None`),
    full: act.policy('fund.assessment-lines', `${name}Full`),
  }))

const effectsOf = (act: Pick<Act, 'policy'>): Effect[] =>
  STEPS.map((from) => ({
    from: from * HUNDREDTHS,
    share: act.policy('fund.assessment-effect', `from${from}`),
    rise: from === RISES_FROM ? 'line' : 'step',
  }))

/** The score of what was entered, what it gives of a surplus, and which indicators are missing. */
export const assessedBy = (act: Pick<Act, 'policy'>, entered: readonly Assessed[]) => {
  const values = Object.fromEntries(entered.map(({ indicator, value }) => [indicator, value]))
  const scored = assessmentScore(indicatorsOf(act), values)
  return { ...scored, share: shareByScore(scored.score, effectsOf(act)) }
}
