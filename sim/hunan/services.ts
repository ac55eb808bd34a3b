import { randomFrom } from '../residents/random.ts'
import type { InstitutionSeed } from './institutions.ts'
import { SPECIALTIES } from './specialties.ts'

export type ServiceSeed = { institution: string; specialty: string; line: string; tag: 'key' | 'advantage' | 'feature' | null; zh: string; en: string }

const GENERAL_COUNTY = '0200 0301 0302 0303 0304 0306 0307 0310 0401 0402 0403 0404 0501 0502 0700 1000 1100 1200 1300 1600 1700 2000 2100 2400 2600 2800 3000 3100 3200 5000'
const GENERAL_CITY = `${GENERAL_COUNTY} 0305 0308 0309 0405 0406 0407 0701 0800 1900 2700`
const BY_CLASS: Readonly<Record<string, string>> = {
  A210: '5000 0300 0303 0304 0307 0403 2000 2100 3000 3200',
  G100: '0501 0502 0600 0700 0701 0900 2000 3000 3200',
  A514: '1900 0401 0305 2700 3100 3200',
  A519: '0700 0701 0800 2000 2800 3200',
  A520: '1500 0310',
  A521: '1600 1700 0301 3000',
  A527: '2100 0310 2400',
}
const BY_TIER: Readonly<Record<string, string>> = {
  village: '0100 0200',
  township: '0100 0200 0300 0301 0302 0403 0502 0700 1200 2100 3000 3200 5000',
  'regional-centre': '0100 0200 0300 0301 0302 0303 0304 0401 0403 0501 0502 0700 1200 2000 2100 3000 3200 5000',
}
const LINES: Readonly<Record<string, string>> = { '0100': 'prevention', '2100': 'rehabilitation', '2400': 'nursing', '0600': 'health-management', '0900': 'health-management', '3000': 'diagnosis', '3100': 'diagnosis', '3200': 'diagnosis' }
const NAMES = new Map(SPECIALTIES.map(([code, zh, en]) => [code, { zh, en }]))
const TAGS = ['key', 'advantage', 'feature'] as const

const specialtiesOf = ({ ws218, tier }: InstitutionSeed): string[] => {
  const list = BY_TIER[tier] ?? BY_CLASS[ws218] ?? (tier === 'county' ? GENERAL_COUNTY : GENERAL_CITY)
  return list.split(' ')
}

/** What an institution offers, one row a specialty; hospitals have a few tagged 重点, 优势 or 特色. */
export const makeServices = (institution: InstitutionSeed, seed: string): ServiceSeed[] => {
  const random = randomFrom(`${seed} services ${institution.id}`)
  const isHospital = ['county', 'city', 'province'].includes(institution.tier)
  const tagShare = institution.tier === 'province' ? 0.4 : institution.tier === 'city' ? 0.25 : 0.12
  const treating = specialtiesOf(institution).map((specialty): ServiceSeed => {
    const name = NAMES.get(specialty) ?? { zh: specialty, en: specialty }
    const tag = isHospital && random.chance(tagShare) ? random.pick(TAGS) : null
    return { institution: institution.id, specialty, line: LINES[specialty] ?? 'treatment', tag, ...name }
  })
  const managing: ServiceSeed = { institution: institution.id, specialty: '0200', line: 'health-management', tag: null, zh: '慢病与健康管理', en: 'Chronic care and health management' }
  return isHospital ? treating : [...treating, managing]
}
