import type { AreaRow, When } from './area-schema.ts'

type Single = Readonly<Record<string, string | number>>

/** Every single condition that a row's lists stand for: `level: [primary, level1]` is two. */
const singles = (when: When): Single[] => {
  const fields = Object.entries(when).toSorted(([a], [b]) => (a < b ? -1 : 1))
  let found: Single[] = [{}]
  for (const [name, value] of fields)
    if (value !== undefined) found = found.flatMap((one) => [value].flat().map((single): Single => ({ ...one, [name]: single })))
  return found
}

const whatOf = (row: AreaRow): string => {
  if (row.kind === 'layer') return `layer ${row.layer}`
  if (row.kind === 'cap-growth') return row.layer === undefined ? row.kind : `cap-growth ${row.layer}`
  if (row.kind === 'care-limit')
    return `care-limit${row.together === true ? ' together' : ''} ${row.of} ${row.per}${row.layer === undefined ? '' : ` ${row.layer}`}`
  if (row.kind === 'price') return `price ${row.service}`
  return row.kind === 'fund-cap' && row.of !== 'fund' ? `fund-cap ${row.of}` : row.kind
}

/** What a row is a value of: its kind, the layer, and each condition. Two rows of one key must not be in force at once. */
export const keysOf = (row: AreaRow): string[] => {
  const what = whatOf(row)
  return singles(row.when).map((one) => [what, ...Object.entries(one).map(([name, value]) => `${name} ${value}`)].join(' · '))
}

/** A condition of care in a hospital: rows that name no care are of hospital stays. */
const isOfStay = (row: AreaRow): boolean => (row.when.care ?? 'inpatient') === 'inpatient'

/** Levels for which an area has a deductible of stays but no rate, or a rate but no deductible. */
export const halfLevels = (rows: readonly AreaRow[]): { level: string; lacks: 'rate' | 'deductible' }[] => {
  const levelsOf = (kind: 'rate' | 'deductible'): Set<string> =>
    new Set(rows.flatMap((row) => (row.kind === kind && isOfStay(row) ? (row.when.level ?? ['any']) : [])))
  const rates = levelsOf('rate')
  const deductibles = levelsOf('deductible')
  const without = (some: Set<string>, others: Set<string>): string[] =>
    others.has('any') ? [] : [...some].filter((level) => level !== 'any' && !others.has(level))
  return [
    ...without(deductibles, rates).map((level) => ({ level, lacks: 'rate' as const })),
    ...without(rates, deductibles).map((level) => ({ level, lacks: 'deductible' as const })),
  ]
}

/** Bands that leave a hole, overlap or stand out of order: each begins where the one before it ends. */
export const bandFault = (row: AreaRow): boolean => {
  if (row.kind !== 'rate' && row.kind !== 'layer') return false
  return row.bands.some(({ overFen, upToFen }, index) => {
    const before = row.bands[index - 1]
    return (before !== undefined && before.upToFen !== overFen) || (upToFen !== null && upToFen <= overFen)
  })
}
