import type { PersonId } from '../../kernel/id.ts'
import { query } from '../../platform/forms/form.ts'
import { relationsToRecord, standingTo } from '../record-access/index.ts'
import { idsOf } from '../residents/index.ts'
import { bookOfArea } from './area-books.ts'
import { BASIS } from './commands.ts'
import { myYearInput } from './contract.ts'
import { yearStanding, type YearStanding } from './rules/year-standing.ts'
import { settledAfter } from './store.ts'
import { entriesOfYear, yearsOf, type YearOf } from './year-store.ts'

/** A year under one area and insured type: who moved or changed jobs has two. */
type PartOfYear = YearStanding & {
  readonly area: { readonly zh: string; readonly en: string }
  readonly insured: string
  readonly asOf: string
}

export const myYear = query({
  name: 'settlement.my-year',
  by: ['resident@self', 'resident@representative'],
  basis: BASIS,
  does: {
    zh: '本人一年的医保待遇:基金已付多少、离封顶线还剩多少、离大病保险等起付线还差多少、各类就医累计。',
    en: 'How one’s year of insurance stands: what the fund paid, what is left below the cap, how far it is to serious illness.',
  },
  input: myYearInput,
  read: async (tx, input, act) => {
    const standing = await standingTo(tx, (input.person ?? act.actor.person ?? '') as PersonId)
    if (standing === null) return null
    const persons = [...new Set([standing.person.id, ...(await idsOf(tx, standing.person.id))])]
    const known = await yearsOf(tx, persons)
    const year = input.year ?? known[0]?.year ?? null
    const parts: PartOfYear[] = []
    for (const one of known.filter((some) => some.year === year)) {
      const of: YearOf = { persons, ...one }
      const book = await bookOfArea(one.area, one.insured)
      const standingBills = (await settledAfter(tx, { ...of, seq: 0 })).filter(({ newest }) => newest.kind !== 'reversed')
      const newest = standingBills.toSorted((a, b) => (a.bill.day < b.bill.day ? -1 : 1)).at(-1)
      if (book === null || newest === undefined) continue
      const entries = await entriesOfYear(tx, of)
      const { day, claim } = newest.bill
      parts.push({ ...yearStanding(book, claim, entries), area: { zh: book.zh, en: book.en }, insured: one.insured, asOf: day })
    }
    return { standing, year, years: [...new Set(known.map((one) => one.year))], parts }
  },
  relation: ({ standing }, act) => relationsToRecord(standing, act),
  audits: ({ standing }) => [{ person: standing.person.id, basis: BASIS }],
  answer: ({ year, years, parts }) => ({ year, years, parts }),
}) // prettier-ignore
