import { useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useCommand } from '../../api/use-api.ts'
import { Checkbox, RadioCards } from '../../ui/choice.tsx'
import { TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { usePick } from '../../words/language.tsx'
import { ActPanel, type Fault } from '../referral-desk/act-panel.tsx'
import { PlacePicker, type Place } from '../referral-desk/place-picker.tsx'
import { useContinuityWords } from './words.ts'

type Candidate = Queries['continuity.candidate']['answer']
const primaryTiers: readonly string[] = ['village', 'township', 'regional-centre']

/** Asks the place that would take the person; filled with what the disease and the medicines of the record need. */
export const AskForm = ({ candidate, onClose }: { candidate: Candidate; onClose: () => void }) => {
  const { readiness: words } = useContinuityWords()
  const pick = usePick()
  const toast = useToast()
  const ask = useCommand('continuity.ask-readiness')
  const places = [candidate.care, candidate.clinic].filter((place) => place !== null)
  const [chosen, setChosen] = useState(places[0]?.id ?? 'other')
  const [other, setOther] = useState<Place | null>(null)
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set())
  const [note, setNote] = useState('')
  const receiver = chosen === 'other' ? (other?.id ?? null) : chosen
  const items = candidate.needs.filter((_, at) => !left.has(at))
  const faults: Fault[] = [
    ...(receiver === null ? [{ field: 'receiver', text: words.receiverMissing }] : []),
    ...(items.length === 0 ? [{ field: 'items', text: words.askMissing }] : []),
  ]
  const submit = () => {
    if (receiver === null) return
    const onSuccess = () => {
      toast({ text: words.sent })
      onClose()
    }
    const about = candidate.referral === null ? {} : { referral: candidate.referral.id }
    ask.mutate(
      {
        person: candidate.person.id,
        ...about,
        receiver,
        items: [...items],
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      },
      { onSuccess },
    )
  }
  const toggle = (at: number, wanted: boolean) =>
    setLeft((before) => {
      const next = new Set(before)
      if (wanted) next.delete(at)
      else next.add(at)
      return next
    })
  return (
    <ActPanel
      title={words.ask}
      lead={words.askLead}
      act={words.send}
      busy={ask.isPending}
      faults={faults}
      refused={ask.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {({ idOf, faultOf }) => (
        <>
          <RadioCards
            id={idOf('receiver')}
            label={words.receiver}
            error={chosen === 'other' ? undefined : faultOf('receiver')}
            value={chosen}
            onChange={setChosen}
            choices={[
              ...places.map((place) => ({ value: place.id, label: pick(place.name) })),
              { value: 'other', label: words.other },
            ]}
          />
          {chosen === 'other' && (
            <PlacePicker
              label={words.other}
              id={idOf('other')}
              error={faultOf('receiver')}
              value={other}
              isWanted={({ tier }) => primaryTiers.includes(tier)}
              onPick={setOther}
            />
          )}
          <fieldset id={idOf('items')} tabIndex={-1} className="choice-group">
            <legend>{words.needs}</legend>
            {faultOf('items') !== undefined && <p className="field-error">{faultOf('items')}</p>}
            {candidate.needs.map((need, at) => (
              <Checkbox
                key={`${need.kind} ${need.code}`}
                label={`${pick(need.words)} · ${words.kinds[need.kind]}`}
                checked={!left.has(at)}
                onChange={(wanted) => toggle(at, wanted)}
              />
            ))}
          </fieldset>
          <TextField label={words.note} maxLength={500} value={note} onChange={setNote} />
        </>
      )}
    </ActPanel>
  )
}
