import { useEffect, useId, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react'
import type { ApiError } from '../../api/api-error.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { usePick } from '../../words/language.tsx'
import { isComposing } from '../../ui/use-keys.ts'
import { useDeskWords } from './words.ts'

/** What a form finds wrong with itself before it is sent: a sentence for a field. */
export type Fault = { field: string; text: string }

export type FieldHelp = {
  /** The id of a field's control. */
  idOf: (field: string) => string
  /** What is wrong with a field: found here, or by the server, which names it by its path. */
  faultOf: (field: string) => string | undefined
}

/**
 * The form of one act, beside the record and not over it. Ctrl+Enter submits, Esc closes and keeps what was typed. Faults
 * found here stand beside their fields; everything that the server refused stands on top with all its reasons.
 */
export const ActPanel = ({
  title,
  lead,
  level = 3,
  act,
  danger = false,
  busy = false,
  faults,
  refused,
  onSubmit,
  onClose,
  children,
}: {
  title: string
  lead?: string
  level?: 2 | 3
  /** The word on the button that submits. */
  act: string
  danger?: boolean
  busy?: boolean
  faults: readonly Fault[]
  refused: ApiError | null
  onSubmit: () => void
  onClose?: () => void
  children: (help: FieldHelp) => ReactNode
}) => {
  const words = useDeskWords()
  const pick = usePick()
  const Heading = level === 2 ? 'h2' : 'h3'
  const id = useId()
  const [attempt, setAttempt] = useState(0)
  const panel = useFirstFocus(onClose !== undefined)
  const idOf = (field: string) => `${id}-${field.replaceAll('.', '-')}`
  const shown = attempt > 0 ? faults : []
  const ofServer = refused?.body.fields ?? []
  const faultOf = (field: string) => {
    const own = shown.find((fault) => fault.field === field)
    const theirs = ofServer.find(({ path }) => path === field)
    return own?.text ?? (theirs === undefined ? undefined : pick(theirs))
  }
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    setAttempt((before) => before + 1)
    if (faults.length === 0 && !busy) onSubmit()
  }
  const press = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
    if (event.key !== 'Escape' || onClose === undefined) return
    event.preventDefault()
    onClose()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys are shortcuts of its buttons
    <form
      ref={panel}
      className="card act-panel stack"
      aria-labelledby={`${id}-title`}
      noValidate
      onSubmit={submit}
      onKeyDown={press}
    >
      <div>
        <Heading id={`${id}-title`}>{title}</Heading>
        {lead !== undefined && <p className="soft small">{lead}</p>}
      </div>
      {refused !== null && (
        <>
          <p className="small">{words.form.ifRefused}</p>
          <ErrorNote error={refused} />
        </>
      )}
      <ErrorSummary faults={shown.map(({ field, text }) => ({ fieldId: idOf(field), text }))} attempt={attempt} />
      {children({ idOf, faultOf })}
      <div className="along">
        <Button tone={danger ? 'danger' : 'primary'} submit busy={busy}>
          {act}
        </Button>
        {onClose !== undefined && (
          <>
            <Button onClick={onClose}>{words.form.close}</Button>
            <span className="soft small wide-only">{words.form.submitKeys}</span>
          </>
        )}
      </div>
    </form>
  )
}

/** A panel that was called takes the focus to its first field, and gives it back when it closes. */
const useFirstFocus = (wanted: boolean) => {
  const panel = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (!wanted) return
    const cameFrom = document.activeElement
    panel.current?.querySelector<HTMLElement>('input, select, textarea, button')?.focus()
    return () => {
      if (cameFrom instanceof HTMLElement && cameFrom.isConnected) cameFrom.focus()
    }
  }, [wanted])
  return panel
}
