import { type Instant } from '../../../kernel/clock.ts'
import { dayOf, daysBetween, type Day } from '../../../kernel/day.ts'
import type { Name, Words } from '../../../kernel/words.ts'
import type { Summary } from '../../health-record/index.ts'
import type { Attestation, CriterionState } from '../continuity.ts'
import { isOfAny } from './icd-range.ts'

/** A measured value and the rulebook keys of its bounds. */
export type BoundedMeasure = {
  readonly codes: readonly string[]
  readonly unit: string
  readonly words: Words
  readonly below?: string | undefined
  readonly least?: string | undefined
}

/** How a criterion is decided; where the record does not tell, a doctor's statement does. */
export type Way =
  | { readonly kind: 'attestation' }
  | { readonly kind: 'diagnosis' }
  | { readonly kind: 'condition'; readonly within: string; readonly icd10: readonly string[] }
  | { readonly kind: 'measures'; readonly within: string; readonly all: readonly BoundedMeasure[] }
  | { readonly kind: 'recorded'; readonly within: string; readonly codes: readonly string[] }
  | { readonly kind: 'medicine'; readonly groups: readonly (readonly string[])[] }

export type Criterion = {
  readonly id: string
  readonly words: Words
  readonly grade: string
  readonly basis: string
  readonly isOptional: boolean
  readonly by: Way
}

/** What the criteria are decided from: the record, what doctors stated, and the ICD-10 ranges of the disease. */
export type CriteriaFacts = {
  readonly record: Pick<Summary, 'problems' | 'medicines' | 'series'>
  readonly attestations: readonly Attestation[]
  readonly icd10: readonly string[]
  readonly today: Day
  readonly zone: string
}

/** Values of the rulebook: bounds in the unit of the measure, days in which a fact counts. */
export type CriteriaLimits = { readonly bound: (key: string) => number; readonly recentDays: (key: string) => number }

/** The fact that decided a criterion: what, when, from where. */
export type DecidingFact = {
  readonly words: Words
  readonly at: Instant | null
  readonly from: 'record' | 'attestation'
  readonly by: Name | null
}

export type Decided = {
  readonly criterion: Criterion
  readonly state: CriterionState
  readonly fact: DecidingFact | null
  /** What is missing for a decision; null once it is decided. */
  readonly missing: Words | null
}

type Told = Pick<Decided, 'state' | 'fact' | 'missing'>

const recorded = (state: CriterionState, words: Words, at: Instant | null): Told => ({
  state,
  fact: { words, at, from: 'record', by: null },
  missing: null,
})
const unknown = (zh: string, en: string): Told => ({ state: 'unknown', fact: null, missing: { zh, en } })

const isRecent = (at: Instant | null, days: number, facts: CriteriaFacts): boolean =>
  at !== null && daysBetween(dayOf(at, facts.zone), facts.today) <= days

/**
 * Decides each criterion from the record as of a day: met, not met, or unknown with what is missing. A fact counts only while
 * it is recent enough. Where the record is silent, the newest statement of a doctor decides; it never overrules the record.
 * @source domain facts 2.4
 */
export const decideCriteria = (criteria: readonly Criterion[], facts: CriteriaFacts, limits: CriteriaLimits): Decided[] =>
  criteria.map((criterion) => {
    const told = fromRecord(criterion.by, facts, limits)
    return { criterion, ...(told.state === 'unknown' ? fromDoctor(criterion, told, facts, limits) : told) }
  })

const fromDoctor = (criterion: Criterion, told: Told, facts: CriteriaFacts, limits: CriteriaLimits): Told => {
  const stated = facts.attestations
    .filter((one) => one.criterion === criterion.id)
    .toSorted((a, b) => b.at.localeCompare(a.at))[0]
  if (!stated) return told
  const days = limits.recentDays('attestation')
  if (!isRecent(stated.at, days, facts))
    return unknown(`医生声明已超过 ${days} 天,需重新确认`, `The doctor’s statement is older than ${days} days; state it again`)
  return {
    state: stated.state,
    fact: { words: { zh: stated.note, en: stated.note }, at: stated.at, from: 'attestation', by: stated.by },
    missing: null,
  }
}

const fromRecord = (by: Way, facts: CriteriaFacts, limits: CriteriaLimits): Told => {
  switch (by.kind) {
    case 'attestation':
      return unknown('需病区医生确认', 'A doctor of the ward states it')
    case 'diagnosis':
      return diagnosed(facts)
    case 'condition':
      return hasCondition(by.icd10, limits.recentDays(by.within), facts)
    case 'measures':
      return measured(by.all, limits.recentDays(by.within), facts, limits)
    case 'recorded':
      return wasRecorded(by.codes, limits.recentDays(by.within), facts)
    case 'medicine':
      return isOnMedicine(by.groups, facts)
  }
}

const diagnosed = (facts: CriteriaFacts): Told => {
  const problem = facts.record.problems.find(({ code, isActive }) => isActive && code !== null && isOfAny(code, facts.icd10))
  return problem
    ? recorded('met', { zh: `${problem.words.zh} ${problem.code}`, en: `${problem.words.en} ${problem.code}` }, problem.since)
    : unknown('档案中没有该病种的编码诊断', 'The record has no coded diagnosis of the disease')
}

const hasCondition = (icd10: readonly string[], days: number, facts: CriteriaFacts): Told => {
  const found = facts.record.problems.find(
    ({ code, since }) => code !== null && isOfAny(code, icd10) && isRecent(since, days, facts),
  )
  return found
    ? recorded('met', found.words, found.since)
    : unknown(`${days} 天内档案中没有相应诊断`, `No such diagnosis in the record within ${days} days`)
}

const UNIT_NAMES: Readonly<Record<string, string>> = {
  'mm[Hg]': 'mmHg',
  '/min': '/min',
  '{beats}/min': '/min',
  'beats/min': '/min',
}
const unitOf = (unit: string): string => UNIT_NAMES[unit] ?? unit

/** The newest value of a measure in its unit, if it is recent enough. */
const newest = (measure: BoundedMeasure, days: number, facts: CriteriaFacts): { value: number; at: Instant } | null => {
  const points = facts.record.series
    .filter(({ code, unit }) => measure.codes.includes(code) && unitOf(unit) === measure.unit)
    .flatMap((series) => series.points)
    .toSorted((a, b) => b.at.localeCompare(a.at))
  const [last] = points
  return last && isRecent(last.at, days, facts) ? last : null
}

type Compared = { readonly state: 'met' | 'not-met'; readonly words: Words; readonly at: Instant }

const compared = (measure: BoundedMeasure, point: { value: number; at: Instant }, limits: CriteriaLimits): Compared => {
  const below = measure.below === undefined ? Infinity : limits.bound(measure.below)
  const least = measure.least === undefined ? -Infinity : limits.bound(measure.least)
  const range = [Number.isFinite(least) ? `≥${least}` : '', Number.isFinite(below) ? `<${below}` : ''].filter(Boolean).join(' ')
  const says = (name: string): string => `${name} ${point.value} ${measure.unit} (${range})`
  const isWithin = point.value >= least && point.value < below
  return { state: isWithin ? 'met' : 'not-met', words: { zh: says(measure.words.zh), en: says(measure.words.en) }, at: point.at }
}

const measured = (all: readonly BoundedMeasure[], days: number, facts: CriteriaFacts, limits: CriteriaLimits): Told => {
  const found = all.map((measure) => ({ measure, point: newest(measure, days, facts) }))
  const compareds = found.flatMap(({ measure, point }) => (point ? [compared(measure, point, limits)] : []))
  const breach = compareds.find(({ state }) => state === 'not-met')
  if (breach) return recorded('not-met', breach.words, breach.at)
  const lacking = found.filter(({ point }) => point === null).map(({ measure }) => measure.words)
  if (lacking.length > 0)
    return unknown(
      `缺 ${days} 天内的${lacking.map(({ zh }) => zh).join('、')}`,
      `Missing within ${days} days: ${lacking.map(({ en }) => en).join(', ')}`,
    )
  const oldest = compareds.map(({ at }) => at).toSorted()[0] ?? null
  return recorded(
    'met',
    { zh: compareds.map(({ words }) => words.zh).join(';'), en: compareds.map(({ words }) => words.en).join('; ') },
    oldest,
  )
}

const wasRecorded = (codes: readonly string[], days: number, facts: CriteriaFacts): Told => {
  for (const series of facts.record.series.filter(({ code }) => codes.includes(code))) {
    const last = series.points.at(-1)
    if (last && isRecent(last.at, days, facts))
      return recorded('met', { zh: `${series.words.zh} ${last.value}`, en: `${series.words.en} ${last.value}` }, last.at)
  }
  return unknown(`${days} 天内没有评分记录`, `No score on record within ${days} days`)
}

const isOnMedicine = (groups: readonly (readonly string[])[], facts: CriteriaFacts): Told => {
  const found = groups.map((group) =>
    facts.record.medicines.find(({ code, isActive }) => isActive && code !== null && group.some((atc) => code.startsWith(atc))),
  )
  const taken = found.filter((one) => one !== undefined)
  if (taken.length < groups.length)
    return unknown('档案中的在用药不含所需药物', 'The active medicines on record do not include what is needed')
  return recorded(
    'met',
    { zh: taken.map(({ words }) => words.zh).join('、'), en: taken.map(({ words }) => words.en).join(', ') },
    taken[0]?.since ?? null,
  )
}

/** How far a person is: states of the criteria that are not optional. */
export type Progress = { readonly met: number; readonly notMet: number; readonly unknown: number; readonly isReady: boolean }

/** Counts the required criteria; ready when there are any and all are met. */
export const progressOf = (decided: readonly Decided[]): Progress => {
  const required = decided.filter(({ criterion }) => !criterion.isOptional)
  const count = (state: CriterionState): number => required.filter((one) => one.state === state).length
  return {
    met: count('met'),
    notMet: count('not-met'),
    unknown: count('unknown'),
    isReady: required.length > 0 && count('met') === required.length,
  }
}

/** Who is nearest to going home stands first: fewest criteria against it, then fewest open, then longest beyond the expected stay. */
export const byReadiness = <Row extends { readonly progress: Progress; readonly daysOver: number }>(
  one: Row,
  other: Row,
): number =>
  one.progress.notMet - other.progress.notMet || one.progress.unknown - other.progress.unknown || other.daysOver - one.daysOver
