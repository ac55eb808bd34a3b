import { useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import { caseWords } from './words.ts'

export type Slot = Queries['booking.free']['answer']['slots'][number]
/** `leave` lets the receiver arrange a time; null means nobody has chosen, so the first free one is meant. */
export type UnitChosen = string | null
export const leave = 'leave'

const [shownFirst, askedMost] = [3, 30] as const

/** Free slots of an institution and specialty for referrals, those kept for primary care included. */
export const useSlots = (org: string | undefined, specialty: string | undefined) => {
  const isKnown = org !== undefined && specialty !== undefined
  const { data, isPending } = useApi(
    'booking.free',
    { ...(org === undefined ? {} : { org }), specialty: specialty ?? '0000', channel: 'referral', limit: askedMost },
    { enabled: isKnown },
  )
  const slots = data?.slots.filter(({ free, reservedFree }) => free + reservedFree > 0) ?? []
  return { slots, isPending: isKnown && isPending }
}

/** The slot that is meant: the one chosen while it is still free, else the first; null when the receiver arranges it. */
export const slotOf = (slots: readonly Slot[], chosen: UnitChosen): Slot | null =>
  chosen === leave ? null : (slots.find(({ pool }) => pool === chosen) ?? (chosen === null ? (slots[0] ?? null) : null))

/** When: the first free slots, or the receiver arranges it. */
export const UnitChoice = ({
  slots,
  isPending,
  chosen,
  onChoose,
}: {
  slots: readonly Slot[]
  isPending: boolean
  chosen: UnitChosen
  onChoose: (chosen: UnitChosen) => void
}) => {
  const { refer: words } = useWordsOf(caseWords)
  const pick = usePick()
  const [whole, setWhole] = useState(false)
  const meant = slotOf(slots, chosen)
  if (isPending) return <Skeleton lines={2} />
  if (slots.length === 0) return <p className="field-hint">{words.unitNone}</p>
  const shown = whole ? slots : slots.filter((slot, at) => at < shownFirst || slot === meant)
  const noteOf = (slot: Slot) =>
    [
      slot.doctor === null ? '' : pick(slot.doctor),
      slot.kind === 'expert' ? words.expert : '',
      words.unitLeft(slot.free + slot.reservedFree),
      slot.reservedFree > 0 ? words.unitReserved : '',
    ]
      .filter((part) => part !== '')
      .join(' · ')
  return (
    <div className="stack tight">
      <RadioCards
        label={words.unit}
        value={meant?.pool ?? leave}
        onChange={onChoose}
        choices={[
          ...shown.map((slot) => ({ value: slot.pool, label: formatInstant(slot.startsAt), note: noteOf(slot) })),
          { value: leave, label: words.unitLeave, note: words.unitLeaveNote },
        ]}
      />
      {slots.length > shown.length && (
        <div>
          <Button small tone="quiet" onClick={() => setWhole(true)}>
            {words.unitMore}
          </Button>
        </div>
      )}
    </div>
  )
}
