import { heightOf, TIERS } from '../../organisations/index.ts'
import { cosineOf } from '../rules/distance.ts'
import { MOST_PLACES, openBest, type Best } from './best.ts'
import type { Stock } from './capacity.ts'
import type { FreeList } from './free-list.ts'
import { columnOf, openReach, rowOf, type Reach } from './grid.ts'
import { CLASSES_A_TIER, classOf, type Postings } from './postings.ts'
import { vectorOf, type Areas, type Members, type Prepared } from './prepared.ts'
import type { Question } from './world.ts'

export const CLASSES = TIERS.length * CLASSES_A_TIER
const ALL_TIERS = (1 << TIERS.length) - 1

/** One search on its way. The arrays belong to the engine and are used again: a search is over before the next begins. */
export type Search = {
  readonly prepared: Prepared
  readonly best: Best
  readonly reach: Reach
  /** The number of the search in which a site was last looked at by name. */
  readonly seen: Uint32Array
  /** The number of the search whose person's consortium a cell has a member of. */
  readonly ownCells: Uint32Array
  /** Of each class its points before capacity and distance, in another consortium; Infinity where the gates keep it out. */
  readonly classPoints: Float64Array
  /** Of each tier the least of these. */
  readonly tierLeast: Float64Array
  readonly tierPoints: Float64Array
  number: number
  question: Question
  postings: Postings
  stock: Stock
  /** The places that have something free in the specialty. */
  free: { readonly byCell: FreeList; readonly byAlliance: FreeList }
  /** Points off for each strength. */
  readonly tagPoints: Float64Array
  /** Where the specialty begins in the stock. */
  sitesFrom: number
  nowMs: number
  x: number
  y: number
  z: number
  /** The cosine of the person's latitude. */
  cosine: number
  county: number
  prefecture: number
  heightOutside: number
  lowest: number
  tierMask: number
  lead: number
  /** How much less a member may cost than the same in another consortium, and how much less than that the lead with something free. */
  memberLess: number
  leadLess: number
  members: Members | null
  middle: { row: number; column: number }
}

export const openSearch = (prepared: Prepared): Search => ({
  prepared,
  best: openBest(prepared.ranks),
  reach: openReach(prepared.grid),
  seen: new Uint32Array(prepared.sites.length),
  ownCells: new Uint32Array(prepared.grid.rows * prepared.grid.columns),
  classPoints: new Float64Array(CLASSES),
  tierLeast: new Float64Array(TIERS.length),
  tierPoints: new Float64Array(TIERS.length),
  number: 0,
  question: null as unknown as Question,
  postings: { marks: null, sites: new Uint32Array(), strengths: new Uint8Array(), present: 0 },
  stock: prepared.capacity.stocks.direct,
  free: null as unknown as Search['free'],
  tagPoints: new Float64Array(CLASSES_A_TIER),
  sitesFrom: 0,
  nowMs: 0,
  x: 0,
  y: 0,
  z: 0,
  cosine: 1,
  county: -1,
  prefecture: -1,
  heightOutside: 0,
  lowest: 0,
  tierMask: ALL_TIERS,
  lead: -1,
  memberLess: 0,
  leadLess: 0,
  members: null,
  middle: { row: 0, column: 0 },
})

const areaNumber = (areas: Areas, division: string): number => areas.number.get(division.slice(0, areas.digits)) ?? -1

const NEVER_NEGATIVE = ['kilometre', 'wait-day'] as const

// Questions of one moment come together: the instant is read once.
let lastInstant = ''
let lastMs = 0
const msOf = (instant: string): number => {
  if (instant !== lastInstant) [lastInstant, lastMs] = [instant, Date.parse(instant)]
  return lastMs
}

/**
 * Readies a search for a question; false when nobody knows the need.
 * @throws RangeError when a weight makes far or late places better, or too many places are asked for.
 */
export const begin = (search: Search, question: Question): boolean => {
  const { prepared, best } = search
  const { weights, most } = question
  for (const factor of NEVER_NEGATIVE) if (!(weights[factor] >= 0)) throw new RangeError(`the weight ${factor} is below 0`)
  if (!(most >= 1 && most <= MOST_PLACES)) throw new RangeError(`${most} places were asked for; 1 to ${MOST_PLACES} can be`)
  const need = prepared.needOf.get(question.need)
  if (!need) return false
  search.number += 1
  search.question = question
  search.postings = need.postings
  search.stock = prepared.capacity.stocks[question.channel]
  search.sitesFrom = need.specialty * prepared.sites.length
  search.free = prepared.capacity.freeIn(question.channel, need.specialty)
  search.nowMs = msOf(question.now)
  best.count = 0
  best.most = most
  best.limit = Infinity
  beginPlace(search)
  beginClasses(search)
  beginMembers(search)
  return true
}

const beginPlace = (search: Search): void => {
  const { prepared, question, middle } = search
  const { point, lowestTier, lowestTierOutside = lowestTier } = question
  ;[search.x, search.y, search.z] = vectorOf(point)
  search.cosine = cosineOf(point.latitude)
  search.county = areaNumber(prepared.counties, question.division)
  search.prefecture = areaNumber(prepared.prefectures, question.division)
  search.lowest = heightOf(lowestTier)
  search.heightOutside = Math.max(search.lowest, heightOf(lowestTierOutside))
  middle.row = rowOf(prepared.grid, point.latitude)
  middle.column = columnOf(prepared.grid, point.longitude)
}

const beginMembers = (search: Search): void => {
  const { prepared, question } = search
  search.members = (question.consortium === null ? null : prepared.alliances.get(question.consortium)) ?? null
  search.lead = search.members?.lead ?? -1
  search.memberLess = Math.max(0, question.weights['other-consortium'])
  search.leadLess = Math.max(0, question.weights['own-lead'])
  if (search.members) for (const cell of search.members.cells) search.ownCells[cell] = search.number
}

const beginClasses = (search: Search): void => {
  const { lowest, classPoints, tierLeast, tagPoints } = search
  const { weights, tiers, tierPoints } = search.question
  tagPoints.set([0, weights['feature-tag'], weights['advantage-tag'], weights['key-tag']])
  search.tierMask = ALL_TIERS & ~((1 << lowest) - 1)
  if (tiers) search.tierMask &= tiers.reduce((mask, tier) => mask | (1 << heightOf(tier)), 0)
  for (let height = 0; height < TIERS.length; height += 1) {
    const added = (tierPoints && tierPoints[TIERS[height] as (typeof TIERS)[number]]) ?? 0
    search.tierPoints[height] = added
    tierLeast[height] = Infinity
    const isIn = ((search.tierMask >> height) & 1) === 1
    const base = Math.max(0, height - lowest) * weights['tier-step'] + weights['other-consortium'] + added
    for (let strength = 0; strength < CLASSES_A_TIER; strength += 1) {
      const points = isIn ? base - (tagPoints[strength] as number) : Infinity
      classPoints[classOf(height, strength)] = points
      tierLeast[height] = Math.min(tierLeast[height] as number, points)
    }
  }
}
