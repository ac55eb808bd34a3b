import type { Day } from '../../../kernel/day.ts'
import { dayLikeness, type DayLikeness } from './day-likeness.ts'
import { isOneApart, nameLikeness, plainName, type ComparedName, type NameLikeness } from './name-likeness.ts'

/** What is known of one side of a comparison; numbers and phone in clear, in memory only. */
export type MatchSide = {
  readonly name: ComparedName | null
  readonly sex: 'male' | 'female' | 'unknown' | 'other'
  readonly bornOn: Day | null
  /** Numbers that are held, as `type|issuer` and the number itself; `isPaper` for those of which a person has one of a kind. */
  readonly numbers: readonly MatchNumber[]
  /** Numbers held once and replaced since. */
  readonly formerNumbers: readonly MatchNumber[]
  readonly phone: string | null
  readonly village: string | null
  readonly address: string | null
  readonly mother: string | null
  readonly birthOrder: number | null
}
export type MatchNumber = { readonly kind: string; readonly number: string; readonly isPaper: boolean }

/** One thing compared, how the two stand in it, and what that adds to the score or takes from it. */
export type MatchFactor = {
  readonly factor: 'number' | 'name' | 'birth' | 'sex' | 'phone' | 'address' | 'guardian'
  readonly likeness: string
  readonly weight: number
}
/** The weight of a factor in one likeness, `name-homophone`, out of the rulebook. */
export type WeightOf = (key: string) => number

export const MATCH_GRADES = ['certain', 'probable', 'possible'] as const
export type MatchGrade = (typeof MATCH_GRADES)[number]

/** Thresholds of the score, 0 to 1: above `certain` it is the person, above `review` somebody must look, above `possible` it may be shown. */
export type MatchThresholds = { readonly certain: number; readonly review: number; readonly possible: number }

export type MatchScore = { readonly score: number; readonly grade: MatchGrade | null; readonly factors: readonly MatchFactor[] }

/**
 * How likely two sides are one person, 0 to 1, with what every factor said. What is not known on either side says nothing.
 * The same number makes it certain, unless name and birth date both speak against it: then somebody must look, for a paper may be
 * borrowed. By score it is certain only with a name that is the same or written another way and with evidence beyond name, sex
 * and birth date; those alone never say more than `probable`. Source: EMPI design, weights in `residents.match-weight`.
 */
export const scoreMatch = (one: MatchSide, other: MatchSide, by: MatchRules): MatchScore => {
  const factors = factorsOf(one, other, by).map(({ factor, likeness }) => ({
    factor,
    likeness,
    weight: by.weight(`${factor}-${likeness}`),
  }))
  const has = (factor: MatchFactor['factor'], ...likenesses: string[]) =>
    factors.some((found) => found.factor === factor && likenesses.includes(found.likeness))
  const sum = factors.reduce((total, { weight }) => total + weight, 0)
  if (has('number', 'same')) {
    const isContradicted = has('name', 'different') && !has('birth', 'same')
    return { score: isContradicted ? by.thresholds.review : 1, grade: isContradicted ? 'probable' : 'certain', factors }
  }
  // Sums of hundredths in binary come out a hair beside the threshold; thousandths are kept.
  const score = Math.round(Math.min(1, Math.max(0, sum)) * 1000) / 1000
  const isNamed = has('name', 'same', 'variant') && has('birth', 'same', 'swapped', 'one-digit')
  const isSafe =
    isNamed && evidenceBeyond(factors).length > 0 && !has('number', 'different') && !has('guardian', 'other-order', 'different')
  return { score, grade: gradeOf(score, isSafe, by.thresholds), factors }
}

export type MatchRules = {
  readonly weight: WeightOf
  readonly thresholds: MatchThresholds
  readonly simplify: (text: string) => string
}

const BY_THEMSELVES = new Set<MatchFactor['factor']>(['name', 'birth', 'sex'])

/** The factors beside name, birth date and sex that speak for one person. Two persons are never joined without one. */
export const evidenceBeyond = (factors: readonly MatchFactor[]): MatchFactor['factor'][] =>
  factors.filter(({ factor, weight }) => weight > 0 && !BY_THEMSELVES.has(factor)).map(({ factor }) => factor)

const gradeOf = (score: number, isSafe: boolean, { certain, review, possible }: MatchThresholds): MatchGrade | null => {
  if (isSafe && score >= certain) return 'certain'
  return score >= review ? 'probable' : score >= possible ? 'possible' : null
}

type Compared = Pick<MatchFactor, 'factor' | 'likeness'>

const factorsOf = (one: MatchSide, other: MatchSide, { simplify }: MatchRules): Compared[] => {
  const name: NameLikeness | null = one.name && other.name && nameLikeness(one.name, other.name, simplify)
  const birth: DayLikeness | null = one.bornOn && other.bornOn && dayLikeness(one.bornOn, other.bornOn)
  const said = (factor: MatchFactor['factor'], likeness: string | null): Compared[] => (likeness ? [{ factor, likeness }] : [])
  return [
    ...said('number', numberLikeness(one, other)),
    ...said('name', name),
    ...said('birth', birth),
    ...said('sex', sexLikeness(one, other)),
    ...said('phone', phoneLikeness(one.phone, other.phone)),
    ...said('address', addressLikeness(one, other)),
    ...said('guardian', guardianLikeness(one, other)),
  ]
}

const numberLikeness = (one: MatchSide, other: MatchSide): string | null => {
  const holds = (list: readonly MatchNumber[], { kind, number }: MatchNumber) =>
    list.some((held) => held.kind === kind && held.number === number)
  if (one.numbers.some((number) => holds(other.numbers, number))) return 'same'
  const isFormer =
    one.numbers.some((number) => holds(other.formerNumbers, number)) ||
    other.numbers.some((number) => holds(one.formerNumbers, number))
  if (isFormer) return 'former'
  const papers = one.numbers.filter(({ isPaper }) => isPaper)
  const pairs = papers.flatMap((paper) =>
    other.numbers.filter(({ kind }) => kind === paper.kind).map(({ number }) => [paper.number, number] as const),
  )
  if (pairs.length === 0) return null
  return pairs.some(([a, b]) => isOneApart([...a], [...b])) ? 'one-apart' : 'different'
}

const sexLikeness = (one: MatchSide, other: MatchSide): string | null => {
  const isTold = (sex: MatchSide['sex']) => sex === 'male' || sex === 'female'
  return isTold(one.sex) && isTold(other.sex) ? (one.sex === other.sex ? 'same' : 'different') : null
}

const phoneLikeness = (one: string | null, other: string | null): string | null => {
  if (!one || !other) return null
  return one === other ? 'same' : isOneApart([...one], [...other]) ? 'one-apart' : 'different'
}

/** The twelve digits of the village, else the township, else the text; a text that goes on where the other ends is the same place. */
const addressLikeness = (one: MatchSide, other: MatchSide): string | null => {
  const [a, b] = [plainName(one.address ?? ''), plainName(other.address ?? '')]
  if (a !== '' && b !== '' && (a.endsWith(b) || b.endsWith(a))) return 'same'
  if (!one.village || !other.village) return null
  if (one.village === other.village) return 'village'
  return one.village.slice(0, 9) === other.village.slice(0, 9) ? 'township' : 'different'
}

const guardianLikeness = (one: MatchSide, other: MatchSide): string | null => {
  if (!one.mother || !other.mother) return null
  if (one.mother !== other.mother) return 'different'
  return one.birthOrder && other.birthOrder && one.birthOrder !== other.birthOrder ? 'other-order' : 'same'
}

/** Where several would be certain by their score alone, none is: a village full of the same name. */
export const withoutAmbiguity = <Found extends MatchScore>(found: readonly Found[]): Found[] => {
  const isByScore = ({ grade, factors }: Found) =>
    grade === 'certain' && !factors.some(({ factor, likeness }) => factor === 'number' && likeness === 'same')
  const certain = found.filter(({ grade }) => grade === 'certain')
  return certain.length < 2 ? [...found] : found.map((one) => (isByScore(one) ? { ...one, grade: 'probable' as const } : one))
}
