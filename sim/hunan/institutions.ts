import { pinyin } from 'pinyin-pro'
import { randomFrom } from '../residents/random.ts'
import { isInside, readDivisions, readOutlines, type Division, type Divisions, type Outline } from './divisions.ts'

export type Tier = 'province' | 'city' | 'county' | 'regional-centre' | 'township' | 'village'

/** A synthetic institution: real places, invented houses; every name says that it is a demo. */
export type InstitutionSeed = {
  /** 12-digit division code and one more digit: below 2^53. */
  id: string
  /** 22 characters of WS 218; the organisation part is synthetic and begins with D. */
  code: string
  zh: string
  en: string
  tier: Tier
  ws218: string
  level: 1 | 2 | 3 | 9
  rank: 1 | 2 | 3 | 4 | 9
  ownership: 'public' | 'private'
  division: string
  parent: string | null
  longitude: number
  latitude: number
  beds: number
  population: number
  phone: string
}

/** Residents by prefecture, census of 2020-11-01 (seven of the fourteen from memory; all add up to 66 444 864). */
export const CENSUS: Readonly<Record<string, number>> = {
  '4301': 10_047_914,
  '4302': 3_902_738,
  '4303': 2_726_181,
  '4304': 6_645_243,
  '4305': 6_563_520,
  '4306': 5_051_922,
  '4307': 5_279_102,
  '4308': 1_517_027,
  '4309': 3_851_564,
  '4310': 4_667_134,
  '4311': 5_289_824,
  '4312': 4_587_594,
  '4313': 3_826_996,
  '4331': 2_488_105,
}

type Kind = { readonly zh: string; readonly en: string; readonly ws218: string; readonly level: 1 | 2 | 3 | 9; readonly rank: 1 | 2 | 3 | 4 | 9; readonly beds: number; readonly ownership?: 'private' }

const PROVINCE: readonly Kind[] = [
  { zh: '第一人民医院', en: 'First People’s Hospital', ws218: 'A100', level: 3, rank: 2, beds: 3500 },
  { zh: '第二人民医院', en: 'Second People’s Hospital', ws218: 'A100', level: 3, rank: 2, beds: 2800 },
  { zh: '肿瘤医院', en: 'Cancer Hospital', ws218: 'A514', level: 3, rank: 2, beds: 2000 },
  { zh: '儿童医院', en: 'Children’s Hospital', ws218: 'A519', level: 3, rank: 2, beds: 1500 },
  { zh: '妇幼保健院', en: 'Maternal and Child Health Hospital', ws218: 'G100', level: 3, rank: 2, beds: 1000 },
  { zh: '中医医院', en: 'Hospital of Traditional Chinese Medicine', ws218: 'A210', level: 3, rank: 2, beds: 1500 },
]
const CITY: readonly Kind[] = [
  { zh: '中心医院', en: 'Central Hospital', ws218: 'A100', level: 3, rank: 2, beds: 1800 },
  { zh: '第一人民医院', en: 'First People’s Hospital', ws218: 'A100', level: 3, rank: 2, beds: 1500 },
  { zh: '中医医院', en: 'Hospital of Traditional Chinese Medicine', ws218: 'A210', level: 3, rank: 2, beds: 900 },
  { zh: '妇幼保健院', en: 'Maternal and Child Health Hospital', ws218: 'G100', level: 3, rank: 2, beds: 500 },
  { zh: '精神卫生中心', en: 'Mental Health Centre', ws218: 'A520', level: 3, rank: 2, beds: 600 },
  { zh: '传染病医院', en: 'Hospital of Infectious Diseases', ws218: 'A521', level: 2, rank: 2, beds: 300 },
]
const COUNTY: readonly Kind[] = [
  { zh: '人民医院', en: 'People’s Hospital', ws218: 'A100', level: 2, rank: 2, beds: 700 },
  { zh: '中医医院', en: 'Hospital of Traditional Chinese Medicine', ws218: 'A210', level: 2, rank: 2, beds: 300 },
  { zh: '妇幼保健院', en: 'Maternal and Child Health Hospital', ws218: 'G100', level: 2, rank: 2, beds: 100 },
]
const BIG_COUNTY: readonly Kind[] = [
  { zh: '第二人民医院', en: 'Second People’s Hospital', ws218: 'A100', level: 2, rank: 3, beds: 250 },
  { zh: '康复医院', en: 'Rehabilitation Hospital', ws218: 'A527', level: 2, rank: 9, beds: 120, ownership: 'private' },
]
const BIG_COUNTY_PEOPLE = 700_000
const GRADE_THREE_COUNTY_SHARE = 0.1
// A rural regional centre serves 150 000 to 200 000 people.
const REGIONAL_CENTRE_PEOPLE = 175_000

/** A Chinese place name in letters, one word. */
export const latin = (zh: string): string => {
  const letters = pinyin(zh, { toneType: 'none', type: 'array', v: true }).join('').replace(/[^a-z]/gi, '')
  return letters.charAt(0).toUpperCase() + letters.slice(1)
}
const demo = (zh: string, en: string): { zh: string; en: string } => ({ zh: `${zh}(演示)`, en: `${en} (demo)` })

/** Everything of the region that other parts of the simulation build on. */
export type Region = { readonly divisions: Divisions; readonly institutions: readonly InstitutionSeed[]; readonly populationOf: ReadonlyMap<string, number> }

/** About 33 000 institutions for every division of Hunan, deterministic by seed. */
export const makeRegion = (seed: string): Region => {
  const divisions = readDivisions()
  const populationOf = settle(divisions, seed)
  const builder = new Builder(seed, divisions, populationOf)
  const province = builder.hospitals(divisions.province[0] as Division, PROVINCE, 'province', null, '430102000000')
  for (const prefecture of divisions.prefecture) builder.prefecture(prefecture, province)
  return { divisions, institutions: builder.made, populationOf }
}

/** People of every division: the census of the prefecture spread over its villages, and summed up again. */
const settle = (divisions: Divisions, seed: string): Map<string, number> => {
  const people = new Map<string, number>()
  const add = (code: string, count: number) => people.set(code, (people.get(code) ?? 0) + count)
  for (const prefecture of divisions.prefecture) {
    const stem = prefecture.code.slice(0, 4)
    const villages = divisions.village.filter((village) => village.code.startsWith(stem))
    const random = randomFrom(`${seed} people ${stem}`)
    // A neighbourhood committee (digits 001–199) counts about two and a half villages.
    const weights = villages.map((village) => (0.4 + 1.6 * random.next()) * (Number(village.code.slice(9)) < 200 ? 2.5 : 1))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    let left = CENSUS[stem] ?? 0
    villages.forEach((village, at) => {
      const count = at === villages.length - 1 ? left : Math.round(((CENSUS[stem] ?? 0) * (weights[at] as number)) / total)
      left -= count
      for (const code of [village.code, `${village.code.slice(0, 9)}000`, `${village.code.slice(0, 6)}000000`, prefecture.code, '430000000000']) add(code, count)
    })
  }
  return people
}

class Builder {
  readonly made: InstitutionSeed[] = []
  readonly #outlines = readOutlines()
  readonly #children = new Map<string, Division[]>()
  readonly #seed: string
  readonly #populationOf: ReadonlyMap<string, number>

  constructor(seed: string, divisions: Divisions, populationOf: ReadonlyMap<string, number>) {
    this.#seed = seed
    this.#populationOf = populationOf
    for (const rank of ['county', 'township', 'village'] as const)
      for (const division of divisions[rank]) {
        const siblings = this.#children.get(division.parent ?? '')
        if (siblings) siblings.push(division)
        else this.#children.set(division.parent ?? '', [division])
      }
  }

  prefecture(prefecture: Division, province: InstitutionSeed): void {
    const counties = this.#children.get(prefecture.code) ?? []
    const lead = this.hospitals(prefecture, CITY, 'city', province, (counties[0] as Division).code)
    for (const county of counties) this.#county(county, lead)
  }

  /** The hospitals of one division; answers the first, which leads. */
  hospitals(division: Division, kinds: readonly Kind[], tier: Tier, parent: InstitutionSeed | null, seatCounty: string): InstitutionSeed {
    const place = division.rank === 'province' ? '湖南省' : division.zh
    const made = kinds.map((kind, serial) => {
      const [longitude, latitude] = this.#point(`${division.code} ${serial}`, seatCounty, 0.25)
      const level = tier === 'county' && serial === 0 && randomFrom(`${this.#seed} level ${division.code}`).chance(GRADE_THREE_COUNTY_SHARE) ? 3 : kind.level
      return this.#add({
        ...demo(`${place}${kind.zh}`, `${latin(place)} ${kind.en}`),
        id: `${division.code}${serial}`,
        tier,
        ws218: kind.ws218,
        level,
        rank: kind.rank,
        ownership: kind.ownership ?? 'public',
        division: division.code,
        parent: serial === 0 ? (parent?.id ?? null) : `${division.code}0`,
        longitude,
        latitude,
        beds: kind.beds,
        population: this.#populationOf.get(division.code) ?? 0,
      })
    })
    return made[0] as InstitutionSeed
  }

  #county(county: Division, city: InstitutionSeed): void {
    const people = this.#populationOf.get(county.code) ?? 0
    const kinds = people > BIG_COUNTY_PEOPLE ? [...COUNTY, ...BIG_COUNTY] : COUNTY
    const lead = this.hospitals(county, kinds, 'county', city, county.code)
    const townships = this.#children.get(county.code) ?? []
    const towns = townships.filter((township) => isTown(township.code))
    const centres = new Set(towns.slice(0, Math.min(towns.length, Math.floor(people / REGIONAL_CENTRE_PEOPLE))).map((town) => town.code))
    for (const township of townships) this.#township(township, lead, county.code, centres.has(township.code))
  }

  #township(township: Division, county: InstitutionSeed, countyCode: string, isCentre: boolean): void {
    const [longitude, latitude] = this.#point(township.code, countyCode, 0.9)
    const isStreet = Number(township.code.slice(6, 9)) < 100
    const base = township.zh.replace(/(街道)?办事处$/, '')
    const words = isCentre
      ? demo(`${base}区域性医疗卫生中心`, `${latin(base)} Regional Health Centre`)
      : isStreet
        ? demo(`${base}社区卫生服务中心`, `${latin(base)} Community Health Centre`)
        : demo(`${base}${isTown(township.code) ? '中心卫生院' : '卫生院'}`, `${latin(base)} Township Health Centre`)
    const unit = this.#add({
      ...words,
      id: `${township.code}0`,
      tier: isCentre ? 'regional-centre' : 'township',
      ws218: isStreet ? 'B100' : isTown(township.code) ? 'C210' : 'C220',
      level: isCentre ? 2 : 1,
      rank: 9,
      ownership: 'public',
      division: township.code,
      parent: county.id,
      longitude,
      latitude,
      beds: isCentre ? 180 : isStreet ? 20 : 40,
      population: this.#populationOf.get(township.code) ?? 0,
    })
    for (const village of this.#children.get(township.code) ?? []) this.#clinic(village, unit)
  }

  #clinic(village: Division, unit: InstitutionSeed): void {
    const random = randomFrom(`${this.#seed} clinic ${village.code}`)
    const isNeighbourhood = Number(village.code.slice(9)) < 200
    const base = village.zh.replace(/(居民委员会|村民委员会|居委会|村委会)$/, '')
    const words = isNeighbourhood
      ? demo(`${base}卫生服务站`, `${latin(base)} Community Station`)
      : demo(`${base}${/村$/.test(base) ? '' : '村'}卫生室`, `${latin(base)} Village Clinic`)
    this.#add({
      ...words,
      id: `${village.code}0`,
      tier: 'village',
      ws218: isNeighbourhood ? 'B200' : 'D600',
      level: 9,
      rank: 9,
      ownership: 'public',
      division: village.code,
      parent: unit.id,
      longitude: round(unit.longitude + random.normal(0, 0.02)),
      latitude: round(unit.latitude + random.normal(0, 0.02)),
      beds: 0,
      population: this.#populationOf.get(village.code) ?? 0,
    })
  }

  #add(seed: Omit<InstitutionSeed, 'code' | 'phone'>): InstitutionSeed {
    const organisation = `D${Number(seed.id.slice(1)).toString(36).toUpperCase().padStart(8, '0').slice(-8)}`
    const made = {
      ...seed,
      code: `${organisation}${seed.division.slice(0, 6)}11${seed.ws218.slice(0, 4)}${seed.ownership === 'private' ? '2' : '1'}`,
      // Begins with 0000, which no exchange has.
      phone: `0000-${seed.id.slice(-8)}`,
    }
    this.made.push(made)
    return made
  }

  #point(key: string, county: string, spread: number): [number, number] {
    const outline = this.#outlines.get(county) as Outline
    const random = randomFrom(`${this.#seed} point ${key}`)
    const points = outline.rings.flat()
    const width = Math.max(...points.map(([x]) => x)) - Math.min(...points.map(([x]) => x))
    const height = Math.max(...points.map(([, y]) => y)) - Math.min(...points.map(([, y]) => y))
    for (let tries = 0; tries < 40; tries += 1) {
      const point: [number, number] = [outline.centre[0] + (random.next() - 0.5) * width * spread, outline.centre[1] + (random.next() - 0.5) * height * spread]
      if (isInside(point, outline)) return [round(point[0]), round(point[1])]
    }
    return [round(outline.centre[0]), round(outline.centre[1])]
  }
}

const round = (degrees: number): number => Math.round(degrees * 100_000) / 100_000
const isTown = (code: string): boolean => Number(code.slice(6, 9)) >= 100 && Number(code.slice(6, 9)) < 200
