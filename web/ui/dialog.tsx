import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useWords } from '../words/language.tsx'
import { Button, IconButton } from './button.tsx'
import './dialog.css'

/**
 * A window over the page, on the native element: the browser keeps the focus inside and closes on Esc.
 * When it closes, the focus goes back to where it came from.
 */
export const Dialog = ({
  title,
  open,
  onClose,
  actions,
  children,
}: {
  title: string
  open: boolean
  onClose: () => void
  actions?: ReactNode
  children: ReactNode
}) => {
  const words = useWords()
  const titleId = useId()
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = element.current
    if (!open || dialog === null) return
    const cameFrom = document.activeElement
    dialog.showModal()
    return () => {
      dialog.close()
      if (cameFrom instanceof HTMLElement) cameFrom.focus()
    }
  }, [open])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- pressing beside it is a shortcut; Esc and the button close it too
    <dialog
      ref={element}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      {open && (
        <div className="dialog-sheet">
          <div className="dialog-head">
            <h2 id={titleId}>{title}</h2>
            <IconButton label={words.ui.close} icon="cross" onClick={onClose} />
          </div>
          <div className="dialog-body">{children}</div>
          {actions !== undefined && <div className="dialog-actions">{actions}</div>}
        </div>
      )}
    </dialog>
  )
}

/** Asks before an act that cannot be undone; says what it will do, and names the act on the button. */
export const ConfirmDialog = ({
  title,
  consequence,
  act,
  open,
  busy = false,
  onConfirm,
  onClose,
}: {
  title: string
  consequence: ReactNode
  act: string
  open: boolean
  busy?: boolean
  onConfirm: () => void
  onClose: () => void
}) => {
  const words = useWords()
  return (
    <Dialog
      title={title}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.ui.cancel}</Button>
          <Button tone="danger" busy={busy} onClick={onConfirm}>
            {act}
          </Button>
        </>
      }
    >
      <p>{consequence}</p>
    </Dialog>
  )
}
