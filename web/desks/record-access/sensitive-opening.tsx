import { useState } from 'react'
import type { Commands } from '../../api/api-types.ts'
import { useCommand } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useToast } from '../../ui/toast.tsx'
import { useConsentWords } from './consent-words.ts'
import { TREATING } from './treating.ts'

type Category = NonNullable<Commands['record-access.open-sensitive']['input']['category']>
const reasonLeast = 4

/** Opens what is withheld as sensitive, for a while and by a reason. Only for whoever treats people. */
export const SensitiveOpening = ({ person, onOpened }: { person: string; onOpened: () => void }) => {
  const { sensitive: words } = useConsentWords()
  const { role } = useActor()
  const toast = useToast()
  const open = useCommand('record-access.open-sensitive')
  const [asks, setAsks] = useState(false)
  const [category, setCategory] = useState<Category>('all')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  if (!TREATING.includes(role)) return null
  const isShort = reason.trim().length < reasonLeast
  const submit = () => {
    setTried(true)
    if (isShort) return
    const onSuccess = ({ until }: { until: string }) => {
      toast({ text: words.opened(formatInstant(until)) })
      setAsks(false)
      onOpened()
    }
    open.mutate({ person, category, reason: reason.trim() }, { onSuccess })
  }
  return (
    <>
      <Button small icon="lock" onClick={() => setAsks(true)}>
        {words.open}
      </Button>
      <Dialog
        title={words.title}
        open={asks}
        onClose={() => setAsks(false)}
        actions={
          <Button tone="primary" busy={open.isPending} onClick={submit}>
            {words.open}
          </Button>
        }
      >
        <div className="stack">
          <p>{words.says}</p>
          <Select
            label={words.category}
            value={category}
            onChange={setCategory}
            choices={(Object.keys(words.categories) as Category[]).map((value) => ({ value, label: words.categories[value] }))}
          />
          <TextField
            label={words.reason}
            hint={words.reasonHint}
            required
            maxLength={200}
            error={tried && isShort ? words.reasonMissing : undefined}
            value={reason}
            onChange={setReason}
          />
          {open.error !== null && <ErrorNote error={open.error} />}
        </div>
      </Dialog>
    </>
  )
}
