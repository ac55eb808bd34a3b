import { instantOfMs, type Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { note, openFreeList, rebuild, type FreeList, type Grouping, type Placed } from './free-list.ts'
import { ENGINE_CHANNELS, type EngineChannel } from './world.ts'

/** What a channel can draw at one institution in one specialty within the horizon. */
export type Free = { readonly units: number; readonly reserved: number; readonly firstAt: Instant }

/** The arrays of one channel; a place is `specialty * sites + site`, sites as the engine numbers them. */
export type Stock = {
  readonly units: Int32Array
  readonly reserved: Int32Array
  /** The first free instant in ms; Infinity when nothing is free. */
  readonly first: Float64Array
  /** Of each specialty the places that have something free, by cell and by consortium. */
  readonly byCell: readonly FreeList[]
  readonly byAlliance: readonly FreeList[]
}

/** Remaining capacity in memory: what the mirror writes and every search reads. */
export type Capacity = {
  readonly stocks: Readonly<Record<EngineChannel, Stock>>
  /** Null: nothing is free. An institution or specialty that the engine does not know is passed over. */
  readonly set: (channel: EngineChannel, org: OrgId, specialty: string, free: Free | null) => void
  readonly get: (channel: EngineChannel, org: OrgId, specialty: string) => Free | null
  /** The places that have something free in a specialty, by its number: made anew if need be. */
  readonly freeIn: (channel: EngineChannel, specialty: number) => { readonly byCell: FreeList; readonly byAlliance: FreeList }
  /** Nothing is free anywhere: before everything is read anew. */
  readonly clear: () => void
  readonly bytes: () => number
}

/** How sites are grouped: those with something free are kept by both. */
export type Groupings = { readonly byCell: Grouping; readonly byAlliance: Grouping }

const openStock = (sites: number, specialties: number, { byCell, byAlliance }: Groupings): Stock => ({
  units: new Int32Array(sites * specialties),
  reserved: new Int32Array(sites * specialties),
  first: new Float64Array(sites * specialties).fill(Infinity),
  byCell: Array.from({ length: specialties }, () => openFreeList(byCell)),
  byAlliance: Array.from({ length: specialties }, () => openFreeList(byAlliance)),
})

const bytesOf = ({ units, reserved, first, byCell, byAlliance }: Stock): number =>
  units.byteLength +
  reserved.byteLength +
  first.byteLength +
  [...byCell, ...byAlliance].reduce((sum, { starts, records }) => sum + starts.byteLength + records.byteLength, 0)

export const openCapacity = (
  siteOf: ReadonlyMap<OrgId, number>,
  specialtyOf: ReadonlyMap<string, number>,
  placed: Placed,
  groupings: Groupings,
): Capacity => {
  const sites = siteOf.size
  const open = (): Stock => openStock(sites, specialtyOf.size, groupings)
  const stocks: Record<EngineChannel, Stock> = { direct: open(), referral: open() }
  const placeOf = (org: OrgId, specialty: string): [site: number, specialty: number] | null => {
    const site = siteOf.get(org)
    const code = specialtyOf.get(specialty)
    return site === undefined || code === undefined ? null : [site, code]
  }
  return {
    stocks,
    bytes: () => ENGINE_CHANNELS.reduce((sum, channel) => sum + bytesOf(stocks[channel]), 0),
    set: (channel, org, specialty, free) => {
      const found = placeOf(org, specialty)
      if (!found) return
      const [site, code] = found
      const stock = stocks[channel]
      const at = code * sites + site
      const after = free ? Date.parse(free.firstAt) : Infinity
      stock.units[at] = free?.units ?? 0
      stock.reserved[at] = free?.reserved ?? 0
      if (stock.first[at] === after) return
      stock.first[at] = after
      note(stock.byCell[code] as FreeList, site, after, placed)
      note(stock.byAlliance[code] as FreeList, site, after, placed)
    },
    get: (channel, org, specialty) => {
      const found = placeOf(org, specialty)
      return found ? freeAt(stocks[channel], found[1] * sites + found[0]) : null
    },
    freeIn: (channel, specialty) => {
      const stock = stocks[channel]
      const [byCell, byAlliance] = [stock.byCell[specialty] as FreeList, stock.byAlliance[specialty] as FreeList]
      for (const list of [byCell, byAlliance])
        if (list.isStale) rebuild(list, stock.first.subarray(specialty * sites, (specialty + 1) * sites), placed)
      return { byCell, byAlliance }
    },
    clear: () => {
      for (const { units, reserved, first, byCell, byAlliance } of Object.values(stocks)) {
        units.fill(0)
        reserved.fill(0)
        first.fill(Infinity)
        for (const list of [...byCell, ...byAlliance]) list.isStale = true
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
