type Point = { readonly longitude: number; readonly latitude: number }

/** Mean radius of the Earth in kilometres (IUGG). */
export const EARTH_RADIUS_KM = 6371.0088
const HALF_TURN_DEGREES = 180

const radians = (degrees: number): number => (degrees * Math.PI) / HALF_TURN_DEGREES

/** Straight-line distance over ground in kilometres (haversine); roads are longer. */
export const distanceKm = (a: Point, b: Point): number => {
  const halfChord =
    Math.sin(radians(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(radians(b.longitude - a.longitude) / 2) ** 2
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, halfChord)))
}
