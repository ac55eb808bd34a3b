import { useState } from 'react'
import type { Queries } from '../../../api/api-types.ts'
import { ApiError } from '../../../api/api-error.ts'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { formatInstant } from '../../../ui/time-format.ts'
import { useToast } from '../../../ui/toast.tsx'
import { usePick } from '../../../words/language.tsx'
import { useShortageWords } from './words.ts'
import { useNames, type WaitingRow } from './names.ts'

type Answer = Queries['booking.units-for-waiting']['answer']
type Unit = Answer['units'][number]
/** One press away, no list to read through: the next units of each kind of place. */
const unitsMost = 8

/** Units that somebody on the list could take: offered here by hand, with a reason where others stand before. */
export const FindUnit = ({ row, onClose }: { row: WaitingRow; onClose: () => void }) => {
  const words = useShortageWords()
  const pick = usePick()
  const asked = useApi('booking.units-for-waiting', { person: row.person, waiting: row.waiting })
  const units = asked.data?.units ?? []
  const accepted = units.filter(({ isAccepted }) => isAccepted).slice(0, unitsMost)
  const others = units.filter(({ isAccepted }) => !isAccepted).slice(0, unitsMost)
  return (
    <Dialog title={words.units(pick(row.name))} open onClose={onClose}>
      <div className="stack wide">
        {asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
        {asked.data === undefined && asked.error === null && <Skeleton lines={4} />}
        {asked.data !== undefined && units.length === 0 && (
          <EmptyState kind="none" title={words.noUnits} why={words.noUnitsWhy} />
        )}
        {asked.data !== undefined && accepted.length > 0 && (
          <Accepted row={row} names={asked.data} units={accepted} onDone={onClose} />
        )}
        {asked.data !== undefined && others.length > 0 && <Others row={row} names={asked.data} units={others} onDone={onClose} />}
      </div>
    </Dialog>
  )
}

type Part = { row: WaitingRow; names: Answer; units: readonly Unit[]; onDone: () => void }

const UnitWords = ({ unit, names }: { unit: Unit; names: Answer }) => {
  const pick = usePick()
  const { place } = useNames(names)
  const words = useShortageWords()
  const { stay } = unit
  return (
    <span>
      <strong className="figures">{stay ? words.stay(stay.from, stay.until) : formatInstant(unit.startsAt)}</strong>{' '}
      {place(unit.org)}
      {stay && ` · ${pick(stay.ward)}`}
      {unit.doctor !== null && ` · ${pick(unit.doctor)}`}
    </span>
  )
}

const isOutOfOrder = (error: unknown): boolean =>
  error instanceof ApiError && error.body.reasons.some(({ code }) => code === 'booking.order-needs-reason')

const Accepted = ({ row, names, units, onDone }: Part) => {
  const words = useShortageWords()
  const toast = useToast()
  const offer = useCommand('booking.offer-unit')
  const [chosen, setChosen] = useState<Unit | null>(null)
  const [reason, setReason] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const send = (unit: Unit, why?: string) => {
    setChosen(unit)
    const wish = { person: row.person, waiting: row.waiting, org: unit.org, pool: unit.pool, ...(why ? { reason: why } : {}) }
    offer.mutate(wish, {
      onSuccess: () => {
        toast({ text: words.done, tone: 'good' })
        onDone()
      },
    })
  }
  const needsReason = isOutOfOrder(offer.error) && chosen !== null
  return (
    <section className="stack tight">
      <h3>{words.accepted}</h3>
      {offer.error !== null && <ErrorNote error={offer.error} />}
      {needsReason && (
        <form
          className="stack tight"
          onSubmit={(event) => {
            event.preventDefault()
            setIsMissing(reason.trim().length < 2)
            if (reason.trim().length >= 2) send(chosen, reason.trim())
          }}
        >
          <TextField
            label={words.reason}
            hint={words.reasonHint}
            error={isMissing ? words.reasonMissing : undefined}
            required
            value={reason}
            onChange={setReason}
          />
          <Button tone="primary" submit busy={offer.isPending}>
            {words.offerAnyway}
          </Button>
        </form>
      )}
      <ul className="shortage-units">
        {units.map((unit) => (
          <li key={unit.pool}>
            <UnitWords unit={unit} names={names} />
            <Button busy={offer.isPending && chosen?.pool === unit.pool} onClick={() => send(unit)}>
              {words.offer}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Others = ({ row, names, units, onDone }: Part) => {
  const words = useShortageWords()
  const toast = useToast()
  const change = useCommand('booking.change-waiting-places')
  const [agreed, setAgreed] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const add = (org: string) => {
    setIsMissing(agreed.trim().length < 2)
    if (agreed.trim().length < 2) return
    const wish = { person: row.person, waiting: row.waiting, orgs: [...names.places, org], reason: agreed.trim() }
    change.mutate(wish, {
      onSuccess: () => {
        toast({ text: words.added, tone: 'good' })
        onDone()
      },
    })
  }
  return (
    <section className="stack tight">
      <h3>{words.others}</h3>
      <p className="soft small">{words.othersLead}</p>
      {change.error !== null && <ErrorNote error={change.error} />}
      <TextField
        label={words.howAgreed}
        hint={words.howAgreedHint}
        error={isMissing ? words.reasonMissing : undefined}
        value={agreed}
        onChange={setAgreed}
      />
      <ul className="shortage-units">
        {units.map((unit) => (
          <li key={unit.pool}>
            <UnitWords unit={unit} names={names} />
            <Button busy={change.isPending} onClick={() => add(unit.org)}>
              {words.add}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
