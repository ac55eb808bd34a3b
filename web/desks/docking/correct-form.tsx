import { useState } from 'react'
import type { Commands } from '../../api/api-types.ts'
import { useCommand } from '../../api/use-api.ts'
import { TextField } from '../../ui/field.tsx'
import { isShown, isTooShort, ReasonForm } from './reason-form.tsx'
import { correctionFields, correctionsIn, type CorrectionDraft, type CorrectionField } from './corrections.ts'
import type { CaseTold } from './stuck-row.tsx'
import type { Stuck } from './use-stuck.ts'
import { useDockingWords } from './words.ts'

/** What stands in our own case, so that the desk sees what the platform did not take. */
const standing = (told: CaseTold | undefined): Partial<Record<CorrectionField, string>> =>
  told === undefined ? {} : { specialty: told.specialty }

type Props = { one: Stuck; told: CaseTold | undefined; onClose: () => void; onSettled: (text: string) => void }

/** Corrects codes that the platform does not know; only what is filled in is sent. */
export const CorrectForm = ({ one, told, onClose, onSettled }: Props) => {
  const words = useDockingWords()
  const correct = useCommand('docking.correct-and-retry')
  const [draft, setDraft] = useState<CorrectionDraft>({})
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const { given, wrong } = correctionsIn(draft)
  const isEmpty = Object.keys(given).length === 0
  const known = standing(told)
  const submit = () => {
    setTried(true)
    if (isEmpty || wrong.length > 0 || isTooShort(reason)) return
    const input: Commands['docking.correct-and-retry']['input'] = {
      org: one.org,
      id: one.id,
      corrections: given,
      reason: reason.trim(),
    }
    void correct.mutateAsync(input).then(() => onSettled(words.corrected), isShown)
  }
  const faultOf = (field: CorrectionField, at: number): string | undefined => {
    if (wrong.includes(field)) return tried ? words.wrong[field] : undefined
    return tried && isEmpty && at === 0 ? words.nothingCorrected : undefined
  }
  return (
    <ReasonForm
      act={words.correct}
      tone="primary"
      what={words.correctWhat}
      reason={reason}
      onReason={setReason}
      tried={tried}
      busy={correct.isPending}
      error={correct.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="stuck-fields">
        {correctionFields.map((field, at) => (
          <TextField
            key={field}
            label={words[field]}
            {...(known[field] === undefined ? {} : { hint: words.now(known[field]) })}
            error={faultOf(field, at)}
            maxLength={30}
            value={draft[field] ?? ''}
            onChange={(value) => setDraft((before) => ({ ...before, [field]: value }))}
          />
        ))}
      </div>
    </ReasonForm>
  )
}
