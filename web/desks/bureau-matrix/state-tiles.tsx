import { glyphOf, states, type State } from './picture.ts'
import { useMatrixWords } from './words.ts'

/**
 * The five states with how many conditions are in each: the legend of the picture, its sum, and the way to see only one of them.
 * Pressed again, all are shown.
 */
export const StateTiles = ({
  title,
  counts,
  chosen,
  onChoose,
}: {
  title: string
  counts: Readonly<Record<State, number>>
  chosen: State | ''
  onChoose: (state: State | '') => void
}) => {
  const words = useMatrixWords()
  return (
    <section className="stack tight" aria-label={words.legend}>
      <p className="soft small figures">{title}</p>
      <ul className="matrix-tiles">
        {states.map((state) => (
          <li key={state}>
            <button
              type="button"
              className={`matrix-tile ${state}`}
              aria-pressed={chosen === state}
              onClick={() => onChoose(chosen === state ? '' : state)}
            >
              <span className={`matrix-mark ${state}`} aria-hidden="true">
                {glyphOf[state]}
              </span>
              <span className="matrix-tile-name">{words.states[state]}</span>
              <span className="matrix-tile-count figures">{counts[state]}</span>
              <span className="matrix-tile-note soft small">{words.stateNotes[state]}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
