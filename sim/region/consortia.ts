import { makeAlliances } from './alliances.ts'
import { readDivisions, type County } from './divisions.ts'
import { divisionInEnglish, marked } from './english.ts'
import { idOf } from './primary-units.ts'
import type { ConsortiumSeed, InstitutionSeed, Tightness } from './types.ts'

/**
 * The pilots: counties and districts where consortia are tight.
 * @source 关于构建矩阵式医联体推进分级诊疗落地见效的实施方案: 湘潭市、张家界市、长沙市天心区和开福区
 */
export const PILOT_DIVISIONS: readonly string[] = ['4303', '4308', '430103', '430105']

/** Whether a county or district (12-digit code) is in the pilot. */
export const isPilot = (county: string): boolean => PILOT_DIVISIONS.some((pilot) => county.startsWith(pilot))

const isDistrict = (county: County): boolean => county.zh.endsWith('区')
const isVillage = (one: InstitutionSeed): boolean => one.tier === 'village'

/** 协作单位 of a consortium: one of the two general hospitals of the province, by turns. */
const partnerOf = (turn: number): string => idOf('430000000000', turn % 2)

/** Members without the lead; private hospitals may join, and stay loosely bound. */
function membersOf(units: readonly InstitutionSeed[], lead: string, tightness: Tightness): ConsortiumSeed['members'] {
  return units
    .filter(({ id }) => id !== lead)
    .map(({ id, ownership }) => ({ institution: id, tightness: ownership === 'private' ? 'loose' : tightness }))
}

/** 紧密型县域医共体, one a county; semi-tight outside the pilots. The county's people's hospital leads. */
function countyConsortium(county: County, units: readonly InstitutionSeed[], turn: number): ConsortiumSeed {
  const tightness = isPilot(county.code) ? 'tight' : 'semi-tight'
  const lead = idOf(county.code, 0)
  return {
    ...marked(`${county.zh}${tightness === 'tight' ? '紧密型' : ''}医共体`, `${divisionInEnglish(county.zh)} Medical Consortium`),
    id: `${county.code.slice(0, 6)}01`,
    kind: 'county-consortium',
    division: county.code,
    isPilot: isPilot(county.code),
    tightness,
    lead,
    members: membersOf(units, lead, tightness),
    partners: [partnerOf(turn)],
    specialty: null,
    villages: units.filter(isVillage).map(({ division }) => division),
  }
}

/**
 * 紧密型城市医疗集团, one a pilot district, which is its grid. The city's general tertiary hospitals lead by turns; its
 * other hospitals are shared out among the groups, so that each has one tight consortium.
 */
function cityGroups(city: string, districts: readonly County[], institutions: readonly InstitutionSeed[]): ConsortiumSeed[] {
  const cityHospitals = institutions.filter(({ tier, division }) => tier === 'city' && division === city)
  return districts.map((district, turn) => {
    const lead = idOf(city, turn)
    const isFit = cityHospitals.some(({ id, ws218, level }) => id === lead && ws218 === 'A100' && level === 3)
    if (!isFit) throw new Error(`No tertiary general hospital of the city is left to lead ${district.zh}.`)
    // Serials of the two leads lie below the number of groups; all others go round.
    const shared = cityHospitals.filter(({ id }) => Number(id.at(-1)) % districts.length === turn)
    const units = [...shared, ...institutions.filter(({ county }) => county === district.code)]
    const name = district.zh.replace(/区$/, '')
    return {
      ...marked(`${name}城市医疗集团`, `${divisionInEnglish(district.zh)} City Medical Group`),
      id: `${city.slice(0, 6)}${String(turn + 1).padStart(2, '0')}`,
      kind: 'city-group',
      division: city,
      isPilot: true,
      tightness: 'tight',
      lead,
      members: membersOf(units, lead, 'tight'),
      partners: [partnerOf(turn)],
      specialty: null,
      villages: units.filter(isVillage).map(({ division }) => division),
    }
  })
}

/**
 * Every consortium of the demo region: a city group in each pilot district, a county consortium in every other county
 * and district, and about 50 specialty alliances. Each village and community is in exactly one grid. Pure.
 */
export function makeConsortia(institutions: readonly InstitutionSeed[]): ConsortiumSeed[] {
  const { counties } = readDivisions()
  const unitsOf = Map.groupBy(institutions, ({ county }) => county)
  const gridded = counties.filter((county) => isPilot(county.code) && isDistrict(county))
  const groups = [...Map.groupBy(gridded, ({ prefecture }) => prefecture)].flatMap(([city, districts]) =>
    cityGroups(city, districts, institutions),
  )
  const consortia = counties
    .filter((county) => !gridded.includes(county))
    .map((county, turn) => countyConsortium(county, unitsOf.get(county.code) ?? [], turn))
  return [...groups, ...consortia, ...makeAlliances(institutions)]
}
