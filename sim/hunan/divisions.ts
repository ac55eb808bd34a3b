import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

export type Rank = 'province' | 'prefecture' | 'county' | 'township' | 'village'
export type Division = { readonly code: string; readonly zh: string; readonly rank: Rank; readonly parent: string | null }
export type Divisions = Readonly<Record<Rank, readonly Division[]>>

const RANKS: Readonly<Record<number, Rank>> = { 4: 'prefecture', 6: 'county', 9: 'township', 3: 'village' }

/** Hunan's divisions by rank, real names and 12-digit codes down to the village; data of 2023-06-30. */
export const readDivisions = (): Divisions => {
  const text = gunzipSync(readFileSync(join(import.meta.dirname, 'hunan-divisions.txt.gz'))).toString('utf8')
  const province: Division = { code: '430000000000', zh: '湖南省', rank: 'province', parent: null }
  const all = { province: [province], prefecture: [] as Division[], county: [] as Division[], township: [] as Division[], village: [] as Division[] }
  let above: Record<Rank, string> = { province: province.code, prefecture: '', county: '', township: '', village: '' }
  for (const line of text.trim().split('\n')) {
    const [, digits = '', zh = ''] = /^(\d+)(.*)$/.exec(line) ?? []
    const rank = RANKS[digits.length] as Exclude<Rank, 'province'>
    const code = rank === 'village' ? above.township.slice(0, 9) + digits : digits.padEnd(12, '0')
    all[rank].push({ code, zh, rank, parent: above[parentRank[rank]] })
    above = { ...above, [rank]: code }
  }
  return all
}

const parentRank: Readonly<Record<Exclude<Rank, 'province'>, Rank>> = { prefecture: 'province', county: 'prefecture', township: 'county', village: 'township' }

type Ring = readonly (readonly [number, number])[]
export type Outline = { readonly centre: readonly [number, number]; readonly rings: readonly Ring[] }

/** Where each county lies: a centre and simplified rings, longitude and latitude in degrees. Demo outlines, no licensed map. */
export const readOutlines = (): ReadonlyMap<string, Outline> => {
  const file = JSON.parse(readFileSync(join(import.meta.dirname, 'hunan-outlines.json'), 'utf8')) as {
    counties: { features: { properties: { code: string; cp: [number, number] }; geometry: { coordinates: [number, number][][][] } }[] }
  }
  return new Map(file.counties.features.map(({ properties, geometry }) => [properties.code, { centre: properties.cp, rings: geometry.coordinates.map((polygon) => polygon[0] ?? []) }]))
}

/** Whether a point lies inside an outline (even-odd rule). */
export const isInside = ([x, y]: readonly [number, number], { rings }: Outline): boolean => {
  let inside = false
  for (const ring of rings)
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at, at += 1) {
      const [x1, y1] = ring[at] as readonly [number, number]
      const [x2, y2] = ring[before] as readonly [number, number]
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
    }
  return inside
}
