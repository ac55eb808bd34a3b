import { useState, type ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useAppsWords } from './words.ts'

/** What is typed into a form of registration: its draft, whether saving was tried, and what it says of a field left empty. */
export const useRegistration = <Draft,>(empty: Draft) => {
  const words = useAppsWords()
  const [draft, setDraft] = useState(empty)
  const [tried, setTried] = useState(false)
  return {
    words,
    draft,
    tried,
    trySaving: () => setTried(true),
    change: (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part })),
    missing: (text: string) => (tried && text.trim() === '' ? words.missing : undefined),
  }
}

/** Says that it was saved, and closes the form. */
export const useSaved = (onClose: () => void) => {
  const words = useAppsWords()
  const toast = useToast()
  return {
    onSuccess: () => {
      toast({ text: words.done })
      onClose()
    },
  }
}

type Named = { readonly zh: string; readonly en: string }

/** The number under which something is known, and its name in both languages. */
export const NameFields = ({
  id,
  name,
  missing,
  onId,
  onName,
}: {
  id: string
  name: Named
  missing: (text: string) => string | undefined
  onId: (id: string) => void
  onName: (part: Partial<Named>) => void
}) => {
  const words = useAppsWords()
  return (
    <>
      <TextField label={words.id} hint={words.idHint} required error={missing(id)} value={id} onChange={onId} />
      <TextField
        label={words.nameZh}
        required
        maxLength={60}
        error={missing(name.zh)}
        value={name.zh}
        onChange={(zh) => onName({ zh })}
      />
      <TextField
        label={words.nameEn}
        required
        maxLength={120}
        error={missing(name.en)}
        value={name.en}
        onChange={(en) => onName({ en })}
      />
    </>
  )
}

/** The frame of a form of registration: its title, what the server refused, save and back. */
export const RegistrationForm = ({
  title,
  register,
  onSave,
  onClose,
  children,
}: {
  title: string
  register: { readonly error: Error | null; readonly isPending: boolean }
  onSave: () => void
  onClose: () => void
  children: ReactNode
}) => {
  const words = useAppsWords()
  return (
    <form
      className="stack"
      noValidate
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault()
        onSave()
      }}
    >
      <h3>{title}</h3>
      {children}
      {register.error !== null && <ErrorNote error={register.error} />}
      <div className="along">
        <Button tone="primary" submit busy={register.isPending}>
          {words.save}
        </Button>
        <Button onClick={onClose}>{words.back}</Button>
      </div>
    </form>
  )
}
