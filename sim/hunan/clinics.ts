import type { InstitutionSeed } from './institutions.ts'
import type { ServiceSeed } from './services.ts'
import type { StaffSeed } from './staff.ts'

/** One slot of a weekly outpatient plan. */
export type ClinicSlot = { specialty: string; kind: 'expert' | 'ordinary'; time: string; capacity: number; staff: StaffSeed | null; room: { zh: string; en: string } }

const EXPERT = ['08:30', '09:00', '09:30', '10:00']
const ORDINARY = ['08:00', '09:00', '10:00', '14:30', '15:30', '16:00']
const PRIMARY = ['09:00', '10:00', '15:00']
const OUTPATIENT = /^(030[1-7]|0310|040[1346]|050[12]|0700|1000|1100|1300|1500|1900|2100|5000)$/

/** What a hospital of the pilots opens on a weekday; a primary-care unit opens its general clinic. */
export const makeClinicDay = (institution: InstitutionSeed, services: readonly ServiceSeed[], staff: readonly StaffSeed[]): ClinicSlot[] => {
  if (institution.tier === 'village') return []
  const isPrimary = institution.tier === 'township' || institution.tier === 'regional-centre'
  const opened = services.filter(({ specialty, line }) => (isPrimary ? specialty === '0200' && line === 'treatment' : OUTPATIENT.test(specialty)))
  return opened.flatMap(({ specialty, zh, en }) => {
    const [expert, ordinary] = staff.filter((one) => one.specialty === specialty)
    const room = { zh: `门诊楼 ${zh}诊区`, en: `Outpatient building, ${en}` }
    const slot = (kind: ClinicSlot['kind'], who: StaffSeed | undefined, capacity: number) => (time: string): ClinicSlot => ({ specialty, kind, time, capacity, staff: who ?? null, room })
    if (isPrimary) return PRIMARY.map(slot('ordinary', expert, 4))
    return [...EXPERT.map(slot('expert', expert, 5)), ...ORDINARY.map(slot('ordinary', ordinary, 8))]
  })
}
