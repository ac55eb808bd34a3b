import { readCatalogue } from '../../src/modules/navigation/catalogue/read-catalogue.ts'
import { treatingSpecialties } from '../../src/modules/navigation/rules/treating-specialties.ts'
import { makeServices } from './services.ts'
import type { InstitutionSeed, Names, ServiceSeed, Tier } from './types.ts'

/** A group of diseases (病种): which specialty treats it, how soon, and from which tier up. */
export type ConditionSeed = Names & {
  key: string
  aliases: readonly string[]
  /** ICD-10 categories and ranges: `E11`, `I10-I15`. */
  icd10: readonly string[]
  /** Four digits of 诊疗科目. */
  specialty: string
  /** Other specialties that treat it too. */
  also: readonly string[]
  lowestTier: Exclude<Tier, 'regional-centre'>
  urgency: 'routine' | 'soon' | 'urgent' | 'emergency'
  /** `editorial` where we chose the tier; else the document that says so. Not medical advice. */
  source: string
}

/** The catalogue of conditions (疾病分级诊疗目录) that the product ships; the demo region uses it as it is. */
export const CONDITIONS: readonly ConditionSeed[] = readCatalogue().rows

const TIERS: readonly Tier[] = ['village', 'township', 'regional-centre', 'county', 'city', 'province']

/** Lines that look after a condition; tests, nutrition and nursing alone do not. */
const CARING: readonly ServiceSeed['line'][] = ['prevention', 'treatment', 'health-management', 'rehabilitation']
const EMERGENCY_MEDICINE = '2000'

/** Why an institution may not treat a condition, or that it may. */
export type Capability = 'capable' | 'tier-too-low' | 'specialty-not-offered' | 'no-emergency-department'

/**
 * Whether an institution may treat a condition: its tier reaches the lowest one, it cares in a specialty that treats it, and for an
 * emergency it has 急诊医学科. `services` saves making them again.
 * @source 慢性病日常管理可不出村、一般常见病种可不出乡、复杂常见病种可不出县、多数病种可不出市、所有病种可不出省
 */
export function capability(
  institution: InstitutionSeed,
  condition: ConditionSeed,
  services: readonly ServiceSeed[] = makeServices(institution),
): Capability {
  if (TIERS.indexOf(institution.tier) < TIERS.indexOf(condition.lowestTier)) return 'tier-too-low'
  const caresIn = (code: string): boolean => services.some(({ specialty, line }) => specialty === code && CARING.includes(line))
  if (!treatingSpecialties(condition).some(caresIn)) return 'specialty-not-offered'
  return condition.urgency === 'emergency' && !caresIn(EMERGENCY_MEDICINE) ? 'no-emergency-department' : 'capable'
}
