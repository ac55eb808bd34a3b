import { useState } from 'react'
import type { EmergencyReason } from '../../../src/modules/record-access/record-access.ts'
import { useCommand } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useToast } from '../../ui/toast.tsx'
import './emergency-access.css'
import { TREATING } from './treating.ts'
import { useAccessWords } from './words.ts'

/** Opens a record in an emergency: one press asks why, the second opens. Only for whoever treats people. */
export const EmergencyAccess = ({ person, onOpened }: { person: string; onOpened: () => void }) => {
  const { emergency: words } = useAccessWords()
  const { role } = useActor()
  const toast = useToast()
  const [asks, setAsks] = useState(false)
  const open = useCommand('record-access.open-emergency')
  if (!TREATING.includes(role)) return null
  const choose = (reason: string) => {
    const done = () => {
      setAsks(false)
      toast({ text: words.opened })
      onOpened()
    }
    open.mutate({ person, reason: reason as EmergencyReason }, { onSuccess: done })
  }
  return (
    <>
      <Button tone="danger" onClick={() => setAsks(true)}>
        {words.open}
      </Button>
      <Dialog
        title={words.title}
        open={asks}
        onClose={() => setAsks(false)}
        actions={<Button onClick={() => setAsks(false)}>{words.keep}</Button>}
      >
        <div className="stack emergency-says">
          <p>{words.says}</p>
          {Object.entries(words.reasons).map(([reason, label]) => (
            <Button key={reason} wide tone="danger" busy={open.isPending} onClick={() => choose(reason)}>
              {label}
            </Button>
          ))}
          {open.error !== null && <ErrorNote error={open.error} />}
        </div>
      </Dialog>
    </>
  )
}
