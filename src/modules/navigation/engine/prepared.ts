import type { OrgId } from '../../../kernel/id.ts'
import { openCapacity, type Capacity } from './capacity.ts'
import { gridAround, radians, type Grid } from './grid.ts'
import { bytesOf, postingsOf, siteTable, type Postings, type SiteTable } from './postings.ts'
import type { Site, World } from './world.ts'

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
  readonly sites: Uint32Array
  readonly lead: number
  readonly cells: Uint32Array
  readonly extent: Extent | null
}

/** Everything that does not change from question to question, except the capacity. */
export type Prepared = {
  readonly sites: readonly Site[]
  readonly siteOf: ReadonlyMap<OrgId, number>
  readonly grid: Grid
  readonly table: SiteTable
  /** Of each site the three parts of its unit vector. */
  readonly vectors: Float64Array
  readonly counties: Areas
  readonly prefectures: Areas
  readonly alliances: ReadonlyMap<string, Members>
  readonly needOf: ReadonlyMap<string, { readonly postings: Postings; readonly specialty: number }>
  readonly capacity: Capacity
  readonly pairs: number
  readonly bytes: number
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
    world.alliances.map(({ id, lead, members }) => {
      const sites = Uint32Array.from(new Set(members.flatMap((org) => siteOf.get(org) ?? [])))
      const own = new Set([...sites].map((site) => cells[site] as number))
      let extent: Extent | null = null
      for (const cell of own) extent = widened(extent, cell, columns)
      return [id, { sites, lead: lead === null ? -1 : (siteOf.get(lead) ?? -1), cells: Uint32Array.from(own), extent }]
    }),
  )

/** Sites in the order of their ids, because that is the last rule of a tie, and where each was in the world's list. */
const inOrder = (sites: readonly Site[]): { sorted: Site[]; moved: Uint32Array } => {
  const keys = sites.map(({ id }) => BigInt(id))
  const order = [...sites.keys()].sort((a, b) => ((keys[a] as bigint) < (keys[b] as bigint) ? -1 : 1))
  const moved = new Uint32Array(sites.length)
  order.forEach((from, to) => (moved[from] = to))
  return { sorted: order.map((from) => sites[from] as Site), moved }
}

/** Builds the arrays. @throws RangeError when a site of a need is unknown or named twice. */
export const prepare = (world: World): Prepared => {
  const { sorted: sites, moved } = inOrder(world.sites)
  const siteOf = new Map(sites.map(({ id }, at) => [id, at]))
  const grid = gridAround(sites)
  const table = siteTable(sites, grid)
  const specialtyOf = new Map<string, number>()
  for (const { specialty } of world.needs) if (!specialtyOf.has(specialty)) specialtyOf.set(specialty, specialtyOf.size)
  const needOf = new Map<string, { postings: Postings; specialty: number }>()
  let [pairs, bytes] = [0, 0]
  world.needs.forEach(({ key, specialty }, at) => {
    const able = world.able(at)
    const named = { sites: able.sites.map((site) => moved[site] ?? sites.length), strengths: able.strengths }
    const postings = postingsOf(named, table, grid.rows * grid.columns)
    pairs += postings.sites.length
    bytes += bytesOf(postings)
    needOf.set(key, { postings, specialty: specialtyOf.get(specialty) as number })
  })
  const capacity = openCapacity(sites, siteOf, specialtyOf, grid)
  const vectors = new Float64Array(sites.length * 3)
  sites.forEach((site, at) => vectors.set(vectorOf(site), at * 3))
  return {
    sites,
    siteOf,
    grid,
    table,
    vectors,
    counties: areasOf(sites, table, grid.columns, COUNTY_DIGITS),
    prefectures: areasOf(sites, table, grid.columns, PREFECTURE_DIGITS),
    alliances: alliancesOf(world, siteOf, table, grid.columns),
    needOf,
    capacity,
    pairs,
    bytes: bytes + capacity.bytes + vectors.byteLength,
  }
}
