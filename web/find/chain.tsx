import { Icon } from '../ui/icon.tsx'
import { usePick, useWordsOf } from '../words/language.tsx'
import { findWords } from './find-words.ts'
import type { Found } from './use-places.ts'

/** Against the clock: where first, and, where that place cannot do the best treatment, where then; each with its minutes from now. */
export const Chain = ({ chain: { steps, rule } }: { chain: NonNullable<Found['chain']> }) => {
  const words = useWordsOf(findWords)
  const pick = usePick()
  return (
    <section className="rescue-chain stack tight" aria-label={words.chain}>
      <h3>{words.chain}</h3>
      <ol>
        {steps.map((step) => (
          <li key={`${step.institution.id}-${step.capability.key}`}>
            <strong>{pick(step.institution.name)}</strong>
            <span className="rescue-what">
              <Icon name="clock" /> {pick(step)}
            </span>
          </li>
        ))}
      </ol>
      <p className="small">{pick(rule)}</p>
    </section>
  )
}
