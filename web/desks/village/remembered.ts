import type { Queries } from '../../api/api-types.ts'

export type Condition = Queries['navigation.conditions']['answer']['conditions'][number]
type Ranked = Queries['navigation.rank']['answer']
export type Place = Ranked['places'][number]
/** Where a condition can go, as it was last answered; names of institutions, nothing about a person. */
export type KnownPlaces = Pick<Ranked, 'specialty' | 'places' | 'nearMisses' | 'notes'>

const under = { conditions: 'jieli-conditions', recent: 'jieli-conditions-recent', places: 'jieli-places' } as const
const recentMost = 6
const placesMost = 12

const read = <V>(key: string, otherwise: V): V => {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as V | null) ?? otherwise
  } catch {
    return otherwise
  }
}
const write = (key: string, value: unknown): void => {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // A full device only loses the help for the next time without a network.
  }
}

/** The catalogue as last seen, the most used first, so that a condition is found without a network. */
export const knownConditions = (): Condition[] => read<Condition[]>(under.conditions, [])
/** The whole catalogue in its order; what it no longer has goes. */
export const keepCatalogue = (conditions: readonly Condition[]): void => write(under.conditions, conditions)
export const keepConditions = (conditions: readonly Condition[]): void => {
  const known = new Map([...knownConditions(), ...conditions].map((one) => [one.key, one]))
  write(under.conditions, [...known.values()])
}

/** Conditions chosen on this device, latest first. */
export const recentConditions = (): Condition[] => read<Condition[]>(under.recent, [])
export const keepRecent = (condition: Condition): void =>
  write(under.recent, [condition, ...recentConditions().filter(({ key }) => key !== condition.key)].slice(0, recentMost))

/** Places as last ranked for a condition on this device. */
export const knownPlaces = (condition: string): KnownPlaces | null =>
  read<Record<string, KnownPlaces>>(under.places, {})[condition] ?? null
export const keepPlaces = (condition: string, { specialty, places, nearMisses, notes }: KnownPlaces): void => {
  const kept = Object.entries(read<Record<string, KnownPlaces>>(under.places, {})).filter(([key]) => key !== condition)
  write(under.places, Object.fromEntries([...kept.slice(1 - placesMost), [condition, { specialty, places, nearMisses, notes }]]))
}
