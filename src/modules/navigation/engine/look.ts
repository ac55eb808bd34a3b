import { TIERS } from '../../organisations/index.ts'
import { arcKm, EARTH_RADIUS_KM } from '../rules/distance.ts'
import { enter } from './best.ts'
import { capacityPoints, exactPoints, SLACK_POINTS } from './points.ts'
import { RECORD, RECORD_LENGTH } from './free-list.ts'
import { kilometresToCell } from './grid.ts'
import { classOf, strengthAt } from './postings.ts'
import { IN_SEVERAL } from './prepared.ts'
import type { Search } from './search-state.ts'
import type { Singled, Site } from './world.ts'

/** A little less than the Earth's radius, so that rounding never makes a chord longer than its arc. */
const CHORD_KM = EARTH_RADIUS_KM * (1 - 1e-9)

/** Kilometres at least: the chord between two unit vectors. */
const chordKm = ({ prepared: { vectors }, x, y, z }: Search, site: number): number => {
  const at = site * 3
  const dx = (vectors[at] as number) - x
  const dy = (vectors[at + 1] as number) - y
  const dz = (vectors[at + 2] as number) - z
  return CHORD_KM * Math.sqrt(dx * dx + dy * dy + dz * dz)
}

/** `distanceKm` from the person, to the last bit. */
const wayKm = ({ prepared: { latitudes, longitudes, cosines }, question: { point }, cosine }: Search, site: number): number =>
  arcKm(
    (latitudes[site] as number) - point.latitude,
    (longitudes[site] as number) - point.longitude,
    cosine * (cosines[site] as number),
  )

/** Whether the area and the tiers outside one's own county let a place in that is not of the person's consortium. */
const isWithin = (search: Search, site: number, height: number): boolean => {
  const { counties, prefectures } = search.prepared
  if (counties.of[site] === search.county) return true
  if (height < search.heightOutside) return false
  const { area } = search.question
  return area === undefined || area === 'province' || (area === 'prefecture' && prefectures.of[site] === search.prefecture)
}

/** 0: of another consortium; 1: a member of the person's; 2: its lead. */
const ownOf = ({ prepared, members, lead }: Search, site: number): number => {
  if (!members) return 0
  const alliance = prepared.allianceOf[site] as number
  if (alliance !== members.number && (alliance !== IN_SEVERAL || !members.sites.has(site))) return 0
  return site === lead ? 2 : 1
}

/** Looks at one place of which nothing is known for this person. */
export const look = (search: Search, site: number, ofClass: number): void => {
  const { question, best } = search
  const own = ownOf(search, site)
  const first = search.stock.first[search.sitesFrom + site] as number
  let least = (search.classPoints[ofClass] as number) + capacityPoints(search, first) - SLACK_POINTS
  if (own > 0) least -= question.weights['other-consortium'] + (own === 2 ? search.leadLess : 0)
  if (least > best.limit || least === Infinity) return
  if (first === Infinity && question.onlyFree) return
  if (least + chordKm(search, site) * question.weights.kilometre > best.limit) return
  if (own === 0 && !isWithin(search, site, ofClass >> 2)) return
  if (search.seen[site] === search.number) return
  if (question.except?.has((search.prepared.sites[site] as Site).id)) return
  const km = wayKm(search, site)
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
  const strength = strengthAt(search.postings, site)
  if (strength < 0 || question.except?.has((sites[site] as Site).id)) return
  const ofClass = classOf(height, strength)
  const km = knownKm ?? wayKm(search, site)
  enter(best, exactPoints(search, site, ofClass, own, km, points), km, site, ofClass, own)
}

export const lookByNames = (search: Search): void => {
  const { question, prepared } = search
  if (!question.singled) return
  for (const [org, singled] of question.singled) {
    const site = prepared.siteOf.get(org)
    if (site !== undefined) lookByName(search, site, singled)
  }
}

/** A need so rare that everybody who can meet it is looked at. */
export const lookAtAll = (search: Search): void => {
  const { postings, prepared } = search
  const { sites, strengths } = postings
  for (let at = 0; at < sites.length; at += 1) {
    const site = sites[at] as number
    look(search, site, classOf(prepared.table.heights[site] as number, strengths[at] as number))
  }
}

/** Members of one's own consortium that have something free. */
export const lookAtOwn = (search: Search): void => {
  const { members, free, question, lead, leadLess } = search
  if (!members) return
  const { starts, records } = free.byAlliance
  const ownLess = question.weights['other-consortium']
  const end = (starts[members.number + 1] as number) * RECORD_LENGTH
  for (let at = (starts[members.number] as number) * RECORD_LENGTH; at < end; at += RECORD_LENGTH)
    lookAtRecord(search, records, at, records[at + RECORD.site] === lead ? ownLess + leadLess : ownLess)
}

/** Others with something free in a run of cells of one row. */
export const lookAtFree = (search: Search, row: number, west: number, east: number): void => {
  const { members, county, heightOutside } = search
  const { starts, records } = search.free.byCell
  const from = row * search.prepared.grid.columns
  const own = members ? members.number : NO_NUMBER
  const end = (starts[from + east + 1] as number) * RECORD_LENGTH
  for (let at = (starts[from + west] as number) * RECORD_LENGTH; at < end; at += RECORD_LENGTH) {
    const alliance = records[at + RECORD.alliance] as number
    if (alliance === own || (alliance === IN_SEVERAL && members?.sites.has(records[at + RECORD.site] as number))) continue
    if ((records[at + RECORD.height] as number) < heightOutside && records[at + RECORD.county] !== county) continue
    lookAtRecord(search, records, at, 0)
  }
}

const NO_NUMBER = -9

/** One place with something free: what is not near or good enough is seen from its record alone. */
const lookAtRecord = (search: Search, records: Float64Array, at: number, less: number): void => {
  const { best, x, y, z, postings } = search
  const height = records[at + RECORD.height] as number
  const waiting = capacityPoints(search, records[at + RECORD.first] as number)
  const least = (search.tierLeast[height] as number) + waiting - SLACK_POINTS - less
  if (least > best.limit || least === Infinity) return
  const dx = (records[at + RECORD.x] as number) - x
  const dy = (records[at + RECORD.y] as number) - y
  const dz = (records[at + RECORD.z] as number) - z
  if (least + CHORD_KM * Math.sqrt(dx * dx + dy * dy + dz * dz) * search.question.weights.kilometre > best.limit) return
  const site = records[at + RECORD.site] as number
  const strength = strengthAt(postings, site)
  if (strength >= 0) look(search, site, classOf(height, strength))
}

/** Those with nothing free in a run of cells of one row: the highest tier of a cell first, and one that cannot enter is passed over. */
export const lookAtFull = (search: Search, row: number, west: number, east: number): void => {
  const { prepared, reach, best, tierLeast, question } = search
  const { weights } = question
  for (let column = west; column <= east; column += 1) {
    const cell = row * prepared.grid.columns + column
    const from = cell * TIERS.length
    if (prepared.runs[from] === prepared.runs[from + TIERS.length]) continue
    const less = search.ownCells[cell] === search.number ? search.memberLess : 0
    const km = kilometresToCell(prepared.grid, reach, row, column)
    const away = km * weights.kilometre - SLACK_POINTS - less + weights['no-free-unit']
    for (let height = TIERS.length - 1; height >= search.lowest; height -= 1) {
      const least = (tierLeast[height] as number) + away
      if (least <= best.limit && least !== Infinity) lookAtRun(search, from + height, height)
    }
  }
}

/** The sites of one cell and tier that have nothing free. Most are too far: their chord is asked for before anything else. */
const lookAtRun = (search: Search, run: number, height: number): void => {
  const { postings, stock, sitesFrom, prepared, best, question, x, y, z } = search
  const { runs, vectors } = prepared
  const { kilometre } = question.weights
  const free = stock.first
  const end = runs[run + 1] as number
  const least = (search.tierLeast[height] as number) + question.weights['no-free-unit'] - SLACK_POINTS
  for (let site = runs[run] as number; site < end; site += 1) {
    const dx = (vectors[site * 3] as number) - x
    const dy = (vectors[site * 3 + 1] as number) - y
    const dz = (vectors[site * 3 + 2] as number) - z
    const farLeast = least + CHORD_KM * Math.sqrt(dx * dx + dy * dy + dz * dz) * kilometre
    if (farLeast - search.memberLess > best.limit) continue
    if (farLeast > best.limit && ownOf(search, site) === 0) continue
    const strength = strengthAt(postings, site)
    if (strength >= 0 && free[sitesFrom + site] === Infinity) look(search, site, classOf(height, strength))
  }
}
