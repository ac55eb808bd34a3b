import type { Condition } from '../navigation.ts'

const ICD = /^[a-z]\d{0,2}(\.\d{0,4})?$/i

/** Whether a code or its beginning falls into an ICD-10 category or range: `I1` and `I11.9` into `I10-I15`, `J1` not. */
export const coversIcd = (range: string, asked: string): boolean => {
  const [first = '', last = first] = range.toUpperCase().split(/[-–]/)
  const code = asked.toUpperCase().replace('.', '')
  const low = first.replace('.', '')
  const high = last.replace('.', '')
  const head = (text: string): string => text.slice(0, code.length)
  const reached = (text: string): string => code.slice(0, text.length)
  return head(low) <= reached(low) && reached(high) <= head(high)
}

/** What of a condition is looked through; a device may keep one without its pinyin. */
type Searched = Pick<Condition, 'name' | 'aliases' | 'icd10'> & { readonly pinyin?: string }

/** How well a condition fits what was typed: 0 best, null not at all. */
const fitOf = (condition: Searched, text: string): number | null => {
  const latin = text.toLowerCase().replaceAll(' ', '')
  const english = condition.name.en.toLowerCase()
  const tests: readonly boolean[] = [
    condition.name.zh === text || condition.aliases.includes(text) || english === text.toLowerCase(),
    condition.name.zh.startsWith(text),
    condition.aliases.some((alias) => alias.startsWith(text)),
    condition.name.zh.includes(text) || condition.aliases.some((alias) => alias.includes(text)),
    (condition.pinyin ?? '').split(' ').some((word) => word.startsWith(latin)),
    ICD.test(text) && condition.icd10.some((range) => coversIcd(range, text)),
    ` ${english} `.includes(` ${text.toLowerCase()}`) ||
      condition.aliases.some((alias) => alias.toLowerCase().startsWith(text.toLowerCase())),
  ]
  const found = tests.indexOf(true)
  return found === -1 ? null : found
}

/**
 * Conditions by zh name, alias, pinyin, initials, ICD-10 code or en name, best first; those that fit equally stay in their order. All of
 * them for an empty text. The desk asks the same of what it keeps when there is no network.
 */
export const conditionsLike = <C extends Searched>(conditions: readonly C[], text: string, limit: number): C[] => {
  if (text === '') return conditions.slice(0, limit)
  return conditions
    .flatMap((condition) => {
      const fit = fitOf(condition, text)
      return fit === null ? [] : [{ condition, fit }]
    })
    .toSorted((a, b) => a.fit - b.fit)
    .slice(0, limit)
    .map(({ condition }) => condition)
}
