import { randomFrom, type Random } from '../residents/random.ts'
import { servicePlan, type PlannedService } from './service-plans.ts'
import { specialtyOf } from './specialties.ts'
import type { InstitutionSeed, Names, ServiceLine, ServiceSeed, ServiceTag } from './types.ts'

/** What long illness a primary unit manages under a specialty. */
const MANAGED: Readonly<Record<string, Names>> = {
  '0301': { zh: '慢阻肺健康管理', en: 'COPD management' },
  '0304': { zh: '高血压健康管理', en: 'Hypertension management' },
  '0307': { zh: '糖尿病健康管理', en: 'Diabetes management' },
  '0100': { zh: '健康管理与体检', en: 'Health management and check-ups' },
  '1500': { zh: '严重精神障碍健康管理', en: 'Severe mental disorder management' },
}

function serviceNames(specialty: string, line: ServiceLine): Names {
  const { zh, en } = specialtyOf(specialty)
  if (line === 'health-management') return MANAGED[specialty] ?? { zh: `${zh}健康管理`, en: `${en} management` }
  if (line === 'nutrition') return { zh: '营养门诊与指导', en: 'Nutrition clinic and advice' }
  if (line === 'nursing' && specialty !== '2400') return { zh: '居家与延续护理', en: 'Home and continuing nursing' }
  return { zh, en }
}

/** The specialty that a special hospital is named for: it is its strength. */
const OWN_STRENGTH: Readonly<Record<string, string>> = {
  A210: '5000', G100: '0502', A511: '1200', A512: '1000', A514: '1900', A515: '0304', A519: '0700', A520: '1500', A521: '1600', A526: '0403', A527: '2100',
} // prettier-ignore

/** How many treated specialties of a general hospital are 重点, 优势, 特色. */
const STRENGTHS = {
  province: ['key', 12, 'advantage', 8, 'feature', 2],
  city: ['key', 3, 'advantage', 4, 'feature', 2],
  county: ['key', 1, 'advantage', 2, 'feature', 2],
  'regional-centre': ['key', 0, 'advantage', 0, 'feature', 1],
} as const

/** Top-level codes say no strength when their parts are offered; support and general practice bear no tag. */
const mayBeStrong = ({ specialty, line }: PlannedService): boolean =>
  (line === 'treatment' || line === 'rehabilitation') && !['0200', '0300', '0400', '0500', '2600'].includes(specialty)

function strengths(
  { tier, ws218 }: InstitutionSeed,
  offered: readonly PlannedService[],
  random: Random,
): Map<string, ServiceTag> {
  const tags = new Map<string, ServiceTag>()
  const own = OWN_STRENGTH[ws218]
  if (own) {
    tags.set(own, tier === 'province' ? 'key' : tier === 'city' ? 'advantage' : 'feature')
    return tags
  }
  if (tier === 'village' || tier === 'township') return tags
  const drawn = offered
    .filter(mayBeStrong)
    .map(({ specialty }) => ({ specialty, lot: random.next() }))
    .sort((a, b) => a.lot - b.lot)
  const [key, keys, advantage, advantages, feature, features] = STRENGTHS[tier]
  const order = [
    ...Array<ServiceTag>(keys).fill(key),
    ...Array<ServiceTag>(advantages).fill(advantage),
    ...Array<ServiceTag>(features).fill(feature),
  ]
  order.forEach((tag, at) => drawn[at] && tags.set(drawn[at].specialty, tag))
  return tags
}

/**
 * What an institution offers, by its tier and class, with its 重点, 优势 and 特色 specialties. Repeatable: drawn from the
 * institution's own stream. A specialty may come twice with different lines, never twice with the same.
 */
export function makeServices(institution: InstitutionSeed): ServiceSeed[] {
  const random = randomFrom(`services/${institution.id}`)
  const offered = servicePlan(institution).filter(({ share }) => share === 1 || random.chance(share))
  const tags = strengths(institution, offered, random)
  return offered.map(({ specialty, line }) => ({
    institution: institution.id,
    specialty,
    line,
    tag: line === 'treatment' || line === 'rehabilitation' ? (tags.get(specialty) ?? null) : null,
    ...serviceNames(specialty, line),
  }))
}
