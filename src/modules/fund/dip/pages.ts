import type { Instant } from '../../../kernel/clock.ts'
import type { AccountId, OrgId } from '../../../kernel/id.ts'
import { ok } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/database/pool.ts'
import { command, query, type Reaction } from '../../../platform/forms/form.ts'
import { institutionsOf } from '../../organisations/index.ts'
import { billsOfStay, standingBill } from '../../settlement/index.ts'
import { dischargeOfPage, type PageBill } from '../rules/dip/page.ts'
import type { SentDischarge } from './dip.ts'
import { clearedYears, DIP_BASIS } from './discharge-commands.ts'
import { pagesInput, takePagesInput, takePagesOfBillInput } from './inputs.ts'
import {
  countPages,
  saveOutcomes,
  savePages,
  waitingOfStay,
  waitingPages,
  type PageOutcome,
  type ReceivedPage,
} from './page-store.ts'
import * as store from './store.ts'
import { lastDayOf, monthOf, yearOfDay } from './times.ts'

export type { ReceivedPage } from './page-store.ts'

const DECEMBER = 12
const PAGES_MOST = 500
const SHOWN_MOST = 50

type Tried = { readonly page: ReceivedPage; readonly bills: readonly PageBill[]; readonly isCleared: boolean }

/** Pages with the bills of their stays; the years are locked, so that none is cleared meanwhile. */
const readTries = async (tx: Tx, pages: readonly ReceivedPage[]): Promise<Tried[]> => {
  const cleared = await clearedYears(tx, pages)
  const tried: Tried[] = []
  for (const page of pages) {
    const bills = await billsOfStay(tx, page.org, page.person, page.dischargedOn)
    tried.push({ page, bills, isCleared: cleared.has(yearOfDay(page.dischargedOn)) })
  }
  return tried
}

type Come = { readonly outcomes: readonly PageOutcome[]; readonly discharges: readonly SentDischarge[] }

/** What becomes of pages, and the discharges among them. The person goes by the house's own number, the same at every stay. */
const comeOf = (tries: readonly Tried[]): Come => {
  const discharges: SentDischarge[] = []
  const outcomes = tries.map(({ page: { org, record, person, dischargedOn, page }, bills, isCleared }): PageOutcome => {
    const found = dischargeOfPage(page, bills, isCleared)
    if ('lacks' in found) return { org, record, lacks: found.lacks, takenAs: null }
    const { zh, days, sex } = page
    discharges.push({ ...found.made, org, dischargedOn, zh, days, sex, personCode: `own-${person}`, returnPlanned: false })
    return { org, record, lacks: [], takenAs: found.made.number }
  })
  return { outcomes, discharges }
}

/** Front pages as they come: each is kept, and those with everything are discharges at once. One whose discharge was sent before adds nothing. */
export const receivePages = async (tx: Tx, pages: readonly ReceivedPage[], at: Instant): Promise<void> => {
  if (pages.length === 0) return
  const { outcomes, discharges } = comeOf(await readTries(tx, pages))
  await store.saveDischarges(tx, discharges, null, at)
  await savePages(
    tx,
    pages.map((page, index) => ({ ...page, ...(outcomes[index] as PageOutcome) })),
    at,
  )
}

type Change = Come & { readonly by: AccountId | null; readonly at: Instant }

export const takePages = command({
  name: 'fund.take-pages',
  by: ['insurer@anyone', 'consortium-manager@own'],
  basis: DIP_BASIS,
  does: {
    zh: '再次接收一年中等待的病案首页:账单已结算、信息已补全的转为出院病例,其余仍列明缺什么。',
    en: 'Tries the waiting front pages of a year again: those whose bill is settled and that lack nothing become discharges, the others say what they lack.',
  },
  input: takePagesInput,
  read: async (tx, { year }, act) => {
    const of = { org: act.actor.org, from: monthOf(year, 1), until: lastDayOf(year, DECEMBER) }
    return { org: of.org, tries: await readTries(tx, await waitingPages(tx, of, PAGES_MOST)) }
  },
  relation: ({ org }, { actor }) => (actor.org !== null && org === actor.org ? ['own'] : []),
  decide: ({ tries }, _input, act) => {
    const come = comeOf(tries)
    const change: Change = { ...come, by: act.actor.account, at: act.now }
    return ok({ change, answer: { tried: tries.length, taken: come.discharges.length } })
  },
  write: async (tx, { outcomes, discharges, by, at }) => {
    await store.saveDischarges(tx, discharges, by, at)
    await saveOutcomes(tx, outcomes)
  },
})

export const takePagesOfBill = command({
  name: 'fund.take-pages-of-bill',
  by: ['system@anyone'],
  basis: DIP_BASIS,
  does: {
    zh: '一张住院账单已结算:等待它的病案首页随即再试,信息齐全的转为出院病例。',
    en: 'A bill of a stay was settled: the front pages that wait for it are tried at once and become discharges where they lack nothing.',
  },
  input: takePagesOfBillInput,
  read: async (tx, { org, bill }) => {
    const found = await standingBill(tx, org as OrgId, bill)
    const pages = found ? await waitingOfStay(tx, found.org, found.person, found.day) : []
    // Of most bills no page waits, and that is the end of it.
    return pages.length === 0 ? null : readTries(tx, pages)
  },
  decide: (tries, _input, act) => {
    const come = comeOf(tries)
    const change: Change = { ...come, by: null, at: act.now }
    return ok({ change, answer: { tried: tries.length, taken: come.discharges.length } })
  },
  write: takePages.write,
})

/** What waits for a bill hears of it. */
export const pageReactions: readonly Reaction[] = [
  {
    consumer: 'fund.take-pages-of-bill',
    on: 'settlement.settled',
    command: 'fund.take-pages-of-bill',
    input: ({ org, caseId }) => ({ org, bill: caseId }),
  },
]

export const pagesForm = query({
  name: 'fund.dip-pages',
  by: ['insurer@anyone', 'health-bureau@anyone', 'consortium-manager@own'],
  basis: DIP_BASIS,
  does: {
    zh: '一年中随病历到来的病案首页:已转为出院病例的份数、等待的份数和原因,列出最早的一部分。',
    en: 'The front pages of a year that came with the record: how many are discharges, how many wait and why, the earliest of them by name of the hospital.',
  },
  input: pagesInput,
  read: async (tx, input, act) => {
    const org = (input.org as OrgId | undefined) ?? act.actor.org
    const of = { org, from: monthOf(input.year, 1), until: lastDayOf(input.year, DECEMBER) }
    const pages = await waitingPages(tx, of, SHOWN_MOST)
    const places = await institutionsOf(tx, [...new Set(pages.map((one) => one.org))])
    return { org, counts: await countPages(tx, of), pages, names: new Map(places.map(({ id, name }) => [id, name])) }
  },
  relation: ({ org }, { actor }) => (actor.org !== null && org === actor.org ? ['own'] : []),
  answer: ({ counts, pages, names }) => ({
    ...counts,
    pages: pages.map(({ org, record, dischargedOn, page, lacks }) => ({
      org,
      place: names.get(org) ?? { zh: org },
      record,
      dischargedOn,
      diagnosis: page.diagnosis,
      zh: page.zh,
      lacks,
    })),
  }),
})
