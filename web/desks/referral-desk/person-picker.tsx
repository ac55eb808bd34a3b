import { useState } from 'react'
import { Link } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { List, PressRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import { StateChip, useAgeAndSex } from './case-words.tsx'
import { placeOf, type Place } from './place-picker.tsx'
import { useWorklist, type Row } from './worklist.ts'
import { useDeskWords } from './words.ts'

/** The person to refer, and the institution of the family doctor when it is known. */
export type Chosen = { id: string; name: { zh: string; en: string | null }; care: Place | null }

const lettersLeast = 2

/** Finds the person by the whole number, or among the referred patients who are inside; then shows what is open for them. */
export const PersonPicker = ({
  id,
  error,
  value,
  onPick,
}: {
  id: string
  error: string | undefined
  value: Chosen | null
  onPick: (person: Chosen | null) => void
}) => {
  const words = useDeskWords()
  const pick = usePick()
  const [text, setText] = useState('')
  if (value !== null) {
    return (
      <div className="stack tight">
        <div className="along apart picked-place">
          <span>
            <span className="soft small">{words.down.step1} </span>
            <strong>{pick(value.name)}</strong>
          </span>
          <Button
            small
            onClick={() => {
              setText('')
              onPick(null)
            }}
          >
            {words.down.change}
          </Button>
        </div>
        <OpenNow person={value.id} />
      </div>
    )
  }
  return (
    <div className="stack tight">
      <Field label={words.down.step1} hint={words.down.find} id={id} error={error}>
        {(wiring) => (
          <input {...wiring} type="search" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      {text.trim().length >= lettersLeast ? <Found text={text.trim()} onPick={onPick} /> : <Inside onPick={onPick} />}
    </div>
  )
}

const Found = ({ text, onPick }: { text: string; onPick: (person: Chosen) => void }) => {
  const words = useDeskWords()
  const pick = usePick()
  const ageAndSex = useAgeAndSex()
  const asked = useApi('residents.search', { text, limit: 8 })
  if (asked.error?.status === 403) return <EmptyState kind="no-right" />
  if (asked.error !== null) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data === undefined) return <Skeleton lines={2} />
  if (asked.data.persons.length === 0) return <EmptyState kind="filtered" title={words.down.nobody} why={words.down.nobodyWhy} />
  return (
    <List label={words.down.step1}>
      {asked.data.persons.map((person) => (
        <FoundPerson
          key={person.id}
          title={pick(person.name)}
          lines={[ageAndSex(person), person.idNumber].filter(Boolean).join(' · ')}
          careOrg={person.careOrg}
          onPick={(care) => onPick({ id: person.id, name: person.name, care })}
        />
      ))}
    </List>
  )
}

const FoundPerson = ({
  title,
  lines,
  careOrg,
  onPick,
}: {
  title: string
  lines: string
  careOrg: string | null
  onPick: (care: Place | null) => void
}) => {
  const asked = useApi('organisations.institution', { institution: careOrg ?? '' }, { enabled: careOrg !== null })
  return (
    <PressRow
      title={title}
      lines={lines}
      onPress={() => onPick(asked.data === undefined ? null : placeOf(asked.data.institution))}
    />
  )
}

const Inside = ({ onPick }: { onPick: (person: Chosen) => void }) => {
  const words = useDeskWords()
  const pick = usePick()
  const ageAndSex = useAgeAndSex()
  const { rows } = useWorklist('inside')
  if (rows === undefined) return <Skeleton lines={2} />
  if (rows.length === 0) return <p className="soft small">{`${words.down.noneInside}。${words.down.noneInsideWhy}`}</p>
  return (
    <>
      <p className="soft small">{words.down.inside}</p>
      <List label={words.down.inside}>
        {oncePerPerson(rows).map((row) => (
          <PressRow
            key={row.person.id}
            title={pick(row.person.name)}
            lines={`${ageAndSex(row.person)} · ${pick(row.condition)}`}
            onPress={() => onPick({ id: row.person.id, name: row.person.name, care: null })}
          />
        ))}
      </List>
    </>
  )
}

const oncePerPerson = (rows: readonly Row[]): Row[] => [...new Map(rows.map((row) => [row.person.id, row])).values()]

/** What is open for this person already: shown before anything is written, so that nothing is written in vain. */
const OpenNow = ({ person }: { person: string }) => {
  const words = useDeskWords()
  const pick = usePick()
  const { institution } = useActor()
  const asked = useApi('referral.open-of', { person })
  if (asked.error !== null) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data === undefined || asked.data.rows.length === 0) return null
  return (
    <div className="open-now stack tight">
      <p>{words.down.openNow}</p>
      <ul className="stack tight">
        {asked.data.rows.map((row) => (
          <li key={row.id} className="along">
            <StateChip state={row.state} />
            <span>{`${pick(row.condition)} · ${pick(row.receiver.name)} · ${row.slipNo}`}</span>
            {row.receiver.id === institution?.id && <Link to={`/desk/inbox?tab=inside&case=${row.id}`}>{words.today.open}</Link>}
          </li>
        ))}
      </ul>
      <p className="soft small">{words.down.handBackInstead}</p>
    </div>
  )
}
