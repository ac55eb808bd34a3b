import { useWordsOf } from '../../words/language.tsx'
import { OneHit } from './order-hits.tsx'
import { orderWords } from './order-words.ts'
import { useOrderCheck, type AskedLine } from './use-order-check.ts'

/** What the audit rules say of something that is ordered here and billed elsewhere; nothing where they object to nothing. */
export const OrderNote = ({ person, line }: { person: string; line: AskedLine }) => {
  const words = useWordsOf(orderWords)
  const check = useOrderCheck(person, [line], '')
  if (check.hits.length === 0) return null
  return (
    <section className="stack tight" aria-label={words.noteTitle}>
      <h3>{words.noteTitle}</h3>
      {check.hits.map((hit) => (
        <OneHit key={hit.rule} hit={hit} asksReason={false} check={check} tried={false} next={words.later[hit.effect]} />
      ))}
    </section>
  )
}
