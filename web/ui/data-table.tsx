import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { useWords } from '../words/language.tsx'
import './data-table.css'

export type Column<R> = {
  key: string
  title: string
  cell: (row: R) => ReactNode
  /** Numbers stand right-aligned with figures of one width. */
  numeric?: boolean
  /** A CSS width such as `8rem`; the rest share what is left. */
  width?: string
}

export type DataTableProps<R> = {
  caption: string
  columns: readonly Column<R>[]
  rows: readonly R[]
  idOf: (row: R) => string
  /** The row that is open beside the table. */
  openId?: string | null
  onOpen?: (row: R) => void
  /** A row that a colleague works on, or that has just left: shown grey, still readable. */
  isTaken?: (row: R) => boolean
  /** Ids of rows that just changed: they flash softly once. */
  changedIds?: ReadonlySet<string>
}

const rowStep: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/** The next row to stand on for a key, or null when the key does not move. */
const rowAfter = (key: string, at: number, count: number): number | null => {
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = rowStep[key]
  return step === undefined ? null : Math.min(count - 1, Math.max(0, at + step))
}

/** Rows to compare, with a head that stays in sight; arrow keys change the row and Enter opens it. */
export const DataTable = <R,>({
  caption,
  columns,
  rows,
  idOf,
  openId = null,
  onOpen,
  isTaken,
  changedIds,
}: DataTableProps<R>) => {
  const words = useWords()
  const hintId = useId()
  const body = useRef<HTMLTableSectionElement>(null)
  const openAt = rows.findIndex((row) => idOf(row) === openId)
  const press = (event: KeyboardEvent<HTMLTableRowElement>, at: number) => {
    if (event.target !== event.currentTarget) return
    const row = rows[at]
    if (event.key === 'Enter' && row !== undefined) onOpen?.(row)
    const next = rowAfter(event.key, at, rows.length)
    if (next === null && event.key !== 'Enter') return
    event.preventDefault()
    if (next !== null) body.current?.rows[next]?.focus()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <section className="table-frame" aria-label={caption} tabIndex={0}>
      <table className="table">
        <caption className="unseen">
          {caption} <span id={hintId}>{onOpen === undefined ? '' : words.ui.tableKeys}</span>
        </caption>
        <TableHead columns={columns} />
        <tbody ref={body}>
          {rows.map((row, at) => (
            <tr
              key={idOf(row)}
              tabIndex={onOpen === undefined ? undefined : at === Math.max(openAt, 0) ? 0 : -1}
              aria-current={idOf(row) === openId || undefined}
              className={`${onOpen === undefined ? '' : 'may-open'}${isTaken?.(row) === true ? ' taken' : ''}${changedIds?.has(idOf(row)) === true ? ' changed' : ''}`}
              onClick={onOpen === undefined ? undefined : () => onOpen(row)}
              onKeyDown={onOpen === undefined ? undefined : (event) => press(event, at)}
            >
              {columns.map((column) => (
                <td key={column.key} className={column.numeric === true ? 'numeric figures' : undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const TableHead = <R,>({ columns }: { columns: readonly Column<R>[] }) => (
  <thead>
    <tr>
      {columns.map(({ key, title, numeric, width }) => (
        <th
          key={key}
          scope="col"
          className={numeric === true ? 'numeric' : undefined}
          style={width === undefined ? undefined : { width }}
        >
          {title}
        </th>
      ))}
    </tr>
  </thead>
)
