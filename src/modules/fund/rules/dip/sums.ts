import { assert } from '../../../../kernel/assert.ts'
import { WHOLE } from '../../../../kernel/share.ts'

// The largest number of an Int32Array.
const INT_MOST = 2_147_483_647

/** Discharges as columns: what a discharge belongs to, in which year (0 is the oldest), and what it cost in fen. All of one length. */
export type Discharges = {
  readonly group: Uint32Array | Uint16Array
  readonly year: Uint8Array
  readonly costFen: Int32Array
}

/** Cases and cost by group and year; the place of a pair is `group × years + year`. */
export type Sums = { readonly years: number; readonly cases: Int32Array; readonly costFen: Float64Array }

/**
 * Cases and cost of each group in each year, in one pass. Sums of whole fen stay exact below 2^53: 90 billion yuan a group and year.
 */
export const sumsOf = ({ group, year, costFen }: Discharges, groups: number, years: number): Sums => {
  assert(group.length === year.length && year.length === costFen.length, 'columns have one length')
  const cases = new Int32Array(groups * years)
  const sum = new Float64Array(groups * years)
  let latest = 0
  for (let at = 0; at < group.length; at++) {
    const of = year[at] as number
    if (of > latest) latest = of
    const place = (group[at] as number) * years + of
    cases[place] = (cases[place] as number) + 1
    sum[place] = (sum[place] as number) + (costFen[at] as number)
  }
  // Typed arrays drop what lies outside of them without a word, and a year too many would count for the next group.
  assert(latest < years || group.length === 0, 'every discharge is of one of the years')
  let counted = 0
  for (const count of cases) counted += count
  assert(counted === group.length, 'every discharge is of one of the groups')
  return { years, cases, costFen: sum }
}

/** What a group's costs must lie between to count for its mean; both ends count. Fen. */
export type Fences = { readonly least: Int32Array; readonly most: Int32Array }

/**
 * The fences of trimming: the costs at two percentiles inside each group (nearest rank), over all of its years.
 * A group with fewer than `casesMin` cases is not trimmed. Percentiles in basis points.
 */
export const fencesOf = (
  { group, costFen }: Pick<Discharges, 'group' | 'costFen'>,
  into: Uint32Array,
  groups: number,
  terms: { readonly lowest: number; readonly highest: number; readonly casesMin: number },
): Fences => {
  const start = new Uint32Array(groups + 1)
  for (let at = 0; at < group.length; at++) start[(into[group[at] as number] as number) + 1]!++
  for (let at = 0; at < groups; at++) start[at + 1] = (start[at + 1] as number) + (start[at] as number)
  const next = start.slice(0, groups)
  const sorted = new Int32Array(group.length)
  for (let at = 0; at < group.length; at++) {
    const to = into[group[at] as number] as number
    sorted[next[to]!++] = costFen[at] as number
  }
  const least = new Int32Array(groups).fill(-INT_MOST - 1)
  const most = new Int32Array(groups).fill(INT_MOST)
  for (let at = 0; at < groups; at++) {
    const from = start[at] as number
    const until = start[at + 1] as number
    const cases = until - from
    if (cases < terms.casesMin || cases === 0) continue
    const low = from + Math.max(1, Math.ceil((cases * terms.lowest) / WHOLE)) - 1
    const high = from + Math.max(1, Math.ceil((cases * terms.highest) / WHOLE)) - 1
    least[at] = chosen(sorted, low, from, until - 1)
    most[at] = chosen(sorted, high, low, until - 1)
  }
  return { least, most }
}

/** The value that would stand at a place if the part were sorted; reorders the part so that nothing smaller stands behind it. */
const chosen = (values: Int32Array, place: number, first: number, last: number): number => {
  let from = first
  let until = last
  while (from < until) {
    const pivot = values[(from + until) >>> 1] as number
    let left = from
    let right = until
    while (left <= right) {
      while ((values[left] as number) < pivot) left++
      while ((values[right] as number) > pivot) right--
      if (left > right) break
      const kept = values[left] as number
      values[left++] = values[right] as number
      values[right--] = kept
    }
    if (place <= right) until = right
    else if (place >= left) from = left
    else break
  }
  return values[place] as number
}

/** Sums of what lies inside the fences, by the group that each group was put into. */
export const sumsInside = (
  { group, year, costFen }: Discharges,
  into: Uint32Array,
  { least, most }: Fences,
  years: number,
): Sums => {
  const cases = new Int32Array(least.length * years)
  const sum = new Float64Array(least.length * years)
  for (let at = 0; at < group.length; at++) {
    const to = into[group[at] as number] as number
    const cost = costFen[at] as number
    if (cost < (least[to] as number) || cost > (most[to] as number)) continue
    const place = to * years + (year[at] as number)
    cases[place] = (cases[place] as number) + 1
    sum[place] = (sum[place] as number) + cost
  }
  return { years, cases, costFen: sum }
}
