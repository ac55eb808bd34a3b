import { useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import { AccountName, SettledBillCards, StateChip } from './settled-bill.tsx'
import './settled.css'
import { useSettledWords } from './words.ts'

type Listed = Queries['settlement.bills']['answer']['bills'][number]
const PAGE = 30
const DAY = /^\d{4}-\d\d-\d\d$/

/** What was settled, for who reads it alone. */
export const SettledPage = () => {
  const words = useSettledWords()
  return (
    <Page title={words.title} lead={words.lead}>
      <SettledList />
    </Page>
  )
}

/** What was settled on a day: the list, one bill in full beside it, and the books of the day. */
export const SettledList = () => {
  const [asked, setAsked] = useState<Filters>(NO_FILTERS)
  const on = DAY.test(asked.day) ? { day: asked.day } : {}
  return (
    <div className="stack">
      <FilterFields asked={asked} onAsk={setAsked} />
      <Found key={JSON.stringify(asked)} asked={asked} on={on} onClear={() => setAsked(NO_FILTERS)} />
    </div>
  )
} // prettier-ignore

type Filters = {
  readonly day: string
  readonly until: string
  readonly org: string
  readonly care: string
  readonly state: string
  readonly area: string
}
const NO_FILTERS: Filters = { day: '', until: '', org: '', care: '', state: '', area: '' }
const ANY = 'any'

/** Pooling areas whose funds paid on the days that are shown, to choose one of them. */
const AreaFilter = ({ asked, onChange }: { asked: Filters; onChange: (area: string) => void }) => {
  const words = useSettledWords()
  const pick = usePick()
  const { data } = useApi('settlement.day', booksOf(asked))
  const areas = new Map(Object.entries(data?.areas ?? {}).map(([key, name]) => [key.split(' ')[0] ?? '', pick(name)]))
  return (
    <Select
      label={words.area}
      choices={[{ value: ANY, label: words.anyOf }, ...[...areas].map(([value, label]) => ({ value, label }))]}
      value={areas.has(asked.area) ? asked.area : ANY}
      onChange={(one) => onChange(one === ANY ? '' : one)}
    />
  )
}

/** Institutions that booked on the days that are shown, to choose one of them. */
const PlaceFilter = ({ asked, onChange }: { asked: Filters; onChange: (org: string) => void }) => {
  const words = useSettledWords()
  const pick = usePick()
  const { org } = asked
  const { data } = useApi('settlement.day', booksOf({ ...asked, org: '' }))
  const places = Object.entries(data?.places ?? {}).map(([value, name]) => ({ value, label: pick(name) }))
  return (
    <Select
      label={words.institution}
      choices={[{ value: ANY, label: words.anyOf }, ...places]}
      value={org || ANY}
      onChange={(one) => onChange(one === ANY ? '' : one)}
    />
  )
}

const FilterFields = ({ asked, onAsk }: { asked: Filters; onAsk: (asked: Filters) => void }) => {
  const words = useSettledWords()
  const { role } = useActor()
  const choices = (names: Readonly<Record<string, string>>) => [{ value: ANY, label: words.anyOf }, ...Object.entries(names).map(([value, label]) => ({ value, label }))] // prettier-ignore
  const change = (part: Partial<Filters>) => onAsk({ ...asked, ...part })
  return (
    <div className="settled-filters">
      <TextField label={words.day} type="date" value={asked.day} onChange={(day) => change({ day })} />
      <TextField label={words.until} type="date" value={asked.until} onChange={(until) => change({ until })} />
      {role === 'insurer' && <PlaceFilter asked={asked} onChange={(org) => change({ org })} />}
      <AreaFilter asked={asked} onChange={(area) => change({ area })} />
      <Select
        label={words.filterCare}
        choices={choices(words.cares)}
        value={asked.care || ANY}
        onChange={(care) => change({ care: care === ANY ? '' : care })}
      />
      <Select
        label={words.filterState}
        choices={choices(words.states)}
        value={asked.state || ANY}
        onChange={(state) => change({ state: state === ANY ? '' : state })}
      />
    </div>
  )
}

type FoundProps = { asked: Filters; on: { day?: string }; onClear: () => void }

const Found = ({ asked, on, onClear }: FoundProps) => {
  const words = useSettledWords()
  const [after, setAfter] = useState<string | null>(null)
  const [open, setOpen] = useState<Listed | null>(null)
  const more = {
    ...(DAY.test(asked.until) && asked.until >= asked.day ? { until: asked.until } : {}),
    ...(asked.org === '' ? {} : { org: asked.org }),
    ...(asked.care === '' ? {} : { care: asked.care }),
    ...(asked.state === '' ? {} : { state: asked.state }),
    ...(asked.area === '' ? {} : { area: asked.area }),
  } as Pick<Queries['settlement.bills']['input'], 'until' | 'org' | 'care' | 'state' | 'area'>
  const isFiltered = Object.keys(more).length > 0
  const { data, error, refetch } = useApi('settlement.bills', { ...on, ...more, limit: PAGE, ...(after === null ? {} : { after }) })
  const shown = open ?? data?.bills[0] ?? null
  const turn = (to: string | null) => {
    setAfter(to)
    setOpen(null)
  }
  return (
    <>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton lines={8} />}
      {data?.bills.length === 0 && !isFiltered && <EmptyState kind="none" title={words.none} why={words.noneWhy} />}
      {data?.bills.length === 0 && isFiltered && (
        <EmptyState kind="filtered" title={words.noneFiltered} why={words.noneFilteredWhy} action={<Button onClick={onClear}>{words.clear}</Button>} />
      )}
      {data !== undefined && data.bills.length > 0 && (
        <div className="beside settled">
          <div className="stack settled-side">
            <Card title={words.list}>
              <Bills bills={data.bills} open={shown} onOpen={setOpen} />
              <div className="along">
                {after !== null && <Button onClick={() => turn(null)}>{words.first}</Button>}
                {data.next !== null && <Button onClick={() => turn(data.next)}>{words.more}</Button>}
              </div>
            </Card>
            <div className="settled-books">
              <DayBooks on={booksOf(asked)} />
            </div>
          </div>
          {shown === null ? <p className="soft">{words.choose}</p> : <SettledBillCards key={shown.bill} org={shown.org} id={shown.bill} />}
        </div>
      )}
    </>
  )
} // prettier-ignore

type BillsProps = { bills: readonly Listed[]; open: Listed | null; onOpen: (bill: Listed) => void }
const Bills = ({ bills, open, onOpen }: BillsProps) => {
  const words = useSettledWords()
  const pick = usePick()
  const { institution } = useActor()
  return (
    <DataTable
      caption={words.tableOf(words.list)}
      columns={[
        {
          key: 'no',
          title: words.billNo,
          cell: (one: Listed) => (
            <span className="stack tight">
              <strong className="breaks">{one.billNo}</strong>
              <span className="soft small">
                {one.day} · {words.cares[one.care] ?? one.care}
              </span>
              {institution === null && <span className="soft small">{pick(one.place)}</span>}
              <StateChip state={one.state} />
            </span>
          ),
        },
        { key: 'total', title: words.total, numeric: true, cell: ({ totalFen }) => words.yuan(totalFen) },
        { key: 'fund', title: words.fund, numeric: true, cell: ({ fundFen }) => words.yuan(fundFen) },
      ]}
      rows={bills}
      idOf={({ bill }) => bill}
      openId={open?.bill ?? null}
      onOpen={onOpen}
    />
  )
}

/** The books beside the list: of the day, or of the range that was asked for. */
const booksOf = ({ day, until, org }: Filters): { day?: string; until?: string; org?: string } => ({
  ...(DAY.test(day) ? { day } : {}),
  ...(DAY.test(day) && DAY.test(until) && until > day ? { until } : {}),
  ...(org === '' ? {} : { org }),
})

const DayBooks = ({ on }: { on: { day?: string; until?: string; org?: string } }) => {
  const words = useSettledWords()
  const { data, error } = useApi('settlement.day', on)
  if (error !== null) return <ErrorNote error={error} />
  if (data === undefined || data.sums.length === 0) return null
  const sum = data.sums.reduce((whole, { fen }) => whole + fen, 0)
  return (
    <Card
      title={data.until === data.day ? `${words.dayBooks} · ${data.day}` : `${words.rangeBooks} · ${data.day} – ${data.until}`}
    >
      <p className="soft">
        {words.dayWhy} {data.kinds.map(({ kind, count }) => words.kinds(kind, count)).join(' · ')}
      </p>
      <ul className="receipt" aria-label={words.dayBooks}>
        {data.sums.map(({ org, account, fen }) => (
          <li key={`${org} ${account}`}>
            <span>
              <AccountName account={account} areas={data.areas} places={data.places} />
            </span>
            <span className="figures">{words.yuan(fen)}</span>
          </li>
        ))}
        <li className="receipt-sum">
          <span>{words.sum}</span>
          <span className="figures">{words.yuan(sum)}</span>
        </li>
      </ul>
    </Card>
  )
}
