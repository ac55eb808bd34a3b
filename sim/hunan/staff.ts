import { givenName, nameInLetters, surname } from '../residents/names.ts'
import { randomFrom, type Random } from '../residents/random.ts'
import type { InstitutionSeed } from './institutions.ts'
import type { ServiceSeed } from './services.ts'

export type StaffSeed = {
  id: string
  zh: string
  en: string | null
  role: 'village-doctor' | 'family-doctor' | 'physician' | 'nurse' | 'referral-coordinator' | 'manager'
  title: string
  specialty: string | null
  employer: string
  workplace: string
}

const CLINICAL = /^(03|04|05|07|10|11|12|13|15|16|19|20|21|50)/
const FAMILY_DOCTORS_OF_A_UNIT = 2

const person = (random: Random): { zh: string; en: string | null } => {
  const sex = random.chance(0.5) ? 'male' : 'female'
  const [first, given] = [surname(random), givenName(random, sex, `${random.whole(1965, 1995)}-01-01`)]
  return { zh: first + given, en: nameInLetters(first, given) }
}

/** Synthetic staff of one institution; a few township doctors are employed by the county hospital (县管乡用). */
export const makeStaff = (institution: InstitutionSeed, services: readonly ServiceSeed[], seed: string): StaffSeed[] => {
  const random = randomFrom(`${seed} staff ${institution.id}`)
  let serial = 0
  const add = (role: StaffSeed['role'], title: string, specialty: string | null, employer = institution.id): StaffSeed => {
    serial += 1
    return { id: `${institution.id}${String(serial).padStart(2, '0')}`, ...person(random), role, title, specialty, employer, workplace: institution.id }
  }
  if (institution.tier === 'village') return [add('village-doctor', '乡村医生', '0200')]
  if (institution.tier === 'township' || institution.tier === 'regional-centre') {
    const own = Array.from({ length: FAMILY_DOCTORS_OF_A_UNIT }, () => add('family-doctor', '主治医师', '0200'))
    return [...own, add('family-doctor', '副主任医师', '0300', institution.parent ?? institution.id), add('nurse', '主管护师', null), add('manager', '院长', null)]
  }
  const physicians = services.filter((service) => CLINICAL.test(service.specialty)).flatMap(({ specialty }) => [add('physician', '主任医师', specialty), add('physician', '主治医师', specialty)])
  return [...physicians, add('referral-coordinator', '转诊专员', null), add('manager', '院长', null)]
}
