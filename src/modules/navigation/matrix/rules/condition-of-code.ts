import type { Condition } from '../../navigation.ts'

type Range = { readonly key: string; readonly from: string; readonly until: string; readonly breadth: number }

/** Letter and digits of a code without its point, so that codes compare as texts. */
const plain = (code: string): string => code.replace('.', '').toUpperCase()

/** The highest text that begins with a code. */
const END = '~'

const rangesOf = ({ key, icd10 }: Pick<Condition, 'key' | 'icd10'>): Range[] =>
  icd10.map((text) => {
    const [first = '', last = first] = text.split('-')
    const [from, until] = [plain(first), plain(last)]
    // A whole code before a range of codes, the longer code before the shorter one.
    return {
      key,
      from,
      until: until + END,
      breadth: (from === until ? 0 : Number(until.slice(1, 3)) - Number(from.slice(1, 3)) + 1) * 10 - from.length,
    }
  })

/** Which condition a diagnosis belongs to: the one whose codes describe it most narrowly, of equals the first; null for none. */
export const conditionOfCode = (conditions: readonly Pick<Condition, 'key' | 'icd10'>[]): ((code: string) => string | null) => {
  const ranges = conditions.flatMap(rangesOf).toSorted((a, b) => a.breadth - b.breadth)
  return (code) => {
    const asked = plain(code)
    return ranges.find(({ from, until }) => asked >= from && asked <= until)?.key ?? null
  }
}
