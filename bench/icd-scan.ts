import type { IcdRow } from '../src/modules/navigation/catalogue/icd-index.ts'

const CODE_BEGINNING = /^[a-z](\d\d?(\.?[0-9x]*)?)?$/
const IN_ORDER_LEAST = 3
const HAN = /\p{Script=Han}/u

/** A row in small letters, so that the scan pays for the search alone. */
type Low = { readonly code: string; readonly bare: string; readonly name: string; readonly aliases: readonly string[]; readonly pinyin: readonly string[]; readonly initials: readonly string[]; readonly en: string } // prettier-ignore

/** The plainest way to answer the same: every row is compared with the text, those that fit are put in order. */
export const scanOf = (unordered: readonly IcdRow[]): ((typed: string, limit: number) => string[]) => {
  const rows: Low[] = unordered
    .toSorted((one, other) => one.zh.length - other.zh.length || (one.code < other.code ? -1 : 1))
    .map(({ code, zh, en, aliases, pinyin, initials }) => ({
      code,
      bare: code.toLowerCase().replaceAll('.', ''),
      name: zh.toLowerCase(),
      aliases: aliases.map((alias) => alias.toLowerCase()),
      pinyin,
      initials,
      en: (en ?? '').toLowerCase(),
    }))
  return (typed, limit) => {
    const text = typed.normalize('NFKC').toLowerCase().trim()
    const rankOf = HAN.test(text) ? chineseRank(text) : lettersRank(text)
    const fitting = rows.flatMap((row, at) => {
      const rank = rankOf(row)
      return rank === null ? [] : [{ row, rank, at }]
    })
    return fitting
      .sort((one, other) => one.rank - other.rank || orderWithin(one, other))
      .slice(0, limit)
      .map(({ row }) => row.code)
  }
}

type Ranked = { readonly row: Low; readonly rank: number; readonly at: number }
// Codes come in their own order, everything else with the shorter name first.
const orderWithin = (one: Ranked, other: Ranked): number =>
  one.rank === 0 ? (one.row.bare < other.row.bare ? -1 : 1) : one.at - other.at

const wordsOf = (text: string): string[] =>
  text
    .split(/\s+/)
    .filter((word) => word !== '')
    .toSorted((one, other) => other.length - one.length)

const fit = (text: string, first: string, others: readonly string[]): number | null => {
  const at = text.indexOf(first)
  if (at < 0 || !others.every((word) => text.includes(word))) return null
  return at > 0 || others.length > 0 ? 2 : text.length === first.length ? 0 : 1
}
const least = (values: readonly (number | null)[]): number | null =>
  values.reduce((best, value) => (value === null || (best !== null && best <= value) ? best : value), null)

const inOrder = (text: string, typed: string): boolean => {
  let from = 0
  for (const sign of typed) {
    const at = text.indexOf(sign, from)
    if (at < 0) return false
    from = at + sign.length
  }
  return true
}

const chineseRank = (text: string): ((row: Low) => number | null) => {
  const [first = '', ...others] = wordsOf(text)
  return ({ name, aliases }) => {
    const ofName = fit(name, first, others)
    const ofAlias = least(aliases.map((alias) => fit(alias, first, others)))
    const best = least([ofName === null ? null : 1 + ofName * 2, ofAlias === null ? null : 2 + ofAlias * 2])
    if (best !== null) return best
    return others.length === 0 && first.length >= IN_ORDER_LEAST && inOrder(name, first) ? 7 : null
  }
}

const lettersRank = (text: string): ((row: Low) => number | null) => {
  const [first = '', ...others] = wordsOf(text)
  const whole = text.replaceAll(/\s/g, '')
  const bare = CODE_BEGINNING.test(whole) ? whole.replaceAll('.', '') : null
  // A single letter is looked for at the beginning alone.
  const fits = (texts: readonly string[], of: number): number | null => {
    const best = least(texts.map((one) => fit(one, whole, [])))
    return best === null || (best === 2 && whole.length === 1) ? null : 1 + best * 2 + of
  }
  return (row) => {
    if (bare !== null && row.bare.startsWith(bare)) return 0
    const typed = least([fits(row.initials, 0), fits(row.pinyin, 1)])
    if (typed !== null) return typed
    const english = row.en === '' ? null : fit(row.en, first, others)
    return english === null || (english === 2 && first.length === 1) ? null : 7 + english
  }
}
