import type { Instant } from '../../../kernel/clock.ts'
import { ageOn, dayOf, daysBetween, type Day } from '../../../kernel/day.ts'
import type { Words } from '../../../kernel/words.ts'
import type { Summary } from '../../health-record/index.ts'
import { all, any, isOfCode, metBy, notMetBy, notTold, type Told } from './three-valued.ts'

/** A measured quantity and the rulebook keys that bound it: not less than `least`, less than `below`. */
export type ReferralMeasure = {
  readonly codes: readonly string[]
  readonly unit: string
  readonly words: Words
  readonly least?: string | undefined
  readonly below?: string | undefined
}

/**
 * What decides an up-referral criterion. `seen` is only for the doctor's eyes; the others are read from the record. Names of
 * bounds, periods (days) and counts are rulebook keys.
 */
export type ReferralTest =
  | { readonly kind: 'seen' }
  | { readonly kind: 'measure'; readonly measure: ReferralMeasure; readonly within: string }
  | { readonly kind: 'times'; readonly measure: ReferralMeasure; readonly within: string; readonly times: string }
  | { readonly kind: 'lasting'; readonly measure: ReferralMeasure; readonly within: string; readonly lasting: string }
  | {
      readonly kind: 'problem'
      readonly icd10: readonly string[]
      readonly within?: string | undefined
      readonly times?: string | undefined
    }
  | { readonly kind: 'age'; readonly least?: string | undefined; readonly below?: string | undefined }
  | { readonly kind: 'onset'; readonly icd10: readonly string[]; readonly below: string }
  | {
      readonly kind: 'drugs'
      readonly groups: readonly (readonly string[])[]
      readonly least: string
      readonly among: readonly string[]
    }
  | { readonly kind: 'all' | 'any'; readonly of: readonly ReferralTest[] }

/** When a criterion speaks: an ambulance now, at the first visit, or in follow-up. */
export const REFERRAL_OCCASIONS = ['emergency', 'first', 'follow-up'] as const
export type ReferralOccasion = (typeof REFERRAL_OCCASIONS)[number]

/** One sentence of a clause that asks for a referral up. */
export type UpReferralCriterion = {
  readonly id: string
  readonly occasion: ReferralOccasion
  readonly words: Words
  readonly clause: string
  readonly grade: string
  readonly by: ReferralTest
}

/** What criteria are decided from: the record as of a day, and the person's birth. */
export type UpReferralFacts = {
  readonly record: Pick<Summary, 'problems' | 'medicines' | 'series'>
  readonly bornOn: Day | null
  readonly today: Day
  readonly zone: string
}

/** Values of the rulebook: bounds in the unit of the measure, days in which a fact counts, counts. */
export type UpReferralLimits = {
  readonly bound: (key: string) => number
  readonly days: (key: string) => number
  readonly times: (key: string) => number
}

/** A criterion with its answer: met or not met with the facts that decide it, or unknown with what is missing. */
export type UpReferralDecided = Told & { readonly criterion: UpReferralCriterion }

/**
 * Decides every criterion from the record. What the record does not tell is unknown, never not met: an illness that is not
 * coded may still be there, and a value that is too old says nothing about today.
 * @source domain facts 2.3
 */
export const decideUpReferral = (
  criteria: readonly UpReferralCriterion[],
  facts: UpReferralFacts,
  limits: UpReferralLimits,
): UpReferralDecided[] => criteria.map((criterion) => ({ criterion, ...toldBy(criterion.by, facts, limits) }))

const toldBy = (by: ReferralTest, facts: UpReferralFacts, limits: UpReferralLimits): Told => {
  switch (by.kind) {
    case 'seen':
      return notTold({ zh: '需您现场判断', en: 'For you to see' })
    case 'measure':
      return measured(by.measure, limits.days(by.within), facts, limits)
    case 'times':
      return repeated(by, facts, limits)
    case 'lasting':
      return lasting(by, facts, limits)
    case 'problem':
      return hasProblem(by, facts, limits)
    case 'age':
      return aged(by, facts, limits)
    case 'onset':
      return onset(by, facts, limits)
    case 'drugs':
      return onDrugs(by, facts, limits)
    case 'all':
      return all(by.of.map((one) => toldBy(one, facts, limits)))
    case 'any':
      return any(by.of.map((one) => toldBy(one, facts, limits)))
  }
}

const UNIT_NAMES: Readonly<Record<string, string>> = { 'mm[Hg]': 'mmHg' }
type Point = { readonly value: number; readonly at: Instant }

/** Values of a measure in its own unit that are recent enough, the newest first. */
const recentPoints = ({ codes, unit }: ReferralMeasure, days: number, facts: UpReferralFacts): Point[] =>
  facts.record.series
    .filter((series) => codes.includes(series.code) && (UNIT_NAMES[series.unit] ?? series.unit) === unit)
    .flatMap(({ points }) => points)
    .filter(({ at }) => daysBetween(dayOf(at, facts.zone), facts.today) <= days)
    .toSorted((a, b) => b.at.localeCompare(a.at))

const reaches = ({ least, below }: ReferralMeasure, value: number, limits: UpReferralLimits): boolean =>
  (least === undefined || value >= limits.bound(least)) && (below === undefined || value < limits.bound(below))

const valueSaid = ({ words, unit }: ReferralMeasure, value: number): Words => ({
  zh: `${words.zh} ${value} ${unit}`,
  en: `${words.en} ${value} ${unit}`,
})

const unmeasured = ({ words }: ReferralMeasure, days: number): Told =>
  notTold({ zh: `${days} 天内没有${words.zh}记录`, en: `No ${words.en} within ${days} days` })

const measured = (measure: ReferralMeasure, days: number, facts: UpReferralFacts, limits: UpReferralLimits): Told => {
  const [last] = recentPoints(measure, days, facts)
  if (!last) return unmeasured(measure, days)
  const fact = { words: valueSaid(measure, last.value), at: last.at }
  return reaches(measure, last.value, limits) ? metBy([fact]) : notMetBy([fact])
}

const repeated = (by: ReferralTest & { kind: 'times' }, facts: UpReferralFacts, limits: UpReferralLimits): Told => {
  const days = limits.days(by.within)
  const points = recentPoints(by.measure, days, facts)
  const found = points.filter(({ value }) => reaches(by.measure, value, limits))
  const [last] = found.length > 0 ? found : points
  if (!last) return unmeasured(by.measure, days)
  const { zh, en } = valueSaid(by.measure, last.value)
  const words = { zh: `${zh},${days} 天内 ${found.length} 次`, en: `${en}, ${found.length} time(s) within ${days} days` }
  return found.length >= limits.times(by.times) ? metBy([{ words, at: last.at }]) : notMetBy([{ words, at: last.at }])
}

/** Out of bounds without a value between that is within, from the newest back over at least so many days. */
const lasting = (by: ReferralTest & { kind: 'lasting' }, facts: UpReferralFacts, limits: UpReferralLimits): Told => {
  const days = limits.days(by.within)
  const points = recentPoints(by.measure, days, facts)
  const [last] = points
  if (!last) return unmeasured(by.measure, days)
  const firstGood = points.findIndex(({ value }) => !reaches(by.measure, value, limits))
  const run = firstGood === -1 ? points : points.slice(0, firstGood)
  const oldest = run.at(-1)
  const { zh, en } = valueSaid(by.measure, last.value)
  if (!oldest) return notMetBy([{ words: { zh, en }, at: last.at }])
  const lasted = daysBetween(dayOf(oldest.at, facts.zone), dayOf(last.at, facts.zone))
  const words = { zh: `${zh},已 ${lasted} 天未达标`, en: `${en}, off target for ${lasted} days` }
  return lasted >= limits.days(by.lasting) ? metBy([{ words, at: last.at }]) : notMetBy([{ words, at: last.at }])
}

const hasProblem = (by: ReferralTest & { kind: 'problem' }, facts: UpReferralFacts, limits: UpReferralLimits): Told => {
  const days = by.within === undefined ? null : limits.days(by.within)
  const isRecent = (since: Instant | null): boolean =>
    days === null || (since !== null && daysBetween(dayOf(since, facts.zone), facts.today) <= days)
  const found = facts.record.problems.filter(
    ({ code, since, isActive }) =>
      code !== null && by.icd10.some((range) => isOfCode(code, range)) && isRecent(since) && (days !== null || isActive),
  )
  const least = by.times === undefined ? 1 : limits.times(by.times)
  const known = found.map(({ words, code, since }) => ({
    words: { zh: `${words.zh} ${code}`, en: `${words.en} ${code}` },
    at: since,
  }))
  if (found.length >= least) return metBy(known)
  const during = days === null ? { zh: '', en: '' } : { zh: `${days} 天内`, en: ` within ${days} days` }
  return notTold({ zh: `${during.zh}档案中没有相应诊断`, en: `No such diagnosis on record${during.en}` })
}

const aged = (
  { least, below }: ReferralTest & { kind: 'age' },
  { bornOn, today }: UpReferralFacts,
  limits: UpReferralLimits,
): Told => {
  if (bornOn === null) return notTold({ zh: '出生日期未登记', en: 'Date of birth not entered' })
  const years = ageOn(bornOn, today)
  const fact = { words: { zh: `年龄 ${years} 岁`, en: `Age ${years}` }, at: null }
  const isWithin = (least === undefined || years >= limits.bound(least)) && (below === undefined || years < limits.bound(below))
  return isWithin ? metBy([fact]) : notMetBy([fact])
}

const onset = (by: ReferralTest & { kind: 'onset' }, facts: UpReferralFacts, limits: UpReferralLimits): Told => {
  const since = facts.record.problems
    .filter(({ code }) => code !== null && by.icd10.some((range) => isOfCode(code, range)))
    .flatMap((one) => one.since ?? [])
    .toSorted()[0]
  if (facts.bornOn === null || since === undefined)
    return notTold({ zh: '起病时间或出生日期未登记', en: 'Onset or date of birth not entered' })
  const years = ageOn(facts.bornOn, dayOf(since, facts.zone))
  const fact = { words: { zh: `${years} 岁起病`, en: `Began at ${years}` }, at: since }
  return years < limits.bound(by.below) ? metBy([fact]) : notMetBy([fact])
}

const onDrugs = (by: ReferralTest & { kind: 'drugs' }, facts: UpReferralFacts, limits: UpReferralLimits): Told => {
  const taken = facts.record.medicines.filter(({ isActive }) => isActive)
  const ofGroup = (group: readonly string[]) =>
    taken.find(({ code }) => code !== null && group.some((atc) => code.startsWith(atc)))
  const found = by.groups.flatMap((group) => ofGroup(group) ?? [])
  if (found.length === 0) return notTold({ zh: '档案中没有这类在用药', en: 'No such drug in use on record' })
  const names = { zh: found.map(({ words }) => words.zh).join('、'), en: found.map(({ words }) => words.en).join(', ') }
  const fact = {
    words: { zh: `在用 ${found.length} 类:${names.zh}`, en: `${found.length} class(es) in use: ${names.en}` },
    at: null,
  }
  return found.length >= limits.times(by.least) && ofGroup(by.among) !== undefined ? metBy([fact]) : notMetBy([fact])
}

/** A sentence with its `{key}` filled in from the rulebook, so that no screen tells another number than the rule uses. */
export const criterionSaid = ({ zh, en }: Words, limits: Pick<UpReferralLimits, 'bound'>): Words => {
  const filled = (text: string): string =>
    text.replaceAll(/\{([a-z0-9-]+)\}/g, (_whole, key: string) => String(limits.bound(key)))
  return { zh: filled(zh), en: filled(en) }
}
