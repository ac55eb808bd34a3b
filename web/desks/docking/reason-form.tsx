import { useEffect, useRef, type FormEvent, type KeyboardEvent, type ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { isComposing } from '../../ui/use-keys.ts'
import { useDockingWords } from './words.ts'

const reasonLeast = 2

/** Whether a reason says too little to stay on record. */
export const isTooShort = (reason: string): boolean => reason.trim().length < reasonLeast

/** A refusal stands in the form already: nothing more is to be done with it. */
export const isShown = (): undefined => undefined

type Props = {
  act: string
  tone: 'primary' | 'danger'
  what: string
  reason: string
  onReason: (reason: string) => void
  tried: boolean
  busy: boolean
  error: unknown
  onSubmit: () => void
  onClose: () => void
  children?: ReactNode
}

/** A form below its row: takes the focus, Ctrl+Enter sends it, Esc leaves it. */
export const ReasonForm = ({ act, tone, what, reason, onReason, tried, busy, error, onSubmit, onClose, children }: Props) => {
  const words = useDockingWords()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('input')?.focus(), [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) onSubmit()
  }
  const press = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys are shortcuts of its buttons
    <form ref={form} className="stack stuck-form" noValidate aria-label={act} onSubmit={submit} onKeyDown={press}>
      <p>{what}</p>
      {children}
      <TextField
        label={words.reason}
        hint={words.reasonHint}
        required
        maxLength={500}
        error={tried && isTooShort(reason) ? words.reasonMissing : undefined}
        value={reason}
        onChange={onReason}
      />
      {error !== null && <ErrorNote error={error} />}
      <div className="along">
        <Button submit tone={tone} busy={busy} aria-keyshortcuts="Control+Enter">
          {act}
        </Button>
        <Button onClick={onClose} aria-keyshortcuts="Escape">
          {words.cancel}
        </Button>
      </div>
    </form>
  )
}
