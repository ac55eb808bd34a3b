import type { OrgId } from '../../kernel/id.ts'
import type { Tx } from '../../platform/database/pool.ts'
import { query, type Act } from '../../platform/forms/form.ts'
import { institutionsOf } from '../organisations/index.ts'
import { budgetsInput, ledgerInput, type ShownForecast, type ShownMonth } from './contract.ts'
import { yearOf, type SetBudget, type Transfer } from './fund.ts'
import { balances, lastMonth, monthsOf } from './rules/books.ts'
import { monthlyPrepay, yearEnd, type Bracket } from './rules/budget.ts'
import { forecastYear } from './rules/forecast.ts'
import type { Step } from './rules/steps.ts'
import * as store from './store.ts'
import { isClosed } from './year/store.ts'

const BASIS = '十部门县域医共体意见:医保基金总额付费、结余留用、合理超支分担'
const PAST_YEARS = 5

/** The brackets of an overrun as the rulebook of today has them. */
const overrunBrackets = (act: Act): Bracket[] =>
  [200, 400, 600, 800, 1_000].map((until) => ({ until, share: act.policy('fund.overrun-shared', `upTo${until}`) }))

/** Whole past years of the same consortium, for the shape of a year. */
const pastOf = async (tx: Tx, org: OrgId, year: number): Promise<number[][]> => {
  const past: number[][] = []
  for (let back = 1; back <= PAST_YEARS; back++) {
    const months = monthsOf(await store.transfersOf(tx, org, year - back)).map(
      ({ insideFen, outsideFen }) => insideFen + outsideFen,
    )
    if (months.every((fen) => fen > 0)) past.push(months)
  }
  return past
}

export const ledger = query({
  name: 'fund.ledger',
  by: ['consortium-manager@own', 'insurer@anyone', 'health-bureau@anyone'],
  basis: BASIS,
  does: {
    zh: '一个医共体一年的预算账本:预算怎么来、各月和各机构支出、全年预测及区间、年终结余或超支怎么算。',
    en: 'The books of a consortium’s year: where the budget comes from, spend by month and institution, the forecast with its band, and how the year would end.',
  },
  input: ledgerInput,
  read: async (tx, input, act) => {
    const org = (input.org as OrgId | undefined) ?? act.actor.org
    const year = input.year ?? yearOf(act.today)
    const budget = org && (await store.findBudget(tx, org, year))
    if (!org || !budget) return null
    const transfers = await store.transfersOf(tx, org, year)
    const ids = [...new Set([org, ...transfers.flatMap(({ institution }) => (institution ? [institution] : []))])]
    return {
      budget,
      transfers,
      isClosed: await isClosed(tx, org, year),
      past: await pastOf(tx, org, year),
      institutions: await institutionsOf(tx, ids),
    }
  },
  relation: ({ budget }, { actor }) => (actor.org === budget.org ? ['own'] : []),
  answer: ({ budget, transfers, isClosed: isOver, past, institutions }, _input, act) => {
    const months = monthsOf(transfers)
    const nameOf = (id: string) => {
      const name = institutions.find((one) => one.id === id)?.name
      return { zh: name?.zh ?? id, en: name?.en ?? null }
    }
    const share = act.policy('fund.prepay-share')
    return {
      org: budget.org,
      ...nameOf(budget.org),
      year: budget.year,
      /** Whether the year is closed: its books take nothing more. */
      isClosed: isOver,
      totalFen: budget.totalFen,
      fundFen: budget.fundFen,
      steps: budget.steps as Step[],
      rulebookHash: budget.rulebookHash,
      months: months.map((one, at): ShownMonth => ({ month: at + 1, ...one })),
      prepay: {
        share,
        basis: act.clause('fund.prepay-share').basis,
        grade: act.clause('fund.prepay-share').grade,
        months: monthlyPrepay(budget.fundFen, share),
      },
      spentAt: spentOf(transfers).map(({ id, fen }) => ({ org: id, ...nameOf(id), fen })),
      forecast: forecastOf(months, past),
      end: endOf(budget, months, past, act),
      transfers: transfers.map(({ id, month, kind, institution, accounts, fen, reverses, note, source, of, at }) => ({
        id,
        month,
        kind,
        institution,
        accounts,
        fen,
        reverses,
        note,
        source,
        of,
        at,
        isReversed: transfers.some((one) => one.reverses === id),
      })),
    }
  },
})

const spentOf = (transfers: readonly Transfer[]): { id: string; fen: number }[] =>
  [...balances(transfers)]
    .flatMap(([account, fen]) => (account.startsWith('inside:') ? [{ id: account.slice('inside:'.length), fen }] : []))
    .toSorted((one, other) => other.fen - one.fen)

type Months = ReturnType<typeof monthsOf>

const forecastOf = (months: Months, past: readonly number[][]): ShownForecast | null => {
  const known = lastMonth(months)
  if (known === 0) return null
  const { monthsKnown, method, yearFen, band, path, steps } = forecastYear(
    months.slice(0, known).map(({ insideFen, outsideFen }) => insideFen + outsideFen),
    past,
  )
  return { monthsKnown, method, yearFen, band, path, steps }
}

/**
 * How the year would end by what is forecast, inside and outside as they stand to each other so far; with a full assessment, since a
 * year that runs has none yet.
 */
const endOf = (budget: SetBudget, months: Months, past: readonly number[][], act: Act) => {
  const forecast = forecastOf(months, past)
  if (!forecast) return null
  const spent = months.reduce((sum, { insideFen, outsideFen }) => sum + insideFen + outsideFen, 0)
  const outside = months.reduce((sum, { outsideFen }) => sum + outsideFen, 0)
  const outsideFen = spent === 0 ? 0 : Math.round((forecast.yearFen * outside) / spent)
  const surplus = [{ until: null, share: act.policy('fund.surplus-kept') }]
  const one = {
    budgetFen: budget.totalFen,
    insideFen: forecast.yearFen - outsideFen,
    outsideFen,
    deductedFen: 0,
    assessment: 10_000,
  }
  const kept = act.clause('fund.surplus-kept')
  const shared = act.clause('fund.overrun-shared', 'upTo200')
  return {
    ...yearEnd(one, { surplus, overrun: overrunBrackets(act) }),
    bases: [kept, shared].map(({ basis, grade }) => ({ basis, grade })),
  }
}

export const budgets = query({
  name: 'fund.budgets',
  by: ['insurer@anyone', 'health-bureau@anyone'],
  basis: BASIS,
  does: {
    zh: '一年内各医共体的总额预算、已支出和全年预测。',
    en: 'The budgets of a year, what was spent, and the forecast, by consortium.',
  },
  input: budgetsInput,
  read: async (tx, input, act) => {
    const year = input.year ?? yearOf(act.today)
    const found = await store.budgetsOf(tx, year)
    const institutions = await institutionsOf(
      tx,
      found.map(({ org }) => org),
    )
    const rows: { budget: SetBudget; months: Months; past: number[][] }[] = []
    for (const budget of found)
      rows.push({
        budget,
        months: monthsOf(await store.transfersOf(tx, budget.org, year)),
        past: await pastOf(tx, budget.org, year),
      })
    return { year, rows, institutions }
  },
  answer: ({ year, rows, institutions }) => ({
    year,
    budgets: rows.map(({ budget, months, past }) => {
      const name = institutions.find(({ id }) => id === budget.org)?.name
      const forecast = forecastOf(months, past)
      return {
        org: budget.org,
        zh: name?.zh ?? budget.org,
        en: name?.en ?? null,
        totalFen: budget.totalFen,
        insideFen: months.reduce((sum, one) => sum + one.insideFen, 0),
        outsideFen: months.reduce((sum, one) => sum + one.outsideFen, 0),
        forecastFen: forecast?.yearFen ?? null,
        band: forecast?.band ?? null,
      }
    }),
  }),
})
