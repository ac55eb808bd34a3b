import { useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import type { Queries } from '../../api/api-types.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Field } from '../../ui/field.tsx'
import { List, PressRow } from '../../ui/list.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { usePick } from '../../words/language.tsx'
import { useDeskWords } from './words.ts'

/** An institution that was chosen: enough to name it and to ask for its units. */
export type Place = { id: string; name: { zh: string; en: string | null }; tier: string }

type Found = Queries['organisations.search']['answer']['institutions'][number]

/** What an institution's search or ranking answers, as a chosen place. */
export const placeOf = ({ id, name, tier }: Pick<Found, 'id' | 'name' | 'tier'>): Place => ({
  id,
  name: { zh: name.zh, en: name.en ?? null },
  tier,
})

const lettersLeast = 2

/** Finds an institution by name, pinyin or code; `isWanted` leaves out those that cannot be chosen. */
export const PlacePicker = ({
  label,
  id,
  error,
  value,
  specialty,
  isWanted = () => true,
  onPick,
}: {
  label: string
  id: string
  error: string | undefined
  value: Place | null
  specialty?: string
  isWanted?: (found: Found) => boolean
  onPick: (place: Place | null) => void
}) => {
  const words = useDeskWords()
  const pick = usePick()
  const [text, setText] = useState('')
  if (value !== null) {
    return (
      <div className="along apart picked-place">
        <span>
          <span className="soft small">{label} </span>
          <strong>{pick(value.name)}</strong> <span className="soft small">{words.tiers[value.tier] ?? value.tier}</span>
        </span>
        <Button small onClick={() => onPick(null)}>
          {words.pick.change}
        </Button>
      </div>
    )
  }
  return (
    <div className="stack tight">
      <Field label={label} hint={words.pick.find} id={id} error={error}>
        {(wiring) => (
          <input {...wiring} type="search" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      {text.trim().length >= lettersLeast && (
        <FoundPlaces text={text.trim()} specialty={specialty} isWanted={isWanted} onPick={onPick} />
      )}
    </div>
  )
}

const FoundPlaces = ({
  text,
  specialty,
  isWanted,
  onPick,
}: {
  text: string
  specialty: string | undefined
  isWanted: (found: Found) => boolean
  onPick: (place: Place) => void
}) => {
  const words = useDeskWords()
  const pick = usePick()
  const asked = useApi('organisations.search', { text, limit: 20, ...(specialty === undefined ? {} : { specialty }) })
  if (asked.error !== null) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data === undefined) return <Skeleton lines={2} />
  const found = asked.data.institutions.filter(isWanted)
  if (found.length === 0) return <EmptyState kind="filtered" title={words.pick.none} />
  return (
    <List label={words.pick.find}>
      {found.slice(0, 8).map((one) => (
        <PressRow
          key={one.id}
          title={pick(one.name)}
          lines={words.tiers[one.tier] ?? one.tier}
          onPress={() => onPick(placeOf(one))}
        />
      ))}
    </List>
  )
}
