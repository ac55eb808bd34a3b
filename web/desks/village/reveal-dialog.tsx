import { useState, type FormEvent } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { villageWords } from './words.ts'

const reasonLengthLeast = 2

/** Shows the whole number after a reason; the number leaves the page with the window. */
export const RevealDialog = ({ person, open, onClose }: { person: string; open: boolean; onClose: () => void }) => {
  const { person: words } = useWordsOf(villageWords)
  // Revealing needs the server's trace before the number is shown, so it never waits in the device's queue.
  const { mutate, data, error, isPending, reset } = useCommand('residents.reveal')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isWhole = reason.trim().length >= reasonLengthLeast
  const leave = () => {
    reset()
    setReason('')
    setTried(false)
    onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isWhole && !isPending) mutate({ person, reason: reason.trim() })
  }
  return (
    <Dialog title={words.revealTitle} open={open} onClose={leave}>
      <form className="stack" onSubmit={submit} noValidate>
        {data === undefined ? (
          <>
            <TextField
              label={words.revealWhy}
              hint={words.revealHint}
              required
              error={tried && !isWhole ? words.revealMissing : undefined}
              value={reason}
              onChange={setReason}
            />
            {error !== null && <ErrorNote error={error} />}
            <Button tone="primary" wide submit busy={isPending}>
              {words.revealGo}
            </Button>
          </>
        ) : (
          <p className="figures revealed">{data.idNumber ?? words.none}</p>
        )}
      </form>
    </Dialog>
  )
}
