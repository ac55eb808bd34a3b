import { useState } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useConsentWords } from './consent-words.ts'
import { PersonChoice, type Chosen } from './found-choice.tsx'

const documentLeast = 2

/** Registers a guardian or a proxy of a person, by papers that were seen. */
export const RepresentativeForm = ({ person, onClose }: { person: string; onClose: () => void }) => {
  const { people: words } = useConsentWords()
  const toast = useToast()
  const register = useCommand('record-access.register-representative')
  const [by, setBy] = useState<Chosen | null>(null)
  const [kind, setKind] = useState<'guardian' | 'proxy'>('guardian')
  const [document, setDocument] = useState('')
  const [until, setUntil] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = document.trim().length < documentLeast
  const submit = () => {
    setTried(true)
    if (by === null || isShort) return
    const onSuccess = () => {
      toast({ text: words.registered })
      onClose()
    }
    const wish = { person, by: by.id, kind, document: document.trim(), ...(until === '' ? {} : { until }) }
    register.mutate(wish, { onSuccess })
  }
  return (
    <Dialog
      title={words.register}
      open
      onClose={onClose}
      actions={
        <Button tone="primary" busy={register.isPending} onClick={submit}>
          {words.register}
        </Button>
      }
    >
      <div className="stack">
        <PersonChoice
          label={words.who}
          hint={words.whoHint}
          error={tried && by === null ? words.whoMissing : undefined}
          value={by}
          onPick={setBy}
        />
        <RadioCards
          label={words.kind}
          value={kind}
          onChange={setKind}
          choices={[
            { value: 'guardian', label: words.kinds.guardian, note: words.guardianNote },
            { value: 'proxy', label: words.kinds.proxy, note: words.proxyNote },
          ]}
        />
        <TextField
          label={words.document}
          hint={words.documentHint}
          required
          maxLength={200}
          error={tried && isShort ? words.documentMissing : undefined}
          value={document}
          onChange={setDocument}
        />
        <TextField type="date" label={words.until} value={until} onChange={setUntil} />
        {register.error !== null && <ErrorNote error={register.error} />}
      </div>
    </Dialog>
  )
}
