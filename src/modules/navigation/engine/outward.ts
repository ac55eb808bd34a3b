import { fillColumn, fillRow, kilometresToRing } from './grid.ts'
import { lookAtFree, lookAtFull, lookAtOwn } from './look.ts'
import { SLACK_POINTS } from './points.ts'
import type { Extent } from './prepared.ts'
import { CLASSES, type Search } from './search-state.ts'

/** How many rings of cells it takes to pass an area; -1 when nobody is there. */
const ringsOf = ({ middle }: Search, extent: Extent | null | undefined): number => {
  if (!extent) return -1
  const { south, north, west, east } = extent
  return Math.max(middle.row - south, north - middle.row, middle.column - west, east - middle.column)
}

/** How far each kind of place reaches, in rings of cells around the person. */
type Rings = { readonly member: number; readonly county: number; readonly all: number }

const ringsAround = (search: Search): Rings => {
  const { prepared, question, middle } = search
  const { rows, columns } = prepared.grid
  const member = ringsOf(search, search.members?.extent)
  const county = ringsOf(search, prepared.counties.extents[search.county])
  const everywhere = Math.max(middle.row, rows - 1 - middle.row, middle.column, columns - 1 - middle.column)
  const far = question.area === 'prefecture' ? ringsOf(search, prepared.prefectures.extents[search.prefecture]) : everywhere
  return { member, county, all: Math.max(member, county, question.area === 'county' ? -1 : far) }
}

/** The least points of anything of another consortium before its distance: within one's own county, and outside of it. */
type Least = { county: number; outside: number }

/** Before the capacity: the wait for something free costs nothing at least. */
const leastOf = ({ heightOutside, postings, classPoints }: Search): Least => {
  const least: Least = { county: Infinity, outside: Infinity }
  for (let ofClass = 0; ofClass < CLASSES; ofClass += 1) {
    if (!((postings.present >> ofClass) & 1)) continue
    const points = classPoints[ofClass] as number
    if (points < least.county) least.county = points
    if (ofClass >> 2 >= heightOutside && points < least.outside) least.outside = points
  }
  return least
}

/** What a walk looks at: the least points before the distance, and how much less a member of one's own consortium may cost. */
type Walk = { readonly least: Least; readonly memberLess: number; readonly lookAtCells: LookAtCells }
type LookAtCells = (search: Search, row: number, west: number, east: number) => void

/** Ring by ring from one to another, until nothing farther can enter; answers the first ring that was not looked at. */
const lookRings = (
  search: Search,
  rings: Rings,
  { least, memberLess, lookAtCells }: Walk,
  [from, to]: readonly [number, number],
): number => {
  const { best, question, reach } = search
  for (let ring = from; ring <= to; ring += 1) {
    // The farther, the fewer may still be there: first members, then one's own county, at last the rest.
    const points =
      memberLess > 0 && ring <= rings.member ? least.county - memberLess : ring <= rings.county ? least.county : least.outside
    if (points === Infinity) return Infinity
    while (reach.filled < ring) fillRing(search)
    if (points + (reach.rings[ring] as number) * question.weights.kilometre - SLACK_POINTS > best.limit) return Infinity
    lookAround(search, ring, lookAtCells)
  }
  return to + 1
}

/** How near the next ring and its rows and columns can be. */
const fillRing = ({ reach, prepared: { grid }, question: { point }, middle, cosine }: Search): void => {
  const ring = (reach.filled += 1)
  reach.rings[ring] = ring === 0 ? 0 : kilometresToRing(grid, point, middle, ring)
  const least = Math.max(0, cosine)
  fillRow(grid, reach, point, middle.row - ring)
  fillColumn(grid, reach, point, middle.column - ring, least)
  if (ring === 0) return
  fillRow(grid, reach, point, middle.row + ring)
  fillColumn(grid, reach, point, middle.column + ring, least)
}

const lookAround = (search: Search, ring: number, lookAtCells: LookAtCells): void => {
  const { row, column } = search.middle
  const { rows, columns } = search.prepared.grid
  const west = Math.max(0, column - ring)
  const east = Math.min(columns - 1, column + ring)
  if (row - ring >= 0) lookAtCells(search, row - ring, west, east)
  if (ring === 0) return
  if (row + ring < rows) lookAtCells(search, row + ring, west, east)
  const north = Math.min(rows - 1, row + ring - 1)
  for (let at = Math.max(0, row - ring + 1); at <= north; at += 1) {
    if (column - ring >= 0) lookAtCells(search, at, column - ring, column - ring)
    if (column + ring < columns) lookAtCells(search, at, column + ring, column + ring)
  }
}

/**
 * Rings of cells outward, until nothing farther can enter. Places with something free are few and mostly the better ones: members of one's own
 * consortium and those of one's own county come first. Then those without, which seldom can enter any more; at last the free ones farther away.
 */
export const lookOutward = (search: Search): void => {
  const rings = ringsAround(search)
  const { onlyFree, weights } = search.question
  const least = leastOf(search)
  const free: Walk = { least, memberLess: 0, lookAtCells: lookAtFree }
  const nothing = weights['no-free-unit']
  const full: Walk = {
    least: { county: least.county + nothing, outside: least.outside + nothing },
    memberLess: search.memberLess,
    lookAtCells: lookAtFull,
  }
  search.reach.filled = -1
  lookAtOwn(search)
  const next = lookRings(search, rings, free, [0, Math.min(rings.county, rings.all)])
  if (!onlyFree) lookRings(search, rings, full, [0, rings.all])
  lookRings(search, rings, free, [next, rings.all])
}
