import { marked } from './english.ts'
import { makeServices } from './services.ts'
import { specialtyOf } from './specialties.ts'
import type { ConsortiumSeed, InstitutionSeed, ServiceSeed } from './types.ts'

/** @source 实施方案: 遴选50个左右优势专科,牵头建立专科联盟 */
const ALLIANCES = 50

type Strength = { lead: InstitutionSeed; service: ServiceSeed }

/** Strong specialties, the best first: those of the province before the cities', 重点 before 优势, each specialty once before any comes again. */
function strongest(offered: readonly Strength[]): Strength[] {
  const order = ({ lead, service }: Strength): number => (lead.tier === 'province' ? 0 : 2) + (service.tag === 'key' ? 0 : 1)
  const sorted = offered
    .filter(({ service }) => service.tag === 'key' || service.tag === 'advantage')
    .sort((a, b) => order(a) - order(b))
  const seen = new Set<string>()
  const fresh: Strength[] = []
  const again: Strength[] = []
  for (const strength of sorted) {
    const { specialty } = strength.service
    if (seen.has(specialty)) again.push(strength)
    else fresh.push(strength)
    seen.add(specialty)
  }
  return [...fresh, ...again].slice(0, ALLIANCES)
}

/** About 50 专科联盟: led by a strong specialty of the province or a city, joined by the public hospitals below that treat in it. */
export function makeAlliances(institutions: readonly InstitutionSeed[]): ConsortiumSeed[] {
  const hospitals = institutions.filter(
    ({ tier, ownership }) => ownership === 'public' && (tier === 'province' || tier === 'city' || tier === 'county'),
  )
  const offered = hospitals.flatMap((lead): Strength[] => makeServices(lead).map((service) => ({ lead, service })))
  const treating = Map.groupBy(
    offered.filter(({ service, lead }) => service.line !== 'nutrition' && lead.tier !== 'province'),
    ({ service }) => service.specialty,
  )
  const joinersOf = (lead: InstitutionSeed, { specialty }: ServiceSeed): string[] => {
    const ids = new Set((treating.get(specialty) ?? []).map((one) => one.lead.id))
    ids.delete(lead.id)
    return [...ids]
  }
  const leads = strongest(offered.filter(({ lead, service }) => lead.tier !== 'county' && joinersOf(lead, service).length > 0))
  return leads.map(({ lead, service }, at) => {
    const { zh, en } = specialtyOf(service.specialty)
    return {
      ...marked(`${lead.zh.replace('(演示)', '')}${zh}专科联盟`, `${en} Alliance led by ${lead.en.replace(' (demo)', '')}`),
      id: `430000${String(at + 1).padStart(2, '0')}`,
      kind: 'specialty-alliance',
      division: '430000000000',
      isPilot: false,
      tightness: 'loose',
      lead: lead.id,
      members: joinersOf(lead, service).map((institution) => ({ institution, tightness: 'loose' })),
      partners: [],
      specialty: service.specialty,
      villages: [],
    }
  })
}
