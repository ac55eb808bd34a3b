import { useState } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useReviewWords } from './words.ts'

const reasonLeast = 2

/** Undoes a link of two records, with what it was undone on; `person` is the one that was merged. */
export const PartDialog = ({ person, onClose }: { person: string; onClose: () => void }) => {
  const words = useReviewWords()
  const toast = useToast()
  const unlink = useCommand('residents.unlink')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = reason.trim().length < reasonLeast
  const submit = () => {
    setTried(true)
    if (isShort) return
    const onSuccess = () => {
      toast({ text: words.parted })
      onClose()
    }
    unlink.mutate({ person, reason: reason.trim() }, { onSuccess })
  }
  return (
    <Dialog
      title={words.partTitle}
      open
      onClose={onClose}
      actions={
        <Button tone="danger" busy={unlink.isPending} onClick={submit}>
          {words.part}
        </Button>
      }
    >
      <div className="stack">
        <p>{words.partSays}</p>
        <TextField
          label={words.reason}
          required
          maxLength={200}
          error={tried && isShort ? words.reasonMissing : undefined}
          value={reason}
          onChange={setReason}
        />
        {unlink.error !== null && <ErrorNote error={unlink.error} />}
      </div>
    </Dialog>
  )
}
