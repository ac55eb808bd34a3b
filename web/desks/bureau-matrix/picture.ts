import type { Queries } from '../../api/api-types.ts'

export type Matrix = Queries['navigation.matrix']['answer']
export type MatrixRow = Matrix['rows'][number]
export type MatrixColumn = Matrix['columns'][number]
export type State = Matrix['kinds'][number]['state']

export const states = ['covered', 'thin', 'leaking', 'empty', 'beyond'] as const satisfies readonly State[]

/** What stands in a cell beside its colour, so that nothing hangs on colour alone. */
export const glyphOf: Readonly<Record<State, string>> = { covered: '●', thin: '◐', leaking: '↗', empty: '○', beyond: '–' }

export type Filter = {
  readonly specialty: string
  readonly state: State | ''
  readonly text: string
}

/** The state of a row in a column by its place in the list; −1 is the whole area. */
export const stateAt = (matrix: Matrix, row: MatrixRow, column: number): State =>
  matrix.kinds[column < 0 ? row.area : (row.cells[column] ?? row.area)]?.state ?? 'beyond'

/** Rows that fit a filter; a state is looked for in some columns, −1 being the whole area. */
export const rowsFor = (matrix: Matrix, { specialty, state, text }: Filter, where: readonly number[]): MatrixRow[] => {
  const asked = text.trim().toLowerCase()
  return matrix.rows.filter(
    (row) =>
      (specialty === '' || row.specialty === specialty) &&
      (asked === '' || row.name.zh.includes(asked) || row.name.en?.toLowerCase().includes(asked)) &&
      (state === '' || where.some((column) => stateAt(matrix, row, column) === state)),
  )
}

/** How far one specialty is covered in a column: of the conditions owed there, how many, and the state that most others have. */
export type Coverage = {
  readonly covered: number
  readonly owed: number
  readonly state: State
  readonly counts: Readonly<Record<State, number>>
}

export const coverageOf = (matrix: Matrix, rows: readonly MatrixRow[], column: number): Coverage => {
  const counts: Record<State, number> = { covered: 0, thin: 0, leaking: 0, empty: 0, beyond: 0 }
  for (const row of rows) counts[stateAt(matrix, row, column)] += 1
  const owed = rows.length - counts.beyond
  if (owed === 0) return { covered: 0, owed, state: 'beyond', counts }
  // Half covered is covered; else the commonest gap, of equals the worse one.
  if (counts.covered * 2 >= owed) return { covered: counts.covered, owed, state: 'covered', counts }
  const worst = (['empty', 'leaking', 'thin'] as const).toSorted((a, b) => counts[b] - counts[a])[0] ?? 'thin'
  return { covered: counts.covered, owed, state: worst, counts }
}

/** Places of the columns to show for a level. */
export const columnsFor = (matrix: Matrix, level: string): number[] =>
  matrix.columns.flatMap((column, at) => (level === '' || column.level === level ? [at] : []))
