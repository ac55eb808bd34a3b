import { useLanguage } from '../../words/language.tsx'
import { returnReason } from '../return-reasons.ts'

/** What was said at a step: the coded reason of a return in words, and what was written beside it. */
export const SaidReason = ({ why, reason }: { why: string | null; reason: string | null }) => {
  const coded = returnReason(why, useLanguage())
  if (coded === null && reason === null) return null
  return (
    <span className="said-why">
      {coded !== null && <strong>{coded}</strong>}
      {reason !== null && <span>{reason}</span>}
    </span>
  )
}
