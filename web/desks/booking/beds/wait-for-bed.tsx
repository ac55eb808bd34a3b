import { useEffect, useRef, useState } from 'react'
import { useCommand } from '../../../api/use-api.ts'
import { useActor } from '../../../shell/session.tsx'
import { Button } from '../../../ui/button.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { TextField } from '../../../ui/field.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { plusDays, type Board } from './board.ts'
import { useBedsWords } from './words.ts'

type Wish = {
  readonly person: string
  readonly from: string
  readonly nights: number
  readonly isolation: boolean
  readonly channel: 'direct' | 'referral' | 'emergency'
}
type WaitProps = { readonly board: Board; readonly wish: Wish; readonly onDone: () => void }

/** How long one waits unless another day is chosen. */
const waitDays = 14

/** Where a ward has no bed on every night: puts the person on the waiting list of this specialty here. */
export const WaitForBed = ({ board, wish, onDone }: WaitProps) => {
  const words = useBedsWords()
  const toast = useToast()
  const { institution } = useActor()
  const [until, setUntil] = useState(plusDays(wish.from, waitDays))
  const join = useCommand('booking.join-waiting')
  const specialty = board.wards.find(({ ward }) => ward === board.ward)?.specialty ?? ''
  const { person, from, nights, isolation, channel } = wish
  const section = useRef<HTMLElement>(null)
  // Below the reasons of the refusal it would open out of sight.
  useEffect(() => section.current?.scrollIntoView({ block: 'nearest' }), [])
  const send = () =>
    join.mutate(
      {
        person,
        specialty,
        unitKind: 'bed-day',
        orgs: [institution?.id ?? ''],
        from,
        until,
        nights,
        isolation,
        // Who comes as an emergency is not put on a list as one: from here on the person waits as anybody who was referred.
        channel: channel === 'direct' ? 'direct' : 'referral',
      },
      {
        onSuccess: () => {
          toast({ text: words.waits, tone: 'good' })
          onDone()
        },
      },
    )
  return (
    <section ref={section} className="stack tight" aria-label={words.waitTitle}>
      <h3>{words.waitTitle}</h3>
      <p className="soft small">{words.waitWhy}</p>
      <TextField type="date" label={words.waitUntil} min={from} value={until} onChange={setUntil} />
      {join.error !== null && <ErrorNote error={join.error} />}
      <Button tone="primary" busy={join.isPending} onClick={send}>
        {words.wait}
      </Button>
    </section>
  )
}
