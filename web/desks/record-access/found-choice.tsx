import { useState, type ReactNode } from 'react'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { List, PressRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import { useConsentWords } from './consent-words.ts'

/** An institution or a person that was chosen. */
export type Chosen = { id: string; name: string }

const lettersLeast = 2
const foundMost = 8

type Wish = {
  label: string
  hint: string
  error: string | undefined
  value: Chosen | null
  onPick: (chosen: Chosen | null) => void
}

const Choice = ({ label, hint, error, value, onPick, found }: Wish & { found: (text: string) => ReactNode }) => {
  const { form: words } = useConsentWords()
  const [text, setText] = useState('')
  if (value !== null)
    return (
      <p className="along apart">
        <span>
          <span className="soft small">{label} </span>
          <strong>{value.name}</strong>
        </span>
        <Button small onClick={() => onPick(null)}>
          {words.change}
        </Button>
      </p>
    )
  return (
    <div className="stack tight">
      <Field label={label} hint={hint} error={error}>
        {(wiring) => (
          <input {...wiring} type="search" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      {text.trim().length >= lettersLeast && found(text.trim())}
    </div>
  )
}

/** Chooses an institution by name, pinyin or code. */
export const InstitutionChoice = (wish: Wish) => (
  <Choice {...wish} found={(text) => <FoundInstitutions text={text} label={wish.label} onPick={wish.onPick} />} />
)

/** Chooses a registered person by name or whole number, among those whom one may find. */
export const PersonChoice = (wish: Wish) => (
  <Choice {...wish} found={(text) => <FoundPersons text={text} label={wish.label} onPick={wish.onPick} />} />
)

type FoundProps = { text: string; label: string; onPick: (chosen: Chosen) => void }

const FoundInstitutions = ({ text, label, onPick }: FoundProps) => {
  const { form: words } = useConsentWords()
  const pick = usePick()
  const { data, error, refetch } = useApi('organisations.search', { text, limit: foundMost })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={2} />
  if (data.institutions.length === 0) return <EmptyState kind="filtered" title={words.nobody} why={words.nobodyWhy} />
  return (
    <List label={label}>
      {data.institutions.map(({ id, name }) => (
        <PressRow key={id} title={pick(name)} onPress={() => onPick({ id, name: pick(name) })} />
      ))}
    </List>
  )
}

const FoundPersons = ({ text, label, onPick }: FoundProps) => {
  const { people: words } = useConsentWords()
  const pick = usePick()
  const { data, error, refetch } = useApi('residents.search', { text, limit: foundMost })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton lines={2} />
  if (data.persons.length === 0) return <EmptyState kind="filtered" title={words.nobody} why={words.nobodyWhy} />
  return (
    <List label={label}>
      {data.persons.map(({ id, name, bornOn, idNumber }) => (
        <PressRow
          key={id}
          title={pick(name)}
          lines={[bornOn, idNumber].filter(Boolean).join(' · ')}
          onPress={() => onPick({ id, name: pick(name) })}
        />
      ))}
    </List>
  )
}
