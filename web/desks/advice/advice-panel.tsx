import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Chip, type ChipTone } from '../../ui/chip.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { usePick } from '../../words/language.tsx'
import './advice.css'
import { openApp } from './open-app.ts'
import { tellAdviser, useAdvice, type AdviceCard, type AdvicePanelProps, type Remark } from './use-advice.ts'
import { useAdviceWords } from './words.ts'

const toneOf: Record<AdviceCard['indicator'], ChipTone> = { info: 'calm', warning: 'warning', critical: 'danger' }

/**
 * What services of decision support say of what is about to be sent or booked, beside the form: it never holds the form up, and a service
 * that does not answer is only named.
 */
export const AdvicePanel = ({ question, onPlace }: AdvicePanelProps) => {
  const words = useAdviceWords()
  const pick = usePick()
  const { data, error, isFetching, refetch } = useAdvice(question)
  if (question === null) return null
  const again = (
    <Button small onClick={() => void refetch()}>
      {words.again}
    </Button>
  )
  return (
    <section className="advice stack tight" aria-label={words.title} aria-live="polite" aria-busy={isFetching}>
      <h3>{words.title}</h3>
      {isFetching && <p className="soft small">{words.asking}</p>}
      {!isFetching && error !== null && (
        <div className="along">
          <span className="soft small">{words.unanswered}</span> {again}
        </div>
      )}
      {data?.cards.map((card) => (
        <OneCard key={`${card.adviser} ${card.card}`} card={card} person={question.person} onPlace={onPlace} />
      ))}
      {!isFetching && data?.cards.length === 0 && data.failed.length === 0 && <p className="soft small">{words.none}</p>}
      {!isFetching && data !== undefined && data.failed.length > 0 && (
        <div className="along">
          <span className="soft small">{words.failed(data.failed.map(({ name }) => pick(name)).join('、'))}</span> {again}
        </div>
      )}
    </section>
  )
}

type OneCardProps = { card: AdviceCard; person: string; onPlace: AdvicePanelProps['onPlace'] }

const OneCard = ({ card, person, onPlace }: OneCardProps) => {
  const words = useAdviceWords()
  const [said, setSaid] = useState<string | null>(null)
  const [leaving, setLeaving] = useState(false)
  const remark = async (one: Remark) => {
    const isTold = await tellAdviser(card, one)
    setLeaving(false)
    setSaid(isTold ? (one.outcome === 'accepted' ? words.taken : words.left) : words.untold)
  }
  return (
    <article className={`advice-card ${card.indicator}`}>
      <p>
        <Chip tone={toneOf[card.indicator]}>{words.indicators[card.indicator]}</Chip> <strong>{card.summary}</strong>
      </p>
      {card.detail !== null && <p className="advice-detail small">{card.detail}</p>}
      <p className="soft small">
        {words.from}{' '}
        {card.source.url === null ? (
          card.source.label
        ) : (
          <a href={card.source.url} target="_blank" rel="noreferrer">
            {card.source.label}
          </a>
        )}
      </p>
      <Links card={card} person={person} />
      {said !== null ? (
        <p className="soft small">{said}</p>
      ) : leaving ? (
        <Leaving card={card} onSend={remark} onBack={() => setLeaving(false)} />
      ) : (
        <Choices card={card} onPlace={onPlace} onRemark={remark} onLeave={() => setLeaving(true)} />
      )}
    </article>
  )
}

const Links = ({ card, person }: { card: AdviceCard; person: string }) => {
  const words = useAdviceWords()
  const [fault, setFault] = useState<unknown>(null)
  if (card.links.length === 0) return null
  return (
    <div className="along">
      {card.links.map(({ label, url, app, appContext }) =>
        app === null ? (
          <a key={url} className="button small" href={url} target="_blank" rel="noreferrer">
            {label}
          </a>
        ) : (
          <Button key={url} small onClick={() => void openApp(app, person, appContext).catch(setFault)}>
            {words.open(label)}
          </Button>
        ),
      )}
      {fault !== null && <ErrorNote error={fault} />}
    </div>
  )
}

type ChoicesProps = {
  card: AdviceCard
  onPlace: AdvicePanelProps['onPlace']
  onRemark: (remark: Remark) => Promise<void>
  onLeave: () => void
}

/** Following a suggestion changes the form where it names a place of ours; anything else a person changes, and says so. */
const Choices = ({ card, onPlace, onRemark, onLeave }: ChoicesProps) => {
  const words = useAdviceWords()
  return (
    <div className="along">
      {card.suggestions.map(({ id, label, place }) => (
        <Button
          key={id}
          small
          onClick={() => {
            if (place !== null) onPlace?.(place)
            void onRemark({ outcome: 'accepted', suggestion: id })
          }}
        >
          {place !== null && onPlace !== undefined ? words.take(label) : words.takePlain(label)}
        </Button>
      ))}
      {card.suggestions.length === 0 && (
        <Button small onClick={() => void onRemark({ outcome: 'accepted' })}>
          {words.follow}
        </Button>
      )}
      <Button small onClick={onLeave}>
        {words.leave}
      </Button>
    </div>
  )
}

type LeavingProps = { card: AdviceCard; onSend: (remark: Remark) => Promise<void>; onBack: () => void }

const Leaving = ({ card, onSend, onBack }: LeavingProps) => {
  const words = useAdviceWords()
  const [code, setCode] = useState('')
  const [comment, setComment] = useState('')
  const [tried, setTried] = useState(false)
  const reason = card.reasons.find((one) => one.code === code)
  const isEmpty = reason === undefined && comment.trim() === ''
  const send = () => {
    setTried(true)
    if (isEmpty) return
    void onSend({
      outcome: 'overridden',
      ...(reason === undefined ? {} : { reason }),
      ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
    })
  }
  return (
    <div className="stack tight">
      {card.reasons.length > 0 && (
        <RadioCards
          label={words.why}
          choices={card.reasons.map((one) => ({ value: one.code, label: one.display }))}
          value={code}
          onChange={setCode}
        />
      )}
      <TextField
        label={words.comment}
        maxLength={500}
        error={tried && isEmpty ? words.reasonMissing : undefined}
        value={comment}
        onChange={setComment}
      />
      <div className="along">
        <Button small tone="primary" onClick={send}>
          {words.send}
        </Button>
        <Button small onClick={onBack}>
          {words.back}
        </Button>
      </div>
    </div>
  )
}
