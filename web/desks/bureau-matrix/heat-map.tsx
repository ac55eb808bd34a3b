import { memo, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react'
import { usePick } from '../../words/language.tsx'
import type { MatrixColumn, State } from './picture.ts'
import { useMatrixWords } from './words.ts'

export type LineCell = {
  readonly state: State
  readonly text: string
  /** What the cell is called; null for its row, column and state. */
  readonly says: ((column: string) => string) | null
  /** A background for the strip along its foot. */
  readonly bar: string | null
}
/** One row: its name, a note under it, and its cells, the whole area first. */
export type Line = { readonly key: string; readonly name: string; readonly note: string; readonly cells: readonly LineCell[] }

type Step = (row: number, column: number, rows: number, columns: number) => readonly [number, number]
const steps: Readonly<Record<string, Step>> = {
  ArrowDown: (row, column, rows) => [Math.min(rows - 1, row + 1), column],
  ArrowUp: (row, column) => [Math.max(0, row - 1), column],
  ArrowRight: (row, column, _rows, columns) => [row, Math.min(columns - 1, column + 1)],
  ArrowLeft: (row, column) => [row, Math.max(0, column - 1)],
  Home: (row) => [row, 0],
  End: (row, _column, _rows, columns) => [row, columns - 1],
  PageDown: (row, column, rows) => [Math.min(rows - 1, row + 10), column],
  PageUp: (row, column) => [Math.max(0, row - 10), column],
}

/**
 * A table of coloured cells with heads that stay in sight. One cell at a time can be reached by Tab; arrow keys, Home, End and the page
 * keys move, Enter opens. `onOpen` gets the row's key and the column's: `area`, or that of a place or level.
 */
export const HeatMap = ({
  caption,
  head,
  areaName,
  columns,
  lines,
  onOpen,
}: {
  caption: string
  head: string
  /** Left out of the names of places that begin with it. */
  areaName: string
  columns: readonly MatrixColumn[]
  lines: readonly Line[]
  onOpen: (row: string, column: string) => void
}) => {
  const words = useMatrixWords()
  const pick = usePick()
  const body = useRef<HTMLTableSectionElement>(null)
  const [at, setAt] = useState<readonly [number, number]>([0, 0])
  const keys = ['area', ...columns.map(({ key }) => key)]
  const names = [
    words.areaColumn,
    ...columns.map(({ name, level, places }) => (name ? pick(name) : `${words.levels[level]} ${words.places(places)}`)),
  ]
  const here: readonly [number, number] = [Math.min(at[0], lines.length - 1), Math.min(at[1], keys.length - 1)]
  const press = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      onOpen(lines[here[0]]?.key ?? '', keys[here[1]] ?? 'area')
      return
    }
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    const next = step(here[0], here[1], lines.length, keys.length)
    setAt(next)
    // The first cell of a row is its head.
    body.current?.rows[next[0]]?.cells[next[1] + 1]?.focus()
  }
  const openAt = (row: number, column: number) => {
    setAt([row, column])
    onOpen(lines[row]?.key ?? '', keys[column] ?? 'area')
  }
  return (
    <div className="matrix-frame">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table whose cells are reached by arrow keys is a grid */}
      <table role="grid" className="matrix-table" aria-label={`${caption}。${words.keys}`}>
        <thead>
          <tr className="matrix-groups">
            <th scope="col" rowSpan={2}>
              {head}
            </th>
            <th scope="col" rowSpan={2} className="matrix-column whole">
              <span>{words.areaColumn}</span>
            </th>
            {groupsOf(columns).map(({ level, count }) => (
              <th key={level} scope="colgroup" colSpan={count}>
                <span>{words.levels[level]}</span>
              </th>
            ))}
          </tr>
          <tr>
            {names.slice(1).map((name, index) => (
              <th key={keys[index + 1]} scope="col" className="matrix-column" title={name}>
                <span>{columns[index]?.name ? shortName(name, areaName) : words.places(columns[index]?.places ?? 0)}</span>
              </th>
            ))}
          </tr>
        </thead>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hears the keys of all its cells */}
        <tbody ref={body} onKeyDown={press}>
          {lines.map((line, row) => (
            <HeatRow
              key={line.key}
              line={line}
              row={row}
              names={names}
              focusAt={row === here[0] ? here[1] : -1}
              onOpen={openAt}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Neighbouring columns of one level, under one head. */
const groupsOf = (columns: readonly MatrixColumn[]): { level: MatrixColumn['level']; count: number }[] => {
  const groups: { level: MatrixColumn['level']; count: number }[] = []
  for (const { level } of columns) {
    const last = groups.at(-1)
    if (last?.level === level) last.count += 1
    else groups.push({ level, count: 1 })
  }
  return groups
}

/** A place without its mark of the demo, which every name bears, and without the name of the area, which stands above the table. */
const shortName = (name: string, areaName: string): string => {
  const plain = name.replace(/\(演示\)| \(demo\)/, '')
  return plain.startsWith(areaName) ? plain.slice(areaName.length) : plain
}

type RowProps = {
  line: Line
  row: number
  names: readonly string[]
  focusAt: number
  onOpen: (row: number, column: number) => void
}

const HeatRow = memo(
  ({ line, row, names, focusAt, onOpen }: RowProps) => {
    const words = useMatrixWords()
    return (
      <tr>
        <th scope="row">
          <span className="matrix-name">{line.name}</span> <span className="soft small">{line.note}</span>
        </th>
        {line.cells.map(({ state, text, says, bar }, column) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the table body hears the keys of all its cells
          <td
            key={names[column]}
            tabIndex={column === focusAt ? 0 : -1}
            className={`matrix-cell ${state}${column === 0 ? ' whole' : ''}${bar === null ? '' : ' barred'}`}
            aria-label={
              says === null ? words.cell(line.name, names[column] ?? '', words.states[state]) : says(names[column] ?? '')
            }
            onClick={() => onOpen(row, column)}
            data-mark={text}
            style={bar === null ? undefined : ({ '--bar': bar } as CSSProperties)}
          />
        ))}
      </tr>
    )
  },
  (before, after) => before.line === after.line && before.focusAt === after.focusAt && before.names.length === after.names.length,
)
