import { randomFrom } from '../residents/random.ts'
import { makeServices } from './services.ts'
import type { ClinicSeed, ConsortiumKind, ConsortiumSeed, InstitutionSeed, StaffSeed } from './types.ts'

/**
 * Share of each unit that a hospital bound to a consortium keeps for primary care, basis points.
 * @source 县域医共体: 专家号源等预留20%以上; 城市医疗集团: 至少1/3的门诊号源
 */
const RESERVED: Readonly<Record<ConsortiumKind, number>> = {
  'county-consortium': 2_000,
  'city-group': 3_334,
  'specialty-alliance': 0,
}

type HalfDay = Pick<ClinicSeed, 'weekday' | 'from' | 'to'>
const MORNING = { from: '08:00', to: '11:30' }
const AFTERNOON = { from: '14:30', to: '17:00' }

/** Ordinary clinics: every morning from Monday to Friday, three afternoons. */
const ORDINARY_WEEK: readonly HalfDay[] = [
  ...[1, 2, 3, 4, 5].map((weekday) => ({ weekday, ...MORNING })),
  ...[1, 3, 5].map((weekday) => ({ weekday, ...AFTERNOON })),
]
/** Specialties without a clinic of their own that a referral could book. */
const WITHOUT_CLINIC: readonly string[] = ['2000', '2600', '2800']
const GENERAL_PRACTICE = '0200'
const PRIMARY_TIERS: readonly InstitutionSeed['tier'][] = ['township', 'regional-centre']
const HOSPITAL_TIERS: readonly InstitutionSeed['tier'][] = ['county', 'city', 'province']

/** What a hospital keeps for primary care: as its consortium binds it; a partner or a loosely bound one keeps nothing. */
function reservedShares(consortia: readonly ConsortiumSeed[]): Map<string, number> {
  const shares = new Map<string, number>()
  for (const { isPilot, kind, lead, members, partners } of consortia) {
    if (!isPilot) continue
    shares.set(lead, RESERVED[kind])
    for (const { institution, tightness } of members) shares.set(institution, tightness === 'loose' ? 0 : RESERVED[kind])
    for (const partner of partners) shares.set(partner, 0)
  }
  return shares
}

/**
 * Weekly outpatient plans of the pilots: general practice in every township unit on weekday mornings; in the hospitals and their partners of the province: an ordinary clinic for each
 * specialty treated or rehabilitated in, and one or two half days a week for each chief or deputy chief physician. Pure.
 */
export function makeClinics(
  institutions: readonly InstitutionSeed[],
  consortia: readonly ConsortiumSeed[],
  staff: readonly StaffSeed[],
  seed: string,
): ClinicSeed[] {
  const shares = reservedShares(consortia)
  const doctorsAt = Map.groupBy(staff, ({ workplace }) => workplace)
  return institutions.flatMap((hospital) => {
    const reserved = shares.get(hospital.id)
    if (reserved === undefined) return []
    if (PRIMARY_TIERS.includes(hospital.tier)) return ordinaryClinics(hospital, GENERAL_PRACTICE, reserved).filter(isMorning)
    if (!HOSPITAL_TIERS.includes(hospital.tier)) return []
    const treated = makeServices(hospital)
      .filter(({ line, specialty }) => (line === 'treatment' || line === 'rehabilitation') && !WITHOUT_CLINIC.includes(specialty))
      .map(({ specialty }) => specialty)
    const ordinary = treated.flatMap((specialty) => ordinaryClinics(hospital, specialty, reserved))
    const experts = (doctorsAt.get(hospital.id) ?? []).filter(
      ({ title, role, specialty }) => role === 'physician' && /主任医师/.test(title) && treated.includes(specialty ?? ''),
    )
    return [...ordinary, ...experts.flatMap((expert) => expertClinics(expert, reserved, seed))]
  })
}

const isMorning = ({ from }: ClinicSeed): boolean => from === MORNING.from

function ordinaryClinics({ id, tier }: InstitutionSeed, specialty: string, reservedShareBasisPoints: number): ClinicSeed[] {
  const capacityPerSlot = tier === 'city' || tier === 'province' ? 6 : 4
  return ORDINARY_WEEK.map((halfDay) => ({
    institution: id, specialty, staffId: null, kind: 'ordinary', ...halfDay, slotMinutes: 30, capacityPerSlot, reservedShareBasisPoints,
  })) // prettier-ignore
}

function expertClinics(
  { id, workplace, specialty, title }: StaffSeed,
  reservedShareBasisPoints: number,
  seed: string,
): ClinicSeed[] {
  const random = randomFrom(`${seed}/clinic/${id}`)
  const first = random.whole(1, 5)
  // Two different weekdays, so that no expert is in two rooms at once.
  const weekdays = title === '主任医师' ? [first] : [first, 1 + ((first + random.whole(0, 3)) % 5)]
  return weekdays.map((weekday) => ({
    institution: workplace, specialty: specialty ?? '', staffId: id, kind: 'expert', weekday, ...random.pick([MORNING, AFTERNOON]),
    slotMinutes: 30, capacityPerSlot: random.whole(2, 4), reservedShareBasisPoints,
  })) // prettier-ignore
}
