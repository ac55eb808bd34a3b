import { useState } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { Pair } from './pair-table.tsx'
import { useReviewWords } from './words.ts'

export type Decision = 'same' | 'different' | 'unsure'

const reasonLeast = 2

/** Says what was decided on a pair, on what, and which record stays where they are one. */
export const DecideDialog = ({ pair, decision, onClose }: { pair: Pair; decision: Decision; onClose: () => void }) => {
  const words = useReviewWords()
  const toast = useToast()
  const decide = useCommand('residents.decide-pair')
  const [reason, setReason] = useState('')
  const [keep, setKeep] = useState(pair.sides.find(({ idNumber }) => idNumber)?.id ?? pair.person)
  const [tried, setTried] = useState(false)
  const isShort = reason.trim().length < reasonLeast
  const submit = () => {
    setTried(true)
    if (isShort) return
    decide.mutate(
      { person: pair.person, other: pair.other, decision, reason: reason.trim(), ...(decision === 'same' ? { keep } : {}) },
      {
        onSuccess: ({ state }) => {
          toast({ text: words.done[state as keyof typeof words.done] })
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      title={words.dialog[decision]}
      open
      onClose={onClose}
      actions={
        <Button tone={decision === 'same' ? 'primary' : 'plain'} busy={decide.isPending} onClick={submit}>
          {words[decision]}
        </Button>
      }
    >
      {decision === 'same' && (
        <RadioCards
          label={words.keep}
          value={keep}
          onChange={setKeep}
          choices={pair.sides.map(({ id, name, bornOn, idNumber }, at) => ({
            value: id,
            label: `${words.side(at + 1)} · ${name?.zh ?? ''}`,
            note: [bornOn, idNumber].filter(Boolean).join(' · '),
          }))}
        />
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
      {decide.error !== null && <ErrorNote error={decide.error} />}
    </Dialog>
  )
}
