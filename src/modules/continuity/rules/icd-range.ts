// An ICD-10 category is its first three characters: one letter, two digits (WHO, ICD-10 volume 2).
const CATEGORY_LENGTH = 3

const categoryOf = (code: string): string => code.slice(0, CATEGORY_LENGTH).toUpperCase()

/** Whether an ICD-10 code lies in a category or range of categories, `E11` or `I60-I64`; both ends belong to the range. */
export const isOf = (code: string, range: string): boolean => {
  const [from = '', until = from] = range.split('-').map(categoryOf)
  const category = categoryOf(code)
  return category >= from && category <= until
}

/** Whether a code lies in any of the ranges. */
export const isOfAny = (code: string, ranges: readonly string[]): boolean => ranges.some((range) => isOf(code, range))

/** The first disease whose ranges hold any of the codes, the codes in their order; null when none does. */
export const diseaseOf = <Disease extends { readonly icd10: readonly string[] }>(
  codes: readonly string[],
  diseases: readonly Disease[],
): Disease | null => {
  for (const code of codes) {
    const found = diseases.find(({ icd10 }) => isOfAny(code, icd10))
    if (found) return found
  }
  return null
}
