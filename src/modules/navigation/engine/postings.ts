import { heightOf } from '../../organisations/index.ts'
import { columnOf, rowOf, type Grid } from './grid.ts'
import { STRENGTHS, type Able, type Site } from './world.ts'

/** A class of places that cost the same before capacity and distance: `tier * 4 + strength`. */
export const CLASSES_A_TIER = STRENGTHS.length
export const classOf = (height: number, strength: number): number => height * CLASSES_A_TIER + strength

/** Who can meet one need: sorted by cell, within a cell by class, within a class by id. */
export type Postings = {
  readonly sites: Uint16Array | Uint32Array
  readonly classes: Uint8Array
  /** Where each cell begins, and after the last one where it ends; null for a need so rare that it is looked through. */
  readonly cells: Uint32Array | null
  /** Bit c is set when a place of class c is among them. */
  readonly present: number
}

/** Up to so many postings a look through all of them is quicker than a search by rings. */
export const RARE_MOST = 300

const SMALL_NUMBERS = 65_536

export type SiteTable = { readonly cells: Uint32Array; readonly heights: Uint8Array }
export const siteTable = (sites: readonly Site[], grid: Grid): SiteTable => ({
  cells: Uint32Array.from(sites, (site) => rowOf(grid, site.latitude) * grid.columns + columnOf(grid, site.longitude)),
  heights: Uint8Array.from(sites, (site) => heightOf(site.tier)),
})

/**
 * Sorts by counting: by class first, then by cell, each keeping the order before it. Sites come in the order of their ids.
 * @throws RangeError when a site is named twice, or is none.
 */
export const postingsOf = (able: Able, sites: SiteTable, cellCount: number): Postings => {
  const count = able.sites.length
  const named = namesInOrder(able.sites)
  const listed = new Uint32Array(count)
  const cells = new Uint32Array(count)
  const classes = new Uint8Array(count)
  let present = 0
  for (let at = 0; at < count; at += 1) {
    const site = able.sites[named[at] as number] as number
    if (site >= sites.heights.length || (at > 0 && listed[at - 1] === site))
      throw new RangeError(`site ${site} is unknown or named twice`)
    listed[at] = site
    cells[at] = sites.cells[site] as number
    classes[at] = classOf(sites.heights[site] as number, able.strengths[named[at] as number] as number)
    present |= 1 << (classes[at] as number)
  }
  const byClass = countingOrder(classes, numbersTo(count), MANY_CLASSES).order
  const { order, starts } = countingOrder(cells, byClass, cellCount)
  const sorted = sites.heights.length <= SMALL_NUMBERS ? new Uint16Array(count) : new Uint32Array(count)
  const sortedClasses = new Uint8Array(count)
  for (let at = 0; at < count; at += 1) {
    sorted[at] = listed[order[at] as number] as number
    sortedClasses[at] = classes[order[at] as number] as number
  }
  return { sites: sorted, classes: sortedClasses, cells: count > RARE_MOST ? starts : null, present }
}

const numbersTo = (count: number): Uint32Array => {
  const numbers = new Uint32Array(count)
  for (let at = 0; at < count; at += 1) numbers[at] = at
  return numbers
}

const namesInOrder = (sites: Uint32Array): Uint32Array => {
  const numbers = numbersTo(sites.length)
  return isAscending(sites) ? numbers : numbers.sort((a, b) => (sites[a] as number) - (sites[b] as number))
}

const isAscending = (list: Uint32Array): boolean => {
  for (let at = 1; at < list.length; at += 1) if ((list[at] as number) < (list[at - 1] as number)) return false
  return true
}

const MANY_CLASSES = 32

const countingOrder = (
  keys: Uint8Array | Uint32Array,
  before: Uint32Array,
  keyCount: number,
): { order: Uint32Array; starts: Uint32Array } => {
  const starts = new Uint32Array(keyCount + 1)
  for (const key of keys) starts[key + 1] = (starts[key + 1] as number) + 1
  for (let key = 0; key < keyCount; key += 1) starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number)
  const next = starts.slice()
  const order = new Uint32Array(keys.length)
  for (const from of before) {
    const key = keys[from] as number
    order[next[key] as number] = from
    next[key] = (next[key] as number) + 1
  }
  return { order, starts }
}

/** Where a site stands among the postings of a need; -1 when it cannot meet it. */
export const postingAt = (postings: Postings, site: number, cell: number): number => {
  const { sites, cells } = postings
  const end = cells ? (cells[cell + 1] as number) : sites.length
  for (let at = cells ? (cells[cell] as number) : 0; at < end; at += 1) if (sites[at] === site) return at
  return -1
}

export const bytesOf = ({ sites, classes, cells }: Postings): number =>
  sites.byteLength + classes.byteLength + (cells?.byteLength ?? 0)
