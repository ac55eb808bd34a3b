import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { Page } from '../../../shell/desk-frame.tsx'
import { useActor } from '../../../shell/session.tsx'
import { Card, Facts } from '../../../ui/card.tsx'
import { Chip, type ChipTone } from '../../../ui/chip.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { usePick } from '../../../words/language.tsx'
import { DecideActs } from '../decide-acts.tsx'
import { useAmounts, WorkedOut } from '../worked-out.tsx'
import { ProposePoints } from './propose-points.tsx'
import { usePointsWords } from './words.ts'

type Row = Queries['fund.point-years']['answer']['years'][number]
type One = Queries['fund.point-year']['answer']

const YEARS_SHOWN = 3
/** Points are kept in hundredths. */
const HUNDREDTHS = 100
const TONES: Readonly<Record<Row['state'], ChipTone>> = { proposed: 'warning', decided: 'good', returned: 'quiet' }
const SHARES = ['share', 'baseMost'] as const
const PROPOSERS = ['insurer', 'consortium-manager']

/** Wages by work points: years of institutions, each with its groups and lines; an institution sees its own. */
export const PointsPage = () => {
  const words = usePointsWords()
  const [year, setYear] = useState<number>()
  const { data, error, refetch } = useApi('fund.point-years', year === undefined ? {} : { year })
  const [newest, setNewest] = useState<number>()
  if (newest === undefined && data !== undefined) setNewest(data.newest)
  return (
    <Page title={words.title} lead={words.lead}>
      {newest !== undefined && (
        <div className="fund-choices">
          <Select
            label={words.year}
            choices={Array.from({ length: YEARS_SHOWN }, (_none, at) => String(newest - at)).map((value) => ({
              value,
              label: value,
            }))}
            value={String(year ?? newest)}
            onChange={(chosen) => setYear(Number(chosen))}
          />
        </div>
      )}
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton lines={8} />}
      {data !== undefined && <Years key={data.year} year={data.year} years={data.years} />}
    </Page>
  )
}

const Years = ({ year, years }: { year: number; years: readonly Row[] }) => {
  const words = usePointsWords()
  const pick = usePick()
  const { yuan, count } = useAmounts()
  const proposes = PROPOSERS.includes(useActor().role) && <ProposePoints year={year} />
  const [chosen, setChosen] = useState<string | null>(null)
  const open = years.find(({ points }) => points === chosen) ?? years[0]
  if (open === undefined)
    return (
      <>
        {proposes && <div className="along">{proposes}</div>}
        <EmptyState kind="none" title={words.none} why={words.noneWhy} />
      </>
    )
  return (
    <>
      <Card title={words.years(year)} aside={proposes}>
        <div className="wide-table">
          <DataTable
            caption={words.yearsTable}
            columns={[
              { key: 'institution', title: words.institution, width: '14rem', cell: (row: Row) => pick(row.institution) },
              { key: 'wages', title: words.wages, numeric: true, width: '11rem', cell: ({ wagesFen }) => yuan(wagesFen) },
              { key: 'lines', title: words.lines, numeric: true, width: '6rem', cell: ({ lines }) => count(lines) },
              {
                key: 'state',
                title: words.state,
                width: '11rem',
                cell: ({ state }) => <Chip tone={TONES[state]}>{words.states[state]}</Chip>,
              },
            ]}
            rows={years}
            idOf={({ points }) => points}
            openId={open.points}
            onOpen={({ points }) => setChosen(points)}
          />
        </div>
      </Card>
      <OneYear key={open.points} org={open.org} points={open.points} />
    </>
  )
}

const OneYear = ({ org, points }: { org: string; points: string }) => {
  const { data, error, refetch } = useApi('fund.point-year', { org, points })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={8} />
  return (
    <>
      <Standing one={data} />
      <Lines one={data} />
    </>
  )
}

const Standing = ({ one }: { one: One }) => {
  const words = usePointsWords()
  const pick = usePick()
  const { yuan, count, percent } = useAmounts()
  const { wagesFen, state, basis, decidedBecause, terms, pools } = one
  return (
    <Card title={`${pick(one.institution)} · ${one.year}`} aside={<Chip tone={TONES[state]}>{words.states[state]}</Chip>}>
      <div className="stack">
        <Facts
          facts={[
            [words.wages, yuan(wagesFen)],
            [words.basis, basis],
            ...(decidedBecause === null ? [] : [[words.because, decidedBecause] as const]),
          ]}
        />
        <div className="wide-table">
          <DataTable
            caption={words.poolsTable}
            columns={[
              { key: 'pool', title: words.pool, width: '10rem', cell: ({ pool }: One['pools'][number]) => words.poolNames[pool] },
              { key: 'share', title: words.share, numeric: true, width: '6rem', cell: ({ share }) => percent(share) },
              {
                key: 'points',
                title: words.points,
                numeric: true,
                width: '9rem',
                cell: (group) => (group.points === 0 ? words.empty : count(group.points / HUNDREDTHS)),
              },
              {
                key: 'value',
                title: words.value,
                numeric: true,
                width: '8rem',
                cell: (group) => (group.points === 0 ? '—' : yuan(Math.round((group.fen * HUNDREDTHS) / group.points))),
              },
              { key: 'pay', title: words.poolPay, numeric: true, width: '10rem', cell: ({ fen }) => yuan(fen) },
            ]}
            rows={pools}
            idOf={({ pool }) => pool}
          />
        </div>
        <p className="soft small">
          {words.how(terms.baseMost)} {words.forbidden}
        </p>
        <Decide one={one} />
      </div>
    </Card>
  )
}

const Decide = ({ one: { org, points, state, isOwn } }: { one: One }) => {
  const words = usePointsWords()
  const decide = useCommand('fund.decide-points')
  if (state !== 'proposed' || useActor().role !== 'insurer') return null
  return (
    <DecideActs
      isOwn={isOwn}
      words={{ own: words.own, reason: words.reason, missing: words.reasonMissing }}
      yes={{ act: words.agree, title: words.agreeTitle, why: words.agreeWhy }}
      no={{ act: words.giveBack, title: words.returnTitle, why: words.returnWhy }}
      running={decide}
      onDecide={(isYes, why, shut) =>
        decide.mutate({ org, points, decision: isYes ? 'agree' : 'return', why }, { onSuccess: shut })
      }
    />
  )
}

const Lines = ({ one: { lines } }: { one: One }) => {
  const words = usePointsWords()
  const { yuan, count } = useAmounts()
  return (
    <Card title={words.everybody}>
      <div className="wide-table">
        <DataTable
          caption={words.linesTable}
          columns={[
            { key: 'label', title: words.label, width: '7rem', cell: ({ label }: One['lines'][number]) => label },
            {
              key: 'pay',
              title: words.pay,
              numeric: true,
              width: '11rem',
              cell: ({ fen, steps }) => (
                <WorkedOut steps={steps} names={words.names} shares={SHARES}>
                  {yuan(fen)}
                </WorkedOut>
              ),
            },
            { key: 'pool', title: words.pool, width: '9rem', cell: ({ pool }) => words.poolNames[pool] },
            {
              key: 'base',
              title: words.basePoints,
              numeric: true,
              width: '7rem',
              cell: ({ basePoints }) => count(basePoints / HUNDREDTHS),
            },
            {
              key: 'work',
              title: words.workPoints,
              numeric: true,
              width: '8rem',
              cell: ({ workPoints }) => count(workPoints / HUNDREDTHS),
            },
          ]}
          rows={lines}
          idOf={({ label }) => label}
        />
      </div>
    </Card>
  )
}
