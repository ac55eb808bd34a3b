import type { Random } from './random.ts'

/** The long illnesses that a synthetic resident may live with. */
export const ILLNESSES = [
  'hypertension',
  'type-2-diabetes',
  'copd',
  'coronary-heart-disease',
  'stroke-sequelae',
  'chronic-kidney-disease',
  'asthma',
] as const
export type Illness = (typeof ILLNESSES)[number]

type Spread = {
  /** Share of residents of 18 and older. */
  share: number
  /** How much more often with high blood pressure. */
  withHypertension: number
  /** Relative frequency at ages from 0, 18, 35, 45, 55, 65 and 75. */
  byAge: readonly [number, number, number, number, number, number, number]
}

/**
 * Hypertension is the survey of 2012–15: 27.9 % of adults, with its rise by age. The other shares are design values in the
 * order of Chinese surveys of known (diagnosed) illness, made to fill desks and lists, not to be quoted.
 */
const SPREADS: Record<Illness, Spread> = {
  hypertension: { share: 0.279, withHypertension: 1, byAge: [0, 5, 15, 30, 45, 56, 60] },
  'type-2-diabetes': { share: 0.11, withHypertension: 1.8, byAge: [0, 2, 6, 12, 17, 21, 20] },
  copd: { share: 0.04, withHypertension: 1.1, byAge: [0, 0, 1, 3, 7, 12, 16] },
  'coronary-heart-disease': { share: 0.03, withHypertension: 2, byAge: [0, 0, 1, 3, 7, 12, 16] },
  'stroke-sequelae': { share: 0.018, withHypertension: 3, byAge: [0, 0, 1, 2, 4, 7, 9] },
  'chronic-kidney-disease': { share: 0.03, withHypertension: 2.2, byAge: [0, 1, 2, 3, 5, 8, 11] },
  asthma: { share: 0.02, withHypertension: 1, byAge: [2, 2, 2, 2, 3, 3, 3] },
}

const AGE_STEPS = [75, 65, 55, 45, 35, 18] as const

const atAge = (spread: Spread, age: number): number => {
  const step = AGE_STEPS.findIndex((from) => age >= from)
  // Asthma is not told apart from a passing wheeze before three; nothing else here begins in childhood.
  if (step === -1) return age >= 3 ? spread.byAge[0] : 0
  return spread.byAge[6 - step] ?? 0
}

/**
 * The illnesses of each person, in the order of the ages given. The share among adults meets the table whatever the
 * pyramid; each person's chance follows age and high blood pressure.
 */
export const drawIllnesses = (ages: readonly number[], random: Random): Illness[][] => {
  const drawn: Illness[][] = ages.map(() => [])
  for (const illness of ILLNESSES) {
    const spread = SPREADS[illness]
    const weights = ages.map(
      (age, at) => atAge(spread, age) * (drawn[at]?.includes('hypertension') ? spread.withHypertension : 1),
    )
    const adults = ages.filter((age) => age >= 18).length
    const adultWeight = weights.reduce((sum, weight, at) => sum + ((ages[at] ?? 0) >= 18 ? weight : 0), 0)
    const scale = adultWeight === 0 ? 0 : (spread.share * adults) / adultWeight
    for (const [at, weight] of weights.entries()) if (random.chance(Math.min(0.95, weight * scale))) drawn[at]?.push(illness)
  }
  return drawn
}
