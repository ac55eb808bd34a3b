import { useState } from 'react'
import type { Commands, Queries } from '../../api/api-types.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { REASON_WORDS } from '../../../src/modules/recognition/contract.ts'
import { REPEAT_REASONS } from '../../../src/modules/recognition/recognition.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox, RadioCards } from '../../ui/choice.tsx'
import { Chip } from '../../ui/chip.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useToast } from '../../ui/toast.tsx'
import { usePick } from '../../words/language.tsx'
import { OrderNote } from '../audit/order-note.tsx'
import { useRecognitionWords } from './words.ts'

type Asked = Queries['recognition.check']['input']
type Earlier = Queries['recognition.check']['answer']['recognisable'][number]
type Order = Commands['recognition.order']['input']
type Reason = NonNullable<Order['reason']>

/** Earlier results of an item: accepted, repeated with a reason, or ordered where there is none. */
export const FoundResults = ({ asked, onDone }: { asked: Asked; onDone: () => void }) => {
  const words = useRecognitionWords()
  const pick = usePick()
  const toast = useToast()
  const { data, error, refetch } = useApi('recognition.check', asked)
  const order = useCommand('recognition.order')
  const [repeats, setRepeats] = useState(false)
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined || data.item === null) return <Skeleton lines={4} />
  const { item, recognisable, others } = data
  const send = (more: Partial<Order>) =>
    void order.mutateAsync({ ...asked, ...more }).then(
      (answer) => {
        toast({ text: words.done[answer.decision](words.yuan(answer.savedFen)) })
        onDone()
      },
      () => undefined,
    )
  return (
    <div className="stack" aria-live="polite">
      <p className="soft small">
        {pick(item)} · {words.price(words.yuan(item.priceFen))} · {words.valid(item.daysValid)}
      </p>
      {recognisable.length > 0 && (
        <ul className="list" aria-label={words.recognisable}>
          {recognisable.map((one) => (
            <li key={one.reference} className="list-row">
              <EarlierResult one={one} />
              <div>
                <Button
                  small
                  tone="primary"
                  busy={order.isPending}
                  aria-label={words.acceptOf(one.title, words.age(one.ageDays ?? 0))}
                  onClick={() => send({ accept: one.reference })}
                >
                  {words.accept}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <details>
          <summary>{words.others(others.length)}</summary>
          <ul className="list">
            {others.map((one) => (
              <li key={one.reference} className="list-row">
                <EarlierResult one={one} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <OrderNote person={asked.person} line={{ item: asked.item, quantity: 1, priceFen: item.priceFen }} />
      {order.error !== null && <ErrorNote error={order.error} />}
      {recognisable.length === 0 && (
        <div>
          <Button tone="primary" busy={order.isPending} onClick={() => send({})}>
            {words.order}
          </Button>
        </div>
      )}
      {recognisable.length > 0 && !repeats && (
        <div>
          <Button onClick={() => setRepeats(true)}>{words.repeat}</Button>
        </div>
      )}
      {repeats && <RepeatForm busy={order.isPending} onSend={send} onClose={() => setRepeats(false)} />}
    </div>
  )
}

const EarlierResult = ({ one }: { one: Earlier }) => {
  const words = useRecognitionWords()
  const pick = usePick()
  return (
    <div className="stack tight">
      <span className="along">
        <strong>{one.title}</strong>
        {one.obstacles.length === 0 && <Chip tone="good">{words.recognisable}</Chip>}
        {one.mark !== null && <Chip tone="calm">{one.mark}</Chip>}
        {one.isInsideConsortium && <Chip>{words.inside}</Chip>}
      </span>
      <p className="soft small">
        {one.performer === null ? words.unknownMaker : pick(one.performer)}
        {one.ageDays !== null && ` · ${words.age(one.ageDays)}`}
        {one.site !== null && ` · ${one.site}`}
      </p>
      {one.value !== null && <p>{one.value}</p>}
      {one.obstacles.map((obstacle) => (
        <p key={obstacle.code} className="small">
          <Chip tone="warning">{pick(obstacle)}</Chip>
        </p>
      ))}
    </div>
  )
}

const RepeatForm = ({
  busy,
  onSend,
  onClose,
}: {
  busy: boolean
  onSend: (more: Partial<Order>) => void
  onClose: () => void
}) => {
  const words = useRecognitionWords()
  const pick = usePick()
  const [reason, setReason] = useState<Reason | ''>('')
  const [note, setNote] = useState('')
  const [told, setTold] = useState(false)
  const [tried, setTried] = useState(false)
  const send = () => {
    setTried(true)
    if (reason !== '') onSend({ reason, patientTold: told, ...(note.trim() === '' ? {} : { note: note.trim() }) })
  }
  return (
    <div className="stack">
      <RadioCards
        label={words.repeatWhy}
        required
        value={reason}
        onChange={setReason}
        choices={REPEAT_REASONS.map((value) => ({ value, label: pick(REASON_WORDS[value]) }))}
        error={tried && reason === '' ? words.reasonMissing : undefined}
      />
      <TextField label={words.note} hint={words.noteHint} maxLength={300} value={note} onChange={setNote} />
      <Checkbox label={words.told} checked={told} onChange={setTold} />
      <div className="along">
        <Button tone="primary" busy={busy} onClick={send}>
          {words.send}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </div>
  )
}
