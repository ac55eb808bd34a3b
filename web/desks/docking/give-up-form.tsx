import { useState } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { isShown, isTooShort, ReasonForm } from './reason-form.tsx'
import type { Stuck } from './use-stuck.ts'
import { useDockingWords } from './words.ts'

type Props = { one: Stuck; onClose: () => void; onSettled: (text: string) => void }

/** Leaves a message out for good, or closes a difference of the books, with a reason. */
export const GiveUpForm = ({ one, onClose, onSettled }: Props) => {
  const words = useDockingWords()
  const giveUp = useCommand('docking.give-up')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const submit = () => {
    setTried(true)
    if (isTooShort(reason)) return
    const input = { org: one.org, id: one.id, reason: reason.trim() }
    void giveUp.mutateAsync(input).then(() => onSettled(words.givenUp), isShown)
  }
  return (
    <ReasonForm
      act={one.mayRetry ? words.giveUp : words.close}
      tone="danger"
      what={one.mayRetry ? words.giveUpWhat : words.closeWhat}
      reason={reason}
      onReason={setReason}
      tried={tried}
      busy={giveUp.isPending}
      error={giveUp.error}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}
