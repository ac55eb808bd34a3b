/** A place: longitude, latitude, in degrees. */
export type Point = [number, number]
/** A closed line: its first point is also its last. */
export type Ring = Point[]

/**
 * Reads one ring in the packed text form of ECharts maps: differences in 1/1024 degree, zigzag coded, 64 above zero.
 * @source ECharts 4 `coord/geo/parseGeoJson`: the format, not the code
 */
export function decodeRing(packed: string, offset: Readonly<Point>): Ring {
  const unpack = (at: number): number => {
    const coded = packed.charCodeAt(at) - 64
    return (coded >> 1) ^ -(coded & 1)
  }
  let [longitude, latitude] = offset
  const ring: Ring = []
  for (let at = 0; at < packed.length; at += 2) {
    longitude += unpack(at)
    latitude += unpack(at + 1)
    ring.push([longitude / 1024, latitude / 1024])
  }
  return ring
}

const triangleArea = (a: Point, b: Point, c: Point): number =>
  Math.abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2

/** Area of a ring in square degrees, never negative. */
export function ringArea(ring: readonly Point[]): number {
  let twice = 0
  for (let at = 0; at + 1 < ring.length; at += 1) {
    const [a, b] = [ring[at] as Point, ring[at + 1] as Point]
    twice += a[0] * b[1] - b[0] * a[1]
  }
  return Math.abs(twice) / 2
}

/**
 * Drops, one by one, the point that changes the area least, until each left changes it by `areaMin` square degrees or
 * 16 are left (Visvalingam and Whyatt). A point is judged by its neighbours only, so that two counties simplify their
 * common border alike. Coordinates are rounded to 4 decimals (about 10 m).
 */
export function simplifyRing(ring: readonly Point[], areaMin: number): Ring {
  const open = ring.slice(0, -1)
  const areaAt = (at: number): number => {
    const previous = open.at(at - 1) as Point
    return triangleArea(previous, open[at] as Point, open[(at + 1) % open.length] as Point)
  }
  const areas = open.map((_, at) => areaAt(at))
  while (open.length > 16) {
    let least = 0
    for (let at = 1; at < areas.length; at += 1) if ((areas[at] as number) < (areas[least] as number)) least = at
    const dropped = areas[least] as number
    if (dropped >= areaMin) break
    open.splice(least, 1)
    areas.splice(least, 1)
    for (const at of [(least + open.length - 1) % open.length, least % open.length]) areas[at] = Math.max(dropped, areaAt(at))
  }
  const rounded = open.map(([longitude, latitude]): Point => [Number(longitude.toFixed(4)), Number(latitude.toFixed(4))])
  return [...rounded, [...(rounded[0] as Point)]]
}
