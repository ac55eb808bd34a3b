import { heightOf, TIERS } from '../../organisations/index.ts'
import { distanceKm, EARTH_RADIUS_KM } from '../rules/distance.ts'
import { enter, MOST_PLACES, openBest, type Best } from './best.ts'
import type { Stock } from './capacity.ts'
import {
  columnOf,
  fillColumn,
  fillRow,
  kilometresToCell,
  kilometresToRing,
  openReach,
  radians,
  rowOf,
  type Reach,
} from './grid.ts'
import { CLASSES_A_TIER, classOf, postingAt, type Postings } from './postings.ts'
import { vectorOf, type Areas, type Extent, type Members, type Prepared } from './prepared.ts'
import { STRENGTHS, type Question, type Singled, type Site } from './world.ts'

export const DAY_MS = 24 * 60 * 60 * 1000
/** Far more than sums of points round by, far less than any weight: a bound that is this near is looked at. */
const SLACK_POINTS = 1e-6
const CLASSES = TIERS.length * CLASSES_A_TIER
const ALL_TIERS = (1 << TIERS.length) - 1

/** One search on its way. The arrays belong to the engine and are used again: a search is over before the next begins. */
export type Search = {
  readonly prepared: Prepared
  readonly best: Best
  readonly reach: Reach
  /** The number of the search in which a site was last looked at by name. */
  readonly seen: Uint32Array
  /** The number of the search whose person's consortium a site is a member of, and a cell has a member of. */
  readonly own: Uint32Array
  readonly ownCells: Uint32Array
  /** Of each class its points before capacity and distance, in another consortium; Infinity where the gates keep it out. */
  readonly classPoints: Float64Array
  readonly tierPoints: Float64Array
  number: number
  question: Question
  postings: Postings
  stock: Stock
  /** Where the specialty begins in the stock: sites before it, and tiers before it. */
  sitesFrom: number
  tiersFrom: number
  nowMs: number
  x: number
  y: number
  z: number
  county: number
  prefecture: number
  heightOutside: number
  tierMask: number
  lead: number
  /** How much less a member, or the lead, may cost than the same in another consortium. */
  ownMost: number
  members: Members | null
  middle: { row: number; column: number }
}

export const openSearch = (prepared: Prepared): Search => ({
  prepared,
  best: openBest(),
  reach: openReach(prepared.grid),
  seen: new Uint32Array(prepared.sites.length),
  own: new Uint32Array(prepared.sites.length),
  ownCells: new Uint32Array(prepared.grid.rows * prepared.grid.columns),
  classPoints: new Float64Array(CLASSES),
  tierPoints: new Float64Array(TIERS.length),
  number: 0,
  question: null as unknown as Question,
  postings: { sites: new Uint16Array(), classes: new Uint8Array(), cells: null, present: 0 },
  stock: prepared.capacity.stocks.direct,
  sitesFrom: 0,
  tiersFrom: 0,
  nowMs: 0,
  x: 0,
  y: 0,
  z: 0,
  county: -1,
  prefecture: -1,
  heightOutside: 0,
  tierMask: ALL_TIERS,
  lead: -1,
  ownMost: 0,
  members: null,
  middle: { row: 0, column: 0 },
})

const areaNumber = (areas: Areas, division: string): number => areas.number.get(division.slice(0, areas.digits)) ?? -1

const NEVER_NEGATIVE = ['kilometre', 'wait-day'] as const

/** @throws RangeError when a weight makes far or late places better, or too many places are asked for. */
const begin = (search: Search, question: Question): boolean => {
  const { prepared, best } = search
  const { weights, point, most, lowestTier, lowestTierOutside = lowestTier } = question
  for (const factor of NEVER_NEGATIVE) if (!(weights[factor] >= 0)) throw new RangeError(`the weight ${factor} is below 0`)
  if (!(most >= 1 && most <= MOST_PLACES)) throw new RangeError(`${most} places were asked for; 1 to ${MOST_PLACES} can be`)
  const need = prepared.needOf.get(question.need)
  if (!need) return false
  search.number += 1
  search.question = question
  search.postings = need.postings
  search.stock = prepared.capacity.stocks[question.channel]
  search.sitesFrom = need.specialty * prepared.sites.length
  search.tiersFrom = need.specialty * TIERS.length
  search.nowMs = Date.parse(question.now)
  ;[search.x, search.y, search.z] = vectorOf(point)
  search.county = areaNumber(prepared.counties, question.division)
  search.prefecture = areaNumber(prepared.prefectures, question.division)
  search.heightOutside = Math.max(heightOf(lowestTier), heightOf(lowestTierOutside))
  search.middle = { row: rowOf(prepared.grid, point.latitude), column: columnOf(prepared.grid, point.longitude) }
  best.count = 0
  best.most = most
  best.limit = Infinity
  beginClasses(search)
  beginMembers(search)
  return true
}

const beginMembers = (search: Search): void => {
  const { prepared, question } = search
  search.members = (question.consortium === null ? null : prepared.alliances.get(question.consortium)) ?? null
  search.lead = search.members?.lead ?? -1
  search.ownMost = Math.max(0, question.weights['other-consortium']) + Math.max(0, question.weights['own-lead'])
  if (!search.members) return
  for (const site of search.members.sites) search.own[site] = search.number
  for (const cell of search.members.cells) search.ownCells[cell] = search.number
}

const beginClasses = (search: Search): void => {
  const { lowestTier, weights, tiers, tierPoints } = search.question
  const lowest = heightOf(lowestTier)
  search.tierMask = ALL_TIERS & ~((1 << lowest) - 1)
  if (tiers) search.tierMask &= tiers.reduce((mask, tier) => mask | (1 << heightOf(tier)), 0)
  for (let height = 0; height < TIERS.length; height += 1) {
    search.tierPoints[height] = (tierPoints && tierPoints[TIERS[height] as (typeof TIERS)[number]]) ?? 0
    const base =
      Math.max(0, height - lowest) * weights['tier-step'] + weights['other-consortium'] + (search.tierPoints[height] as number)
    for (let strength = 0; strength < CLASSES_A_TIER; strength += 1)
      search.classPoints[classOf(height, strength)] =
        (search.tierMask >> height) & 1 ? base - strengthPoints(search, strength) : Infinity
  }
}

export const strengthPoints = ({ question: { weights } }: Search, strength: number): number => {
  const tag = STRENGTHS[strength]
  return tag ? weights[`${tag}-tag`] : 0
}

/** What waiting for the first free unit costs; nothing free costs its own. */
export const capacityPoints = ({ nowMs, question: { weights } }: Search, first: number): number =>
  first === Infinity ? weights['no-free-unit'] : (Math.max(0, first - nowMs) / DAY_MS) * weights['wait-day']

/** The least that capacity can cost where the earliest first unit is this: others beside it may have none. */
const leastCapacity = (search: Search, first: number): number => {
  const { onlyFree, weights } = search.question
  if (first === Infinity) return onlyFree ? Infinity : weights['no-free-unit']
  const waiting = capacityPoints(search, first)
  return onlyFree ? waiting : Math.min(waiting, weights['no-free-unit'])
}

/** The points of a place, added in the order of `pointsOf`, so that not even the last bit differs. */
const exactPoints = (search: Search, site: number, ofClass: number, own: number, km: number, added: number): number => {
  const { weights, lowestTier } = search.question
  const first = search.stock.first[search.sitesFrom + site] as number
  const height = ofClass >> 2
  const points =
    Math.max(0, height - heightOf(lowestTier)) * weights['tier-step'] +
    (own > 0 ? 0 : weights['other-consortium']) -
    (own === 2 && first !== Infinity ? weights['own-lead'] : 0) +
    capacityPoints(search, first) +
    km * weights.kilometre -
    strengthPoints(search, ofClass & 3)
  return points + (search.tierPoints[height] as number) + added
}

const NEARLY = 1 - 1e-9

/** Kilometres at least: the chord between two unit vectors. */
const chordKm = ({ prepared: { vectors }, x, y, z }: Search, site: number): number => {
  const at = site * 3
  const dx = (vectors[at] as number) - x
  const dy = (vectors[at + 1] as number) - y
  const dz = (vectors[at + 2] as number) - z
  return EARTH_RADIUS_KM * NEARLY * Math.sqrt(dx * dx + dy * dy + dz * dz)
}

const arcKm = ({ prepared: { sites }, question: { point } }: Search, site: number): number =>
  distanceKm(point, sites[site] as Site)

/** Whether the area and the tiers outside one's own county let a place in that is not of the person's consortium. */
const isWithin = (search: Search, site: number, height: number): boolean => {
  const { counties, prefectures } = search.prepared
  if (counties.of[site] === search.county) return true
  if (height < search.heightOutside) return false
  const { area } = search.question
  return area === undefined || area === 'province' || (area === 'prefecture' && prefectures.of[site] === search.prefecture)
}

/** 0: of another consortium; 1: a member of the person's; 2: its lead. */
const ownOf = (search: Search, site: number): number => (search.own[site] !== search.number ? 0 : site === search.lead ? 2 : 1)

/** Looks at one place of which nothing is known for this person. */
const look = (search: Search, site: number, ofClass: number): void => {
  const { question, best } = search
  const own = ownOf(search, site)
  const first = search.stock.first[search.sitesFrom + site] as number
  let least = (search.classPoints[ofClass] as number) + capacityPoints(search, first) - SLACK_POINTS
  if (own > 0) least -= own === 2 ? search.ownMost : question.weights['other-consortium']
  if (least > best.limit || least === Infinity) return
  if (first === Infinity && question.onlyFree) return
  if (least + chordKm(search, site) * question.weights.kilometre > best.limit) return
  if (own === 0 && !isWithin(search, site, ofClass >> 2)) return
  if (search.seen[site] === search.number) return
  if (question.except?.has((search.prepared.sites[site] as Site).id)) return
  const km = arcKm(search, site)
  enter(best, exactPoints(search, site, ofClass, own, km, 0), km, site, ofClass, own)
}

/** Looks at a place by name, because something is known of it for this person. */
const lookByName = (search: Search, site: number, { km: knownKm, points = 0 }: Singled): void => {
  search.seen[site] = search.number
  const { prepared, question, best } = search
  const { table, sites } = prepared
  const height = table.heights[site] as number
  const own = ownOf(search, site)
  if (!((search.tierMask >> height) & 1) || (own === 0 && !isWithin(search, site, height))) return
  if (question.onlyFree && search.stock.first[search.sitesFrom + site] === Infinity) return
  const at = postingAt(search.postings, site, table.cells[site] as number)
  if (at < 0 || question.except?.has((sites[site] as Site).id)) return
  const ofClass = search.postings.classes[at] as number
  const km = knownKm ?? arcKm(search, site)
  enter(best, exactPoints(search, site, ofClass, own, km, points), km, site, ofClass, own)
}

const lookByNames = (search: Search): void => {
  const { question, prepared } = search
  if (!question.singled) return
  for (const [org, singled] of question.singled) {
    const site = prepared.siteOf.get(org)
    if (site !== undefined) lookByName(search, site, singled)
  }
}

/** Where the places of a class begin that ends before `end`: steps back twice as far each time, then halves the last step. */
const startOfClass = (classes: Uint8Array, from: number, end: number): number => {
  const ofClass = classes[end - 1] as number
  let step = 1
  while (end - step > from && classes[end - 1 - step] === ofClass) step *= 2
  let low = Math.max(from, end - step)
  let high = end - (step >> 1)
  while (low < high) {
    const half = (low + high) >> 1
    if (classes[half] === ofClass) high = half
    else low = half + 1
  }
  return low
}

/**
 * One cell: its places come class by class, and a class that cannot enter is passed over. The highest tier first: those places are few and
 * mostly have units, so that the many of the lowest are seldom looked at.
 */
const lookInCell = (search: Search, cell: number, km: number): void => {
  const { postings, best, stock, prepared, question } = search
  const { sites, classes } = postings
  const cells = postings.cells as Uint32Array
  const from = cells[cell] as number
  let end = cells[cell + 1] as number
  const cellCount = prepared.grid.rows * prepared.grid.columns
  const less = search.ownCells[cell] === search.number ? search.ownMost : 0
  const away = km * question.weights.kilometre - SLACK_POINTS - less
  while (end > from) {
    const ofClass = classes[end - 1] as number
    const first = stock.cellFirst[(search.tiersFrom + (ofClass >> 2)) * cellCount + cell] as number
    const least = (search.classPoints[ofClass] as number) + away
    if (least === Infinity || least + leastCapacity(search, first) > best.limit) end = startOfClass(classes, from, end)
    else
      do {
        end -= 1
        look(search, sites[end] as number, ofClass)
      } while (end > from && classes[end - 1] === ofClass)
  }
}

/** The least points of anything of another consortium before its distance, among the classes that may be outside one's own county or not. */
const leastOf = (search: Search, isOutside: boolean): number => {
  let least = Infinity
  for (let ofClass = 0; ofClass < CLASSES; ofClass += 1) {
    if (!((search.postings.present >> ofClass) & 1) || (isOutside && ofClass >> 2 < search.heightOutside)) continue
    const first = search.stock.everFirst[search.tiersFrom + (ofClass >> 2)] as number
    least = Math.min(least, (search.classPoints[ofClass] as number) + leastCapacity(search, first))
  }
  return least
}

/** How many rings of cells it takes to pass an area; -1 when nobody is there. */
const ringsOf = ({ middle }: Search, extent: Extent | null | undefined): number => {
  if (!extent) return -1
  const { south, north, west, east } = extent
  return Math.max(middle.row - south, north - middle.row, middle.column - west, east - middle.column)
}

type Rings = {
  readonly countyLeast: number
  readonly outsideLeast: number
  readonly memberRings: number
  readonly countyRings: number
  readonly allRings: number
}

const ringsAround = (search: Search): Rings => {
  const { prepared, question, middle } = search
  const { rows, columns } = prepared.grid
  const memberRings = ringsOf(search, search.members?.extent)
  const countyRings = ringsOf(search, prepared.counties.extents[search.county])
  const everywhere = Math.max(middle.row, rows - 1 - middle.row, middle.column, columns - 1 - middle.column)
  const far = question.area === 'prefecture' ? ringsOf(search, prepared.prefectures.extents[search.prefecture]) : everywhere
  const allRings = Math.max(memberRings, countyRings, question.area === 'county' ? -1 : far)
  return { countyLeast: leastOf(search, false), outsideLeast: leastOf(search, true), memberRings, countyRings, allRings }
}

/** Ring by ring of cells outward, until nothing farther can enter. */
const lookOutward = (search: Search): void => {
  const { prepared, best, question, middle } = search
  const { grid } = prepared
  const { countyLeast, outsideLeast, memberRings, countyRings, allRings } = ringsAround(search)
  const cosine = Math.max(0, Math.cos(radians(question.point.latitude)))
  for (let ring = 0; ring <= allRings; ring += 1) {
    // The farther, the fewer may still be there: first members, then one's own county, at last the rest.
    const least = ring <= memberRings ? countyLeast - search.ownMost : ring <= countyRings ? countyLeast : outsideLeast
    if (least === Infinity) return
    const away = ring === 0 ? 0 : kilometresToRing(grid, question.point, middle, ring) * question.weights.kilometre
    if (least + away - SLACK_POINTS > best.limit) return
    for (const side of ring === 0 ? [0] : [-ring, ring]) {
      fillRow(grid, search.reach, question.point, middle.row + side)
      fillColumn(grid, search.reach, question.point, middle.column + side, cosine)
    }
    lookAround(search, ring)
  }
}

const lookAround = (search: Search, ring: number): void => {
  const { row, column } = search.middle
  if (ring === 0) return lookAt(search, row, column)
  for (let east = -ring; east <= ring; east += 1) {
    lookAt(search, row - ring, column + east)
    lookAt(search, row + ring, column + east)
  }
  for (let north = 1 - ring; north < ring; north += 1) {
    lookAt(search, row + north, column - ring)
    lookAt(search, row + north, column + ring)
  }
}

const lookAt = (search: Search, row: number, column: number): void => {
  const { grid } = search.prepared
  if (row < 0 || column < 0 || row >= grid.rows || column >= grid.columns) return
  const cell = row * grid.columns + column
  const cells = search.postings.cells as Uint32Array
  if (cells[cell] !== cells[cell + 1]) lookInCell(search, cell, kilometresToCell(grid, search.reach, row, column))
}

const lookAtAll = (search: Search): void => {
  const { sites, classes } = search.postings
  for (let at = 0; at < sites.length; at += 1) look(search, sites[at] as number, classes[at] as number)
}

/** Finds the best places; what was found stands in `search.best` until the next question. A need that nobody knows finds none. */
export const find = (search: Search, question: Question): Best => {
  if (!begin(search, question)) {
    search.best.count = 0
    return search.best
  }
  lookByNames(search)
  if (search.postings.cells) lookOutward(search)
  else lookAtAll(search)
  return search.best
}
