import type { IcdEntry } from './icd-file.ts'
import { shelfOf, type Fit, type Placed, type Shelf } from './text-shelf.ts'

/** A row as it is stored: `pinyin` and `initials` of the name and then of every alias. */
export type IcdRow = IcdEntry & { readonly pinyin: readonly string[]; readonly initials: readonly string[] }

/** By what a row was found; `similar`: its name has all the characters in their order. */
export type IcdMatch = 'code' | 'name' | 'alias' | 'pinyin' | 'initials' | 'english' | 'similar'
export type IcdHit = { readonly code: string; readonly zh: string; readonly en: string | null; readonly by: IcdMatch }

/** The whole ICD-10 table in memory. */
export type IcdIndex = {
  /**
   * Rows that fit a text, best first, shorter names before longer ones as the plainer disease. `text` is a name or part of it,
   * an alias, pinyin, initials, a code or its beginning; several words are all asked for.
   */
  readonly search: (text: string, limit: number) => IcdHit[]
  readonly size: number
}

const HAN = /\p{Script=Han}/u
const CODE_BEGINNING = /^[a-z](\d\d?(\.?[0-9x]*)?)?$/
const bare = (code: string): string => code.toLowerCase().replaceAll('.', '')

/** Builds the index; 33 000 rows take some tenths of a second and some tens of megabytes. */
export const indexIcd = (unordered: readonly IcdRow[]): IcdIndex => {
  const rows = unordered.toSorted((one, other) => one.zh.length - other.zh.length || (one.code < other.code ? -1 : 1))
  const each = (textsOf: (row: IcdRow) => readonly string[]): Placed[] =>
    rows.flatMap((one, row) => textsOf(one).map((text) => ({ row, text: text.toLowerCase() })))
  // Built when first asked for: whoever types Chinese does not wait for the letters.
  const chinese = once(() => ({
    names: shelfOf(
      each(({ zh }) => [zh]),
      1,
    ),
    aliases: shelfOf(
      each(({ aliases }) => aliases),
      1,
    ),
  }))
  const letters = once(() => ({
    pinyin: shelfOf(
      each(({ pinyin }) => pinyin),
      2,
    ),
    initials: shelfOf(
      each(({ initials }) => initials),
      2,
    ),
    english: shelfOf(
      each(({ en }) => (en ? [en] : [])),
      2,
    ),
    codes: each(({ code }) => [bare(code)]).sort((one, other) => (one.text < other.text ? -1 : 1)),
  }))
  const search = (typed: string, limit: number): IcdHit[] => {
    const found = new Map<number, IcdMatch>()
    for (const [by, list] of listsFor({ chinese, letters }, typed.normalize('NFKC').toLowerCase().trim(), limit))
      for (const row of list) if (found.size < limit && !found.has(row)) found.set(row, by)
    return [...found].map(([row, by]) => hitOf(rows[row] as IcdRow, by))
  }
  return { search, size: rows.length }
}

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => (made ??= make())
}

type Shelves = {
  readonly chinese: () => Readonly<Record<'names' | 'aliases', Shelf>>
  readonly letters: () => Readonly<Record<'pinyin' | 'initials' | 'english', Shelf>> & { readonly codes: readonly Placed[] }
}
type Found = readonly [by: IcdMatch, rows: readonly number[]]

/** Rows that fit a text by what they fit, the best first. */
const listsFor = ({ chinese, letters }: Shelves, text: string, limit: number): Found[] => {
  // The longest word is mostly the rarest: the others are asked for only where it stands.
  const [first, ...others] = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .toSorted((one, other) => other.length - one.length)
  if (first === undefined) return []
  if (HAN.test(text)) {
    const { names, aliases } = chinese()
    const [ofName, ofAlias] = [names.find(first, others, limit), aliases.find(first, others, limit)]
    const fits = (['whole', 'beginning', 'within'] as const).flatMap((fit): Found[] => [
      ['name', ofName[fit]],
      ['alias', ofAlias[fit]],
    ])
    return [...fits, ['similar', ofName['in-order']]]
  }
  const { pinyin, initials, english, codes } = letters()
  const whole = text.replaceAll(/\s/g, '')
  const ofCode: Found[] = CODE_BEGINNING.test(whole) ? [['code', codesFrom(codes, bare(whole), limit)]] : []
  const [short, long] = [initials.find(whole, [], limit), pinyin.find(whole, [], limit)]
  const typed = (['whole', 'beginning', 'within'] as const).flatMap((fit: Fit): Found[] => [
    ['initials', short[fit]],
    ['pinyin', long[fit]],
  ])
  const inEnglish = english.find(first, others, limit)
  return [...ofCode, ...typed, ['english', [...inEnglish.whole, ...inEnglish.beginning, ...inEnglish.within]]]
}

/** Rows whose code begins so, in the order of codes. */
const codesFrom = (codes: readonly Placed[], beginning: string, limit: number): number[] => {
  let [low, high] = [0, codes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((codes[middle] as Placed).text < beginning) low = middle + 1
    else high = middle
  }
  const found: number[] = []
  for (let at = low; at < codes.length && found.length < limit && codes[at]?.text.startsWith(beginning); at++)
    found.push((codes[at] as Placed).row)
  return found
}

const hitOf = ({ code, zh, en }: IcdRow, by: IcdMatch): IcdHit => ({ code, zh, en, by })
