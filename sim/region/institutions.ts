import { randomFrom } from '../residents/random.ts'
import { readDivisions, type County, type Divisions, type Prefecture, type Township, type Village } from './divisions.ts'
import { divisionInEnglish, marked } from './english.ts'
import { CITY_PLANS, COUNTY_PLANS, LARGE_CITY, LARGE_COUNTY, PROVINCE_PLANS, type HospitalPlan } from './hospitals.ts'
import { Placing, type Place } from './placing.ts'
import { makePopulations } from './populations.ts'
import { idOf, townshipUnit, villageUnit, withCode } from './primary-units.ts'
import { regionalCentres } from './regional-centres.ts'
import type { InstitutionSeed, Tier } from './types.ts'

const PROVINCE = '430000000000'
/** 岳麓区, where the province's invented hospitals and those of 长沙 stand about the seat. */
const CAPITAL_DISTRICT = '430104000000'

/** Where a new hospital belongs. */
type Home = {
  tier: Tier
  division: string
  county: string | null
  zh: string
  en: string
  people: number
  parent: string | null
  isLarge: boolean
  place: Place
  seed: string
}

function hospital(plan: HospitalPlan, home: Home): InstitutionSeed {
  const { tier, division, county, parent, place, people, isLarge } = home
  const id = idOf(division, plan.serial)
  const random = randomFrom(`${home.seed}/hospital/${id}`)
  const [level, rank] = isLarge ? plan.largeGrade : plan.grade
  const planned = (people / 10_000) * plan.bedsPer10k * (0.85 + 0.3 * random.next())
  return withCode({
    ...marked(home.zh + plan.zh, `${home.en} ${plan.en}`),
    ...place,
    id,
    tier,
    ws218: plan.ws218,
    level,
    rank,
    ownership: plan.ownership,
    division,
    county,
    parent,
    beds: Math.min(plan.bedsMax, Math.max(20, Math.round(planned))),
    population: people,
  })
}

function countyHospitals(county: County, { census, placing, seed }: Ground): InstitutionSeed[] {
  const people = census.get(county.code) ?? 0
  const isDistrict = county.zh.endsWith('区')
  const fitting = COUNTY_PLANS.filter(
    ({ populationMin, where }) => people >= populationMin && (where === 'both' || (where === 'district') === isDistrict),
  )
  return fitting.map((plan) =>
    hospital(plan, {
      tier: 'county',
      division: county.code,
      county: county.code,
      zh: county.zh,
      en: divisionInEnglish(county.zh),
      people,
      parent: idOf(county.prefecture, 0),
      isLarge: people >= LARGE_COUNTY,
      place: placing.nearSeat(county.code, 0.04, `${seed}/place/${county.code}/${plan.serial}`),
      seed,
    }),
  )
}

function cityHospitals(city: Prefecture, { divisions, census, placing, seed }: Ground): InstitutionSeed[] {
  const people = census.get(city.code) ?? 0
  // The first district or city of a prefecture is where its government sits.
  const seat = divisions.counties.find((county) => county.prefecture === city.code)?.code ?? ''
  const zh = city.zh.replace('土家族苗族自治州', '州')
  return CITY_PLANS.filter(({ populationMin }) => people >= populationMin).map((plan) =>
    hospital(plan, {
      tier: 'city',
      division: city.code,
      county: null,
      zh,
      en: divisionInEnglish(zh),
      people,
      parent: idOf(PROVINCE, 0),
      isLarge: people >= LARGE_CITY,
      place: placing.nearSeat(seat, 0.12, `${seed}/place/${city.code}/${plan.serial}`),
      seed,
    }),
  )
}

function provinceHospitals({ census, placing, seed }: Ground): InstitutionSeed[] {
  return PROVINCE_PLANS.map((plan) =>
    hospital(plan, {
      tier: 'province',
      division: PROVINCE,
      county: null,
      zh: '湖南省',
      en: 'Hunan Province',
      people: census.get(PROVINCE) ?? 0,
      parent: null,
      isLarge: true,
      place: placing.nearSeat(CAPITAL_DISTRICT, 0.2, `${seed}/place/${PROVINCE}/${plan.serial}`),
      seed,
    }),
  )
}

function townshipPlace(township: Township, placing: Placing, seed: string): Place {
  const stream = `${seed}/place/${township.code}`
  return township.kind === 'street' ? placing.nearSeat(township.county, 0.15, stream) : placing.anywhere(township.county, stream)
}

/** Residents of every division, each the sum of what lies in it. */
type Census = ReadonlyMap<string, number>

function takeCensus(divisions: Readonly<Divisions>, seed: string): Census {
  const census = new Map(makePopulations(divisions, seed))
  const add = (code: string, people: number): void => void census.set(code, (census.get(code) ?? 0) + people)
  for (const { code, township } of divisions.villages) add(township, census.get(code) ?? 0)
  for (const { code, county } of divisions.townships) add(county, census.get(code) ?? 0)
  for (const { code, prefecture } of divisions.counties) add(prefecture, census.get(code) ?? 0)
  for (const { code } of divisions.prefectures) add(PROVINCE, census.get(code) ?? 0)
  return census
}

/** What every maker of a part of the region is handed. */
type Ground = { divisions: Readonly<Divisions>; census: Census; placing: Placing; seed: string }

/** The units of a county's townships and villages. */
function primaryUnits(
  county: County,
  townships: readonly Township[],
  { census, placing, seed }: Ground,
  villagesOf: VillagesOf,
): InstitutionSeed[] {
  const centres = regionalCentres(townships, (code) => census.get(code) ?? 0)
  // Villages keep about a third of the usual distance between townships.
  const share = 0.3 / Math.sqrt(townships.length)
  return townships.flatMap((township) => {
    const place = townshipPlace(township, placing, seed)
    const people = census.get(township.code) ?? 0
    const unit = townshipUnit({ township, people, place, seed, centreFor: centres.get(township.code) ?? null })
    const villages = (villagesOf.get(township.code) ?? []).map((village) =>
      villageUnit(
        village,
        census.get(village.code) ?? 0,
        placing.near(county.code, place, share, `${seed}/place/${village.code}`),
      ),
    )
    return [unit, ...villages]
  })
}
type VillagesOf = ReadonlyMap<string, readonly Village[]>

/**
 * Every institution of the demo region, sorted by id: a clinic in each village, a unit in each township, hospitals of
 * counties, cities and the province. Pure: the same seed gives the same list. Residents add up to the census of 2020.
 */
export function makeInstitutions(seed: string): InstitutionSeed[] {
  const divisions = readDivisions()
  const ground: Ground = { divisions, census: takeCensus(divisions, seed), placing: new Placing(), seed }
  const townshipsOf = Map.groupBy(divisions.townships, (township) => township.county)
  const villagesOf: VillagesOf = Map.groupBy(divisions.villages, (village) => village.township)
  const made = [
    ...provinceHospitals(ground),
    ...divisions.prefectures.flatMap((city) => cityHospitals(city, ground)),
    ...divisions.counties.flatMap((county) => [
      ...countyHospitals(county, ground),
      ...primaryUnits(county, townshipsOf.get(county.code) ?? [], ground, villagesOf),
    ]),
  ]
  return made.sort((a, b) => (a.id < b.id ? -1 : 1))
}
