import type { Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import type { YearEntry, YearSeen } from '../settlement.ts'
import type { CareKind } from './area-schema.ts'

const YEAR_CHARS = 'YYYY'.length
const MONTH_CHARS = 'YYYY-MM'.length
// Calendar quarters. @source the Gregorian calendar
const MONTHS_OF_QUARTER = 3
const monthOf = (day: string): string => day.slice(0, MONTH_CHARS)
const quarterOf = (day: string): number => Math.ceil(Number(day.slice(YEAR_CHARS + 1, MONTH_CHARS)) / MONTHS_OF_QUARTER)

/** The year whose cumulators a bill of this day joins: that of the day of discharge. */
export const yearOf = (day: Day): number => Number(day.slice(0, YEAR_CHARS))

const addLayers = (sum: Record<string, { baseFen: number; paidFen: number }>, layers: YearEntry['layers']): void => {
  for (const [name, [baseFen, paidFen]] of Object.entries(layers)) {
    const seen = sum[name]
    sum[name] = { baseFen: (seen?.baseFen ?? 0) + baseFen, paidFen: (seen?.paidFen ?? 0) + paidFen }
  }
}

type LayersOfCare = NonNullable<YearSeen['before']['layersOfCare']>

/** What each layer paid, by kind of care. */
const addOfCare = (sum: LayersOfCare, care: CareKind, layers: YearEntry['layers']): void => {
  const own = (sum[care] ??= {})
  for (const [name, [, paidFen]] of Object.entries(layers)) own[name] = (own[name] ?? 0) + paidFen
}

/** Levels of the stays that stand, in the order in which they were settled; a reversed one has left. */
const levelsOf = (entries: readonly YearEntry[]): YearEntry['level'][] => {
  const stays = new Map<string, { level: YearEntry['level']; seq: number; count: number }>()
  for (const { org, bill, level, seq, stays: joins } of entries) {
    const key = `${org} ${bill}`
    stays.set(key, { level, seq, count: (stays.get(key)?.count ?? 0) + joins })
  }
  return [...stays.values()]
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => one.seq - other.seq)
    .map(({ level }) => level)
}

type LimitsUsed = NonNullable<YearSeen['before']['limitsUsed']>

const addUsed = (sum: LimitsUsed, used: Readonly<Record<string, number>>, isOfQuarter: boolean, isOfMonth: boolean): void => {
  for (const [name, fen] of Object.entries(used)) {
    const seen = (sum[name] ??= { yearFen: 0, quarterFen: 0, monthFen: 0 })
    seen.yearFen += fen
    if (isOfQuarter) seen.quarterFen += fen
    if (isOfMonth) seen.monthFen += fen
  }
}

/** The counts of a year that has seen nothing. */
export const NOTHING_BEFORE = {
  inScopeFen: 0,
  quarterInScopeFen: 0,
  monthInScopeFen: 0,
  totalFen: 0,
  quarterTotalFen: 0,
  monthTotalFen: 0,
  quarterDeductibleFen: 0,
  monthDeductibleFen: 0,
  careFundFen: 0,
  careFundMonthFen: 0,
  careFundQuarterFen: 0,
  staysHere: 0,
}

/**
 * What a year has seen before a bill, as a claim states it, from the entries of that year: the deductible, the counts of stays and
 * the limits of its own kind of care, the fund and the layers of all. Only entries of the bill's own year are asked of it.
 */
export const yearSoFar = (
  entries: readonly YearEntry[],
  bill: { readonly care: CareKind; readonly day: Day; readonly hospital: OrgId | null },
): YearSeen => {
  const layers: Record<string, { baseFen: number; paidFen: number }> = {}
  const layersOfCare: LayersOfCare = {}
  const limitsUsed: LimitsUsed = {}
  // Of entries that were made before it was kept nobody knows it: then all of the kind of care counts.
  let isKept = true
  const seen = { deductiblePaidFen: 0, fundPaidFen: 0 }
  const before = { ...NOTHING_BEFORE }
  for (const one of entries) {
    seen.fundPaidFen += one.basicFen
    addLayers(layers, one.layers)
    addOfCare(layersOfCare, one.care, one.layers)
    if (one.care !== bill.care) continue
    const isOfMonth = monthOf(one.day) === monthOf(bill.day)
    seen.deductiblePaidFen += one.deductibleFen
    before.inScopeFen += one.inScopeFen
    before.totalFen += one.totalFen
    before.careFundFen += one.basicFen
    const isOfQuarter = quarterOf(one.day) === quarterOf(bill.day)
    if (one.limitsUsed === null) isKept = false
    else addUsed(limitsUsed, one.limitsUsed, isOfQuarter, isOfMonth)
    if (isOfQuarter) {
      before.quarterInScopeFen += one.inScopeFen
      before.careFundQuarterFen += one.basicFen
      before.quarterTotalFen += one.totalFen
      before.quarterDeductibleFen += one.deductibleFen
    }
    if (isOfMonth) {
      before.monthInScopeFen += one.inScopeFen
      before.careFundMonthFen += one.basicFen
      before.monthTotalFen += one.totalFen
      before.monthDeductibleFen += one.deductibleFen
    }
    if (one.org === bill.hospital) before.staysHere += one.stays
  }
  return {
    ...seen,
    earlierLevels: levelsOf(entries.filter(({ care }) => care === bill.care)),
    before: { ...before, layers, layersOfCare, ...(isKept ? { limitsUsed } : {}) },
  }
}
