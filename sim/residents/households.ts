import type { Random } from './random.ts'

/** One place in a household: who, and the age in full years. `surnameOf` is the place whose surname the person bears. */
export type HouseholdMember = {
  role: 'husband' | 'wife' | 'child' | 'alone'
  sex: 'male' | 'female'
  ageYears: number
  surnameOf: number | null
  /** Born on the same day as the member before. */
  isTwin: boolean
}

const member = (
  role: HouseholdMember['role'],
  sex: HouseholdMember['sex'],
  ageYears: number,
  surnameOf: number | null = null,
): HouseholdMember => ({ role, sex, ageYears, surnameOf, isTwin: false })

const couple = (random: Random, from: number, to: number, surnameOf: number | null = null): HouseholdMember[] => {
  const husband = random.whole(from, to)
  return [member('husband', 'male', husband, surnameOf), member('wife', 'female', Math.max(20, husband - random.whole(-3, 6)))]
}

const children = (random: Random, mothersAge: number, countMax: number, father: number): HouseholdMember[] => {
  const born = Array.from({ length: random.whole(1, countMax) }, () => mothersAge - random.whole(20, 34))
  const atHome = born
    .filter((age) => age >= 0 && age <= 24)
    .map((age) => member('child', random.chance(0.53) ? 'male' : 'female', age, father))
  const first = atHome[0]
  if (first && random.chance(0.02)) atHome.splice(1, 0, { ...first, isTwin: true })
  return atHome
}

const alone = (random: Random, from: number, to: number): HouseholdMember[] => [
  member('alone', random.chance(0.5) ? 'male' : 'female', random.whole(from, to)),
]

const family = (random: Random, from: number, to: number, childrenMax: number, grandfather: number | null): HouseholdMember[] => {
  const start = grandfather === null ? 0 : grandfather + 2
  const parents = couple(random, from, to, grandfather)
  return [...parents, ...children(random, parents[1]?.ageYears ?? from, childrenMax, start)]
}

const threeGenerations = (random: Random): HouseholdMember[] => {
  const elders = couple(random, 52, 74)
  const fathersAge = Math.max(22, (elders[0]?.ageYears ?? 52) - random.whole(23, 32))
  return [...elders, ...family(random, fathersAge, fathersAge, 3, 0)]
}

/**
 * The people of one household. The mix of elders alone, young families and three generations under one roof is chosen
 * so that the age pyramid is that of an ageing county of Hunan: about one in six under 15, about one in five over 65.
 */
export const makeHousehold = (random: Random): HouseholdMember[] => {
  const draw = random.next()
  if (draw < 0.18) return couple(random, 60, 86)
  if (draw < 0.28) return alone(random, 62, 93)
  if (draw < 0.46) return family(random, 25, 46, 3, null)
  if (draw < 0.68) return threeGenerations(random)
  if (draw < 0.86) return family(random, 42, 60, 2, null)
  return alone(random, 18, 60)
}
