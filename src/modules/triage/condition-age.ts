const AGE = /^(\d{1,3})([dmy]?)-(?:(\d{1,3})([dmy]?))?$/
const YEARS: Readonly<Record<string, number>> = { d: 1 / 365.25, m: 1 / 12, y: 1 }
const yearsOf = (count: string, unit: string | undefined): number => Number(count) * (YEARS[unit || 'y'] ?? 1)

/** `0-28d`, `0-14`, `60-` of the catalogue in years: from this age on, and younger than that. Without limits, every age. */
export const ageLimits = (age: string | undefined): { readonly from: number; readonly until: number } => {
  const [, from, fromUnit, until, untilUnit] = AGE.exec(age ?? '') ?? []
  if (from === undefined) return { from: 0, until: Number.POSITIVE_INFINITY }
  // 0-28d says its unit once.
  const first = yearsOf(from, fromUnit || untilUnit)
  return { from: first, until: until === undefined ? Number.POSITIVE_INFINITY : yearsOf(until, untilUnit) }
}
