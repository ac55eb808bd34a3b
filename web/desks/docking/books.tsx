import { Chip } from '../../ui/chip.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import type { Queries } from '../../api/api-types.ts'
import { useBooks } from './use-stuck.ts'
import { useDockingWords, type DockingWords } from './words.ts'

type Compared = Queries['docking.books']['answer']['days'][number]

const columnsIn = (words: DockingWords): readonly Column<Compared>[] => [
  { key: 'day', title: words.day, cell: ({ day }) => <span className="figures">{day}</span> },
  { key: 'here', title: words.here, numeric: true, cell: ({ casesHere }) => casesHere },
  { key: 'there', title: words.there, numeric: true, cell: ({ casesThere }) => casesThere },
  { key: 'under-way', title: words.underWay, numeric: true, cell: ({ underWay }) => underWay },
  {
    key: 'differences',
    title: words.differences,
    cell: ({ differences }) =>
      differences === 0 ? <Chip tone="good">{words.equal}</Chip> : <Chip tone="danger">{differences}</Chip>,
  },
  { key: 'at', title: words.at, cell: ({ at }) => <span className="figures">{formatInstant(at)}</span> },
]

/** What each day's comparison with the platform came to, the latest first. */
export const Books = () => {
  const words = useDockingWords()
  const { data, error, refetch } = useBooks()
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return null
  return (
    <div className="stack tight">
      <h2>{words.books}</h2>
      <p className="soft">{words.booksLead(data.waiting, data.stuck)}</p>
      {data.days.length === 0 ? (
        <EmptyState kind="none" title={words.booksNone} why={words.booksNoneWhy} />
      ) : (
        <DataTable caption={words.books} columns={columnsIn(words)} rows={data.days} idOf={({ day }) => day} />
      )}
    </div>
  )
}
