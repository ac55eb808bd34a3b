// The places of one specialty and channel that have something free stand together, group by group, each with everything that a search asks of
// it first in one line of the processor's cache: a search reads a few dozen of them, and would wait for memory otherwise.

/** What stands of a place in its record, by position. */
export const RECORD = { site: 0, height: 1, first: 2, x: 3, y: 4, z: 5, alliance: 6, county: 7 } as const
export const RECORD_LENGTH = 8

/** What records are made of: arrays by site. */
export type Placed = {
  readonly heights: Uint8Array
  readonly vectors: Float64Array
  readonly allianceOf: Int32Array
  readonly countyOf: Int32Array
}

/** Sites by groups, such as cells or consortia: those of a group begin at `starts[group]`, each group in the order of its sites. */
export type Grouping = {
  readonly starts: Uint32Array
  readonly sites: Uint32Array
  readonly groupsOf: (site: number) => readonly number[]
}

/** Records in the order of groups; those of a group begin at `starts[group]` and end before `starts[group + 1]`. */
export type FreeList = {
  readonly grouping: Grouping
  readonly starts: Uint32Array
  records: Float64Array
  count: number
  /** Whether it has to be made anew before it is read: after everything has been written at once. */
  isStale: boolean
}

export const openFreeList = (grouping: Grouping): FreeList => ({
  grouping,
  starts: new Uint32Array(grouping.starts.length),
  records: new Float64Array(),
  count: 0,
  isStale: true,
})

const write = (records: Float64Array, at: number, site: number, first: number, placed: Placed): void => {
  const { heights, vectors, allianceOf, countyOf } = placed
  const from = at * RECORD_LENGTH
  records[from + RECORD.site] = site
  records[from + RECORD.height] = heights[site] as number
  records[from + RECORD.first] = first
  records[from + RECORD.x] = vectors[site * 3] as number
  records[from + RECORD.y] = vectors[site * 3 + 1] as number
  records[from + RECORD.z] = vectors[site * 3 + 2] as number
  records[from + RECORD.alliance] = allianceOf[site] as number
  records[from + RECORD.county] = countyOf[site] as number
}

const SPARE = 1.25

/** Makes the list anew from the first free instants of all sites. */
export const rebuild = (list: FreeList, firsts: Float64Array, placed: Placed): void => {
  const { starts, grouping } = list
  let count = 0
  for (const site of grouping.sites) if (firsts[site] !== Infinity) count += 1
  const records = new Float64Array(Math.ceil(count * SPARE) * RECORD_LENGTH)
  let at = 0
  for (let group = 0; group + 1 < starts.length; group += 1) {
    starts[group] = at
    const end = grouping.starts[group + 1] as number
    for (let place = grouping.starts[group] as number; place < end; place += 1) {
      const site = grouping.sites[place] as number
      if (firsts[site] !== Infinity) write(records, at++, site, firsts[site] as number, placed)
    }
  }
  starts[starts.length - 1] = at
  list.records = records
  list.count = count
  list.isStale = false
}

/** Where a site stands or would stand: the sites of a group stand in their order. */
const placeOf = ({ starts, records }: FreeList, group: number, site: number): number => {
  const end = starts[group + 1] as number
  for (let at = starts[group] as number; at < end; at += 1)
    if ((records[at * RECORD_LENGTH + RECORD.site] as number) >= site) return at
  return end
}

const shiftStarts = ({ starts }: FreeList, after: number, by: number): void => {
  for (let group = after + 1; group < starts.length; group += 1) starts[group] = (starts[group] as number) + by
}

/** Takes the first free instant of one site, Infinity when it has nothing any more. */
export const note = (list: FreeList, site: number, first: number, placed: Placed): void => {
  if (!list.isStale) for (const group of list.grouping.groupsOf(site)) noteIn(list, group, site, first, placed)
}

const noteIn = (list: FreeList, group: number, site: number, first: number, placed: Placed): void => {
  const at = placeOf(list, group, site)
  const isIn = at < (list.starts[group + 1] as number) && list.records[at * RECORD_LENGTH + RECORD.site] === site
  if (isIn && first !== Infinity) list.records[at * RECORD_LENGTH + RECORD.first] = first
  else if (isIn) {
    list.records.copyWithin(at * RECORD_LENGTH, (at + 1) * RECORD_LENGTH, list.count * RECORD_LENGTH)
    list.count -= 1
    shiftStarts(list, group, -1)
  } else if (first !== Infinity) {
    makeRoom(list)
    list.records.copyWithin((at + 1) * RECORD_LENGTH, at * RECORD_LENGTH, list.count * RECORD_LENGTH)
    write(list.records, at, site, first, placed)
    list.count += 1
    shiftStarts(list, group, 1)
  }
}

const makeRoom = (list: FreeList): void => {
  if ((list.count + 1) * RECORD_LENGTH <= list.records.length) return
  const wider = new Float64Array(Math.ceil((list.count + 1) * SPARE) * RECORD_LENGTH)
  wider.set(list.records)
  list.records = wider
}
