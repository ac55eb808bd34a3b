import type { Instant } from '../../kernel/clock.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import type { Capability, CentreBody, Channel } from '../../modules/green-channel/index.ts'
import type { InstitutionSeed } from '../../../sim/region/types.ts'
import { insertRows } from './insert.ts'

type Plan = {
  readonly channel: Channel
  readonly specialty: string
  readonly level: CentreBody['level']
  readonly capabilities: readonly Capability[]
}

const COUNTY: readonly Plan[] = [
  { channel: 'chest-pain', specialty: '0304', level: 'primary', capabilities: ['lysis'] },
  { channel: 'stroke', specialty: '0303', level: 'primary', capabilities: ['lysis'] },
  { channel: 'trauma', specialty: '2000', level: 'primary', capabilities: ['damage-control'] },
  { channel: 'maternal', specialty: '0502', level: 'primary', capabilities: ['critical-obstetrics'] },
  { channel: 'newborn', specialty: '0701', level: 'primary', capabilities: ['critical-newborn'] },
]
const CITY: readonly Plan[] = COUNTY.map((plan): Plan => ({
  ...plan,
  level: 'advanced',
  capabilities:
    plan.channel === 'chest-pain' ? ['lysis', 'ppci'] : plan.channel === 'stroke' ? ['lysis', 'thrombectomy'] : plan.capabilities,
}))

// The people's hospital of a county and the two general hospitals of a city: the first in the plan of each.
const isCountyLead = ({ tier, ws218, id, ownership }: InstitutionSeed): boolean =>
  tier === 'county' && ws218 === 'A100' && ownership === 'public' && id.endsWith('0')
const isCityLead = ({ tier, ws218 }: InstitutionSeed): boolean => ['city', 'province'].includes(tier) && ws218 === 'A100'

const plansOf = (institution: InstitutionSeed): readonly Plan[] => {
  if (isCountyLead(institution)) return COUNTY
  return isCityLead(institution) ? CITY : []
}

/** Invented certificates of the five emergency centres: county hospitals dissolve, city hospitals also open vessels. */
export const insertCentres = (db: Queryable, institutions: readonly InstitutionSeed[], now: Instant): Promise<number> =>
  insertRows(
    db,
    'platform.register_entry',
    institutions.flatMap((institution) =>
      plansOf(institution).map(({ channel, specialty, level, capabilities }) => {
        const body: CentreBody = {
          institution: institution.id,
          channel,
          level,
          capabilities: [...capabilities],
          specialty,
          certificate: '演示',
        }
        return {
          org_id: '0',
          kind: 'green-channel.centre',
          entry_id: `${institution.id}-${channel}`,
          version: 1,
          from_on: '2020-01-01',
          body,
          state: 'in-force',
          is_correction: false,
          recorded_at: now,
        }
      }),
    ),
  )
