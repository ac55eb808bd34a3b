import { heightOf } from '../../organisations/index.ts'
import { columnOf, rowOf, type Grid } from './grid.ts'
import { STRENGTHS, type Able, type Site } from './world.ts'

/** A class of places that cost the same before capacity and distance: `tier * 4 + strength`. */
export const CLASSES_A_TIER = STRENGTHS.length
export const classOf = (height: number, strength: number): number => height * CLASSES_A_TIER + strength

/** Who can meet one need. */
export type Postings = {
  /** Half a byte for each site: 0 for one that cannot, otherwise its strength + 1. Null for a need so rare that a list is kept instead. */
  readonly marks: Uint8Array | null
  /** Of a rare need the sites that can meet it, in their order, and the strength of each. */
  readonly sites: Uint32Array
  readonly strengths: Uint8Array
  /** Bit c is set when a place of class c is among them. */
  readonly present: number
}

/** Up to so many places a look through all of them is quicker than a search by rings. */
export const RARE_MOST = 300

/** Sites as the engine numbers them: cell by cell, within a cell tier by tier, within a tier by id. */
export type SiteTable = { readonly cells: Uint32Array; readonly heights: Uint8Array }
export const siteTable = (sites: readonly Site[], grid: Grid): SiteTable => ({
  cells: Uint32Array.from(sites, (site) => rowOf(grid, site.latitude) * grid.columns + columnOf(grid, site.longitude)),
  heights: Uint8Array.from(sites, (site) => heightOf(site.tier)),
})

const HALF_BYTE = 4
const HALF = 0xf
const NONE = new Uint32Array()
const NO_STRENGTHS = new Uint8Array()

const markOf = (marks: Uint8Array, site: number): number => ((marks[site >> 1] as number) >> ((site & 1) * HALF_BYTE)) & HALF

/** @throws RangeError when a site is named twice, or is none. */
export const postingsOf = ({ sites, strengths }: Able, { heights }: SiteTable): Postings => {
  const marks = new Uint8Array((heights.length + 1) >> 1)
  let present = 0
  for (let at = 0; at < sites.length; at += 1) {
    const site = sites[at] as number
    const strength = strengths[at] as number
    if (site >= heights.length || markOf(marks, site) !== 0) throw new RangeError(`site ${site} is unknown or named twice`)
    marks[site >> 1] = (marks[site >> 1] as number) | ((strength + 1) << ((site & 1) * HALF_BYTE))
    present |= 1 << classOf(heights[site] as number, strength)
  }
  if (sites.length > RARE_MOST) return { marks, sites: NONE, strengths: NO_STRENGTHS, present }
  const inOrder = Uint32Array.from(sites).sort()
  return { marks: null, sites: inOrder, strengths: Uint8Array.from(inOrder, (site) => markOf(marks, site) - 1), present }
}

/** The strength with which a site can meet a need; -1 when it cannot. */
export const strengthAt = ({ marks, sites, strengths }: Postings, site: number): number => {
  if (marks) return markOf(marks, site) - 1
  const at = sites.indexOf(site)
  return at < 0 ? -1 : (strengths[at] as number)
}

export const bytesOf = ({ marks, sites, strengths }: Postings): number =>
  (marks?.byteLength ?? 0) + sites.byteLength + strengths.byteLength
