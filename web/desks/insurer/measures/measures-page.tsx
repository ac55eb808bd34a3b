import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useApi } from '../../../api/use-api.ts'
import { Page } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { Card } from '../../../ui/card.tsx'
import { Chip, type ChipTone } from '../../../ui/chip.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { usePick } from '../../../words/language.tsx'
import { useAmounts, WorkedOut } from '../worked-out.tsx'
import { EnterCount } from './enter-count.tsx'
import { useMeasuresWords } from './words.ts'

type Measures = Queries['fund.measures']['answer']
type Measured = Measures['measures'][number]
type Member = Measures['members'][number]
type Trend = NonNullable<Measured['trend']>
type Asked = { readonly org?: string; readonly year?: number; readonly month?: number }

const MONTHS = 12
const YEARS_SHOWN = 3
/** What is answered where there is no such consortium. */
const NOT_THERE = 404
const toneOf: Record<Trend, ChipTone> = { better: 'good', worse: 'warning', same: 'quiet' }

/** The five checks of total payment and the fund's own measures of a consortium, each with its definition, its numbers and its years. */
export const FundMeasuresPage = () => {
  const words = useMeasuresWords()
  const [asked, setAsked] = useState<Asked>({})
  const { data, error, refetch } = useApi('fund.measures', asked)
  const isNone = error?.status === NOT_THERE
  return (
    <Page title={words.title} lead={words.lead}>
      <Choices asked={asked} shown={data} onChange={setAsked} />
      {isNone && <EmptyState kind="none" title={words.none} why={words.noneWhy} />}
      {error !== null && !isNone && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton lines={8} />}
      {error === null && data !== undefined && <Shown measures={data} />}
    </Page>
  )
}

const Choices = ({ asked, shown, onChange }: { asked: Asked; shown: Measures | undefined; onChange: (asked: Asked) => void }) => {
  const words = useMeasuresWords()
  const pick = usePick()
  const isOwn = useActor().role === 'consortium-manager'
  const { data } = useApi('organisations.consortia', {}, { enabled: !isOwn })
  const [newest, setNewest] = useState<number>()
  if (newest === undefined && shown !== undefined) setNewest(shown.year)
  const leads = (data?.consortia ?? []).filter(({ kind }) => kind !== 'specialty-alliance')
  const org = asked.org ?? shown?.org ?? ''
  const year = asked.year ?? shown?.year ?? newest
  const month = asked.month ?? shown?.month
  return (
    <div className="fund-choices">
      {!isOwn && (
        <Select
          label={words.consortium}
          choices={[
            ...(org === '' ? [{ value: '', label: '—' }] : []),
            ...leads.map(({ lead, name }) => ({ value: lead as string, label: pick(name) })),
          ]}
          value={org}
          onChange={(chosen) => chosen !== '' && onChange({ ...asked, org: chosen })}
        />
      )}
      {year !== undefined && newest !== undefined && (
        <Select
          label={words.year}
          choices={Array.from({ length: YEARS_SHOWN }, (_none, at) => String(newest - at)).map((value) => ({
            value,
            label: value,
          }))}
          value={String(year)}
          onChange={(chosen) => onChange({ ...(asked.org === undefined ? {} : { org: asked.org }), year: Number(chosen) })}
        />
      )}
      {month !== undefined && (
        <Select
          label={words.month}
          choices={Array.from({ length: MONTHS }, (_none, at) => ({ value: String(at + 1), label: words.monthNo(at + 1) }))}
          value={String(month)}
          onChange={(chosen) => onChange({ ...asked, ...(year === undefined ? {} : { year }), month: Number(chosen) })}
        />
      )}
    </div>
  )
}

const Shown = ({ measures }: { measures: Measures }) => (
  <>
    <Whole measures={measures} />
    <WhereFrom measures={measures} />
    <Members measures={measures} />
  </>
)

const TrendChip = ({ trend }: { trend: Trend | null }) => {
  const words = useMeasuresWords()
  return trend === null ? '—' : <Chip tone={toneOf[trend]}>{words.trends[trend]}</Chip>
}

const Whole = ({ measures: shown }: { measures: Measures }) => {
  const words = useMeasuresWords()
  const pick = usePick()
  const { amount } = useAmounts()
  const enters = useActor().role === 'insurer'
  const before = shown.measures[0]?.years.slice(0, -1) ?? []
  return (
    <Card title={`${pick(shown)} · ${words.span(shown.year, shown.month)}`} aside={enters && <EnterCount measures={shown} />}>
      <div className="wide-table whole-table">
        <DataTable
          caption={words.wholeTable}
          columns={[
            {
              key: 'measure',
              title: words.measure,
              width: '22rem',
              cell: (one: Measured) => (
                <>
                  <strong>{pick(one)}</strong>
                  <p className="soft fund-note">{pick(one.formula)}</p>
                  <details className="worked-out">
                    <summary>{words.clause}</summary>
                    <small>{one.basis}</small>
                    <small>
                      {words.grades[one.grade]} · {words.from(one.from)}
                    </small>
                  </details>
                </>
              ),
            },
            { key: 'value', title: words.value, width: '15rem', cell: (one) => <Value one={one} /> },
            { key: 'trend', title: words.trend, width: '8rem', cell: ({ trend }) => <TrendChip trend={trend} /> },
            ...before.toReversed().map(({ year }) => ({
              key: String(year),
              title: String(year),
              numeric: true,
              width: '7rem',
              cell: ({ years, unit }: Measured) => {
                const is = years.find((one) => one.year === year)?.is ?? null
                return is === null ? '—' : amount(is, unit)
              },
            })),
          ]}
          rows={shown.measures}
          idOf={({ id }) => id}
        />
      </div>
    </Card>
  )
}

const Value = ({ one: { is, unit, steps, missing } }: { one: Measured }) => {
  const words = useMeasuresWords()
  const { amount } = useAmounts()
  if (is === null) return <p className="soft fund-note">{words.missing(missing.map((name) => words.names[name]).join('、'))}</p>
  return (
    <WorkedOut steps={steps} names={words.names}>
      {amount(is, unit)}
    </WorkedOut>
  )
}

// What the house counts of these is out of its settled bills; the other counts are of the fund's books.
const OF_BILLS: readonly string[] = ['costFen', 'fundFen', 'inPolicyFen', 'visits', 'primaryVisits']

const WhereFrom = ({ measures: { counts } }: { measures: Measures }) => {
  const words = useMeasuresWords()
  const { yuan, count } = useAmounts()
  const from = ({ count: name, source, evidence, at }: Measures['counts'][number]): string => {
    if (name === 'costBeforeFen') return words.sources.before
    if (source === 'entered') return words.enteredOn(evidence ?? '', at?.slice(0, 'YYYY-MM-DD'.length) ?? '')
    return OF_BILLS.includes(name) ? words.sources.bills : words.sources.books
  }
  return (
    <Card title={words.counts}>
      {counts.length === 0 ? (
        <p>{words.noCounts}</p>
      ) : (
        <div className="wide-table">
          <DataTable
            caption={words.countsTable}
            columns={[
              { key: 'count', title: words.count, cell: (one: Measures['counts'][number]) => words.names[one.count] },
              {
                key: 'value',
                title: words.value,
                numeric: true,
                cell: ({ count: name, value }) => (name.endsWith('Fen') ? yuan(value) : count(value)),
              },
              { key: 'from', title: words.source, cell: (one) => from(one) },
            ]}
            rows={counts}
            idOf={({ count: name }) => name}
          />
        </div>
      )}
    </Card>
  )
}

const Members = ({ measures: { members, membersAll } }: { measures: Measures }) => {
  const words = useMeasuresWords()
  const pick = usePick()
  const { yuan, count, amount } = useAmounts()
  const of = members[0]?.measures ?? []
  if (members.length === 0) return null
  return (
    <Card title={words.members}>
      <p>{words.membersOf(members.length, membersAll)}</p>
      <div className="wide-table">
        <DataTable
          caption={words.membersTable}
          columns={[
            { key: 'name', title: words.institution, width: '14rem', cell: (row: Member) => pick(row) },
            { key: 'visits', title: words.visits, numeric: true, cell: ({ visits }) => (visits === null ? '—' : count(visits)) },
            {
              key: 'cost',
              title: words.cost,
              numeric: true,
              width: '9rem',
              cell: ({ costFen }) => (costFen === null ? '—' : yuan(costFen)),
            },
            {
              key: 'inside',
              title: words.inside,
              numeric: true,
              width: '9rem',
              cell: ({ insideFen }) => (insideFen === null ? '—' : yuan(insideFen)),
            },
            ...of.map((measure, at) => ({
              key: measure.id,
              title: pick(measure),
              width: '9rem',
              cell: ({ measures }: Member) => {
                const one = measures[at]
                if (one === undefined || one.is === null) return '—'
                return (
                  <>
                    <span className="figures">{amount(one.is, one.unit)}</span>{' '}
                    {one.trend !== null && <TrendChip trend={one.trend} />}
                  </>
                )
              },
            })),
          ]}
          rows={members}
          idOf={({ org }) => org}
        />
      </div>
    </Card>
  )
}
