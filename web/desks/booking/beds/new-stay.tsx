import { useState, type FormEvent } from 'react'
import { ApiError } from '../../../api/api-error.ts'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/choice.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Select, TextField } from '../../../ui/field.tsx'
import { List, PressRow } from '../../../ui/list.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { usePick, useWords } from '../../../words/language.tsx'
import type { Board } from './board.ts'
import { WaitForBed } from './wait-for-bed.tsx'
import { useBedsWords } from './words.ts'

type Person = { id: string; name: { zh: string; en: string | null } }
type Channel = 'direct' | 'referral' | 'emergency'
const CHANNELS: readonly Channel[] = ['direct', 'referral', 'emergency']
const lettersLeast = 2

const hasNoBed = (error: unknown): boolean =>
  error instanceof ApiError && error.body.reasons.some(({ code }) => code === 'booking.together-stay')

/** Plans a stay of one's own ward: for whom, from when, how long; refused with every day that has no bed. */
export const NewStay = ({ board, onClose }: { board: Board; onClose: () => void }) => {
  const words = useBedsWords()
  const shared = useWords()
  const pick = usePick()
  const toast = useToast()
  const { institution } = useActor()
  const [person, setPerson] = useState<Person | null>(null)
  const [from, setFrom] = useState<string>(board.today)
  const [nights, setNights] = useState('3')
  const [isolation, setIsolation] = useState(false)
  const [channel, setChannel] = useState<Channel>('direct')
  const [wasTried, setTried] = useState(false)
  const book = useCommand('booking.book-together')
  const isWhole = person !== null && from !== '' && Number.isInteger(Number(nights)) && Number(nights) > 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isWhole || board.ward === null || book.isPending) return
    book.mutate(
      {
        org: institution?.id ?? '',
        person: person.id,
        channel,
        stay: { ward: board.ward, from, nights: Number(nights), isolation },
      },
      {
        onSuccess: () => {
          toast({ text: words.done.booked, tone: 'good' })
          onClose()
        },
      },
    )
  }
  return (
    <Dialog title={words.newStay} open onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        {person === null ? (
          <FindPerson onPick={setPerson} />
        ) : (
          <div className="along apart">
            <strong>{pick(person.name)}</strong>
            <Button small onClick={() => setPerson(null)}>
              {words.change}
            </Button>
          </div>
        )}
        <TextField type="date" label={words.from} min={board.today} value={from} onChange={setFrom} required />
        <TextField
          type="number"
          inputMode="numeric"
          min={1}
          max={60}
          label={words.nights}
          value={nights}
          onChange={setNights}
          required
        />
        <Checkbox label={words.needsIsolation} checked={isolation} onChange={setIsolation} />
        <Select
          label={words.channel}
          choices={CHANNELS.map((value) => ({ value, label: words.channels[value] }))}
          value={channel}
          onChange={setChannel}
        />
        {wasTried && !isWhole && <p className="field-error">{words.incomplete}</p>}
        {book.error !== null && <ErrorNote error={book.error} />}
        {isWhole && hasNoBed(book.error) && (
          <WaitForBed
            board={board}
            wish={{ person: person.id, from, nights: Number(nights), isolation, channel }}
            onDone={onClose}
          />
        )}
        <div className="along">
          <Button onClick={onClose}>{shared.ui.cancel}</Button>
          <Button tone="primary" submit busy={book.isPending}>
            {words.newStay}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const FindPerson = ({ onPick }: { onPick: (person: Person) => void }) => {
  const words = useBedsWords()
  const [text, setText] = useState('')
  return (
    <div className="stack tight">
      <TextField type="search" label={words.person} hint={words.personHint} value={text} onChange={setText} />
      {text.trim().length >= lettersLeast && <Found text={text.trim()} onPick={onPick} />}
    </div>
  )
}

/** First whom the house deals with, by name; then anybody in the region, by the whole number. */
const Found = ({ text, onPick }: { text: string; onPick: (person: Person) => void }) => {
  const words = useBedsWords()
  const pick = usePick()
  const here = useApi('booking.persons-here', { text, limit: 6 })
  const anybody = useApi('residents.search', { text, limit: 6 })
  const error = here.error ?? anybody.error
  if (error !== null) return <ErrorNote error={error} onRetry={() => void Promise.all([here.refetch(), anybody.refetch()])} />
  if (here.data === undefined || anybody.data === undefined) return <Skeleton lines={2} />
  const known = here.data.persons
  const others = anybody.data.persons.filter(({ id }) => known.every((one) => one.id !== id))
  const persons = [...known, ...others.map((one) => ({ ...one, why: null }))]
  if (persons.length === 0) return <EmptyState kind="filtered" title={words.personNone} why={words.personNoneWhy} />
  return (
    <List label={words.person}>
      {persons.map((person) => (
        <PressRow
          key={person.id}
          title={pick(person.name)}
          lines={[person.bornOn, person.idNumber, person.why && words.hereBecause[person.why]].filter(Boolean).join(' · ')}
          onPress={() => onPick(person)}
        />
      ))}
    </List>
  )
}
