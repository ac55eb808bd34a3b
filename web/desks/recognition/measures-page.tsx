import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Card, Facts } from '../../ui/card.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import './recognition.css'
import { useRecognitionWords } from './words.ts'

type Measures = Queries['recognition.measures']['answer']
type Counted = Measures['total']

/** How recognition goes: the rate, the money, the reasons; by institution, month and item. */
export const MeasuresPage = () => {
  const words = useRecognitionWords()
  const { data, error, refetch } = useApi('recognition.measures', {})
  const isEmpty = data !== undefined && data.total.accepted + data.total.repeated + data.total.ordered === 0
  return (
    <Page title={words.title} lead={words.lead}>
      {error !== null && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={8} />}
      {isEmpty && <EmptyState kind="none" title={words.none} why={words.noneWhy} />}
      {data !== undefined && !isEmpty && <Measured measures={data} />}
    </Page>
  )
}

const useCountColumns = (): Column<Counted>[] => {
  const words = useRecognitionWords()
  return [
    { key: 'rate', title: words.rate, numeric: true, cell: ({ rate }) => (rate === null ? words.noRate : words.percent(rate)) },
    { key: 'accepted', title: words.accepted, numeric: true, cell: ({ accepted }) => accepted },
    { key: 'repeated', title: words.repeated, numeric: true, cell: ({ repeated }) => repeated },
    { key: 'ordered', title: words.ordered, numeric: true, cell: ({ ordered }) => ordered },
    { key: 'saved', title: words.saved, numeric: true, cell: ({ savedFen }) => words.yuan(savedFen) },
  ]
}

const Measured = ({ measures }: { measures: Measures }) => {
  const words = useRecognitionWords()
  const pick = usePick()
  const counts = useCountColumns()
  const { total, institutions, months, reasons, items } = measures
  return (
    <>
      <Card>
        <Facts
          facts={[
            [words.rate, <strong key="rate">{total.rate === null ? words.noRate : words.percent(total.rate)}</strong>],
            [words.accepted, total.accepted],
            [words.repeated, total.repeated],
            [words.ordered, total.ordered],
            [words.saved, words.yuan(total.savedFen)],
          ]}
        />
      </Card>
      <Card title={words.institutions}>
        <div className="recognition-table">
          <DataTable
            caption={`${words.title} · ${words.institutions}`}
            columns={[
              { key: 'name', title: words.institution, cell: (row: Measures['institutions'][number]) => pick(row) },
              ...counts,
            ]}
            rows={institutions}
            idOf={({ org }) => org}
          />
        </div>
      </Card>
      <Card title={words.months}>
        <div className="recognition-table">
          <DataTable
            caption={`${words.title} · ${words.months}`}
            columns={[{ key: 'month', title: words.month, cell: (row: Measures['months'][number]) => row.month }, ...counts]}
            rows={months}
            idOf={({ month }) => month}
          />
        </div>
      </Card>
      <Card title={words.reasons}>
        <ul className="recognition-bars">
          {reasons.map((one) => (
            <li key={one.code}>
              <span>{pick(one)}</span>
              <span className="figures">{one.count}</span>
              <meter min={0} max={Math.max(1, total.repeated)} value={one.count} aria-label={pick(one)} />
            </li>
          ))}
        </ul>
      </Card>
      <Card title={words.items}>
        <div className="recognition-table">
          <DataTable
            caption={`${words.title} · ${words.items}`}
            columns={[
              { key: 'name', title: words.item, cell: (row: Measures['items'][number]) => pick(row) },
              { key: 'accepted', title: words.accepted, numeric: true, cell: ({ accepted }) => accepted },
              { key: 'repeated', title: words.repeated, numeric: true, cell: ({ repeated }) => repeated },
              { key: 'saved', title: words.saved, numeric: true, cell: ({ savedFen }) => words.yuan(savedFen) },
            ]}
            rows={items}
            idOf={({ item }) => item}
          />
        </div>
      </Card>
    </>
  )
}
