import type { Condition } from '../../navigation.ts'

type Range = { readonly key: string; readonly from: string; readonly until: string; readonly isSpan: boolean }

/** Letter and digits of a code without its point, so that codes compare as texts. */
const plain = (code: string): string => code.replace('.', '').toUpperCase()

/** Stands behind every digit and letter: the end of what begins with a code. */
const END = '~'

const rangesOf = ({ key, icd10 }: Pick<Condition, 'key' | 'icd10'>): Range[] =>
  icd10.map((text) => {
    const [first = '', last = first] = text.split('-')
    return { key, from: plain(first), until: plain(last) + END, isSpan: first !== last }
  })

/** Whether one range lies within another: a single code before a span, a longer code before a shorter, a later beginning before an earlier. */
const narrowerFirst = (a: Range, b: Range): number =>
  Number(a.isSpan) - Number(b.isSpan) ||
  (a.isSpan ? (a.from < b.from ? 1 : a.from > b.from ? -1 : a.until < b.until ? -1 : 1) : b.from.length - a.from.length)

/** Which condition a diagnosis belongs to: the one whose codes describe it most narrowly, of equals the first; null for none. */
export const conditionOfCode = (conditions: readonly Pick<Condition, 'key' | 'icd10'>[]): ((code: string) => string | null) => {
  const ranges = conditions.flatMap(rangesOf).toSorted(narrowerFirst)
  return (code) => {
    const asked = plain(code)
    return ranges.find(({ from, until }) => asked >= from && asked <= until)?.key ?? null
  }
}
