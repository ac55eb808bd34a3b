import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { serverNow } from '../../../api/server-clock.ts'
import { useApi } from '../../../api/use-api.ts'
import { Page } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { Card, Facts } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { usePick } from '../../../words/language.tsx'
import './budget.css'
import { BookTransfer, TakeBack } from './book-transfer.tsx'
import { ForecastChart } from './forecast-chart.tsx'
import { SetBudget } from './set-budget.tsx'
import { Explained } from './steps.tsx'
import { useBudgetWords } from './words.ts'
import { YearClosing } from './year-close.tsx'

type Ledger = Queries['fund.ledger']['answer']

/** The fund's budget: the insurer and the bureau compare consortia and open one; who leads one sees its own. */
export const BudgetPage = () => {
  const words = useBudgetWords()
  const { role } = useActor()
  return (
    <Page title={words.title} lead={words.lead}>
      {role === 'consortium-manager' ? <OwnLedger /> : <Compared />}
    </Page>
  )
}

/** The year before last, the last one and the one that runs, and the next. */
const YEARS = [1, 0, -1, -2]

const YearSelect = ({ today, year, onYear }: { today: number; year: number; onYear: (year: number) => void }) => {
  const words = useBudgetWords()
  return (
    <div className="budget-year">
      <Select
        label={words.year}
        choices={YEARS.map((away) => ({ value: String(today + away), label: String(today + away) }))}
        value={String(year)}
        onChange={(one) => onYear(Number(one))}
      />
    </div>
  )
}

/** Who leads a consortium sees its own, year by year. */
const OwnLedger = () => {
  const [now] = useState(() => new Date(serverNow()).getFullYear())
  const [year, setYear] = useState(now)
  return (
    <>
      <YearSelect today={now} year={year} onYear={setYear} />
      <OneLedger key={year} year={year} />
    </>
  )
}

const Compared = () => {
  const words = useBudgetWords()
  const pick = usePick()
  const enters = useActor().role === 'insurer'
  const [now] = useState(() => new Date(serverNow()).getFullYear())
  const [year, setYear] = useState(now)
  const { data, error, refetch } = useApi('fund.budgets', { year })
  const [chosen, setChosen] = useState<string | null>(null)
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={6} />
  const { budgets } = data
  const open = budgets.find(({ org }) => org === chosen)?.org ?? budgets[0]?.org
  const years = <YearSelect today={now} year={year} onYear={setYear} />
  const set = enters && <SetBudget year={data.year} taken={budgets.map(({ org }) => org)} />
  if (open === undefined)
    return (
      <>
        {years}
        {enters && <div className="along">{set}</div>}
        <EmptyState kind="none" title={words.none} why={words.noneWhy} />
      </>
    )
  return (
    <>
      {years}
      <Card title={`${words.compared} · ${data.year}`} aside={set}>
        <div className="budget-table">
          <DataTable
            caption={words.tableOf(words.compared)}
            columns={[
              { key: 'name', title: words.consortium, cell: (row: (typeof budgets)[number]) => pick(row) },
              { key: 'budget', title: words.budget, numeric: true, cell: ({ totalFen }) => words.million(totalFen) },
              { key: 'inside', title: words.inside, numeric: true, cell: ({ insideFen }) => words.million(insideFen) },
              { key: 'outside', title: words.outside, numeric: true, cell: ({ outsideFen }) => words.million(outsideFen) },
              {
                key: 'forecast',
                title: words.forecast,
                numeric: true,
                cell: ({ forecastFen }) => (forecastFen === null ? '—' : words.million(forecastFen)),
              },
            ]}
            rows={budgets}
            idOf={({ org }) => org}
            openId={open}
            onOpen={({ org }) => setChosen(org)}
          />
        </div>
      </Card>
      <OneLedger key={`${open}/${year}`} org={open} year={year} />
    </>
  )
}

/** What is answered while nobody has set a budget. */
const NOT_THERE = 404

const OneLedger = ({ org, year }: { org?: string; year: number }) => {
  const words = useBudgetWords()
  const { data, error, refetch } = useApi('fund.ledger', org === undefined ? { year } : { org, year })
  if (error?.status === NOT_THERE) return <EmptyState kind="none" title={words.none} why={words.noneWhy} />
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={8} />
  return (
    <>
      <Books ledger={data} words={words} />
      <YearClosing org={data.org} year={data.year} />
    </>
  )
}

type Part = { ledger: Ledger; words: ReturnType<typeof useBudgetWords> }

const Books = ({ ledger, words }: Part) => {
  const pick = usePick()
  const { forecast } = ledger
  const spent = ledger.months.reduce((sum, { insideFen, outsideFen }) => sum + insideFen + outsideFen, 0)
  return (
    <>
      <Card title={`${pick(ledger)} · ${ledger.year}`}>
        <Facts
          facts={[
            [
              words.budget,
              <Explained key="budget" steps={ledger.steps}>
                {words.yuan(ledger.totalFen)}
              </Explained>,
            ],
            [words.spent, words.yuan(spent)],
            [
              words.forecast,
              forecast === null ? (
                words.noForecast
              ) : (
                <Explained key="forecast" steps={forecast.steps}>
                  {words.yuan(forecast.yearFen)}
                </Explained>
              ),
            ],
            [
              words.band,
              forecast?.band ? `${words.yuan(forecast.band.lowFen)} – ${words.yuan(forecast.band.highFen)}` : words.noBand,
            ],
          ]}
        />
        {forecast !== null && <p>{forecast.method === 'even-months' ? words.even : words.shape}</p>}
        {forecast !== null && <ForecastChart forecast={forecast} totalFen={ledger.totalFen} />}
      </Card>
      <YearEnd ledger={ledger} words={words} />
      <Members ledger={ledger} words={words} />
      <Months ledger={ledger} words={words} />
      <Transfers ledger={ledger} words={words} />
    </>
  )
}

const YearEnd = ({ ledger: { end }, words }: Part) =>
  end === null ? null : (
    <Card title={words.end}>
      <Facts
        facts={[
          [
            words.kept,
            <Explained key="kept" steps={end.steps}>
              {words.yuan(end.keptFen)}
            </Explained>,
          ],
          [words.pool, words.yuan(end.poolBearsFen)],
          [words.network, words.yuan(end.networkBearsFen)],
          [words.bases, end.bases.map(({ basis, grade }) => `${basis}（${words.grades[grade]}）`).join('；')],
        ]}
      />
    </Card>
  )

const Members = ({ ledger: { spentAt }, words }: Part) => {
  const pick = usePick()
  const all = Math.max(
    1,
    spentAt.reduce((sum, { fen }) => sum + fen, 0),
  )
  if (spentAt.length === 0) return null
  return (
    <Card title={words.members}>
      <div className="budget-table">
        <DataTable
          caption={words.tableOf(words.members)}
          columns={[
            { key: 'name', title: words.institution, cell: (row: Ledger['spentAt'][number]) => pick(row) },
            { key: 'spent', title: words.spent, numeric: true, cell: ({ fen }) => words.yuan(fen) },
            { key: 'share', title: words.share, numeric: true, cell: ({ fen }) => `${((fen / all) * 100).toFixed(1)}%` },
          ]}
          rows={spentAt}
          idOf={({ org }) => org}
        />
      </div>
    </Card>
  )
}

const Months = ({ ledger: { months, forecast }, words }: Part) => {
  const at = (month: number) => forecast?.path[month - 1]
  return (
    <Card title={words.months}>
      <div className="budget-table">
        <DataTable
          caption={words.tableOf(words.months)}
          columns={[
            { key: 'month', title: words.month, cell: ({ month }: Ledger['months'][number]) => words.monthNo(month) },
            { key: 'inside', title: words.inside, numeric: true, cell: ({ insideFen }) => words.yuan(insideFen) },
            { key: 'outside', title: words.outside, numeric: true, cell: ({ outsideFen }) => words.yuan(outsideFen) },
            { key: 'prepaid', title: words.prepaid, numeric: true, cell: ({ prepaidFen }) => words.yuan(prepaidFen) },
            {
              key: 'forecast',
              title: words.running,
              numeric: true,
              cell: ({ month }) => (at(month) ? words.yuan(at(month)?.fen ?? 0) : '—'),
            },
            {
              key: 'band',
              title: words.band,
              numeric: true,
              cell: ({ month }) => {
                const { lowFen, highFen } = at(month) ?? {}
                if (!forecast?.band || lowFen === undefined || highFen === undefined || lowFen === highFen) return '—'
                return `${words.million(lowFen)} – ${words.million(highFen)}`
              },
            },
          ]}
          rows={months}
          idOf={({ month }) => String(month)}
        />
      </div>
    </Card>
  )
}

const Transfers = ({ ledger, words }: Part) => {
  const { transfers, org, isClosed } = ledger
  const enters = useActor().role === 'insurer' && !isClosed
  return (
    <Card title={words.transfers} aside={enters && <BookTransfer ledger={ledger} />}>
      <div className="budget-table">
        <DataTable
          caption={words.tableOf(words.transfers)}
          columns={[
            { key: 'month', title: words.month, cell: ({ month }: Ledger['transfers'][number]) => words.monthNo(month) },
            {
              key: 'kind',
              title: words.kind,
              cell: ({ kind, isReversed }) => (isReversed ? `${words.kinds[kind]}（${words.reversed}）` : words.kinds[kind]),
            },
            { key: 'amount', title: words.amount, numeric: true, cell: ({ fen }) => words.yuan(fen.at(-1) ?? 0) },
            {
              key: 'note',
              title: words.note,
              cell: ({ note, source, of }) => {
                if (note !== null || source === null) return note ?? ''
                if (source === 'audit') return words.fromAudit
                if (source === 'heads') return words.fromHeads
                return of === null ? words.fromBills : words.late(of.year, of.month)
              },
            },
            ...(enters
              ? [
                  {
                    key: 'back',
                    title: words.takeBack,
                    cell: (one: Ledger['transfers'][number]) => <TakeBack org={org} transfer={one} />,
                  },
                ]
              : []),
          ]}
          rows={transfers}
          idOf={({ id }) => id}
        />
      </div>
    </Card>
  )
}
