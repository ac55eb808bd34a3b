import { useState } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { Received } from './received-row.tsx'
import { useIntakeWords } from './words.ts'

const REASON_LEAST = 2

const useReason = () => {
  const words = useIntakeWords()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isMissing = reason.trim().length < REASON_LEAST
  const field = (
    <TextField
      label={words.reason}
      hint={words.reasonHint}
      required
      maxLength={200}
      value={reason}
      onChange={setReason}
      error={tried && isMissing ? words.reasonMissing : undefined}
    />
  )
  const given = (): string | null => {
    setTried(true)
    return isMissing ? null : reason.trim()
  }
  return { field, given }
}

/** The text of a message, after a reason that stays on record. */
export const RawDialog = ({ one, onClose }: { one: Received; onClose: () => void }) => {
  const words = useIntakeWords()
  const raw = useCommand('intake.raw')
  const { field, given } = useReason()
  const show = () => {
    const reason = given()
    if (reason !== null) raw.mutate({ org: one.org, id: one.id, reason })
  }
  const shown = raw.data
  const actions = shown === undefined && (
    <Button tone="primary" busy={raw.isPending} onClick={show}>
      {words.open}
    </Button>
  )
  return (
    <Dialog title={words.rawTitle} open onClose={onClose} actions={actions}>
      {shown === undefined ? (
        <>
          <p>{words.rawWhat}</p>
          {field}
        </>
      ) : (
        <>
          {shown.text === null && <p>{words.notText}</p>}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text is read by scrolling, also with the keyboard */}
          <pre className="intake-raw" tabIndex={0} aria-label={words.rawText}>
            {shown.text?.replaceAll('\r\n', '\n').replaceAll('\r', '\n') ?? shown.base64}
          </pre>
        </>
      )}
      {raw.error !== null && <ErrorNote error={raw.error} />}
    </Dialog>
  )
}

/** Settles a message by hand. */
export const SolveDialog = ({ one, onClose, onDone }: { one: Received; onClose: () => void; onDone: () => void }) => {
  const words = useIntakeWords()
  const toast = useToast()
  const solve = useCommand('intake.solve')
  const { field, given } = useReason()
  const send = () => {
    const reason = given()
    if (reason === null) return
    void solve.mutateAsync({ org: one.org, id: one.id, reason }).then(
      () => {
        toast({ text: words.solved })
        onDone()
        onClose()
      },
      () => undefined,
    )
  }
  const actions = (
    <>
      <Button onClick={onClose}>{words.cancel}</Button>
      <Button tone="primary" busy={solve.isPending} onClick={send}>
        {words.solve}
      </Button>
    </>
  )
  return (
    <Dialog title={words.solveTitle} open onClose={onClose} actions={actions}>
      <p>{words.solveWhat}</p>
      {field}
      {solve.error !== null && <ErrorNote error={solve.error} />}
    </Dialog>
  )
}
