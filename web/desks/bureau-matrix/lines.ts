import type { Line } from './heat-map.tsx'
import { coverageOf, glyphOf, stateAt, type Coverage, type Matrix, type MatrixRow, type State } from './picture.ts'
import type { MatrixWords } from './zh.ts'

type Pick = (words: { readonly zh: string; readonly en: string | null }) => string

/** One line for each specialty: how many of the conditions owed are covered, and the shares of the others. */
export const overviewLines = (
  matrix: Matrix,
  rows: readonly MatrixRow[],
  shown: readonly number[],
  words: MatrixWords,
  pick: Pick,
): Line[] =>
  [...Map.groupBy(rows, ({ specialty }) => specialty)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, of]) => {
      const specialty = matrix.specialties.find((one) => one.code === code)
      const name = specialty ? pick(specialty) : code
      return {
        key: code,
        name,
        note: specialty?.printed ?? '',
        cells: [-1, ...shown].map((at) => {
          const coverage = coverageOf(matrix, of, at)
          const { covered, owed, state } = coverage
          return {
            state,
            text: state === 'beyond' ? glyphOf.beyond : words.covered(covered, owed),
            says: (column: string) => words.overviewCell(name, column, covered, owed),
            bar: owed === 0 ? null : barOf(coverage),
          }
        }),
      }
    })

const barColours = [
  ['covered', 'var(--good-ink)'],
  ['thin', 'var(--matrix-thin)'],
  ['leaking', 'var(--calm-ink)'],
  ['empty', 'var(--danger-ink)'],
] as const satisfies readonly (readonly [State, string])[]

/** The shares of a specialty's conditions by state, from left to right, as a background. */
const barOf = ({ counts, owed }: Coverage): string => {
  let from = 0
  const stops = barColours.map(([state, colour]) => {
    const until = from + (counts[state] / owed) * 100
    const stop = `${colour} ${from.toFixed(1)}% ${until.toFixed(1)}%`
    from = until
    return stop
  })
  return `linear-gradient(to right, ${stops.join(', ')})`
}

/** One line for each condition. The area's cell says how many of a leaking condition's cases are treated outside. */
export const conditionLines = (
  matrix: Matrix,
  rows: readonly MatrixRow[],
  shown: readonly number[],
  words: MatrixWords,
  pick: Pick,
): Line[] =>
  rows.map((row) => {
    const name = pick(row.name)
    return {
      key: row.condition,
      name,
      note: words.lowest(words.levels[row.lowestTier]),
      cells: [-1, ...shown].map((at) => {
        const state = stateAt(matrix, row, at)
        const isOutflow = at === -1 && state === 'leaking' && row.cases > 0
        const share = isOutflow ? words.percent(Math.round((row.outside * 100) / row.cases)) : ''
        return {
          state,
          text: `${glyphOf[state]}${share}`,
          says: isOutflow ? (column: string) => words.leakCell(name, column, row.outside, row.cases) : null,
          bar: null,
        }
      }),
    }
  })
