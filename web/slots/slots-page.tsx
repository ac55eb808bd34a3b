import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { ApiError } from '../api/api-error.ts'
import type { Queries } from '../api/api-types.ts'
import { fetchQuery } from '../api/client.ts'
import { useSession } from '../shell/session.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Chip } from '../ui/chip.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { Field, TextField } from '../ui/field.tsx'
import { List, PlainRow } from '../ui/list.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { formatDay, formatInstant } from '../ui/time-format.ts'
import { useServerNow } from '../ui/use-server-now.ts'
import { usePick, useWords, useWordsOf } from '../words/language.tsx'
import './slots.css'
import { slotsWords } from './words.ts'

type Question = Queries['public/free']['input']
type Found = Queries['public/free']['answer']
type Places = Queries['public/places']['answer']

/** How often the page asks again by itself while somebody looks at it. */
const askEveryMs = 5_000
/** The server shows this many slots at most. */
const shownMost = 100
const parts = ['specialty', 'org', 'day', 'doctor'] as const

const questionOf = (search: URLSearchParams): Question => {
  const question: Record<string, string> = {}
  for (const part of parts) {
    const value = search.get(part)?.trim()
    if (value) question[part] = value
  }
  return question
}
const isAsked = ({ specialty, org, doctor }: Question): boolean => [specialty, org, doctor].some((part) => part !== undefined)

/** Free slots for everybody: no account, nothing of any person; booking leads to signing in. */
export const SlotsPage = () => {
  const words = useWordsOf(slotsWords)
  const shared = useWords()
  const [search, setSearch] = useSearchParams()
  const question = questionOf(search)
  const places = useQuery<Places, ApiError>({
    queryKey: ['public/places'],
    queryFn: ({ signal }) => fetchQuery('public/places', {}, signal),
  })
  return (
    <main id="content" tabIndex={-1} className="page">
      <title>{`${words.title} · ${shared.name}`}</title>
      <div className="stack wide">
        <div>
          <h1>{words.title}</h1>
          <p className="soft">{words.lead}</p>
        </div>
        {places.error !== null && <ErrorNote error={places.error} onRetry={() => void places.refetch()} />}
        <div className="slots-page">
          <SearchForm
            key={search.toString()}
            question={question}
            places={places.data}
            onFind={(next) => setSearch(next as Record<string, string>)}
          />
          {isAsked(question) ? (
            <Results question={question} places={places.data} />
          ) : (
            <EmptyState kind="filtered" title={words.choose} why={words.chooseWhy} />
          )}
        </div>
      </div>
    </main>
  )
}

const SearchForm = ({
  question,
  places,
  onFind,
}: {
  question: Question
  places: Places | undefined
  onFind: (question: Question) => void
}) => {
  const words = useWordsOf(slotsWords)
  const today = formatDay(new Date(useServerNow()).toISOString())
  const [asked, setAsked] = useState(question)
  const change = (part: (typeof parts)[number], value: string) =>
    setAsked(({ [part]: _before, ...others }) => (value === '' ? others : { ...others, [part]: value }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onFind(asked)
  }
  return (
    <Card>
      <form className="stack" onSubmit={submit}>
        <Choice
          label={words.service}
          value={asked.specialty}
          of={places?.specialties.map(({ code, name }) => [code, name])}
          onChange={(value) => change('specialty', value)}
        />
        <Choice
          label={words.place}
          value={asked.org}
          of={places?.institutions.map(({ id, name }) => [id, name])}
          onChange={(value) => change('org', value)}
        />
        <TextField
          label={words.day}
          hint={words.anyDay}
          type="date"
          min={today}
          value={asked.day ?? ''}
          onChange={(value) => change('day', value)}
        />
        <TextField
          label={words.doctor}
          hint={words.doctorHint}
          maxLength={60}
          value={asked.doctor ?? ''}
          onChange={(value) => change('doctor', value)}
        />
        <Button submit tone="primary" wide icon="search">
          {words.find}
        </Button>
      </form>
    </Card>
  )
}

type Named = { zh: string; en: string | null }

const Choice = ({
  label,
  value,
  of,
  onChange,
}: {
  label: string
  value: string | undefined
  of: (readonly [string, Named])[] | undefined
  onChange: (value: string) => void
}) => {
  const words = useWordsOf(slotsWords)
  const pick = usePick()
  return (
    <Field label={label}>
      {(wiring) => (
        <select {...wiring} value={value ?? ''} onChange={(event) => onChange(event.target.value)}>
          <option value="">{words.any}</option>
          {of?.map(([key, name]) => (
            <option key={key} value={key}>
              {pick(name)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

const Results = ({ question, places }: { question: Question; places: Places | undefined }) => {
  const words = useWordsOf(slotsWords)
  const found = useQuery<Found, ApiError>({
    queryKey: ['public/free', question],
    queryFn: ({ signal }) => fetchQuery('public/free', question, signal),
    refetchInterval: askEveryMs,
    staleTime: 0,
  })
  if (found.error !== null && found.data === undefined)
    return <ErrorNote error={found.error} onRetry={() => void found.refetch()} />
  if (found.data === undefined) return <Skeleton lines={6} />
  const { slots, asOf } = found.data
  return (
    <Card title={words.results} aside={<span className="soft small">{words.asOf(formatInstant(asOf).slice(-5))}</span>}>
      {found.error !== null && <ErrorNote error={found.error} onRetry={() => void found.refetch()} />}
      {slots.length === 0 ? (
        <EmptyState kind="filtered" title={words.none} why={words.noneWhy} />
      ) : (
        <List label={words.results}>
          {slots.map((slot) => (
            <SlotRow key={slot.pool} slot={slot} found={found.data} places={places} />
          ))}
        </List>
      )}
      {slots.length >= shownMost && <p className="soft small slots-more">{words.first(shownMost)}</p>}
    </Card>
  )
}

const SlotRow = ({ slot, found, places }: { slot: Found['slots'][number]; found: Found; places: Places | undefined }) => {
  const words = useWordsOf(slotsWords)
  const pick = usePick()
  const { actor } = useSession()
  const institution = found.institutions.find(({ id }) => id === slot.org)
  const specialty = places?.specialties.find(({ code }) => code === slot.specialty)
  const what = [
    institution === undefined ? null : pick(institution.name),
    specialty === undefined ? null : pick(specialty.name),
    slot.doctor === null ? null : pick(slot.doctor),
  ].filter((part) => part !== null)
  const book = actor === null ? words.book : words.bookHere
  const time = `${formatInstant(slot.startsAt)}–${formatInstant(slot.endsAt).slice(-5)}`
  return (
    <PlainRow
      title={<span className="figures">{time}</span>}
      lines={what.join(' · ')}
      aside={
        <>
          <Chip tone={slot.kind === 'expert' ? 'calm' : 'quiet'} icon="person">
            {words[slot.kind]}
          </Chip>
          <span className="figures">{words.left(slot.free)}</span>
          <Link
            className="button plain small-button"
            to={`/me/book?specialty=${slot.specialty}&at=${slot.org}`}
            aria-label={`${book} ${time} ${what.join(' ')}`}
          >
            {book}
          </Link>
        </>
      }
    />
  )
}
