import { latin, type InstitutionSeed, type Region } from './institutions.ts'
import { SPECIALTIES } from './specialties.ts'

export type ConsortiumSeed = { id: string; kind: 'county-consortium' | 'city-group' | 'specialty-alliance'; zh: string; en: string; division: string; lead: string; specialty: string | null }
export type MembershipSeed = { consortium: string; institution: string; role: 'lead' | 'member' | 'partner'; tightness: 'tight' | 'semi-tight' | 'loose' }
export type ConsortiaSeed = { consortia: ConsortiumSeed[]; memberships: MembershipSeed[]; grid: { village: string; consortium: string }[] }

/** Pilots of the province's plan (S0): 湘潭市, 张家界市, 长沙市天心区 and 开福区. */
export const isPilot = (division: string): boolean => ['4303', '4308'].includes(division.slice(0, 4)) || ['430103', '430105'].includes(division.slice(0, 6))

/** A district of a city: its grid is an urban medical group in the pilots. */
const isDistrict = (county: string): boolean => Number(county.slice(4, 6)) < 20

const ALLIANCES_MOST = 50
const PARTNER = '4300000000000'

/** Consortia of every county, urban groups of the pilots' districts, and specialty alliances of the province. */
export const makeConsortia = ({ divisions, institutions }: Region): ConsortiaSeed => {
  const made: ConsortiaSeed = { consortia: [], memberships: [], grid: [] }
  // A township in a statistics-only zone has the zone's digits in its code, but belongs to a real county: its parent.
  const countyOf = new Map(divisions.township.map((township) => [township.code.slice(0, 9), (township.parent ?? '').slice(0, 6)]))
  const county = (code: string): string => countyOf.get(code.slice(0, 9)) ?? code.slice(0, 6)
  const byCounty = Map.groupBy(institutions, (institution) => county(institution.division))
  for (const { code, zh } of divisions.county) addCounty(made, code, zh, byCounty.get(code.slice(0, 6)) ?? [], institutions)
  for (const village of divisions.village) made.grid.push({ village: village.code, consortium: county(village.code) })
  addAlliances(made, institutions)
  return made
}

const addCounty = (made: ConsortiaSeed, code: string, zh: string, own: readonly InstitutionSeed[], all: readonly InstitutionSeed[]): void => {
  const id = code.slice(0, 6)
  const pilot = isPilot(code)
  const isGroup = pilot && isDistrict(code)
  const lead = isGroup ? cityLead(code, all) : (own.find((one) => one.tier === 'county') as InstitutionSeed)
  const tightness = pilot ? 'tight' : 'semi-tight'
  made.consortia.push({
    id,
    kind: isGroup ? 'city-group' : 'county-consortium',
    zh: `${zh}${isGroup ? '紧密型城市医疗集团' : pilot ? '紧密型县域医共体' : '县域医共体'}(演示)`,
    en: `${latin(zh)} ${isGroup ? 'city medical group' : 'county consortium'} (demo)`,
    division: code,
    lead: lead.id,
    specialty: null,
  })
  made.memberships.push({ consortium: id, institution: lead.id, role: 'lead', tightness })
  for (const one of own) if (one.id !== lead.id) made.memberships.push({ consortium: id, institution: one.id, role: 'member', tightness: one.ownership === 'private' ? 'loose' : tightness })
  made.memberships.push({ consortium: id, institution: PARTNER, role: 'partner', tightness: 'loose' })
}

// Each urban grid has a lead of its own: the districts of a city take its tertiary general hospitals in turn.
const cityLead = (county: string, all: readonly InstitutionSeed[]): InstitutionSeed => {
  const leads = all.filter((one) => one.tier === 'city' && one.ws218 === 'A100' && one.division.startsWith(county.slice(0, 4)))
  return leads[Number(county.slice(4, 6)) % 4 < 2 || ['430811', '430105'].includes(county.slice(0, 6)) ? 1 : 0] as InstitutionSeed
}

const addAlliances = (made: ConsortiaSeed, institutions: readonly InstitutionSeed[]): void => {
  const leads = institutions.filter((one) => one.tier === 'province' && one.ws218 === 'A100')
  const members = institutions.filter((one) => one.tier === 'city' && one.ws218 === 'A100')
  SPECIALTIES.slice(0, ALLIANCES_MOST).forEach(([specialty, zh, en], at) => {
    const lead = leads[at % leads.length] as InstitutionSeed
    const id = `9${specialty}`
    made.consortia.push({ id, kind: 'specialty-alliance', zh: `湖南省${zh}专科联盟(演示)`, en: `Hunan ${en} alliance (demo)`, division: '430000000000', lead: lead.id, specialty })
    made.memberships.push({ consortium: id, institution: lead.id, role: 'lead', tightness: 'loose' })
    for (const member of members) made.memberships.push({ consortium: id, institution: member.id, role: 'member', tightness: 'loose' })
  })
}
