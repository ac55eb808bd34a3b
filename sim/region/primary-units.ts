import { randomFrom } from '../residents/random.ts'
import type { Township, Village } from './divisions.ts'
import { divisionInEnglish, inLetters, marked, stemOf } from './english.ts'
import type { Place } from './placing.ts'
import type { InstitutionSeed, Names } from './types.ts'
import { ws218Code } from './ws218-code.ts'

/** Everything of an institution but its code, which follows from the rest. */
export const withCode = (unit: Omit<InstitutionSeed, 'code'>): InstitutionSeed => ({ ...unit, code: ws218Code(unit) })
/** The id of an institution: its 12-digit division and a serial 0…9. */
export const idOf = (division: string, serial: number): string => `${division}${serial}`

type TownshipFacts = {
  township: Township
  /** Residents of its villages. */
  people: number
  /** Residents served as a regional centre; null when it is none. */
  centreFor: number | null
  place: Place
  seed: string
}

/** 社区卫生服务中心 in a street; elsewhere a regional centre, a 中心卫生院 or a 乡镇卫生院. */
export function townshipUnit({ township, people, centreFor, place, seed }: TownshipFacts): InstitutionSeed {
  const random = randomFrom(`${seed}/township/${township.code}`)
  const ws218 = townshipClass(township, centreFor !== null, random.chance(0.3))
  const population = centreFor ?? people
  // Regional centres about 8 beds per 10 000, township units 13, community centres 4: design values around 40 a unit.
  const bedsPer10k = { C210: centreFor === null ? 15 : 8, C220: 12, B100: 4 }[ws218]
  return withCode({
    ...townshipUnitNames(township, ws218, centreFor !== null),
    ...place,
    id: idOf(township.code, 0),
    tier: centreFor === null ? 'township' : 'regional-centre',
    ws218,
    level: centreFor === null ? 1 : 2,
    rank: centreFor === null ? (ws218 === 'C220' ? 3 : 2) : 9,
    ownership: 'public',
    division: township.code,
    county: township.county,
    parent: idOf(township.county, 0),
    beds: Math.max(6, Math.round((population / 10_000) * bedsPer10k * (0.8 + 0.4 * random.next()))),
    population,
  })
}

function townshipClass(township: Township, isCentre: boolean, mayBeCentral: boolean): 'B100' | 'C210' | 'C220' {
  if (township.kind === 'street') return 'B100'
  return isCentre || (township.kind === 'town' && mayBeCentral) ? 'C210' : 'C220'
}

function townshipUnitNames(township: Township, ws218: 'B100' | 'C210' | 'C220', isCentre: boolean): Names {
  const [zh, en] = [township.zh, divisionInEnglish(township.zh)]
  if (isCentre) return marked(`${zh}区域医疗卫生中心`, `${en} Regional Health Centre`)
  if (ws218 === 'B100') return marked(`${zh}社区卫生服务中心`, `${en} Community Health Centre`)
  return ws218 === 'C210'
    ? marked(`${zh}中心卫生院`, `${en} Central Health Centre`)
    : marked(`${zh}卫生院`, `${en} Health Centre`)
}

/** 村卫生室 in a village, 社区卫生服务站 in a community; managed by the unit of its township. */
export function villageUnit(village: Village, population: number, place: Place): InstitutionSeed {
  const letters = inLetters(stemOf(village.zh))
  const names =
    village.kind === 'community'
      ? marked(`${village.zh}卫生服务站`, `${letters} Community Health Station`)
      : marked(`${village.zh}卫生室`, `${letters} Village Clinic`)
  return withCode({
    ...names,
    ...place,
    id: idOf(village.code, 0),
    tier: 'village',
    ws218: village.kind === 'community' ? 'B200' : 'D600',
    level: 9,
    rank: 9,
    ownership: 'public',
    division: village.code,
    county: village.county,
    parent: idOf(village.township, 0),
    beds: 0,
    population,
  })
}
