import { readQrText } from '../../../../src/modules/health-card/health-card.ts'
import { useRef, useState, type FormEvent } from 'react'
import { useApi, useCommand } from '../../../api/use-api.ts'
import type { Queries } from '../../../api/api-types.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextField } from '../../../ui/field.tsx'
import { List, PlainRow } from '../../../ui/list.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { usePick, useWordsOf } from '../../../words/language.tsx'
import { timeOfDay } from '../../referral-desk/times.ts'
import { queueWords } from './queue-words.ts'
import { ticketNumber } from './ticket-number.ts'

/** By what was typed, or by whom the scanned e-health card is. */
type Asked = { text: string } | { person: string }
type Arrival = Queries['booking.find-arrival']['answer']['arrivals'][number]

/** Finds a booking of today by what a scanner, a card reader or a person types, and checks it in. */
export const CheckInBox = ({ onDone }: { onDone: (queue: string) => void }) => {
  const { checkIn: words } = useWordsOf(queueWords)
  const [text, setText] = useState('')
  const [asked, setAsked] = useState<Asked | null>(null)
  const scan = useCommand('health-card.scan')
  const form = useRef<HTMLFormElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const plain = text.trim()
    if (plain === '') return setAsked(null)
    if (readQrText(plain) === null) return setAsked({ text: plain })
    // A dynamic code counts once: what was scanned leaves the field at once.
    setText('')
    setAsked(null)
    scan.mutate({ text: plain, scene: 'registration' }, { onSuccess: ({ person }) => setAsked({ person }) })
  }
  const done = (queue: string) => {
    setText('')
    setAsked(null)
    form.current?.querySelector('input')?.focus()
    onDone(queue)
  }
  return (
    <Card title={words.title}>
      <div className="stack">
        <form ref={form} className="stack tight" onSubmit={submit}>
          <TextField label={words.label} hint={words.hint} type="search" value={text} onChange={setText} />
          <div className="along">
            <Button submit icon="search">
              {words.find}
            </Button>
          </div>
        </form>
        {scan.isPending && <Skeleton lines={2} />}
        {scan.error !== null && <ErrorNote error={scan.error} />}
        {asked !== null && <Found asked={asked} onDone={done} />}
      </div>
    </Card>
  )
}

const Found = ({ asked, onDone }: { asked: Asked; onDone: (queue: string) => void }) => {
  const { checkIn: words } = useWordsOf(queueWords)
  const { data, error, refetch } = useApi('booking.find-arrival', asked)
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={2} />
  if (data.arrivals.length === 0) return <EmptyState kind="filtered" title={words.none} why={words.noneWhy} />
  return (
    <List label={words.title}>
      {data.arrivals.map((arrival) => (
        <ArrivalRow key={arrival.booking} arrival={arrival} onDone={onDone} />
      ))}
    </List>
  )
}

const ArrivalRow = ({ arrival, onDone }: { arrival: Arrival; onDone: (queue: string) => void }) => {
  const words = useWordsOf(queueWords)
  const pick = usePick()
  const toast = useToast()
  const checkIn = useCommand('booking.check-in')
  const { org, booking, state, number } = arrival
  const take = () =>
    checkIn.mutate(
      { org, booking },
      {
        onSuccess: (answer) => {
          toast({ text: words.checkIn.done(ticketNumber(answer.number)) })
          onDone(answer.queue)
        },
      },
    )
  return (
    <PlainRow
      title={pick(arrival.name)}
      lines={
        <>
          {[timeOfDay(arrival.startsAt), arrival.doctor === null ? null : pick(arrival.doctor)].filter(Boolean).join(' · ')}
          {checkIn.error !== null && <ErrorNote error={checkIn.error} />}
        </>
      }
      aside={
        number !== null ? (
          <Chip tone="good">{words.checkIn.number(ticketNumber(number))}</Chip>
        ) : state === 'attended' ? (
          <Chip tone="quiet">{words.states[state]}</Chip>
        ) : (
          <Button small tone="primary" busy={checkIn.isPending} onClick={take}>
            {words.checkIn.act}
          </Button>
        )
      }
    />
  )
}
