import { useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import type { Queries } from '../../api/api-types.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { Select } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { usePick } from '../../words/language.tsx'
import { dayWords, daysOf, timeOfDay } from './times.ts'
import { useDeskWords } from './words.ts'

export type Slot = Queries['booking.free']['answer']['slots'][number]

const daysAhead = 14

/** A free unit of an institution and specialty: first the day, then the time. Live: a slot that runs out leaves the list. */
export const SlotPicker = ({
  org,
  specialty,
  pool,
  id,
  error,
  onPick,
}: {
  org: string
  specialty: string
  pool: string | null
  id: string
  error: string | undefined
  onPick: (pool: string | null) => void
}) => {
  const words = useDeskWords()
  const pick = usePick()
  const [wishedDay, setDay] = useState<string | null>(null)
  const asked = useApi(
    'booking.free',
    { org, specialty, channel: 'referral', days: daysAhead, limit: 200 },
    { follows: ['referral'] },
  )
  if (asked.error !== null) return <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data === undefined) return <Skeleton lines={3} />
  const { slots } = asked.data
  if (slots.length === 0) return <EmptyState kind="none" title={words.slots.none} why={words.slots.noneWhy} />
  const days = daysOf(slots.map(({ startsAt }) => startsAt))
  const picked = slots.find((slot) => slot.pool === pool)
  const day = wishedDay ?? (picked === undefined ? days[0] : formatDay(picked.startsAt)) ?? ''
  return (
    <div className="stack">
      <Select
        label={words.slots.day}
        choices={days.map((one) => ({ value: one, label: dayWords(one, words) }))}
        value={day}
        onChange={(chosen) => {
          setDay(chosen)
          onPick(null)
        }}
      />
      <RadioCards
        id={id}
        label={words.slots.time}
        error={error}
        choices={slots
          .filter(({ startsAt }) => formatDay(startsAt) === day)
          .map((slot) => ({
            value: slot.pool,
            label: slotLabel(slot, pick, words),
            note: words.slots.left(slot.free, slot.reservedFree),
          }))}
        value={pool ?? ''}
        onChange={onPick}
      />
    </div>
  )
}

const slotLabel = (slot: Slot, pick: ReturnType<typeof usePick>, words: ReturnType<typeof useDeskWords>): string =>
  [
    `${timeOfDay(slot.startsAt)}–${timeOfDay(slot.endsAt)}`,
    words.slots[slot.kind],
    slot.doctor === null ? null : pick(slot.doctor),
  ]
    .filter((part) => part !== null)
    .join(' ')
