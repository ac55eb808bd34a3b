import type { OrgId } from '../../../kernel/id.ts'
import { TIERS } from '../../organisations/index.ts'
import { cosineOf } from '../rules/distance.ts'
import { openCapacity, type Capacity } from './capacity.ts'
import type { Grouping } from './free-list.ts'
import { gridAround, radians, type Grid } from './grid.ts'
import { bytesOf, postingsOf, siteTable, type Postings, type SiteTable } from './postings.ts'
import type { Site, World } from './world.ts'

/** A site that is in no consortium, and one that is in more than one. */
export const IN_NONE = -1
export const IN_SEVERAL = -2

const COUNTY_DIGITS = 6
const PREFECTURE_DIGITS = 4

/** The smallest stretch of cells that holds an area. */
export type Extent = { south: number; north: number; west: number; east: number }

/** One of the divisions that gates ask about: which each site lies in, and how far each reaches. */
export type Areas = {
  readonly of: Int32Array
  readonly number: ReadonlyMap<string, number>
  readonly extents: readonly Extent[]
  readonly digits: number
}

/** A consortium by positions of sites, with the cells in which they stand and how far those reach; the extent is null when nobody is in it. */
export type Members = {
  /** Its position in the world's list. */
  readonly number: number
  readonly sites: ReadonlySet<number>
  readonly lead: number
  readonly cells: Uint32Array
  readonly extent: Extent | null
}

/** Everything that does not change from question to question, except the capacity. */
export type Prepared = {
  /** Numbered cell by cell, within a cell tier by tier: what a search reads together stands together. */
  readonly sites: readonly Site[]
  /** Of each site its place in the order of ids: the last rule of a tie. */
  readonly ranks: Uint32Array
  /** Where the sites of a cell and tier begin, at `cell * tiers + tier`; one more at the end. */
  readonly runs: Uint32Array
  readonly siteOf: ReadonlyMap<OrgId, number>
  readonly grid: Grid
  readonly table: SiteTable
  /** Of each site the three parts of its unit vector. */
  readonly vectors: Float64Array
  readonly latitudes: Float64Array
  readonly longitudes: Float64Array
  /** Of each site the cosine of its latitude. */
  readonly cosines: Float64Array
  /** The consortium of each site: its number, `IN_NONE` or `IN_SEVERAL`. */
  readonly allianceOf: Int32Array
  readonly counties: Areas
  readonly prefectures: Areas
  readonly alliances: ReadonlyMap<string, Members>
  readonly needOf: ReadonlyMap<string, { readonly postings: Postings; readonly specialty: number }>
  readonly capacity: Capacity
  readonly pairs: number
  readonly bytes: () => number
}

export const vectorOf = ({ longitude, latitude }: { longitude: number; latitude: number }): [number, number, number] => {
  const [east, north] = [radians(longitude), radians(latitude)]
  return [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)]
}

const widened = (extent: Extent | null, cell: number, columns: number): Extent => {
  const [row, column] = [Math.floor(cell / columns), cell % columns]
  if (!extent) return { south: row, north: row, west: column, east: column }
  extent.south = Math.min(extent.south, row)
  extent.north = Math.max(extent.north, row)
  extent.west = Math.min(extent.west, column)
  extent.east = Math.max(extent.east, column)
  return extent
}

const areasOf = (sites: readonly Site[], { cells }: SiteTable, columns: number, digits: number): Areas => {
  const number = new Map<string, number>()
  const extents: Extent[] = []
  const of = Int32Array.from(sites, ({ division }, at) => {
    const code = division.slice(0, digits)
    const known = number.get(code) ?? number.size
    number.set(code, known)
    extents[known] = widened(extents[known] ?? null, cells[at] as number, columns)
    return known
  })
  return { of, number, extents, digits }
}

const alliancesOf = (
  world: World,
  siteOf: ReadonlyMap<OrgId, number>,
  { cells }: SiteTable,
  columns: number,
): Map<string, Members> =>
  new Map(
    world.alliances.map(({ id, lead, members }, number) => {
      const sites = new Set(members.flatMap((org) => siteOf.get(org) ?? []))
      const own = new Set([...sites].map((site) => cells[site] as number))
      let extent: Extent | null = null
      for (const cell of own) extent = widened(extent, cell, columns)
      return [id, { number, sites, lead: lead === null ? -1 : (siteOf.get(lead) ?? -1), cells: Uint32Array.from(own), extent }]
    }),
  )

const allianceNumbers = (alliances: Iterable<Members>, sites: number): Int32Array => {
  const of = new Int32Array(sites).fill(IN_NONE)
  for (const { number, sites: members } of alliances)
    for (const site of members) of[site] = of[site] === IN_NONE ? number : IN_SEVERAL
  return of
}

const cellsAsGroups = ({ cells }: SiteTable, runs: Uint32Array): Grouping => ({
  starts: runs.filter((_, run) => run % TIERS.length === 0),
  sites: Uint32Array.from(cells.keys()),
  groupsOf: (site) => [cells[site] as number],
})

const alliancesAsGroups = (alliances: ReadonlyMap<string, Members>, siteCount: number): Grouping => {
  const lists: (readonly number[])[] = []
  const groupsOf = Array.from({ length: siteCount }, (): number[] => [])
  for (const { number, sites } of alliances.values()) {
    lists[number] = [...sites].toSorted((a, b) => a - b)
    for (const site of sites) groupsOf[site]?.push(number)
  }
  const starts = new Uint32Array(lists.length + 1)
  lists.forEach((list, at) => (starts[at + 1] = (starts[at] as number) + list.length))
  return { starts, sites: Uint32Array.from(lists.flat()), groupsOf: (site) => groupsOf[site] as number[] }
}

/** Sites as the engine numbers them, and where each of the world's list has come to. */
type Numbered = Pick<Prepared, 'sites' | 'ranks' | 'runs' | 'table'> & { readonly moved: Uint32Array }

const numbered = (listed: readonly Site[], grid: Grid): Numbered => {
  const keys = listed.map(({ id }) => BigInt(id))
  const byId = [...listed.keys()].sort((a, b) => ((keys[a] as bigint) < (keys[b] as bigint) ? -1 : 1))
  const rankOf = new Uint32Array(listed.length)
  byId.forEach((from, rank) => (rankOf[from] = rank))
  const { cells, heights } = siteTable(listed, grid)
  const groupOf = Uint32Array.from(cells, (cell, at) => cell * TIERS.length + (heights[at] as number))
  const order = byId.toSorted((a, b) => (groupOf[a] as number) - (groupOf[b] as number))
  const moved = new Uint32Array(listed.length)
  order.forEach((from, to) => (moved[from] = to))
  const sites = order.map((from) => listed[from] as Site)
  const runs = new Uint32Array(grid.rows * grid.columns * TIERS.length + 1)
  for (const group of groupOf) runs[group + 1] = (runs[group + 1] as number) + 1
  for (let group = 1; group < runs.length; group += 1) runs[group] = (runs[group] as number) + (runs[group - 1] as number)
  return { sites, runs, moved, ranks: Uint32Array.from(order, (from) => rankOf[from] as number), table: siteTable(sites, grid) }
}

type Needs = Pick<Prepared, 'needOf' | 'pairs'> & { readonly specialtyOf: ReadonlyMap<string, number>; readonly bytes: number }

const needsOf = (world: World, moved: Uint32Array, table: SiteTable): Needs => {
  const specialtyOf = new Map<string, number>()
  for (const { specialty } of world.needs) if (!specialtyOf.has(specialty)) specialtyOf.set(specialty, specialtyOf.size)
  const needOf = new Map<string, { postings: Postings; specialty: number }>()
  let [pairs, bytes] = [0, 0]
  world.needs.forEach(({ key, specialty }, at) => {
    const able = world.able(at)
    const postings = postingsOf({ ...able, sites: able.sites.map((site) => moved[site] ?? moved.length) }, table)
    pairs += able.sites.length
    bytes += bytesOf(postings)
    needOf.set(key, { postings, specialty: specialtyOf.get(specialty) as number })
  })
  return { needOf, specialtyOf, pairs, bytes }
}

/** Vector, latitude, longitude, cosine; consortium, county, prefecture, rank, cell; tier. */
const BYTES_A_SITE = 6 * 8 + 5 * 4 + 1

/** Builds the arrays. @throws RangeError when a site of a need is unknown or named twice. */
export const prepare = (world: World): Prepared => {
  const grid = gridAround(world.sites)
  const { sites, ranks, runs, table, moved } = numbered(world.sites, grid)
  const siteOf = new Map(sites.map(({ id }, at) => [id, at]))
  const { needOf, specialtyOf, pairs, bytes } = needsOf(world, moved, table)
  const alliances = alliancesOf(world, siteOf, table, grid.columns)
  const vectors = new Float64Array(sites.length * 3)
  sites.forEach((site, at) => vectors.set(vectorOf(site), at * 3))
  const counties = areasOf(sites, table, grid.columns, COUNTY_DIGITS)
  const allianceOf = allianceNumbers(alliances.values(), sites.length)
  const placed = { heights: table.heights, vectors, allianceOf, countyOf: counties.of }
  const byCell = cellsAsGroups(table, runs)
  const capacity = openCapacity(siteOf, specialtyOf, placed, { byCell, byAlliance: alliancesAsGroups(alliances, sites.length) })
  return {
    sites,
    ranks,
    runs,
    siteOf,
    grid,
    table,
    vectors,
    latitudes: Float64Array.from(sites, ({ latitude }) => latitude),
    longitudes: Float64Array.from(sites, ({ longitude }) => longitude),
    cosines: Float64Array.from(sites, ({ latitude }) => cosineOf(latitude)),
    allianceOf,
    counties,
    prefectures: areasOf(sites, table, grid.columns, PREFECTURE_DIGITS),
    alliances,
    needOf,
    capacity,
    pairs,
    bytes: () => bytes + capacity.bytes() + runs.byteLength + BYTES_A_SITE * sites.length,
  }
}
