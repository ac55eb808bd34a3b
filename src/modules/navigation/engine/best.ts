/** The best places found so far, in their order: fewer points first, then nearer, then the smaller id. */
export type Best = {
  count: number
  most: number
  /** What a further place may cost at most to enter: the points of the last one, Infinity while there is room. */
  limit: number
  /** Of each site its place in the order of ids. */
  readonly ranks: Uint32Array
  readonly points: Float64Array
  readonly kilometres: Float64Array
  readonly sites: Uint32Array
  readonly classes: Uint8Array
  /** 1: of the person's own consortium; 2: and leads it. */
  readonly owns: Uint8Array
}

/** More places than this are no answer to a person. */
export const MOST_PLACES = 200

export const openBest = (ranks: Uint32Array): Best => ({
  ranks,
  count: 0,
  most: 0,
  limit: Infinity,
  points: new Float64Array(MOST_PLACES),
  kilometres: new Float64Array(MOST_PLACES),
  sites: new Uint32Array(MOST_PLACES),
  classes: new Uint8Array(MOST_PLACES),
  owns: new Uint8Array(MOST_PLACES),
})

const isBefore = (best: Best, points: number, kilometres: number, site: number, at: number): boolean => {
  const other = best.points[at] as number
  if (points !== other) return points < other
  const far = best.kilometres[at] as number
  return kilometres === far ? (best.ranks[site] as number) < (best.ranks[best.sites[at] as number] as number) : kilometres < far
}

/** Puts a place where it belongs; one that is worse than all while there is no room is left out. */
export const enter = (best: Best, points: number, kilometres: number, site: number, ofClass: number, own: number): void => {
  let at = best.count
  if (at === best.most) {
    if (at === 0 || !isBefore(best, points, kilometres, site, at - 1)) return
    at -= 1
  } else best.count += 1
  for (; at > 0 && isBefore(best, points, kilometres, site, at - 1); at -= 1) {
    best.points[at] = best.points[at - 1] as number
    best.kilometres[at] = best.kilometres[at - 1] as number
    best.sites[at] = best.sites[at - 1] as number
    best.classes[at] = best.classes[at - 1] as number
    best.owns[at] = best.owns[at - 1] as number
  }
  best.points[at] = points
  best.kilometres[at] = kilometres
  best.sites[at] = site
  best.classes[at] = ofClass
  best.owns[at] = own
  if (best.count === best.most) best.limit = best.points[best.most - 1] as number
}
