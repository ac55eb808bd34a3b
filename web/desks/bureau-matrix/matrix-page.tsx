import { useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import { CellPanel } from './cell-panel.tsx'
import { ConditionList } from './condition-list.tsx'
import { HeatMap } from './heat-map.tsx'
import { conditionLines, overviewLines } from './lines.ts'
import './matrix.css'
import { AreaFields, MatrixFilters } from './matrix-fields.tsx'
import { columnsFor, rowsFor, states, type Matrix, type State } from './picture.ts'
import { StateTiles } from './state-tiles.tsx'
import { useArea, useMatrixAddress } from './use-area.ts'
import { useWide } from './use-wide.ts'
import { useMatrixWords } from './words.ts'

/** The planner's picture of a region: conditions against places, coloured and marked by what each can do, each cell open to a click. */
export const MatrixPage = () => {
  const words = useMatrixWords()
  const area = useArea()
  const { get, set } = useMatrixAddress()
  const isWide = useWide()
  const columns = get('columns') === 'levels' || !isWide ? 'levels' : 'places'
  const asked = useApi('navigation.matrix', { ...area.asked, columns }, { enabled: area.asked !== null })
  const matrix = asked.data
  const [condition = '', column = ''] = get('cell').split('|')
  return (
    <Page
      title={words.title}
      lead={words.lead}
      acts={
        <span className="not-printed matrix-wide-only">
          <Button onClick={() => window.print()}>{words.print}</Button>
        </span>
      }
    >
      <div className="matrix-fields not-printed">
        <AreaFields area={area} />
        <MatrixFilters matrix={matrix} />
      </div>
      {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {matrix === undefined ? asked.error === null && <Skeleton lines={10} /> : <Picture matrix={matrix} isWide={isWide} />}
      {matrix !== undefined && area.asked !== null && condition !== '' && (
        <CellPanel
          area={area.asked}
          condition={condition}
          column={column || 'area'}
          matrix={matrix}
          onClose={() => set({ cell: '' })}
        />
      )}
    </Page>
  )
}

/** How many rows are drawn at first, and how many more each time: a table of six hundred rows is slow to draw and slower to read. */
const rowsAtOnce = 60

const Picture = ({ matrix, isWide }: { matrix: Matrix; isWide: boolean }) => {
  const words = useMatrixWords()
  const { get, set } = useMatrixAddress()
  const [most, setMost] = useState(rowsAtOnce)
  const state = states.find((one) => one === get('state')) ?? ''
  const filter = { specialty: get('specialty'), text: get('find') }
  const shown = columnsFor(matrix, get('level'))
  // A state is looked for in the area as a whole, or in the places of the level that was chosen.
  const where = get('level') === '' ? [-1] : shown
  const found = rowsFor(matrix, { ...filter, state: '' }, where)
  const counts = Object.fromEntries(
    states.map((one) => [one, rowsFor(matrix, { ...filter, state: one }, where).length]),
  ) as Record<State, number>
  const rows = rowsFor(matrix, { ...filter, state }, where)
  const isOverview = filter.specialty === '' && state === '' && filter.text.trim() === ''
  const isCut = (!isOverview || !isWide) && rows.length > most
  return (
    <div className="stack matrix-picture">
      <StateTiles
        title={words.summary(found.length, matrix.area.institutions, matrix.day)}
        counts={counts}
        chosen={state}
        onChoose={(one) => set({ state: one })}
      />
      {rows.length === 0 ? (
        <EmptyState
          kind="filtered"
          title={words.none}
          why={words.noneWhy}
          action={<Button onClick={() => set({ specialty: '', state: '', find: '', level: '' })}>{words.clear}</Button>}
        />
      ) : isWide ? (
        <Table matrix={matrix} rows={isOverview ? rows : rows.slice(0, most)} shown={shown} isOverview={isOverview} />
      ) : (
        <ConditionList
          matrix={matrix}
          rows={rows.slice(0, most)}
          onOpen={(condition, column) => set({ cell: `${condition}|${column}` })}
        />
      )}
      {isCut && <Button onClick={() => setMost(most + rowsAtOnce)}>{words.more(rows.length - most)}</Button>}
    </div>
  )
}

const Table = ({
  matrix,
  rows,
  shown,
  isOverview,
}: {
  matrix: Matrix
  rows: Matrix['rows']
  shown: readonly number[]
  isOverview: boolean
}) => {
  const words = useMatrixWords()
  const pick = usePick()
  const { get, set } = useMatrixAddress()
  const areaName = pick(matrix.area.name)
  const lines = (isOverview ? overviewLines : conditionLines)(matrix, rows, shown, words, pick)
  return (
    <>
      <p className="soft small along not-printed">
        {!isOverview && get('specialty') !== '' && (
          <Button small icon="back" onClick={() => set({ specialty: '' })}>
            {words.allSpecialties}
          </Button>
        )}
        <span>{isOverview ? words.overviewHint : words.rowsHint}</span>
      </p>
      <HeatMap
        caption={(isOverview ? words.overviewCaption : words.rowsCaption)(areaName)}
        head={isOverview ? words.specialtyHead : words.conditionHead}
        areaName={areaName}
        columns={shown.map((at) => matrix.columns[at]!)}
        lines={lines}
        onOpen={(key, column) => set(isOverview ? { specialty: key } : { cell: `${key}|${column}` })}
      />
    </>
  )
}
