import type { Commands } from '../../api/api-types.ts'
import { Chip } from '../../ui/chip.tsx'
import { List, PlainRow } from '../../ui/list.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { offlineWords } from './words.ts'

type ShownPromise = NonNullable<Commands['referral.send']['answer']['promise']>

/** What became of a unit that was promised while cut off; when it is gone, the nearest ones to call the person about. */
export const PromiseOutcome = ({ promise }: { promise: ShownPromise }) => {
  const { promise: words } = useWordsOf(offlineWords)
  const pick = usePick()
  if (promise.kept)
    return (
      <p className="along">
        <Chip tone="good">{words.kept}</Chip> <span>{words.keptWhy}</span>
      </p>
    )
  return (
    <div className="stack tight" role="alert">
      <p className="along">
        <Chip tone="danger">{words.lost}</Chip> <span>{words.lostWhy}</span>
      </p>
      {promise.alternatives.length > 0 && (
        <List label={words.alternatives}>
          {promise.alternatives.map((slot) => (
            <PlainRow
              key={slot.pool}
              title={formatInstant(slot.startsAt)}
              lines={slot.doctor === null ? '' : pick(slot.doctor)}
            />
          ))}
        </List>
      )}
    </div>
  )
}
