import type { Instant } from '../../../kernel/clock.ts'
import { millisecondsBetween } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { heightOf, type ServiceTag, type Tier } from '../../organisations/index.ts'

/** What a place is ranked by. */
export type Candidate = {
  readonly id: OrgId
  readonly tier: Tier
  readonly tag: ServiceTag | null
  /** Whether it belongs to the consortium that the person lives in. */
  readonly isOwnConsortium: boolean
  /** Whether it leads that consortium: it receives those who are referred up. */
  readonly isOwnLead: boolean
  readonly distanceKm: number
  /** What the asker's channel can book within the horizon; null when nothing is left. */
  readonly free: { readonly units: number; readonly reserved: number; readonly firstAt: Instant } | null
}

/** Points for each thing that makes a place less fitting, and off for its strength; from the rulebook. */
export const FACTORS = [
  'tier-step',
  'other-consortium',
  'own-lead',
  'no-free-unit',
  'wait-day',
  'kilometre',
  'key-tag',
  'advantage-tag',
  'feature-tag',
] as const
export type Factor = (typeof FACTORS)[number]
export type Weights = Readonly<Record<Factor, number>>

export type Asked = { readonly lowestTier: Tier; readonly now: Instant; readonly weights: Weights }
export type Ranked<Place extends Candidate> = { readonly place: Place; readonly position: number; readonly points: number }

const DAY_MS = 24 * 60 * 60 * 1000

/** Points of one place: fewer is better. What each part comes to depends on the weights alone. */
export const pointsOf = (place: Candidate, { lowestTier, now, weights }: Asked): number => {
  const steps = Math.max(0, heightOf(place.tier) - heightOf(lowestTier))
  const waitDays = place.free ? Math.max(0, millisecondsBetween(now, place.free.firstAt)) / DAY_MS : 0
  return (
    steps * weights['tier-step'] +
    (place.isOwnConsortium ? 0 : weights['other-consortium']) -
    // Leading helps only where there is a place to be had.
    (place.isOwnLead && place.free ? weights['own-lead'] : 0) +
    (place.free ? waitDays * weights['wait-day'] : weights['no-free-unit']) +
    place.distanceKm * weights.kilometre -
    (place.tag ? weights[`${place.tag}-tag`] : 0)
  )
}

/**
 * Places in the order in which to offer them: the lowest tier that may treat it, one's own consortium, real free units,
 * strength and distance, weighed by policy. A tier below the lowest is never among them. Equal points: the nearer one.
 * @source 基层首诊、双向转诊; the weights are `navigation.weights`
 */
export const rankPlaces = <Place extends Candidate>(places: readonly Place[], asked: Asked): Ranked<Place>[] =>
  places
    .filter((place) => heightOf(place.tier) >= heightOf(asked.lowestTier))
    .map((place) => ({ place, points: pointsOf(place, asked) }))
    .sort(
      (a, b) =>
        a.points - b.points || a.place.distanceKm - b.place.distanceKm || (BigInt(a.place.id) < BigInt(b.place.id) ? -1 : 1),
    )
    .map(({ place, points }, index) => ({ place, position: index + 1, points: Math.round(points) }))
