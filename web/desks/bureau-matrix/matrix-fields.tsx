import { Select } from '../../ui/field.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { usePick } from '../../words/language.tsx'
import type { Matrix } from './picture.ts'
import { useMatrixAddress, type useArea } from './use-area.ts'
import { useMatrixWords } from './words.ts'

const levelKeys = ['village', 'township', 'county', 'city', 'province'] as const

/** Which area is shown: a division, or the members of a consortium. */
export const AreaFields = ({ area }: { area: ReturnType<typeof useArea> }) => {
  const words = useMatrixWords()
  const pick = usePick()
  const isByConsortium = area.consortium !== ''
  const counties = [
    { value: area.prefecture.slice(0, 4), label: words.wholePrefecture },
    ...area.counties.map(({ code, zh }) => ({ value: code.slice(0, 6), label: zh })),
  ]
  return (
    <>
      <Select
        label={words.areaKind}
        choices={[
          { value: 'division', label: words.byDivision },
          { value: 'consortium', label: words.byConsortium, disabled: area.consortia.length === 0 },
        ]}
        value={isByConsortium ? 'consortium' : 'division'}
        onChange={(kind) => (kind === 'division' ? area.toFirstCounty() : area.toConsortium(area.consortia[0]?.id ?? ''))}
      />
      {isByConsortium ? (
        <div className="matrix-two">
          <Select
            label={words.consortium}
            choices={area.consortia.map(({ id, name }) => ({ value: id, label: pick(name) }))}
            value={area.consortium}
            onChange={area.toConsortium}
          />
        </div>
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
    </>
  )
}

const all = 'all'
const orAll = (value: string): string => (value === all ? '' : value)

/** What of the matrix is shown: which columns, one specialty or level, conditions by name. */
export const MatrixFilters = ({ matrix }: { matrix: Matrix | undefined }) => {
  const words = useMatrixWords()
  const pick = usePick()
  const { get, set } = useMatrixAddress()
  const used = new Set(matrix?.rows.map(({ specialty }) => specialty))
  return (
    <>
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
      <div className="matrix-wide-only">
        <Select
          label={words.level}
          choices={[
            { value: all, label: words.allLevels },
            ...levelKeys
              .filter((level) => matrix?.columns.some((column) => column.level === level))
              .map((level) => ({ value: level as string, label: words.levels[level] })),
          ]}
          value={get('level') || all}
          onChange={(value) => set({ level: orAll(value) })}
        />
      </div>
      <Select
        label={words.specialty}
        choices={[
          { value: all, label: words.allSpecialties },
          ...(matrix?.specialties ?? [])
            .filter(({ code }) => used.has(code))
            .map((one) => ({ value: one.code, label: `${one.printed} ${pick(one)}` })),
        ]}
        value={get('specialty') || all}
        onChange={(value) => set({ specialty: orAll(value) })}
      />
      <div className="matrix-search">
        <SearchBox label={words.search} placeholder={words.searchHint} value={get('find')} onChange={(find) => set({ find })} />
      </div>
    </>
  )
}
