import { useState } from 'react'
import type { Queries } from '../../api/api-types.ts'
import { contactNow } from '../../api/contact.ts'
import { deviceNow } from '../../api/server-clock.ts'
import { useApi } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { usePick, useWordsOf } from '../../words/language.tsx'
import type { Voucher } from './promisable.ts'
import { caseWords, offlineWords } from './words.ts'

export type Slot = Queries['booking.free']['answer']['slots'][number]
/** `leave` lets the receiver arrange a time; null means nobody has chosen, so the first free one is meant. */
export type UnitChosen = string | null
export const leave = 'leave'

const [shownFirst, askedMost] = [3, 30] as const

const voucherMark = 'voucher '

export const voucherChosen = (number: string): string => `${voucherMark}${number}`

/** The voucher that is meant, or null. Only a chosen one: a promise is never made by leaving a form as it is. */
export const voucherOf = (vouchers: readonly Voucher[], chosen: UnitChosen): Voucher | null =>
  vouchers.find(({ number }) => chosen === voucherChosen(number)) ?? null

/** Free slots of an institution and specialty for referrals, those kept for primary care included. */
export const useSlots = (org: string | undefined, specialty: string | undefined) => {
  const isKnown = org !== undefined && specialty !== undefined
  const { data, isPending, error, dataUpdatedAt } = useApi(
    'booking.free',
    { ...(org === undefined ? {} : { org }), specialty: specialty ?? '0000', channel: 'referral', limit: askedMost },
    { enabled: isKnown },
  )
  const slots = data?.slots.filter(({ free, reservedFree }) => free + reservedFree > 0) ?? []
  // Cut off, what was free at some moment is all that is known; it is no promise.
  const knownAt = error?.status === 0 || contactNow() === 'cut' ? dataUpdatedAt : null
  return { slots, isPending: isKnown && isPending, knownAt }
}

/** The slot that is meant: the one chosen while it is still free, else the first; null when the receiver arranges it. */
export const slotOf = (slots: readonly Slot[], chosen: UnitChosen): Slot | null =>
  chosen === leave || chosen?.startsWith(voucherMark) === true
    ? null
    : (slots.find(({ pool }) => pool === chosen) ?? (chosen === null ? (slots[0] ?? null) : null))

/** When: the first free slots, or the receiver arranges it. */
type ChoiceProps = {
  slots: readonly Slot[]
  /** Units that this institution may promise at the place chosen. */
  vouchers: readonly Voucher[]
  isPending: boolean
  /** When the slots were true, ms by the device's clock, while there is no network; null when they are live. */
  knownAt: number | null
  chosen: UnitChosen
  onChoose: (chosen: UnitChosen) => void
}

const minuteMs = 60_000

export const UnitChoice = ({ slots, vouchers, isPending, knownAt, chosen, onChoose }: ChoiceProps) => {
  const { refer: words } = useWordsOf(caseWords)
  const { promise } = useWordsOf(offlineWords)
  const pick = usePick()
  const [whole, setWhole] = useState(false)
  const meant = slotOf(slots, chosen)
  const promised = voucherOf(vouchers, chosen)
  if (isPending) return <Skeleton lines={2} />
  if (slots.length === 0 && vouchers.length === 0) return <p className="field-hint">{words.unitNone}</p>
  const shown = whole ? slots : slots.filter((slot, at) => at < shownFirst || slot === meant)
  const noteOf = (slot: Slot) =>
    [
      slot.doctor === null ? '' : pick(slot.doctor),
      slot.kind === 'expert' ? words.expert : '',
      words.unitLeft(slot.free + slot.reservedFree),
      slot.reservedFree > 0 ? words.unitReserved : '',
      knownAt === null ? '' : `${promise.asked} · ${promise.age(Math.max(1, Math.round((deviceNow() - knownAt) / minuteMs)))}`,
    ]
      .filter((part) => part !== '')
      .join(' · ')
  return (
    <div className="stack tight">
      <RadioCards
        label={words.unit}
        value={promised === null ? (meant?.pool ?? leave) : voucherChosen(promised.number)}
        onChange={onChoose}
        choices={[
          ...vouchers.map(({ number, startsAt, validUntil }) => ({
            value: voucherChosen(number),
            label: formatInstant(startsAt),
            note: `${promise.promise} · ${promise.until(formatInstant(validUntil))}`,
          })),
          ...shown.map((slot) => ({ value: slot.pool, label: formatInstant(slot.startsAt), note: noteOf(slot) })),
          { value: leave, label: words.unitLeave, note: words.unitLeaveNote },
        ]}
      />
      {knownAt !== null && promised === null && meant !== null && <p className="field-hint">{promise.askedWhy}</p>}
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
