import { numberOf } from './primitives.ts'
import { isFields, type Fields, type Holds } from './walking.ts'

/** Whether an element stands, with a value or with an extension beside it. */
export const has = (element: Fields, name: string): boolean => element[name] !== undefined || element[`_${name}`] !== undefined

/** Whether any type of a choice stands. */
export const hasChoice = (element: Fields, name: string): boolean => {
  for (const key in element) {
    const at = key.startsWith('_') ? 1 : 0
    const next = key.charCodeAt(at + name.length)
    if (next >= 65 && next <= 90 && key.startsWith(name, at)) return true
  }
  return false
}

export const list = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : [])

const UCUM = 'http://unitsofmeasure.org'

const isAmount: Holds = (quantity) =>
  (has(quantity, 'code') || !has(quantity, 'value')) && (!has(quantity, 'system') || quantity['system'] === UCUM)

const HOUR_MS = 3_600_000

/** The first and the last instant that a date or time may mean: a date begins and ends somewhere on the earth. */
const boundsOf = (text: string): readonly [number, number] => {
  if (text.includes('T')) return [Date.parse(text), Date.parse(text)]
  const [year, month, day] = text.split('-').map(Number) as [number, number?, number?]
  const begin = Date.UTC(year, (month ?? 1) - 1, day ?? 1)
  const next =
    month === undefined
      ? Date.UTC(year + 1, 0, 1)
      : day === undefined
        ? Date.UTC(year, month, 1)
        : Date.UTC(year, month - 1, day + 1)
  return [begin - 14 * HOUR_MS, next + 12 * HOUR_MS]
}

const compareBounds = ([a, b]: readonly [number, number], [c, d]: readonly [number, number]): number | null =>
  b < c ? -1 : a > d ? 1 : null

/** Compares two dates or times as far as both are precise; null when that does not decide. */
export const compareTimes = (left: unknown, right: unknown): number | null => {
  if (typeof left !== 'string' || typeof right !== 'string') return null
  if (left.includes('T') && right.includes('T')) return Math.sign(Date.parse(left) - Date.parse(right))
  if (left.includes('T') !== right.includes('T')) return compareBounds(boundsOf(left), boundsOf(right))
  const length = Math.min(left.length, right.length)
  const [a, b] = [left.slice(0, length), right.slice(0, length)]
  if (a === b) return left.length === right.length ? 0 : null
  return a < b ? -1 : 1
}

const isOrdered: Holds = ({ start, end }) => (compareTimes(start, end) ?? 0) <= 0

const isRange: Holds = ({ low, high }) => {
  if (!isFields(low) || !isFields(high)) return true
  const [from, to] = [numberOf(low['value']), numberOf(high['value'])]
  return from === null || to === null || low['code'] !== high['code'] || low['unit'] !== high['unit'] || from <= to
}

const isRatio: Holds = (ratio) => {
  const [upper, lower] = [has(ratio, 'numerator'), has(ratio, 'denominator')]
  return upper === lower && (upper || has(ratio, 'extension'))
}

const implies =
  (one: string, other: string): Holds =>
  (element) =>
    !has(element, one) || has(element, other)
const notBoth =
  (one: string, other: string): Holds =>
  (element) =>
    !has(element, one) || !has(element, other)
const anyOf =
  (...names: readonly string[]): Holds =>
  (element) =>
    names.some((name) => has(element, name))

const isNotNegative =
  (name: string): Holds =>
  (element) =>
    (numberOf(element[name]) ?? 0) >= 0

const MEALS = new Set(['C', 'CM', 'CD', 'CV'])

/** Constraints of the data types. Source: hl7.org/fhir/R4, the definitions of each type. */
export const GENERAL: Readonly<Record<string, Holds>> = {
  'age-1': (age) => isAmount(age, age) && (numberOf(age['value']) ?? 1) > 0,
  'dis-1': isAmount,
  'cnt-3': (count) =>
    isAmount(count, count) &&
    [undefined, '1'].includes(count['code'] as string) &&
    Number.isInteger(numberOf(count['value']) ?? 0),
  'drt-1': (duration) => !has(duration, 'code') || (duration['system'] === UCUM && has(duration, 'value')),
  'qty-3': implies('code', 'system'),
  'sqty-1': (quantity) => !has(quantity, 'comparator'),
  'att-1': implies('data', 'contentType'),
  'cpt-2': implies('value', 'system'),
  'per-1': isOrdered,
  'rng-2': isRange,
  'rat-1': isRatio,
  'exp-1': anyOf('expression', 'reference'),
  // Kept where references are walked.
  'ref-1': () => true,
  'tim-1': implies('duration', 'durationUnit'),
  'tim-2': implies('period', 'periodUnit'),
  'tim-4': isNotNegative('duration'),
  'tim-5': isNotNegative('period'),
  'tim-6': implies('periodMax', 'period'),
  'tim-7': implies('durationMax', 'duration'),
  'tim-8': implies('countMax', 'count'),
  'tim-9': (repeat) =>
    !has(repeat, 'offset') ||
    (has(repeat, 'when') && Array.isArray(repeat['when']) && !repeat['when'].some((one) => MEALS.has(one as string))),
  'tim-10': notBoth('timeOfDay', 'when'),
}
