import { EARTH_RADIUS_KM } from '../rules/distance.ts'

// The province as cells of a tenth of a degree, and how near anything in a cell can be. Every bound here is a lower one: what it says
// to be too far is too far, whatever the last bits of the numbers.

const CELL_DEGREES = 0.1
const HALF_TURN_DEGREES = 180
export const radians = (degrees: number): number => (degrees * Math.PI) / HALF_TURN_DEGREES

type Point = { readonly longitude: number; readonly latitude: number }

/** Rows go north, columns east; a cell is `row * columns + column`. */
export type Grid = {
  readonly west: number
  readonly south: number
  readonly rows: number
  readonly columns: number
  /** Of each row the smallest cosine of a latitude in it. */
  readonly cosines: Float64Array
}

export const gridAround = (points: readonly Point[]): Grid => {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { longitude, latitude } of points) {
    west = Math.min(west, longitude)
    east = Math.max(east, longitude)
    south = Math.min(south, latitude)
    north = Math.max(north, latitude)
  }
  if (points.length === 0) [west, south, east, north] = [0, 0, 0, 0]
  const rows = Math.floor((north - south) / CELL_DEGREES) + 1
  const columns = Math.floor((east - west) / CELL_DEGREES) + 1
  const cosines = Float64Array.from({ length: rows }, (_, row) =>
    Math.min(
      Math.cos(radians(south + row * CELL_DEGREES - SLACK_DEGREES)),
      Math.cos(radians(south + (row + 1) * CELL_DEGREES + SLACK_DEGREES)),
    ),
  )
  return { west, south, rows, columns, cosines }
}

const within = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at))
export const rowOf = (grid: Grid, latitude: number): number =>
  within(Math.floor((latitude - grid.south) / CELL_DEGREES), grid.rows)
export const columnOf = (grid: Grid, longitude: number): number =>
  within(Math.floor((longitude - grid.west) / CELL_DEGREES), grid.columns)

/** A cell's edge may be off by the rounding of a division; this is far more. */
const SLACK_DEGREES = 1e-9

/** Degrees from a value to the nearest of a stretch of cells; 0 inside. */
const gap = (value: number, from: number, first: number, last: number): number => {
  const low = from + first * CELL_DEGREES - SLACK_DEGREES
  const high = from + (last + 1) * CELL_DEGREES + SLACK_DEGREES
  return value < low ? low - value : value > high ? value - high : 0
}

/** At most sin² of half an angle: a sine is never less than the first two terms of its series, and they cost a tenth of it. */
const squareOfHalfSine = (degrees: number): number => {
  const half = radians(Math.min(degrees, HALF_TURN_DEGREES)) / 2
  const sine = half - (half * half * half) / SINE_SERIES
  return sine * sine
}
const SINE_SERIES = 6

/** How near the cells of one search can be: filled ring by ring, because most searches end after a few. */
export type Reach = {
  readonly rows: Float64Array
  readonly columns: Float64Array
  /** Kilometres to anything that lies so many rings away or farther, at least. */
  readonly rings: Float64Array
  /** The last ring that is filled in. */
  filled: number
}
export const openReach = ({ rows, columns }: Grid): Reach => ({
  rows: new Float64Array(rows),
  columns: new Float64Array(columns),
  rings: new Float64Array(Math.max(rows, columns)),
  filled: -1,
})

export const fillRow = (grid: Grid, reach: Reach, { latitude }: Point, row: number): void => {
  if (row >= 0 && row < grid.rows) reach.rows[row] = squareOfHalfSine(gap(latitude, grid.south, row, row))
}
/** Times the cosine of the person's own latitude. */
export const fillColumn = (grid: Grid, reach: Reach, { longitude }: Point, column: number, cosine: number): void => {
  if (column >= 0 && column < grid.columns)
    reach.columns[column] = cosine * squareOfHalfSine(gap(longitude, grid.west, column, column))
}

/** A little less than the whole, so that rounding never makes a bound too great. */
const NEARLY = 1 - 1e-9

/** Kilometres to the nearest point of a cell at least. An arc is never shorter than its chord. */
export const kilometresToCell = (grid: Grid, reach: Reach, row: number, column: number): number =>
  2 *
  EARTH_RADIUS_KM *
  NEARLY *
  Math.sqrt((reach.rows[row] as number) + (grid.cosines[row] as number) * (reach.columns[column] as number))

/** Kilometres to anything that lies `ring` cells or more from the middle, in whatever direction; Infinity when the grid ends before. */
export const kilometresToRing = (
  grid: Grid,
  point: Point,
  middle: { readonly row: number; readonly column: number },
  ring: number,
): number => {
  const { row, column } = middle
  const least = Math.min(grid.cosines[0] as number, grid.cosines[grid.rows - 1] as number)
  const cosine = Math.max(0, Math.cos(radians(point.latitude))) * least
  let nearest = Infinity
  if (row + ring < grid.rows)
    nearest = Math.min(nearest, squareOfHalfSine(gap(point.latitude, grid.south, row + ring, grid.rows - 1)))
  if (row - ring >= 0) nearest = Math.min(nearest, squareOfHalfSine(gap(point.latitude, grid.south, 0, row - ring)))
  if (column + ring < grid.columns)
    nearest = Math.min(nearest, cosine * squareOfHalfSine(gap(point.longitude, grid.west, column + ring, grid.columns - 1)))
  if (column - ring >= 0)
    nearest = Math.min(nearest, cosine * squareOfHalfSine(gap(point.longitude, grid.west, 0, column - ring)))
  return 2 * EARTH_RADIUS_KM * NEARLY * Math.sqrt(nearest)
}
