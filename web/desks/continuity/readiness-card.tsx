import type { ShownReadiness } from '../../../src/modules/continuity/contract.ts'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { usePick } from '../../words/language.tsx'
import './continuity.css'
import { useContinuityWords } from './words.ts'

type Item = ShownReadiness['items'][number]
type Answer = 'asked' | 'ready' | 'not-ready' | 'ended'

/** What a question has come to, in one word. */
export const answerOf = ({ state, isReady }: ShownReadiness): Answer =>
  state === 'answered' ? (isReady ? 'ready' : 'not-ready') : state

const looks: Record<Answer, { tone: ChipTone; icon: IconName }> = {
  asked: { tone: 'warning', icon: 'clock' },
  ready: { tone: 'good', icon: 'check' },
  'not-ready': { tone: 'danger', icon: 'cross' },
  ended: { tone: 'quiet', icon: 'record' },
}

/** A question of readiness: to whom, its state, and each item with its answer. */
export const ReadinessCard = ({ question }: { question: ShownReadiness }) => {
  const { readiness: words } = useContinuityWords()
  const pick = usePick()
  const answer = answerOf(question)
  return (
    <div className="stack tight" data-readiness={question.id}>
      <div className="along apart">
        <span>
          <strong>{words.to(pick(question.receiver.name))}</strong>{' '}
          <span className="soft small">{`${words.askedBy(pick(question.asker.name))} · ${formatInstant(question.askedAt)}`}</span>
        </span>
        <span className="along">
          <Chip {...looks[answer]}>{words.states[answer]}</Chip>
          {question.escalations > 0 && <Chip tone="danger">{words.late(question.escalations)}</Chip>}
          {question.dueAt !== null && <Countdown until={question.dueAt} soonMinutes={240} />}
        </span>
      </div>
      <ul className="need-list">
        {question.items.map((item) => (
          <li key={item.id} className="criterion-head">
            <span>
              {pick(item.words)} <span className="soft small">{words.kinds[item.kind]}</span>
            </span>
            <ItemAnswer item={item} />
          </li>
        ))}
      </ul>
      {question.note !== null && question.note !== '' && <p className="soft">{question.note}</p>}
      {question.answeredBy !== null && question.answeredAt !== null && (
        <p className="soft small">{`${pick(question.answeredBy)} · ${formatInstant(question.answeredAt)}`}</p>
      )}
    </div>
  )
}

const ItemAnswer = ({ item }: { item: Item }) => {
  const { readiness: words } = useContinuityWords()
  const pick = usePick()
  if (item.answer === null) return <Chip tone="warning">{words.open}</Chip>
  if (item.answer === 'there')
    return (
      <span className="along">
        {item.knownFrom !== null && <span className="soft small">{words.by(pick(item.knownFrom))}</span>}
        <Chip tone="good">{words.there}</Chip>
      </span>
    )
  const { supply } = item
  return (
    <span className="along">
      {supply !== null && (
        <span className="small">
          {[words.supply[supply.by], supply.on === null ? null : words.until(supply.on)].filter(Boolean).join(' · ')}
        </span>
      )}
      <Chip tone={supply === null || supply.by === 'nobody' ? 'danger' : 'calm'}>{words.missing}</Chip>
    </span>
  )
}
