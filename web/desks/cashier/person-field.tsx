import { useDeferredValue, useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { List, PressRow } from '../../ui/list.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import type { Billed } from './open-view.tsx'
import { cashierWords } from './words.ts'

const SHOWN_MOST = 8

/** The person at hand: found by name or number, or among those who are inside. */
export const PersonField = ({ value, onPick }: { value: Billed | null; onPick: (person: Billed | null) => void }) => {
  const words = useWordsOf(cashierWords)
  const pick = usePick()
  const { role } = useActor()
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  if (value !== null)
    return (
      <div className="along apart">
        <strong>{pick(value.name)}</strong>
        <Button small onClick={() => onPick(null)}>
          {words.change}
        </Button>
      </div>
    )
  const isHospital = role === 'referral-desk' || role === 'ward'
  return (
    <div className="stack tight">
      <Field label={words.find} hint={words.findHint}>
        {(wiring) => (
          <input {...wiring} type="search" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      {asked !== '' ? <Found text={asked} onPick={onPick} /> : isHospital && <Inside onPick={onPick} />}
    </div>
  )
}

const Found = ({ text, onPick }: { text: string; onPick: (person: Billed) => void }) => {
  const words = useWordsOf(cashierWords)
  const pick = usePick()
  const { data, error, refetch } = useApi('residents.search', { text, limit: SHOWN_MOST })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return null
  if (data.persons.length === 0) return <EmptyState kind="filtered" title={words.nobody} why={words.nobodyWhy} />
  return (
    <List label={words.person}>
      {data.persons.map(({ id, name, bornOn, idNumber }) => (
        <PressRow
          key={id}
          title={pick(name)}
          lines={[bornOn, idNumber].filter(Boolean).join(' · ')}
          onPress={() => onPick({ id, name })}
        />
      ))}
    </List>
  )
}

const Inside = ({ onPick }: { onPick: (person: Billed) => void }) => {
  const words = useWordsOf(cashierWords)
  const pick = usePick()
  const { data } = useApi('referral.worklist', { side: 'receiver', state: 'inside', limit: 30 })
  const persons = [...new Map((data?.rows ?? []).map(({ person, condition }) => [person.id, { person, condition }])).values()]
  if (persons.length === 0) return null
  return (
    <List label={words.inside}>
      {persons.slice(0, SHOWN_MOST).map(({ person, condition }) => (
        <PressRow
          key={person.id}
          title={pick(person.name)}
          lines={`${words.inside} · ${pick(condition)}`}
          onPress={() => onPick({ id: person.id, name: person.name })}
        />
      ))}
    </List>
  )
}
