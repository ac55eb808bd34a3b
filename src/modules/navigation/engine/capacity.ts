import { instantOfMs, type Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { heightOf, TIERS } from '../../organisations/index.ts'
import { columnOf, rowOf, type Grid } from './grid.ts'
import { ENGINE_CHANNELS, type EngineChannel, type Site } from './world.ts'

/** What a channel can draw at one institution in one specialty within the horizon. */
export type Free = { readonly units: number; readonly reserved: number; readonly firstAt: Instant }

/** The arrays of one channel; a place is `specialty * sites + site`. */
export type Stock = {
  readonly units: Int32Array
  readonly reserved: Int32Array
  /** The first free instant in ms; Infinity when nothing is free. */
  readonly first: Float64Array
  /** The first of each cell by specialty and tier, at `(specialty * tiers + tier) * cells + cell`. */
  readonly cellFirst: Float64Array
  /** The same of the whole province, at `specialty * tiers + tier`. It may be too early, never too late. */
  readonly everFirst: Float64Array
}

/** Remaining capacity in memory: what the mirror writes and every search reads. */
export type Capacity = {
  readonly stocks: Readonly<Record<EngineChannel, Stock>>
  /** Null: nothing is free. An institution or specialty that the engine does not know is passed over. */
  readonly set: (channel: EngineChannel, org: OrgId, specialty: string, free: Free | null) => void
  readonly get: (channel: EngineChannel, org: OrgId, specialty: string) => Free | null
  /** Nothing is free anywhere: before everything is read anew. */
  readonly clear: () => void
  readonly bytes: number
}

const openStock = (sites: number, specialties: number, cells: number): Stock => ({
  units: new Int32Array(sites * specialties),
  reserved: new Int32Array(sites * specialties),
  first: new Float64Array(sites * specialties).fill(Infinity),
  cellFirst: new Float64Array(specialties * TIERS.length * cells).fill(Infinity),
  everFirst: new Float64Array(specialties * TIERS.length).fill(Infinity),
})

const bytesOf = ({ units, reserved, first, cellFirst, everFirst }: Stock): number =>
  units.byteLength + reserved.byteLength + first.byteLength + cellFirst.byteLength + everFirst.byteLength

/** Which sites of one tier lie in one cell: those that share a bound. */
const neighboursOf = (sites: readonly Site[], grid: Grid): ((site: number) => { group: number; all: readonly number[] }) => {
  const cells = grid.rows * grid.columns
  const groupOf = Uint32Array.from(
    sites,
    (site) => heightOf(site.tier) * cells + rowOf(grid, site.latitude) * grid.columns + columnOf(grid, site.longitude),
  )
  const groups = new Map<number, number[]>()
  groupOf.forEach((group, at) => {
    const known = groups.get(group)
    if (known) known.push(at)
    else groups.set(group, [at])
  })
  return (site) => ({ group: groupOf[site] as number, all: groups.get(groupOf[site] as number) ?? [] })
}

export const openCapacity = (
  sites: readonly Site[],
  siteOf: ReadonlyMap<OrgId, number>,
  specialtyOf: ReadonlyMap<string, number>,
  grid: Grid,
): Capacity => {
  const cells = grid.rows * grid.columns
  const neighbours = neighboursOf(sites, grid)
  const open = (): Stock => openStock(sites.length, specialtyOf.size, cells)
  const stocks: Record<EngineChannel, Stock> = { direct: open(), referral: open() }
  const noteFirst = (stock: Stock, specialty: number, site: number, before: number, after: number): void => {
    const { group, all } = neighbours(site)
    const tiersFrom = specialty * TIERS.length
    const at = tiersFrom * cells + group
    if (after <= (stock.cellFirst[at] as number)) stock.cellFirst[at] = after
    else if (before === stock.cellFirst[at])
      stock.cellFirst[at] = all.reduce(
        (least, one) => Math.min(least, stock.first[specialty * sites.length + one] as number),
        Infinity,
      )
    const tier = tiersFrom + Math.floor(group / cells)
    if (after <= (stock.everFirst[tier] as number)) stock.everFirst[tier] = after
    else if (before === stock.everFirst[tier])
      stock.everFirst[tier] = stock.cellFirst
        .subarray(tier * cells, (tier + 1) * cells)
        .reduce((a, b) => Math.min(a, b), Infinity)
  }
  const placeOf = (org: OrgId, specialty: string): [site: number, specialty: number] | null => {
    const site = siteOf.get(org)
    const code = specialtyOf.get(specialty)
    return site === undefined || code === undefined ? null : [site, code]
  }
  return {
    stocks,
    bytes: ENGINE_CHANNELS.reduce((sum, channel) => sum + bytesOf(stocks[channel]), 0),
    set: (channel, org, specialty, free) => {
      const found = placeOf(org, specialty)
      if (!found) return
      const [site, code] = found
      const stock = stocks[channel]
      const at = code * sites.length + site
      const before = stock.first[at] as number
      const after = free ? Date.parse(free.firstAt) : Infinity
      stock.units[at] = free?.units ?? 0
      stock.reserved[at] = free?.reserved ?? 0
      stock.first[at] = after
      if (after !== before) noteFirst(stock, code, site, before, after)
    },
    get: (channel, org, specialty) => {
      const found = placeOf(org, specialty)
      return found ? freeAt(stocks[channel], found[1] * sites.length + found[0]) : null
    },
    clear: () => {
      for (const { units, reserved, first, cellFirst, everFirst } of Object.values(stocks)) {
        units.fill(0)
        reserved.fill(0)
        for (const firsts of [first, cellFirst, everFirst]) firsts.fill(Infinity)
      }
    },
  }
}

// Most first instants are shared by many places: writing one down costs more than finding it again.
const REMEMBERED_MOST = 20_000
const written = new Map<number, Instant>()
const instantOf = (ms: number): Instant => {
  const known = written.get(ms)
  if (known !== undefined) return known
  if (written.size >= REMEMBERED_MOST) written.clear()
  const text = instantOfMs(ms)
  written.set(ms, text)
  return text
}

export const freeAt = ({ units, reserved, first }: Stock, at: number): Free | null => {
  const ms = first[at] as number
  return ms === Infinity ? null : { units: units[at] as number, reserved: reserved[at] as number, firstAt: instantOf(ms) }
}
