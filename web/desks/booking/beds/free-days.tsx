import { DataTable } from '../../../ui/data-table.tsx'
import { shortDay, type Board } from './board.ts'
import { useBedsWords } from './words.ts'

/** What each class of beds could still take in on the next seven days. */
export const FreeDays = ({ board }: { board: Board }) => {
  const words = useBedsWords()
  const first = board.classes[0]
  if (first === undefined) return null
  const rows = first.days.map(({ day }, at) => ({ day, at }))
  const columns = board.classes.map((one) => ({
    key: one.class,
    title: words.classOf(words.forSexes[one.sex], one.isolation),
    numeric: true,
    cell: ({ at }: { at: number }) => {
      const day = one.days[at]
      if (day === undefined) return ''
      const free = day.open + day.reserved + day.emergency
      return (
        <span className="figures free-cell">
          <strong>{day.reserved > 0 ? `${free} (${day.reserved})` : free}</strong>
          {one.sex === 'any' && <span className="soft small">{`${words.men} ${day.men} · ${words.women} ${day.women}`}</span>}
        </span>
      )
    },
  }))
  return (
    <DataTable
      caption={words.daysTable}
      columns={[
        { key: 'day', title: words.day, cell: ({ day }) => <span className="figures">{shortDay(day)}</span> },
        ...columns,
      ]}
      rows={rows}
      idOf={({ day }) => day}
    />
  )
}
