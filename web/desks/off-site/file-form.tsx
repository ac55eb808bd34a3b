import { useState, type FormEvent } from 'react'
import { useApi, useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Checkbox, RadioCards } from '../../ui/choice.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { offSiteWords, type OffSiteWords } from './words.ts'

type Kind = 'long-term' | 'own-way'
type Place = { code: string; zh: string }
type Entry = { kind: Kind | ''; places: readonly Place[]; reason: string; isPledged: boolean }

const CITY_DIGITS = 4
const PLACES_MOST = 5
const REASON_LEAST = 2
const blank: Entry = { kind: '', places: [], reason: '', isPledged: false }

const faultsOf = ({ kind, places, reason, isPledged }: Entry, { faults }: OffSiteWords) => ({
  ...(kind === '' ? { kind: faults.kind } : {}),
  ...(places.length === 0 ? { places: faults.places } : {}),
  ...(reason.trim().length < REASON_LEAST ? { reason: faults.reason } : {}),
  ...(isPledged ? {} : { pledge: faults.pledge }),
})

/** Files care away from home by commitment: which kind, one or more cities, why. */
export const FileForm = ({ person }: { person: string }) => {
  const words = useWordsOf(offSiteWords)
  const toast = useToast()
  const file = useCommand('settlement.file-off-site')
  const [entry, setEntry] = useState(blank)
  const [tried, setTried] = useState(false)
  const change = (some: Partial<Entry>) => setEntry((before) => ({ ...before, ...some }))
  const faults: { kind?: string; places?: string; reason?: string; pledge?: string } = tried ? faultsOf(entry, words) : {}
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const { kind, places, reason } = entry
    if (kind === '' || Object.keys(faultsOf(entry, words)).length > 0) return
    const onSuccess = () => {
      toast({ text: words.filed })
      setEntry(blank)
      setTried(false)
    }
    file.mutate({ person, kind, places: places.map(({ code }) => code), reason: reason.trim(), isPledged: true }, { onSuccess })
  }
  return (
    <Card title={words.fresh}>
      <form className="stack" onSubmit={submit} noValidate>
        <RadioCards<Kind>
          label={words.kind}
          required
          error={faults.kind}
          choices={(['long-term', 'own-way'] as const).map((kind) => ({
            value: kind,
            label: words.kinds[kind],
            note: words.kindNotes[kind],
          }))}
          value={entry.kind}
          onChange={(kind) => change({ kind })}
        />
        <Cities places={entry.places} fault={faults.places} onChange={(places) => change({ places })} />
        <TextField
          label={words.reason}
          hint={words.reasonHint}
          required
          maxLength={200}
          error={faults.reason}
          value={entry.reason}
          onChange={(reason) => change({ reason })}
        />
        <Checkbox label={words.pledge} note={words.pledgeNote} checked={entry.isPledged} onChange={(isPledged) => change({ isPledged })} />
        {faults.pledge !== undefined && (
          <p className="field-error" role="alert">
            {faults.pledge}
          </p>
        )}
        {file.error !== null && <ErrorNote error={file.error} />}
        <Button tone="primary" wide submit busy={file.isPending}>
          {words.file}
        </Button>
      </form>
    </Card>
  )
} // prettier-ignore

type CitiesProps = { places: readonly Place[]; fault: string | undefined; onChange: (places: readonly Place[]) => void }

const Cities = ({ places, fault, onChange }: CitiesProps) => {
  const words = useWordsOf(offSiteWords)
  const [province, setProvince] = useState('')
  const [city, setCity] = useState('')
  const provinces = useApi('organisations.divisions', {}).data?.divisions ?? []
  const cities = useApi('organisations.divisions', { parent: province }, { enabled: province !== '' }).data?.divisions ?? []
  const add = () => {
    const found = cities.find(({ code }) => code === city)
    if (found === undefined) return
    const place = { code: found.code.slice(0, CITY_DIGITS), zh: found.zh }
    if (!places.some(({ code }) => code === place.code)) onChange([...places, place])
    setCity('')
  }
  return (
    <>
      <Select
        label={words.province}
        choices={provinces.map(({ code, zh }) => ({ value: code, label: zh }))}
        value={province}
        onChange={(code) => {
          setProvince(code)
          setCity('')
        }}
      />
      <Select
        label={words.city}
        hint={words.most}
        required
        error={fault}
        choices={cities.map(({ code, zh }) => ({ value: code, label: zh }))}
        value={city}
        onChange={setCity}
      />
      <div>
        <Button disabled={city === '' || places.length >= PLACES_MOST} onClick={add}>
          {words.add}
        </Button>
      </div>
      {places.length > 0 && (
        <ul className="along" aria-label={words.chosen}>
          {places.map((place) => (
            <li key={place.code} className="along">
              <strong>{place.zh}</strong>
              <Button small tone="quiet" icon="cross" onClick={() => onChange(places.filter((one) => one !== place))}>
                {words.remove(place.zh)}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
