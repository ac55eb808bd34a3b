import { FINDING_KINDS, type Finding, type FindingKind } from '../../shapes/rulebook-check.ts'

/** A part of a rulebook that somebody looks after: an area and its insured type, or a module of the national part. */
export type PlaceCount = {
  readonly place: string
  /** How often each kind was found there; kinds that were not found are left out. */
  readonly counts: Readonly<Partial<Record<FindingKind, number>>>
  readonly faults: number
}

/** `areas/changsha/residents.yaml` is `changsha/residents`; what lies below `national/fund/` is `national/fund`. */
export const placeOf = (file: string): string => {
  const [part = '', module = '', ...deeper] = file.split('/')
  if (part === 'areas') return file.slice('areas/'.length).replace(/\.yaml$/, '')
  return deeper.length === 0 ? part : `${part}/${module}`
}

/** Whether a place is what was asked for, or lies in it: `changsha` holds `changsha/residents`. */
export const isAt = (place: string, asked: string): boolean => place === asked || place.startsWith(`${asked}/`)

const placeCount = (place: string, found: readonly Finding[]): PlaceCount => ({
  place,
  counts: Object.fromEntries(
    FINDING_KINDS.map((kind) => [kind, found.filter((one) => one.kind === kind).length] as const).filter(
      ([, count]) => count > 0,
    ),
  ),
  faults: found.filter(({ weight }) => weight === 'fault').length,
})

/** What was found at each place, places with something to correct first. Those without a finding are left out. */
export const placeCounts = (findings: readonly Finding[]): PlaceCount[] =>
  [...Map.groupBy(findings, ({ file }) => placeOf(file))]
    .map(([place, found]) => placeCount(place, found))
    .toSorted((a, b) => Number(b.faults > 0) - Number(a.faults > 0) || (a.place < b.place ? -1 : 1))
