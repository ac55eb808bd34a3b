import { z } from 'zod'
import { query } from '../../platform/forms/form.ts'
import { areaNames, bookOfArea } from './area-books.ts'
import { BASIS } from './commands.ts'
import { INSURED, type AreaBook } from './rules/area-schema.ts'
import { kindsSettled, type BillKind } from './rules/what-if/made-bills.ts'

const YEARS = { least: 2000, most: 2100 }
const booksInput = z.strictObject({ year: z.int().min(YEARS.least).max(YEARS.most).optional() })
const bookInput = z.strictObject({
  area: z.string().regex(/^[a-z][a-z-]{0,40}$/, '应为统筹区,如 changsha|A pooling area such as changsha'),
})

/** A book of the rulebook in a list: whose it is, and which kinds of bill it settles in the year that was asked for. */
export type ListedBook = Pick<AreaBook, 'area' | 'insured' | 'zh' | 'en' | 'checkedOn'> & { readonly kinds: readonly BillKind[] }

const booksOf = async (area: string): Promise<AreaBook[]> => {
  const found = await Promise.all(INSURED.map((insured) => bookOfArea(area, insured)))
  return found.filter((one) => one !== null)
}

/** The year before the day, where no year is asked for: the last one whose bills are all there. */
const yearBefore = (today: string): number => Number(today.slice(0, 'YYYY'.length)) - 1

export const areaBooks = query({
  name: 'settlement.area-books',
  by: ['insurer@anyone', 'health-bureau@anyone'],
  basis: BASIS,
  does: {
    zh: '规则库中各统筹区的待遇规则,各能结算某一年的哪几类账单。',
    en: 'The area books of the rulebook, and which kinds of bill each settles in a year.',
  },
  input: booksInput,
  read: async () => (await Promise.all((await areaNames()).map(booksOf))).flat(),
  answer: (books, { year }, { today }) => {
    const of = year ?? yearBefore(today)
    return {
      year: of,
      books: books.map((book): ListedBook => ({
        area: book.area,
        insured: book.insured,
        zh: book.zh,
        en: book.en,
        checkedOn: book.checkedOn,
        kinds: kindsSettled(book, of),
      })),
    }
  },
})

export const areaBook = query({
  name: 'settlement.area-book',
  by: ['insurer@anyone', 'health-bureau@anyone'],
  basis: BASIS,
  does: {
    zh: '一个统筹区的全部待遇规则,每一项带出处和可靠程度,供政策试算。',
    en: 'The books of one area whole, every value with its source and grade, for trying out policies.',
  },
  input: bookInput,
  read: async (_tx, { area }) => {
    const books = await booksOf(area)
    return books.length === 0 ? null : books
  },
  answer: (books) => ({ books }),
})
