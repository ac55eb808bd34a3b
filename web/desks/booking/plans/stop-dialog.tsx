import { useState } from 'react'
import { useApi, useCommand } from '../../../api/use-api.ts'
import { Button } from '../../../ui/button.tsx'
import { RadioCards } from '../../../ui/choice.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { usePlanWords } from './words.ts'

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
const reasonLeast = 2

/** Stops the clinics of a plan, or of the whole institution, on some days: first how many people that touches, then the reason. */
export const StopDialog = ({ plan, today, onClose }: { plan: string | null; today: string; onClose: () => void }) => {
  const words = usePlanWords()
  const toast = useToast()
  const stop = useCommand('booking.stop-clinic')
  const [what, setWhat] = useState<'plan' | 'all'>(plan === null ? 'all' : 'plan')
  const [from, setFrom] = useState(today)
  const [through, setThrough] = useState(today)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isRange = from !== '' && through >= from
  const range = { ...(what === 'plan' && plan !== null ? { plan } : {}), from, until: isRange ? dayAfter(through) : '' }
  const asked = useApi('booking.stop-preview', range, { enabled: isRange })
  const touched = isRange ? asked.data : undefined
  const isShort = reason.trim().length < reasonLeast
  const submit = () => {
    setTried(true)
    if (isShort || touched === undefined || touched.pools === 0) return
    stop.mutate(
      { ...range, reason: reason.trim(), people: touched.people },
      {
        onSuccess: ({ people }) => {
          toast({ text: words.stopDone(people) })
          onClose()
        },
        onError: () => void asked.refetch(),
      },
    )
  }
  return (
    <Dialog title={words.stopTitle} open onClose={onClose}>
      <div className="stack">
        {plan !== null && (
          <RadioCards
            label={words.stopWhat}
            choices={[
              { value: 'plan', label: words.stopPlan },
              { value: 'all', label: words.stopAll },
            ]}
            value={what}
            onChange={setWhat}
          />
        )}
        <div className="plan-fields">
          <TextField label={words.stopFrom} type="date" required min={today} value={from} onChange={setFrom} />
          <TextField label={words.stopThrough} type="date" required min={from} value={through} onChange={setThrough} />
        </div>
        {isRange && asked.error !== null && <ErrorNote error={asked.error} onRetry={() => void asked.refetch()} />}
        {isRange && touched === undefined && asked.error === null && <Skeleton lines={2} />}
        {touched !== undefined && (
          <div className="plan-warning" aria-live="polite">
            <p>{touched.pools === 0 ? words.stopNothing : words.stopCount(touched.pools, touched.people)}</p>
            {touched.referred > 0 && <p>{words.stopReferred(touched.referred)}</p>}
            {touched.people > 0 && <p>{words.stopWarn}</p>}
          </div>
        )}
        <TextField
          label={words.reason}
          hint={words.reasonHint}
          required
          maxLength={200}
          error={tried && isShort ? words.reasonMissing : undefined}
          value={reason}
          onChange={setReason}
        />
        {stop.error !== null && <ErrorNote error={stop.error} />}
        <div className="along">
          <Button tone="danger" busy={stop.isPending} disabled={touched === undefined || touched.pools === 0} onClick={submit}>
            {words.stopAct(touched?.people ?? 0)}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </div>
    </Dialog>
  )
}
