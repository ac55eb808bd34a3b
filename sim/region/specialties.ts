import { readSpecialties, type Specialty } from '../../src/modules/organisations/specialties.ts'

/** A row of 诊疗科目名录; `grade` says whether the code was seen in a published source or is recalled and to be checked. */
export type SpecialtySeed = Specialty

/** The clinical specialties (诊疗科目) that the product ships. */
export const SPECIALTIES: readonly SpecialtySeed[] = readSpecialties()

const byCode = new Map(SPECIALTIES.map((specialty) => [specialty.code, specialty]))

/** The specialty of a code; throws for a code outside the table, which only our own data could hold. */
export function specialtyOf(code: string): SpecialtySeed {
  const found = byCode.get(code)
  if (!found) throw new Error(`There is no specialty ${code}.`)
  return found
}
