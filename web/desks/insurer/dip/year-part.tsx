import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card, Facts } from '../../../ui/card.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { usePick } from '../../../words/language.tsx'
import { CasesCard } from './cases.tsx'
import { ClearingCard } from './clearing.tsx'
import { Explained } from './steps.tsx'
import { PagesCard } from './pages-card.tsx'
import { SupervisionCard } from './supervision.tsx'
import { useDipWords } from './words.ts'

export type Catalogues = Queries['fund.dip-catalogues']['answer']['catalogues']
export type Year = Queries['fund.dip-year']['answer']
type Hospital = Year['hospitals'][number]

const DECEMBER = 12
const WHOLE = 10_000
const DIGITS = 2

/** A year: its points, its months, its hospitals with their cases, and how it was cleared. */
export const YearPart = ({ catalogues }: { catalogues: Catalogues }) => {
  const words = useDipWords()
  const published = catalogues.filter(({ state }) => state === 'published')
  const [chosen, setChosen] = useState<string | null>(null)
  const year = Number(chosen ?? published[0]?.year ?? catalogues[0]?.year)
  const { data, error, refetch } = useApi('fund.dip-year', { year })
  const years = [...new Set([...published.map((one) => one.year), year])].toSorted((one, other) => other - one)
  return (
    <div className="stack">
      <div className="dip-fields">
        <Select
          label={words.year}
          choices={years.map((one) => ({ value: String(one), label: String(one) }))}
          value={String(year)}
          onChange={setChosen}
        />
      </div>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton lines={8} />}
      {data !== undefined && data.catalogue === null && <EmptyState kind="none" title={words.noYear} why={words.noYearWhy} />}
      {data !== undefined && data.catalogue !== null && <YearCards key={data.year} year={data} />}
    </div>
  )
}

const YearCards = ({ year }: { year: Year }) => {
  const words = useDipWords()
  const [open, setOpen] = useState<string | null>(null)
  const shown = year.hospitals.find(({ org }) => org === open) ?? year.hospitals[0]
  return (
    <>
      <Points year={year} />
      <PagesCard year={year.year} />
      {shown === undefined ? (
        <EmptyState kind="none" title={words.noScored} why={words.noScoredWhy} />
      ) : (
        <>
          <Hospitals year={year} open={shown} onOpen={setOpen} />
          <Months year={year} />
          <ClearingCard year={year} />
          <SupervisionCard year={year.year} />
          <CasesCard key={shown.org} year={year.year} hospital={shown} />
        </>
      )}
    </>
  )
}

const sumOf = (rows: readonly Hospital[], of: 'cases' | 'scoreE4' | 'costFen'): number =>
  rows.reduce((sum, one) => sum + one[of], 0)

const Points = ({ year: { year, catalogue, clearing, waiting, hospitals } }: { year: Year }) => {
  const words = useDipWords()
  const enters = useActor().role === 'insurer'
  if (catalogue === null) return null
  const steps = catalogue.past.map((past) => ({
    zh: `${past.year} 年总费用`,
    en: `Cost of ${past.year}`,
    rule: 'fund.dip-point-value',
    of: { cases: past.cases, scoreE4: past.scoreE4 },
    is: past.totalFen,
    unit: 'fen',
  }))
  return (
    <Card title={`${words.points} · ${year}`} aside={enters && waiting > 0 && <Group year={year} />}>
      <Facts
        facts={[
          [
            words.point,
            <Explained key="point" steps={steps}>
              {words.yuan(catalogue.pointFen)}
            </Explained>,
          ],
          [
            words.settled,
            clearing === null ? (
              words.noClearing
            ) : (
              <Explained key="settled" steps={clearing.steps}>
                {words.yuan(clearing.pointFen)}
              </Explained>
            ),
          ],
          [words.cases, sumOf(hospitals, 'cases').toLocaleString()],
          [words.points, words.score(sumOf(hospitals, 'scoreE4'))],
          [words.cost, words.million(sumOf(hospitals, 'costFen'))],
          [words.waiting, waiting.toLocaleString()],
        ]}
      />
    </Card>
  )
}

const Group = ({ year }: { year: number }) => {
  const words = useDipWords()
  const toast = useToast()
  const group = useCommand('fund.group-discharges')
  return (
    <div className="stack tight">
      <Button
        tone="primary"
        busy={group.isPending}
        onClick={() =>
          group.mutate(
            { year, month: DECEMBER },
            { onSuccess: ({ grouped, ungrouped }) => toast({ text: words.grouped(grouped, ungrouped) }) },
          )
        }
      >
        {words.group}
      </Button>
      {group.error !== null && <ErrorNote error={group.error} />}
    </div>
  )
}

type HospitalsProps = { year: Year; open: Hospital; onOpen: (org: string) => void }
const Hospitals = ({ year, open, onOpen }: HospitalsProps) => {
  const words = useDipWords()
  const pick = usePick()
  return (
    <Card title={words.hospitals}>
      <div className="wide-table">
        <DataTable
          caption={words.tableOf(words.hospitals)}
          columns={[
            { key: 'name', title: words.hospital, width: '14rem', cell: (row: Hospital) => pick(row) },
            { key: 'level', title: words.level, cell: ({ level }) => words.levelNo(level) },
            { key: 'cases', title: words.cases, numeric: true, cell: ({ cases }) => cases.toLocaleString() },
            { key: 'points', title: words.points, numeric: true, cell: ({ scoreE4 }) => words.score(scoreE4) },
            { key: 'mix', title: words.caseMix, numeric: true, cell: ({ caseMix }) => (caseMix / WHOLE).toFixed(DIGITS) },
            {
              key: 'of-point',
              title: words.ofPoint,
              numeric: true,
              cell: ({ costOfPointFen }) => (costOfPointFen === null ? '—' : words.yuan(costOfPointFen)),
            },
            {
              key: 'gain',
              title: words.gain,
              numeric: true,
              cell: ({ worthFen, costFen }) => (worthFen === null ? '—' : <Signed fen={worthFen - costFen} />),
            },
            {
              key: 'odd',
              title: words.odd,
              numeric: true,
              cell: ({ low, high, forExperts }) => `${low} / ${high} / ${forExperts}`,
            },
          ]}
          rows={year.hospitals}
          idOf={({ org }) => org}
          openId={open.org}
          onOpen={({ org }) => onOpen(org)}
        />
      </div>
    </Card>
  )
}

/** An amount that may lie below zero, told by its sign and its colour. */
export const Signed = ({ fen }: { fen: number }) => {
  const words = useDipWords()
  return <span className={fen < 0 ? 'dip-minus' : undefined}>{words.million(fen)}</span>
}

type Month = Year['months'][number]
const Months = ({ year }: { year: Year }) => {
  const words = useDipWords()
  const enters = useActor().role === 'insurer' && year.clearing?.state !== 'decided'
  const rows = year.months.filter(({ cases }) => cases > 0)
  if (rows.length === 0) return null
  return (
    <Card title={words.months}>
      <div className="wide-table whole-table">
        <DataTable
          caption={words.tableOf(words.months)}
          columns={[
            { key: 'month', title: words.month, cell: ({ month }: Month) => words.monthNo(month) },
            { key: 'cases', title: words.cases, numeric: true, cell: ({ cases }) => cases.toLocaleString() },
            { key: 'points', title: words.points, numeric: true, cell: ({ scoreE4 }) => words.score(scoreE4) },
            { key: 'cost', title: words.cost, numeric: true, cell: ({ costFen }) => words.million(costFen) },
            { key: 'claimed', title: words.claimed, numeric: true, cell: ({ claimedFen }) => words.million(claimedFen) },
            {
              key: 'point',
              title: words.monthPoint,
              numeric: true,
              cell: ({ pointFen }) => (pointFen === null ? '—' : words.yuan(pointFen)),
            },
            {
              key: 'prepaid',
              title: words.prepaid,
              numeric: true,
              cell: ({ month, prepaidFen }) =>
                prepaidFen !== null ? words.million(prepaidFen) : enters ? <Prepay year={year.year} month={month} /> : '—',
            },
          ]}
          rows={rows}
          idOf={({ month }) => String(month)}
        />
      </div>
    </Card>
  )
}

const Prepay = ({ year, month }: { year: number; month: number }) => {
  const words = useDipWords()
  const toast = useToast()
  const [open, setOpen] = useState(false)
  const prepay = useCommand('fund.prepay-dip-month')
  const submit = () =>
    prepay.mutate(
      { year, month },
      {
        onSuccess: ({ hospitals, paidFen }) => {
          toast({ text: words.prepayDone(hospitals, words.million(paidFen)) })
          setOpen(false)
        },
      },
    )
  return (
    <>
      <Button small tone="plain" onClick={() => setOpen(true)}>
        {words.prepay}
      </Button>
      <Dialog
        title={words.prepayTitle(month)}
        open={open}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{words.cancel}</Button>
            <Button tone="primary" busy={prepay.isPending} onClick={submit}>
              {words.prepay}
            </Button>
          </>
        }
      >
        <p>{words.prepayWhy}</p>
        {prepay.error !== null && <ErrorNote error={prepay.error} />}
      </Dialog>
    </>
  )
}
