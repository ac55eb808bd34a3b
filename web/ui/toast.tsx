import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useWords } from '../words/language.tsx'
import { Button, IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import './toast.css'

/** Long enough to read a sentence and to think again; it stops while the pointer or the focus is on it. */
const shownMs = 8000

export type ToastNote = {
  text: string
  tone?: 'good' | 'danger'
  /** Takes the act back. Offered for reversible acts only. */
  undo?: () => void
  /** Stays until whoever showed it takes it away: for an act that is still held back. */
  stays?: boolean
}

type Shown = ToastNote & { id: number }
/** Shows a note; what it answers takes the note away. */
type ShowToast = (note: ToastNote) => () => void

const ToastContext = createContext<ShowToast>(() => () => undefined)

/** Says in passing that something was done, with a way back for eight seconds. */
export const useToast = (): ShowToast => useContext(ToastContext)

/** Holds the notes in a corner that screen readers follow. */
export const ToastProvider = ({ children }: { children: ReactNode }) => {
  const [notes, setNotes] = useState<readonly Shown[]>([])
  const lastId = useRef(0)
  const leave = useCallback((id: number) => setNotes((before) => before.filter((note) => note.id !== id)), [])
  const show = useCallback<ShowToast>(
    (note) => {
      lastId.current += 1
      const shown = { ...note, id: lastId.current }
      setNotes((before) => [...before.slice(-2), shown])
      return () => leave(shown.id)
    },
    [leave],
  )
  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts" aria-live="polite">
        {notes.map((note) => (
          <Toast key={note.id} note={note} onLeave={leave} />
        ))}
      </div>
    </ToastContext>
  )
}

const Toast = ({ note, onLeave }: { note: Shown; onLeave: (id: number) => void }) => {
  const words = useWords()
  const [held, setHeld] = useState(false)
  const hold = useMemo(() => ({ on: () => setHeld(true), off: () => setHeld(false) }), [])
  useEffect(() => {
    if (held || note.stays === true) return
    const timer = setTimeout(() => onLeave(note.id), shownMs)
    return () => clearTimeout(timer)
  }, [held, note.id, note.stays, onLeave])
  const { undo } = note
  return (
    <div
      className={`toast ${note.tone ?? 'good'}`}
      onMouseEnter={hold.on}
      onMouseLeave={hold.off}
      onFocus={hold.on}
      onBlur={hold.off}
    >
      <Icon name={note.tone === 'danger' ? 'warning' : 'check'} />
      <p>{note.text}</p>
      {undo !== undefined && (
        <Button
          tone="quiet"
          small
          onClick={() => {
            undo()
            onLeave(note.id)
          }}
        >
          {words.ui.undo}
        </Button>
      )}
      <IconButton label={words.ui.dismissNote} icon="cross" onClick={() => onLeave(note.id)} />
    </div>
  )
}
