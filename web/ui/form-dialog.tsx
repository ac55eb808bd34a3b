import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

/** A dialog in which something is filled in: it is cancelled, or done by its one act. */
export const FormDialog = ({
  title,
  cancel,
  act,
  busy,
  onAct,
  onClose,
  children,
}: {
  title: string
  cancel: string
  /** What the act is called on its button. */
  act: string
  busy: boolean
  onAct: () => void
  onClose: () => void
  children: ReactNode
}) => (
  <Dialog
    title={title}
    open
    onClose={onClose}
    actions={
      <>
        <Button onClick={onClose}>{cancel}</Button>
        <Button tone="primary" busy={busy} onClick={onAct}>
          {act}
        </Button>
      </>
    }
  >
    {children}
  </Dialog>
)
