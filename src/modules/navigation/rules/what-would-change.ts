import { millisecondsBetween, plusMilliseconds, type Instant } from '../../../kernel/clock.ts'
import { SERVICE_TAGS, type ServiceTag } from '../../organisations/index.ts'
import type { Candidate, Weights } from './rank-places.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** One thing that alone would make a place the first. */
export type RankChange =
  /** A unit before that moment. */
  | { readonly kind: 'earlier-unit'; readonly before: Instant }
  /** A way shorter than so many kilometres. */
  | { readonly kind: 'nearer'; readonly km: number }
  | { readonly kind: 'own-consortium' }
  | { readonly kind: 'stronger'; readonly tag: ServiceTag }

/** What the points of a place are made of, as far as a change could take them off. */
export type Placed = Candidate & {
  readonly points: number
  readonly parts: { readonly consortium: number; readonly capacity: number; readonly distance: number; readonly strength: number }
}
export type ChangeAsked = { readonly weights: Weights; readonly now: Instant; readonly until: Instant }

/**
 * What, each taken alone, would put a place before the first of the list: a unit before a moment, a shorter way, the own consortium,
 * a stronger specialty. None: more than one thing would have to change. Never what the place is paid.
 * @source `navigation.weights` of the day, from which both are weighed
 */
export const whatWouldChange = (place: Placed, first: { readonly points: number }, asked: ChangeAsked): RankChange[] => {
  const gap = place.points - first.points
  if (!(gap > 0)) return []
  return [
    ...earlierUnit(place, gap, asked),
    ...nearer(place, gap, asked.weights),
    ...(place.parts.consortium > gap ? [{ kind: 'own-consortium' as const }] : []),
    ...stronger(place, gap, asked.weights),
  ]
}

const earlierUnit = ({ parts, free, isOwnLead }: Placed, gap: number, { weights, now, until }: ChangeAsked): RankChange[] => {
  const spare = parts.capacity + (!free && isOwnLead ? weights['own-lead'] : 0) - gap
  if (!(spare > 0)) return []
  const horizonMs = millisecondsBetween(now, until)
  const allowedMs = weights['wait-day'] > 0 ? (spare / weights['wait-day']) * DAY_MS : horizonMs
  return [{ kind: 'earlier-unit', before: plusMilliseconds(now, Math.floor(Math.min(allowedMs, horizonMs))) }]
}

const nearer = ({ parts, distanceKm }: Placed, gap: number, { kilometre }: Weights): RankChange[] =>
  parts.distance > gap ? [{ kind: 'nearer', km: distanceKm - gap / kilometre }] : []

// The weakest tag that is enough.
const stronger = ({ parts }: Placed, gap: number, weights: Weights): RankChange[] => {
  const enough = SERVICE_TAGS.filter((tag) => weights[`${tag}-tag`] + parts.strength > gap)
  const [tag] = enough.toSorted((a, b) => weights[`${a}-tag`] - weights[`${b}-tag`])
  return tag ? [{ kind: 'stronger', tag }] : []
}
