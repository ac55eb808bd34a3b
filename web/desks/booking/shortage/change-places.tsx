import { useId, useState, type FormEvent } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/choice.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Field, TextField } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { usePick, useWords } from '../../../words/language.tsx'
import { useNames, type WaitingRow } from './names.ts'
import { useShortageWords } from './words.ts'

const LETTERS_LEAST = 2
const FOUND_MOST = 8

type Place = { readonly id: string; readonly name: string }

type Entry = Queries['booking.units-for-waiting']['answer']

/** Where somebody who waits accepts a unit: places are taken off or added as agreed with the person; the order stays. */
export const ChangePlaces = ({ row, onClose }: { row: WaitingRow; onClose: () => void }) => {
  const words = useShortageWords()
  const pick = usePick()
  // The list shows only places of one's own; what is changed is the whole of what the person accepts.
  const asked = useApi('booking.units-for-waiting', { person: row.person, waiting: row.waiting })
  if (asked.data !== undefined) return <Places row={row} entry={asked.data} onClose={onClose} />
  return (
    <Dialog title={words.placesOf(pick(row.name))} open onClose={onClose}>
      {asked.error === null ? <Skeleton lines={4} /> : <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
    </Dialog>
  )
}

const Places = ({ row, entry, onClose }: { row: WaitingRow; entry: Entry; onClose: () => void }) => {
  const words = useShortageWords()
  const shared = useWords()
  const pick = usePick()
  const toast = useToast()
  const names = useNames(entry)
  const form = useId()
  const [places, setPlaces] = useState<readonly Place[]>(entry.places.map((id) => ({ id, name: names.place(id) })))
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set<string>(entry.places))
  const [agreed, setAgreed] = useState('')
  const [wasTried, setWasTried] = useState(false)
  const change = useCommand('booking.change-waiting-places')
  const hasAgreed = agreed.trim().length >= LETTERS_LEAST
  const orgs = places.flatMap(({ id }) => (kept.has(id) ? [id] : []))
  const keep = (id: string, isKept: boolean) => setKept(new Set(isKept ? [...kept, id] : [...kept].filter((one) => one !== id)))
  const add = (place: Place) => {
    if (places.every(({ id }) => id !== place.id)) setPlaces([...places, place])
    keep(place.id, true)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setWasTried(true)
    if (!hasAgreed || orgs.length === 0 || change.isPending) return
    change.mutate(
      { person: row.person, waiting: row.waiting, orgs, reason: agreed.trim() },
      { onSuccess: () => (toast({ text: words.placesDone, tone: 'good' }), onClose()) },
    )
  }
  return (
    <Dialog
      title={words.placesOf(pick(row.name))}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{shared.ui.cancel}</Button>
          <Button tone="primary" submit form={form} busy={change.isPending}>
            {words.savePlaces}
          </Button>
        </>
      }
    >
      <form id={form} className="stack" noValidate onSubmit={submit}>
        <p className="soft small">{words.placesLead(names.service(row.specialty))}</p>
        {change.error !== null && <ErrorNote error={change.error} />}
        <fieldset className="stack tight shortage-places">
          <legend>{words.acceptedPlaces}</legend>
          {places.map(({ id, name }) => (
            <Checkbox key={id} label={name} checked={kept.has(id)} onChange={(isKept) => keep(id, isKept)} />
          ))}
          {wasTried && orgs.length === 0 && (
            <p className="field-error" role="alert">
              {words.onePlace}
            </p>
          )}
        </fieldset>
        <MorePlaces specialty={row.specialty} known={kept} onAdd={add} />
        <TextField
          label={words.howAgreed}
          hint={words.howAgreedHint}
          error={wasTried && !hasAgreed ? words.agreedMissing : undefined}
          required
          maxLength={200}
          value={agreed}
          onChange={setAgreed}
        />
      </form>
    </Dialog>
  )
}

type MoreProps = { specialty: string; known: ReadonlySet<string>; onAdd: (place: Place) => void }

/** Institutions that offer the service, found by name or its initials. */
const MorePlaces = ({ specialty, known, onAdd }: MoreProps) => {
  const words = useShortageWords()
  const pick = usePick()
  const [text, setText] = useState('')
  const isAsked = text.trim().length >= LETTERS_LEAST
  const asked = useApi('organisations.search', { text: text.trim(), specialty, limit: 20 }, { enabled: isAsked })
  const found = (asked.data?.institutions ?? []).filter(({ id }) => !known.has(id)).slice(0, FOUND_MOST)
  return (
    <div className="stack tight">
      <Field label={words.addPlace} hint={words.addPlaceHint} error={undefined}>
        {(wiring) => (
          <input {...wiring} type="search" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
      {isAsked && asked.data !== undefined && found.length === 0 && <p className="soft small">{words.noPlace}</p>}
      {isAsked && (
        <ul className="shortage-units">
          {found.map(({ id, name }) => (
            <li key={id}>
              <span>{pick(name)}</span>
              <Button aria-label={words.addNamed(pick(name))} onClick={() => onAdd({ id, name: pick(name) })}>
                {words.addIt}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
