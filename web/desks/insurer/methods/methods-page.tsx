import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
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
import { useAmounts, WorkedOut } from '../worked-out.tsx'
import { useMethodsWords } from './words.ts'

type Compared = Queries['fund.methods']['answer']
type Sum = Compared['methods'][number]
type Listed = Compared['listed'][number]
type Asked = { readonly org?: string; readonly year?: number; readonly month?: number }

const MONTHS = 12
const YEARS_SHOWN = 4
const SHARES = ['share', 'hospital', 'ratio'] as const
/** What is answered where nobody has sent a discharge. */
const NOT_THERE = 404

/** The same cases of an institution's month by every way to pay. */
export const MethodsPage = () => {
  const words = useMethodsWords()
  const [asked, setAsked] = useState<Asked>({})
  const { data, error, refetch } = useApi('fund.methods', asked)
  const isNone = error?.status === NOT_THERE
  return (
    <Page title={words.title} lead={words.lead}>
      {isNone && <EmptyState kind="none" title={words.none} why={words.noneWhy} />}
      {error !== null && !isNone && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton lines={8} />}
      {error === null && data !== undefined && (
        <>
          <Choices compared={data} onChange={setAsked} />
          <Sums compared={data} />
          <Cases key={`${data.org} ${data.year} ${data.month}`} compared={data} />
        </>
      )}
    </Page>
  )
}

const Choices = ({
  compared: { org, year, month, hospitals },
  onChange,
}: {
  compared: Compared
  onChange: (asked: Asked) => void
}) => {
  const words = useMethodsWords()
  const pick = usePick()
  const isOwn = useActor().role === 'consortium-manager'
  const [newest] = useState(year)
  return (
    <div className="fund-choices">
      {!isOwn && (
        <Select
          label={words.institution}
          choices={hospitals.map((one) => ({ value: one.org as string, label: pick(one) }))}
          value={org as string}
          onChange={(chosen) => onChange({ org: chosen })}
        />
      )}
      <Select
        label={words.year}
        choices={Array.from({ length: YEARS_SHOWN }, (_none, at) => String(newest - at)).map((value) => ({
          value,
          label: value,
        }))}
        value={String(year)}
        onChange={(chosen) => onChange({ org, year: Number(chosen), month })}
      />
      <Select
        label={words.month}
        choices={Array.from({ length: MONTHS }, (_none, at) => ({ value: String(at + 1), label: words.monthNo(at + 1) }))}
        value={String(month)}
        onChange={(chosen) => onChange({ org, year, month: Number(chosen) })}
      />
    </div>
  )
}

const Gaps = ({ gaps }: { gaps: Sum['gaps'] }) => {
  const words = useMethodsWords()
  return gaps.map(({ gap, cases }) => (
    <p key={gap} className="soft fund-note">
      {words.gap(cases, words.gaps[gap])}
    </p>
  ))
}

const Sums = ({ compared }: { compared: Compared }) => {
  const words = useMethodsWords()
  const pick = usePick()
  const { yuan, count } = useAmounts()
  const worked = ({ cases, steps }: Sum, nth: number) => {
    const step = steps[nth]
    if (cases === 0 || step === undefined) return '—'
    return (
      <WorkedOut steps={steps.slice(0, nth + 1)} names={words.names}>
        {yuan(step.is)}
      </WorkedOut>
    )
  }
  return (
    <Card title={words.sums(pick(compared), compared.year, compared.month)}>
      {compared.cases === 0 ? (
        <p>{words.empty}</p>
      ) : (
        <div className="stack">
          <p>{words.casesOf(compared.cases, yuan(compared.costFen))}</p>
          {compared.isCut && <p>{words.cut(compared.cases)}</p>}
          <div className="wide-table whole-table">
            <DataTable
              caption={words.sumsTable}
              columns={[
                {
                  key: 'method',
                  title: words.method,
                  width: '10rem',
                  cell: ({ method }: Sum) => <strong>{words.methods[method]}</strong>,
                },
                { key: 'cases', title: words.cases, numeric: true, width: '6rem', cell: ({ cases }) => count(cases) },
                {
                  key: 'cost',
                  title: words.cost,
                  numeric: true,
                  width: '9rem',
                  cell: ({ cases, costFen }) => (cases === 0 ? '—' : yuan(costFen)),
                },
                { key: 'standard', title: words.standard, width: '11rem', cell: (one) => worked(one, 0) },
                { key: 'fund', title: words.fund, width: '11rem', cell: (one) => worked(one, 1) },
                { key: 'keeps', title: words.keeps, width: '11rem', cell: (one) => worked(one, 2) },
                { key: 'gaps', title: words.gapOf, width: '14rem', cell: ({ gaps }) => <Gaps gaps={gaps} /> },
              ]}
              rows={compared.methods}
              idOf={({ method }) => method}
            />
          </div>
          <details className="worked-out">
            <summary>{words.bases}</summary>
            {compared.bases.map(({ method, basis, grade }) => (
              <p key={method} className="soft fund-note">
                {words.methods[method]}：{basis}（{words.grades[grade]}）
              </p>
            ))}
          </details>
        </div>
      )}
    </Card>
  )
}

const Cases = ({ compared: { org, listed } }: { compared: Compared }) => {
  const words = useMethodsWords()
  const { yuan, count } = useAmounts()
  const [chosen, setChosen] = useState<string | null>(null)
  const methods = listed[0]?.byMethod.map(({ method }) => method).filter((method) => listed.some((row) => row.byMethod.some((one) => one.method === method && one.fundFen !== null))) ?? [] // prettier-ignore
  if (listed.length === 0) return null
  return (
    <>
      <Card title={words.listed}>
        <p>{words.open}</p>
        <div className="wide-table">
          <DataTable
            caption={words.listedTable}
            columns={[
              {
                key: 'number',
                title: words.number,
                width: '11rem',
                cell: ({ number }: Listed) => <span className="figures">{number}</span>,
              },
              {
                key: 'disease',
                title: words.disease,
                width: '11rem',
                cell: ({ zh, diagnosis }) => <span className="fund-disease">{`${zh} ${diagnosis}`}</span>,
              },
              { key: 'days', title: words.days, numeric: true, width: '4rem', cell: ({ days }) => count(days) },
              { key: 'pathway', title: words.pathway, width: '6rem', cell: ({ pathway }) => words.pathways[pathway] },
              ...methods.map((method) => ({
                key: method,
                title: words.methods[method],
                numeric: true,
                width: '8rem',
                cell: ({ byMethod }: Listed) => {
                  const fen = byMethod.find((one) => one.method === method)?.fundFen ?? null
                  return fen === null ? '—' : yuan(fen)
                },
              })),
            ]}
            rows={listed}
            idOf={({ number }) => number}
            openId={chosen}
            onOpen={({ number }) => setChosen(number)}
          />
        </div>
      </Card>
      {chosen !== null && <OneCase key={chosen} org={org} number={chosen} />}
    </>
  )
}

const OneCase = ({ org, number }: { org: string; number: string }) => {
  const words = useMethodsWords()
  const { yuan, count } = useAmounts()
  const { data, error, refetch } = useApi('fund.methods-case', { org, number })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={6} />
  const pathway =
    data.enteredOn === null
      ? words.pathways[data.pathway]
      : `${words.pathways[data.pathway]}（${words.span(data.enteredOn, data.leftOn)}）`
  return (
    <Card title={words.oneCase(data.number)}>
      <div className="stack">
        <Facts
          facts={[
            [words.disease, `${data.zh} ${data.diagnosis}`],
            [words.days, count(data.days)],
            [words.names['costFen'] ?? '', yuan(data.costFen)],
            [words.claimed, yuan(data.claimedFen)],
            [words.pathway, pathway],
            ...(data.because === null ? [] : [[words.because, data.because] as const]),
          ]}
        />
        <Facts
          facts={data.methods.map((one) => [
            words.methods[one.method],
            'payment' in one ? (
              <WorkedOut key={one.method} steps={one.payment.steps} names={words.names} shares={SHARES}>
                {yuan(one.payment.fundFen)}
              </WorkedOut>
            ) : (
              <span key={one.method} className="soft">
                {words.gaps[one.gap]}
              </span>
            ),
          ])}
        />
      </div>
    </Card>
  )
}
