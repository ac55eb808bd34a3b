import { useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import { Page } from '../../shell/desk-frame.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select } from '../../ui/field.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import { CellPanel } from './cell-panel.tsx'
import { ConditionList } from './condition-list.tsx'
import { HeatMap, type Line } from './heat-map.tsx'
import './matrix.css'
import { columnsFor, coverageOf, glyphOf, rowsFor, stateAt, states, type Matrix, type State } from './picture.ts'
import { useArea, useMatrixAddress } from './use-area.ts'
import { useWide } from './use-wide.ts'
import { useMatrixWords } from './words.ts'

const levelKeys = ['village', 'township', 'county', 'city', 'province'] as const

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
        <span className="not-printed">
          <Button onClick={() => window.print()}>{words.print}</Button>
        </span>
      }
    >
      <AreaFields area={area} />
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

const AreaFields = ({ area }: { area: ReturnType<typeof useArea> }) => {
  const words = useMatrixWords()
  const pick = usePick()
  const { get, set } = useMatrixAddress()
  const isByConsortium = area.consortium !== ''
  const counties = [
    { value: area.prefecture.slice(0, 4), label: words.wholePrefecture },
    ...area.counties.map(({ code, zh }) => ({ value: code.slice(0, 6), label: zh })),
  ]
  return (
    <div className="matrix-fields not-printed">
      <Select
        label={words.areaKind}
        choices={[
          { value: 'division', label: words.byDivision },
          { value: 'consortium', label: words.byConsortium },
        ]}
        value={isByConsortium ? 'consortium' : 'division'}
        onChange={(kind) => (kind === 'division' ? area.toDivision('430321') : area.toConsortium(area.consortia[0]?.id ?? ''))}
      />
      {isByConsortium ? (
        <Select
          label={words.consortium}
          choices={area.consortia.map(({ id, name }) => ({ value: id, label: pick(name) }))}
          value={area.consortium}
          onChange={area.toConsortium}
        />
      ) : (
        <>
          <Select
            label={words.prefecture}
            choices={area.prefectures.map(({ code, zh }) => ({ value: code, label: zh }))}
            value={area.prefecture}
            onChange={(code) => area.toDivision(code.slice(0, 4))}
          />
          <Select label={words.county} choices={counties} value={area.division.slice(0, 6)} onChange={area.toDivision} />
        </>
      )}
      <div className="matrix-wide-only">
        <Select
          label={words.columns}
          choices={[
            { value: 'places', label: words.byPlaces },
            { value: 'levels', label: words.byLevels },
          ]}
          value={get('columns') === 'levels' ? 'levels' : 'places'}
          onChange={(kind) => set({ columns: kind === 'levels' ? 'levels' : '' })}
        />
      </div>
    </div>
  )
}

/** How many rows are drawn at first, and how many more each time: a table of six hundred rows is slow to draw and slower to read. */
const rowsAtOnce = 60

const Picture = ({ matrix, isWide }: { matrix: Matrix; isWide: boolean }) => {
  const words = useMatrixWords()
  const pick = usePick()
  const { get, set } = useMatrixAddress()
  const [most, setMost] = useState(rowsAtOnce)
  const filter = {
    specialty: get('specialty'),
    state: states.find((one) => one === get('state')) ?? ('' as const),
    text: get('find'),
  }
  const shown = columnsFor(matrix, get('level'))
  const isOverview = filter.specialty === '' && filter.state === '' && filter.text.trim() === ''
  const rows = rowsFor(matrix, filter, shown)
  const areaName = pick(matrix.area.name)
  const open = (condition: string, column: string) => set({ cell: `${condition}|${column}` })
  return (
    <div className="stack matrix-picture">
      <Filters matrix={matrix} />
      <Legend />
      <p className="soft small figures">{words.summary(rows.length, matrix.area.institutions, matrix.day)}</p>
      {rows.length === 0 ? (
        <EmptyState
          kind="filtered"
          title={words.none}
          why={words.noneWhy}
          action={<Button onClick={() => set({ specialty: '', state: '', find: '', level: '' })}>{words.clear}</Button>}
        />
      ) : !isWide ? (
        <ConditionList matrix={matrix} rows={rows.slice(0, most)} onOpen={open} />
      ) : isOverview ? (
        <>
          <p className="soft small">{words.overviewHint}</p>
          <HeatMap
            caption={words.overviewCaption(areaName)}
            head={words.specialtyHead}
            columns={shown.map((at) => matrix.columns[at]!)}
            lines={overviewLines(matrix, shown, words.overviewCell, words.covered, pick)}
            onOpen={(specialty) => set({ specialty })}
          />
        </>
      ) : (
        <HeatMap
          caption={words.rowsCaption(areaName)}
          head={words.conditionHead}
          columns={shown.map((at) => matrix.columns[at]!)}
          lines={rows.slice(0, most).map((row) => ({
            key: row.condition,
            name: pick(row.name),
            note: words.lowest(words.levels[row.lowestTier]),
            cells: [-1, ...shown].map((at) => cellOf(stateAt(matrix, row, at))),
          }))}
          onOpen={open}
        />
      )}
      {(!isOverview || !isWide) && rows.length > most && (
        <Button onClick={() => setMost(most + rowsAtOnce)}>{words.more(rows.length - most)}</Button>
      )}
    </div>
  )
}

const cellOf = (state: State) => ({ state, text: glyphOf[state], says: null })

const overviewLines = (
  matrix: Matrix,
  shown: readonly number[],
  says: (row: string, column: string, covered: number, all: number) => string,
  figure: (covered: number, all: number) => string,
  pick: ReturnType<typeof usePick>,
): Line[] =>
  [...Map.groupBy(matrix.rows, ({ specialty }) => specialty)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, rows]) => {
      const specialty = matrix.specialties.find((one) => one.code === code)
      const name = specialty ? pick(specialty) : code
      return {
        key: code,
        name,
        note: specialty?.printed ?? '',
        cells: [-1, ...shown].map((at) => {
          const { covered, owed, state } = coverageOf(matrix, rows, at)
          return {
            state,
            text: state === 'beyond' ? glyphOf.beyond : figure(covered, owed),
            says: (column: string) => says(name, column, covered, owed),
          }
        }),
      }
    })

const Filters = ({ matrix }: { matrix: Matrix }) => {
  const words = useMatrixWords()
  const pick = usePick()
  const { get, set } = useMatrixAddress()
  const used = new Set(matrix.rows.map(({ specialty }) => specialty))
  const all = 'all'
  const orAll = (value: string): string => (value === all ? '' : value)
  return (
    <div className="matrix-fields not-printed">
      <Select
        label={words.specialty}
        choices={[
          { value: all, label: words.allSpecialties },
          ...matrix.specialties
            .filter(({ code }) => used.has(code))
            .map((one) => ({ value: one.code, label: `${one.printed} ${pick(one)}` })),
        ]}
        value={get('specialty') || all}
        onChange={(value) => set({ specialty: orAll(value) })}
      />
      <Select
        label={words.state}
        choices={[
          { value: all, label: words.allStates },
          ...states.map((state) => ({ value: state as string, label: `${glyphOf[state]} ${words.states[state]}` })),
        ]}
        value={get('state') || all}
        onChange={(value) => set({ state: orAll(value) })}
      />
      <div className="matrix-wide-only">
        <Select
          label={words.level}
          choices={[
            { value: all, label: words.allLevels },
            ...levelKeys
              .filter((level) => matrix.columns.some((column) => column.level === level))
              .map((level) => ({ value: level as string, label: words.levels[level] })),
          ]}
          value={get('level') || all}
          onChange={(value) => set({ level: orAll(value) })}
        />
      </div>
      <div className="matrix-search">
        <SearchBox label={words.search} placeholder={words.searchHint} value={get('find')} onChange={(find) => set({ find })} />
      </div>
    </div>
  )
}

const Legend = () => {
  const words = useMatrixWords()
  return (
    <ul className="matrix-legend" aria-label={words.legend}>
      {states.map((state) => (
        <li key={state}>
          <span className={`matrix-mark ${state}`} aria-hidden="true">
            {glyphOf[state]}
          </span>
          <span>
            <b>{words.states[state]}</b> <span className="soft small">{words.stateNotes[state]}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
