import { usePick } from '../../words/language.tsx'
import { glyphOf, stateAt, type Matrix, type MatrixRow } from './picture.ts'
import { useMatrixWords } from './words.ts'

/** The matrix on a phone: specialty by specialty a list of conditions, each with the area's state and a mark for each level. */
export const ConditionList = ({
  matrix,
  rows,
  onOpen,
}: {
  matrix: Matrix
  rows: readonly MatrixRow[]
  onOpen: (condition: string, column: string) => void
}) => {
  const words = useMatrixWords()
  const pick = usePick()
  return (
    <div className="stack">
      {[...Map.groupBy(rows, ({ specialty }) => specialty)].map(([code, list]) => {
        const specialty = matrix.specialties.find((one) => one.code === code)
        return (
          <section key={code} className="stack tight" aria-label={specialty ? pick(specialty) : code}>
            <h2 className="matrix-section">
              {specialty ? pick(specialty) : code} <span className="soft small figures">{specialty?.printed}</span>
            </h2>
            <ul className="matrix-list">
              {list.map((row) => {
                const state = stateAt(matrix, row, -1)
                return (
                  <li key={row.condition}>
                    <button type="button" onClick={() => onOpen(row.condition, 'area')}>
                      <span className="matrix-list-name">{pick(row.name)}</span>
                      <span className={`matrix-mark named ${state}`}>
                        <span aria-hidden="true">{glyphOf[state]}</span> {words.states[state]}
                      </span>
                      <span className="matrix-levels small soft">
                        {matrix.columns.map(({ key, level }, at) => (
                          <span key={key}>
                            {words.levels[level]} <span aria-hidden="true">{glyphOf[stateAt(matrix, row, at)]}</span>
                            <span className="unseen">{words.states[stateAt(matrix, row, at)]}</span>
                          </span>
                        ))}
                      </span>
                    </button>
                  </li>
                )
              })}
            </ul>
          </section>
        )
      })}
    </div>
  )
}
