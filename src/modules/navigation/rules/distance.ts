type Point = { readonly longitude: number; readonly latitude: number }

/** Mean radius of the Earth in kilometres (IUGG). */
export const EARTH_RADIUS_KM = 6371.0088
const HALF_TURN_DEGREES = 180

const radians = (degrees: number): number => (degrees * Math.PI) / HALF_TURN_DEGREES

/** The arc over ground in kilometres (haversine) between points so many degrees apart; `cosines` is the product of both latitudes' cosines. */
export const arcKm = (northDegrees: number, eastDegrees: number, cosines: number): number => {
  const halfChord = Math.sin(radians(northDegrees) / 2) ** 2 + cosines * Math.sin(radians(eastDegrees) / 2) ** 2
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, halfChord)))
}

/** The cosine of a latitude in degrees. */
export const cosineOf = (latitude: number): number => Math.cos(radians(latitude))

/** Straight-line distance over ground in kilometres (haversine); roads are longer. */
export const distanceKm = (a: Point, b: Point): number =>
  arcKm(b.latitude - a.latitude, b.longitude - a.longitude, cosineOf(a.latitude) * cosineOf(b.latitude))
