type Point = { longitude: number; latitude: number }
type Placed = { id: string; number: number; x: number; y: number }

// Ring distances that read well, in km.
const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000] as const
const ringsMost = 3
/** Two marks nearer than this would hide each other, in units of the drawing. */
const apart = 20

/** Up to three rings that hold every distance, the last the widest; `share` is the radius, 0…1. Distances grow by the root, so that near places do not stick together. */
export const ringsFor = (distances: readonly number[]): { km: number; share: number }[] => {
  const most = Math.max(...distances, 1)
  const last = Math.max(
    0,
    steps.findIndex((step) => step >= most),
  )
  const outer = steps[last] ?? most
  return steps.slice(Math.max(0, last - ringsMost + 1), last + 1).map((km) => ({ km, share: Math.sqrt(km / outer) }))
}

const turn = Math.PI / 180

/** Where the marks stand around home, x to the east, y to the south; numbered as the list. Marks that would hide each other move apart. */
export const placed = (
  from: Point,
  places: readonly { id: string; km: number | null; at: Point | null }[],
  outerKm: number,
  half: number,
): Placed[] => {
  const marks: Placed[] = []
  for (const [at, place] of places.entries()) {
    if (place.at === null || place.km === null) continue
    const east = (place.at.longitude - from.longitude) * Math.cos(from.latitude * turn)
    const north = place.at.latitude - from.latitude
    const angle = Math.atan2(north, east)
    const radius = Math.sqrt(Math.min(1, place.km / outerKm)) * half
    const mark = { id: place.id, number: at + 1, x: Math.cos(angle) * radius, y: -Math.sin(angle) * radius }
    for (let tries = 0; tries < places.length && marks.some(({ x, y }) => Math.hypot(x - mark.x, y - mark.y) < apart); tries++) {
      const side = mark.x > half - apart * 2 ? -1 : 1
      mark.x += side * apart
    }
    // Adding zero makes -0 plain.
    marks.push({ ...mark, x: Math.round(mark.x) + 0, y: Math.round(mark.y) + 0 })
  }
  return marks
}
