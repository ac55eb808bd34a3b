import { useState } from 'react'
import type { ShownPlan } from '../../../src/modules/continuity/contract.ts'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { formatDay } from '../../ui/time-format.ts'
import { useToast } from '../../ui/toast.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { draftOfPlan, emptyStep, faultsOfSteps, sentSteps } from './plan-draft.ts'
import { PlanEditor } from './plan-editor.tsx'
import { useContinuityWords } from './words.ts'

/** Makes the plan of somebody who has gone home, or its next version with a reason. */
export const ChangePlan = ({ referral, plan, onClose }: { referral: string; plan: ShownPlan | null; onClose: () => void }) => {
  const words = useContinuityWords()
  const toast = useToast()
  const today = formatDay(new Date(useServerNow()).toISOString())
  const change = useCommand('continuity.change-plan')
  const [steps, setSteps] = useState(() => (plan === null ? [emptyStep('first', today)] : draftOfPlan(plan)))
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const { lacksWords, lacksDay } = faultsOfSteps(steps, today)
  const lacksReason = plan !== null && reason.trim() === ''
  const submit = () => {
    setTried(true)
    if (lacksWords || lacksDay || lacksReason || steps.length === 0) return
    const onSuccess = () => {
      toast({ text: words.plan.saved })
      onClose()
    }
    change.mutate(
      { referral, steps: sentSteps(steps), ...(reason.trim() === '' ? {} : { reason: reason.trim() }) },
      { onSuccess },
    )
  }
  const stepFault = lacksWords || steps.length === 0 ? words.plan.whatMissing : lacksDay ? words.plan.dayMissing : undefined
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {change.error !== null && <ErrorNote error={change.error} />}
      <PlanEditor id="change-plan" error={tried ? stepFault : undefined} steps={steps} today={today} onChange={setSteps} />
      {plan !== null && (
        <TextField
          label={words.plan.reason}
          required
          maxLength={500}
          error={tried && lacksReason ? words.plan.reasonMissing : undefined}
          value={reason}
          onChange={setReason}
        />
      )}
      <div className="along">
        <Button tone="primary" submit busy={change.isPending}>
          {plan === null ? words.save : words.plan.saveChange}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  )
}
