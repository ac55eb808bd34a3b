import { useState } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { usePick } from '../../words/language.tsx'
import type { Version } from './said.ts'
import { useCapabilityWords } from './words.ts'

const reasonLeast = 2

/** Takes a declaration back from a day, with the reason. */
export const WithdrawDialog = ({ said, day, onClose }: { said: Version; day: string; onClose: () => void }) => {
  const words = useCapabilityWords()
  const pick = usePick()
  const toast = useToast()
  const withdraw = useCommand('navigation.withdraw-capability')
  const [on, setOn] = useState(day)
  const [why, setWhy] = useState('')
  const [tried, setTried] = useState(false)
  const { withdrawal } = words
  const isShort = why.trim().length < reasonLeast
  const submit = () => {
    setTried(true)
    if (isShort) return
    withdraw.mutate(
      { institution: said.org, capability: said.id, why: why.trim(), ...(on === '' ? {} : { on }) },
      {
        onSuccess: () => {
          toast({ text: withdrawal.done })
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      title={words.withdrawFor(pick(said.name))}
      open
      onClose={onClose}
      actions={
        <Button tone="danger" busy={withdraw.isPending} onClick={submit}>
          {withdrawal.act}
        </Button>
      }
    >
      <p>{withdrawal.what}</p>
      <TextField
        label={withdrawal.why}
        hint={withdrawal.whyHint}
        required
        maxLength={300}
        error={tried && isShort ? withdrawal.whyMissing : undefined}
        value={why}
        onChange={setWhy}
      />
      <TextField label={withdrawal.on} type="date" value={on} onChange={setOn} />
      {withdraw.error !== null && <ErrorNote error={withdraw.error} />}
    </Dialog>
  )
}
