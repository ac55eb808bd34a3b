import { ageCoefficient, onLadder, type Severity } from './score.ts'

/** Severity outside of tumours: I light, II damaged organ or infection, III failure, shock or sepsis, IV death. */
export const ILLNESS_GRADES = ['light', 'organ', 'failure', 'death'] as const
export type IllnessGrade = (typeof ILLNESS_GRADES)[number]

/** Severity of a tumour, by what made the stay hard or costly. */
export const TUMOUR_GRADES = ['other', 'organ', 'metastasis', 'failure', 'drug', 'treatment', 'death'] as const
export type TumourGrade = (typeof TUMOUR_GRADES)[number]

/** What a discharge says for the auxiliary directories; null: nothing was said. */
export type SeverityFacts = {
  readonly ageYears: number
  /** Days since birth, of those who are not yet a year old. */
  readonly ageDays: number | null
  /** The comorbidity index (CCI). */
  readonly comorbidity: number | null
  readonly illness: IllnessGrade | null
  readonly tumour: TumourGrade | null
  readonly intensiveCareDays: number | null
}

/** Steps of lower bounds with their coefficients, basis points. */
export type Ladder = readonly (readonly [from: number, coefficient: number])[]

/** The auxiliary directories of a day. Coefficients in basis points; the grade's bounds are in their own unit: index, years, days. */
export type AuxiliaryTerms = {
  readonly newborn: number
  readonly age: Ladder
  readonly comorbidity: Ladder
  readonly intensiveCare: Ladder
  readonly illness: Readonly<Record<IllnessGrade, number>>
  readonly tumour: Readonly<Record<TumourGrade, number>>
}

/** The coefficient of each directory that says something of a stay. A tumour is graded as a tumour alone, not as an illness too. */
export const severityOf = (of: SeverityFacts, terms: AuxiliaryTerms): Severity => ({
  age: ageCoefficient(
    { years: of.ageYears, days: of.ageDays ?? Number.MAX_SAFE_INTEGER },
    { newborn: terms.newborn, byYears: terms.age },
  ),
  ...(of.comorbidity === null ? {} : { comorbidity: onLadder(of.comorbidity, terms.comorbidity) }),
  ...(of.intensiveCareDays === null ? {} : { intensiveCare: onLadder(of.intensiveCareDays, terms.intensiveCare) }),
  ...(of.tumour === null ? {} : { tumour: terms.tumour[of.tumour] }),
  ...(of.illness === null || of.tumour !== null ? {} : { severity: terms.illness[of.illness] }),
})
