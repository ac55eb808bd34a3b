import { heightOf } from '../../organisations/index.ts'
import { freeAt, type Capacity } from './capacity.ts'
import { prepare } from './prepared.ts'
import { capacityPoints } from './points.ts'
import { find } from './search.ts'
import { openSearch, type Search } from './search-state.ts'
import { STRENGTHS, type FoundPlace, type Parts, type Question, type Site, type World } from './world.ts'

export type Engine = {
  /**
   * The best places, exactly those and in that order that `rankPlaces` would find among all: fewer points first, equal points the nearer
   * one, then the smaller id. A need that the world does not hold finds none.
   * @throws RangeError when a weight makes far or late places better, or more than 200 places are asked for.
   */
  readonly rank: (question: Question) => FoundPlace[]
  /** The same as positions of sites in the order of their ids, without their parts: as quick as it can be. */
  readonly rankSites: (question: Question) => Uint32Array
  /** What the mirror writes and every question reads. */
  readonly capacity: Capacity
  /** Sites in the order of their ids. */
  readonly sites: readonly Site[]
  readonly hasNeed: (key: string) => boolean
  /** How many pairs of a need and a place there are, and how many bytes the arrays take. */
  readonly pairs: number
  readonly bytes: () => number
}

const partsOf = (search: Search, at: number): Parts => {
  const { best, question, stock, sitesFrom, tierPoints, tagPoints } = search
  const { weights, lowestTier } = question
  const site = best.sites[at] as number
  const ofClass = best.classes[at] as number
  const own = best.owns[at] as number
  const first = stock.first[sitesFrom + site] as number
  const height = ofClass >> 2
  const singled = question.singled?.get((search.prepared.sites[site] as Site).id)
  return {
    tier: Math.max(0, height - heightOf(lowestTier)) * weights['tier-step'],
    consortium: own > 0 ? 0 : weights['other-consortium'],
    lead: own === 2 && first !== Infinity ? -weights['own-lead'] : 0,
    capacity: capacityPoints(search, first),
    distance: (best.kilometres[at] as number) * weights.kilometre,
    strength: -(tagPoints[ofClass & 3] as number),
    added: (tierPoints[height] as number) + (singled?.points ?? 0),
  }
}

const foundAt = (search: Search, at: number): FoundPlace => {
  const { best, prepared, stock, sitesFrom } = search
  const number = best.sites[at] as number
  const site = prepared.sites[number] as Site
  return {
    id: site.id,
    tier: site.tier,
    tag: STRENGTHS[(best.classes[at] as number) & 3] ?? null,
    isOwnConsortium: (best.owns[at] as number) > 0,
    isOwnLead: best.owns[at] === 2,
    distanceKm: best.kilometres[at] as number,
    free: freeAt(stock, sitesFrom + number),
    site,
    position: at + 1,
    points: best.points[at] as number,
    parts: partsOf(search, at),
  }
}

/** Builds the engine of a world; its capacity is empty until somebody fills it. @source performance.md sections 6 and 12 */
export const openEngine = (world: World): Engine => {
  const prepared = prepare(world)
  const search = openSearch(prepared)
  const byId: Site[] = []
  prepared.ranks.forEach((rank, site) => (byId[rank] = prepared.sites[site] as Site))
  return {
    rank: (question) => {
      const { count } = find(search, question)
      return Array.from({ length: count }, (_, at) => foundAt(search, at))
    },
    rankSites: (question) => {
      const { count, sites } = find(search, question)
      return sites.slice(0, count).map((site) => prepared.ranks[site] as number)
    },
    capacity: prepared.capacity,
    sites: byId,
    hasNeed: (key) => prepared.needOf.has(key),
    pairs: prepared.pairs,
    bytes: prepared.bytes,
  }
}
