import { MDC_ORDER, readDrg, type DrgStay, type Grouper } from './drg.ts'

/** Beginnings of codes: a code is on the list when it begins with one of them. */
type Codes = readonly string[]

/** A major category: who belongs to it. Empty diagnoses: whoever has an operation of one of its groups (transplants, ventilation). */
export type DrgCategory = {
  readonly mdc: string
  /** Main diagnoses. */
  readonly diagnoses: Codes
  readonly sex?: DrgStay['sex']
  /** Not older than so many days: newborns. */
  readonly ageDaysMost?: number
  /** Injuries of so many of the sites, each site a list of diagnoses: several injuries. */
  readonly sites?: { readonly least: number; readonly of: readonly Codes[] }
}

/** What of its severity an adjacent group is parted by, heaviest first; `9` alone: not parted. */
export type DrgPart = '1' | '3' | '5' | '7' | '9'

/** An adjacent group: main diagnoses and operations that lead to it (an empty list asks for nothing), and how it is parted. */
export type DrgAdjacent = {
  readonly adrg: string
  readonly diagnoses: Codes
  readonly procedures: Codes
  readonly parts: readonly DrgPart[]
}

/** An edition of CHS-DRG as data. The house ships none: it is the region's. */
export type DrgEdition = {
  readonly name: string
  readonly categories: readonly DrgCategory[]
  /** In the order in which they are asked, inside their kind. */
  readonly adjacent: readonly DrgAdjacent[]
  /** Other diagnoses that are major complications, and complications. */
  readonly major: Codes
  readonly minor: Codes
  /** A complication that does not count beside certain main diagnoses. */
  readonly excluded: readonly { readonly complication: string; readonly beside: Codes }[]
  /** How a stay ends that counts as left early (died, transferred), and after at most how many days. */
  readonly leftEarly?: { readonly leaving: readonly string[]; readonly daysMost: number }
}

const isOn = (code: string, list: Codes): boolean => list.some((beginning) => code.startsWith(beginning))
const anyOn = (codes: readonly string[], list: Codes): boolean => codes.some((code) => isOn(code, list))

const belongs = (stay: DrgStay, one: DrgCategory): boolean =>
  (one.diagnoses.length === 0 || isOn(stay.diagnoses[0] ?? '', one.diagnoses)) &&
  (one.sex === undefined || stay.sex === one.sex) &&
  (one.ageDaysMost === undefined || stay.ageDays <= one.ageDaysMost) &&
  (one.sites === undefined || one.sites.of.filter((site) => anyOn(stay.diagnoses, site)).length >= one.sites.least)

const leads = (stay: DrgStay, { diagnoses, procedures }: DrgAdjacent): boolean =>
  (diagnoses.length === 0 || isOn(stay.diagnoses[0] ?? '', diagnoses)) &&
  (procedures.length === 0 || anyOn(stay.procedures, procedures))

// From heavy to light: where an adjacent group has no part of a severity, the next lighter takes the stay.
const BY_WEIGHT = ['1', '3', '5'] as const

const severityOf = (stay: DrgStay, edition: DrgEdition): (typeof BY_WEIGHT)[number] => {
  const main = stay.diagnoses[0] ?? ''
  const counts = stay.diagnoses
    .slice(1)
    .filter((code) => !edition.excluded.some(({ complication, beside }) => code.startsWith(complication) && isOn(main, beside)))
  return anyOn(counts, edition.major) ? '1' : anyOn(counts, edition.minor) ? '3' : '5'
}

const partFor = (stay: DrgStay, { parts }: DrgAdjacent, edition: DrgEdition): DrgPart => {
  const early = edition.leftEarly
  if (early && parts.includes('7') && early.leaving.includes(stay.leaving) && stay.days <= early.daysMost) return '7'
  const from = BY_WEIGHT.indexOf(severityOf(stay, edition))
  return BY_WEIGHT.slice(from).find((part) => parts.includes(part)) ?? '9'
}

// What comes before every category is asked by operation; whom none of its groups takes goes on to the others.
const BEFORE_ALL = 'A'
const KINDS = ['surgical', 'procedure', 'medical'] as const

/**
 * A grouper out of an edition: the category in the order of CHS-DRG, in it operations before other procedures before medical groups, then the
 * part by complications. Null: no category or no group takes the stay.
 * @source CHS-DRG 分组与付费技术规范 (structure; the edition's content is the region's data)
 */
export const grouperOf = (edition: DrgEdition): Grouper => {
  const categories = new Map(edition.categories.map((one) => [one.mdc, one]))
  const rank = ({ adrg }: DrgAdjacent): number => KINDS.indexOf(readDrg(`${adrg}9`)?.kind ?? 'medical')
  const adjacent = Map.groupBy(
    edition.adjacent.toSorted((one, other) => rank(one) - rank(other)),
    ({ adrg }) => adrg.slice(0, 1),
  )
  return (stay) => {
    for (const mdc of MDC_ORDER) {
      const category = categories.get(mdc)
      if (!category || !belongs(stay, category)) continue
      const found = adjacent.get(mdc)?.find((one) => leads(stay, one))
      if (found) return `${found.adrg}${partFor(stay, found, edition)}`
      if (mdc !== BEFORE_ALL) return null
    }
    return null
  }
}

/** Every code that an edition can answer. */
export const codesOf = ({ adjacent }: DrgEdition): string[] =>
  adjacent.flatMap(({ adrg, parts }) => parts.map((part) => `${adrg}${part}`))

/** What is wrong with an edition and its weights, in words; empty when it can be used. */
export const editionFaults = (edition: DrgEdition, weights: ReadonlyMap<string, number>): string[] => {
  const mdcs = new Set(edition.categories.map(({ mdc }) => mdc))
  const seen = new Set<string>()
  const faults = edition.categories
    .filter(({ mdc }) => !(MDC_ORDER as readonly string[]).includes(mdc))
    .map(({ mdc }) => `${mdc} is no category`)
  for (const { adrg, procedures, parts } of edition.adjacent) {
    const read = readDrg(`${adrg}9`)
    if (!read) faults.push(`${adrg} is no code of an adjacent group`)
    else if (!mdcs.has(read.mdc)) faults.push(`${adrg} is of a category that the edition has not`)
    else if (read.kind !== 'medical' && procedures.length === 0) faults.push(`${adrg} is of operations and names none`)
    if (seen.has(adrg)) faults.push(`${adrg} stands twice`)
    seen.add(adrg)
    const isWhole = parts.length === 1 && parts[0] === '9'
    if (!isWhole && (!parts.includes('5') || parts.includes('9')))
      faults.push(`${adrg} leaves stays without complications in no part`)
  }
  const codes = codesOf(edition)
  for (const code of codes) if (!((weights.get(code) ?? 0) > 0)) faults.push(`${code} has no weight`)
  for (const code of weights.keys()) if (!codes.includes(code)) faults.push(`${code} has a weight and is no group`)
  return faults
}
