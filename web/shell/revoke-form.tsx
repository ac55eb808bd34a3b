import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useCommand } from '../api/use-api.ts'
import { Button } from '../ui/button.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { TextField } from '../ui/field.tsx'
import { useToast } from '../ui/toast.tsx'
import { useKeptDevicesWords } from './kept-devices-words.ts'

const reasonLeast = 2

/** Revokes one device with a reason, which stays on record; says beforehand what it does. */
export const RevokeForm = ({
  device,
  name,
  isOwn,
  onClose,
}: {
  device: string
  name: string
  isOwn: boolean
  onClose: () => void
}) => {
  const words = useKeptDevicesWords()
  const toast = useToast()
  const revoke = useCommand('security.revoke-device')
  const form = useRef<HTMLFormElement>(null)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = reason.trim().length < reasonLeast
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isShort || revoke.isPending) return
    revoke.mutate({ device, reason: reason.trim() }, { onSuccess: () => (toast({ text: words.revoked }), onClose()) })
  }
  return (
    <form ref={form} className="stack tight revoke-form" noValidate aria-label={words.revokeOf(name)} onSubmit={submit}>
      <p>{isOwn ? words.whatOwn : words.whatOther}</p>
      <TextField
        label={words.reason}
        required
        maxLength={200}
        error={tried && isShort ? words.reasonMissing : undefined}
        value={reason}
        onChange={setReason}
      />
      {revoke.error !== null && <ErrorNote error={revoke.error} />}
      <div className="along">
        <Button submit tone="danger" busy={revoke.isPending}>
          {words.revoke}
        </Button>
        <Button onClick={onClose}>{words.cancel}</Button>
      </div>
    </form>
  )
}
