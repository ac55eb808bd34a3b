import type { Search } from './search-state.ts'

export const DAY_MS = 24 * 60 * 60 * 1000
/** Far more than sums of points round by, far less than any weight: a bound that is this near is looked at. */
export const SLACK_POINTS = 1e-6

/** What waiting for the first free unit costs; nothing free costs its own. */
export const capacityPoints = ({ nowMs, question: { weights } }: Search, first: number): number =>
  first === Infinity ? weights['no-free-unit'] : (Math.max(0, first - nowMs) / DAY_MS) * weights['wait-day']

/** The points of a place, added in the order of `pointsOf`, so that not even the last bit differs. */
export const exactPoints = (search: Search, site: number, ofClass: number, own: number, km: number, added: number): number => {
  const { weights } = search.question
  const first = search.stock.first[search.sitesFrom + site] as number
  const height = ofClass >> 2
  const points =
    Math.max(0, height - search.lowest) * weights['tier-step'] +
    (own > 0 ? 0 : weights['other-consortium']) -
    (own === 2 && first !== Infinity ? weights['own-lead'] : 0) +
    capacityPoints(search, first) +
    km * weights.kilometre -
    (search.tagPoints[ofClass & 3] as number)
  return points + (search.tierPoints[height] as number) + added
}
