import { readFileSync } from 'node:fs'

type Point = readonly [longitude: number, latitude: number]
/** An outline in GeoJSON; `cp` is where a map writes the name, about the seat. */
export type OutlineFeature = {
  type: 'Feature'
  properties: { code: string; name: string; cp: Point }
  geometry: { type: 'MultiPolygon'; coordinates: readonly (readonly (readonly Point[])[])[] }
}
type OutlineCollection = { type: 'FeatureCollection'; features: readonly OutlineFeature[] }
export type Outlines = { note: string; prefectures: OutlineCollection; counties: OutlineCollection }

let read: Outlines | null = null

/** Demo outlines of Hunan's prefectures and counties; not a licensed map, see README. Read once and shared. */
export function readOutlines(): Outlines {
  read ??= JSON.parse(readFileSync(new URL('hunan-outlines.json', import.meta.url), 'utf8')) as Outlines
  return read
}

/** Whether a point (degrees) lies inside an outline: a line to the east crosses its border an odd number of times. */
export function isInside(outline: OutlineFeature, longitude: number, latitude: number): boolean {
  let inside = false
  for (const [ring] of outline.geometry.coordinates) {
    if (!ring) continue
    for (let at = 1; at < ring.length; at += 1) {
      const [[x1, y1], [x2, y2]] = [ring[at - 1] as Point, ring[at] as Point]
      if (y1 > latitude !== y2 > latitude && longitude < x1 + ((latitude - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside
    }
  }
  return inside
}

/** The box around an outline, degrees. */
export type Box = { west: number; south: number; east: number; north: number }

/** The smallest box around an outline. */
export function boxOf(outline: OutlineFeature): Box {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const [longitude, latitude] of outline.geometry.coordinates.flat(2)) {
    box.west = Math.min(box.west, longitude)
    box.east = Math.max(box.east, longitude)
    box.south = Math.min(box.south, latitude)
    box.north = Math.max(box.north, latitude)
  }
  return box
}
