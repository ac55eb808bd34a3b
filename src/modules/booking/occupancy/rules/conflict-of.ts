import type { ConflictKind, FedEntry, OwnPlaces } from '../occupancy.ts'

/** How the two sides differ and by how many places; more is worse. */
export type Difference = { readonly what: Exclude<ConflictKind, 'number-reused'>; readonly units: number }

/**
 * How what a hospital says of its places cannot be true together with what we have sold, or null. The worst comes first: it has fewer
 * places than we have sold; it has none free while we still sell; it has some free while we are full. Where both have free places, or
 * both none, there is no conflict, however the numbers differ: the hospital also admits people whom we do not know of.
 * Source: conflict with units sold is reported, never hidden (design).
 */
export const conflictOf = (fed: Pick<FedEntry, 'free' | 'capacity'>, own: OwnPlaces): Difference | null => {
  if (fed.capacity < own.sold) return { what: 'fewer-than-sold', units: own.sold - fed.capacity }
  if (fed.free === 0 && own.free > 0) return { what: 'full-where-free', units: own.free }
  if (fed.free > 0 && own.free === 0) return { what: 'free-where-full', units: fed.free }
  return null
}

/** Whether a conflict that somebody has acknowledged must be looked at again: it is another one, or it has grown. */
export const isWorse = (now: Difference, acknowledged: { readonly what: ConflictKind; readonly units: number }): boolean =>
  now.what !== acknowledged.what || now.units > acknowledged.units
