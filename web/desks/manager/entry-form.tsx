import { useId, useState, type FormEvent } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { TextField } from '../../ui/field.tsx'
import { formatInstant } from '../../ui/time-format.ts'
import { useToast } from '../../ui/toast.tsx'
import { useServerNow } from '../../ui/use-server-now.ts'
import { usePick } from '../../words/language.tsx'
import { bodyOf, draftOf, emptyDraft, missingIn, type Draft } from './draft.ts'
import { afterwards } from './afterwards.ts'
import { FieldInput } from './field-input.tsx'
import type { NameOf } from './names.tsx'
import { commandOf, type Entry, type Field, type Listed, type RegisterName } from './registers.ts'
import { useManagerWords } from './words.ts'

type Props = { name: RegisterName; listed: Listed; nameOf: NameOf; entry: Entry | null; onClose: () => void }

const wordsAt = (fields: readonly Field[], path: string): Field | undefined => {
  const [first, ...rest] = path.split('.').filter((step) => !/^\d+$/.test(step))
  const field = fields.find(({ name }) => name === first)
  return field === undefined || rest.length === 0 ? field : wordsAt(field.parts, rest.join('.'))
}

const useSaving = ({ name, listed, entry, onClose }: Props) => {
  const words = useManagerWords()
  const toast = useToast()
  const propose = useCommand(commandOf(name, 'propose'))
  const correct = useCommand(commandOf(name, 'correct'))
  const done = ({ state }: { state: string }) => {
    toast({ text: state === 'proposed' ? words.form.waits : words.form.saved })
    onClose()
  }
  return {
    error: propose.error ?? correct.error,
    busy: propose.isPending || correct.isPending,
    save: (draft: Draft, from: string, until: string, reason: string) => {
      const body = bodyOf(listed.fields, draft) as never
      if (entry === null) void afterwards(propose.mutateAsync({ from, until: until === '' ? null : until, body }), done)
      else void afterwards(correct.mutateAsync({ entry: entry.entry, from, body, reason }), done)
    },
  }
}

/** A new entry, or a new text of one from a day on: the same form for every register, made of its fields. */
export const EntryForm = (props: Props) => {
  const { listed, nameOf, entry, onClose } = props
  const words = useManagerWords()
  const pick = usePick()
  const id = useId()
  const today = formatInstant(useServerNow()).slice(0, 10)
  const [draft, setDraft] = useState<Draft>(() =>
    entry === null ? emptyDraft(listed.fields) : draftOf(listed.fields, entry.body),
  )
  const [from, setFrom] = useState(today)
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const [attempt, setAttempt] = useState(0)
  const { save, busy, error } = useSaving(props)
  const idOf = (path: string) => `${id}-${path.replaceAll('.', '-')}`
  const missing = missingIn(listed.fields, draft)
  const theirs = (error?.body.fields ?? []).map(({ path, ...said }) => ({ path: path.replace(/^body\./, ''), text: pick(said) }))
  const own = [
    ...missing.map((path) => ({
      path,
      text: words.form.fill(pick(wordsAt(listed.fields, path)?.words ?? { zh: path, en: path })),
    })),
    ...(entry !== null && reason.trim().length < 2 ? [{ path: 'reason', text: words.form.reasonMissing }] : []),
  ]
  const faults = attempt === 0 ? [] : [...own, ...theirs]
  const faultOf = (path: string) => faults.find((fault) => fault.path === path)?.text
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAttempt((before) => before + 1)
    if (own.length === 0 && !busy) save(draft, from, until, reason.trim())
  }
  return (
    <Card title={entry === null ? words.form.newTitle(pick(listed.words)) : words.form.correctTitle(pick(listed.words))}>
      <form className="stack" noValidate onSubmit={submit}>
        {listed.fourEyes && <p className="soft small">{words.form.fourEyes}</p>}
        {error !== null && <ErrorNote error={error} />}
        <ErrorSummary faults={faults.map(({ path, text }) => ({ fieldId: idOf(path), text }))} attempt={attempt} />
        <div className="register-grid">
          <TextField
            id={idOf('from')}
            label={words.from}
            type="date"
            required
            value={from}
            error={faultOf('from')}
            onChange={setFrom}
          />
          {entry === null ? (
            <TextField
              id={idOf('until')}
              label={words.form.until}
              type="date"
              value={until}
              error={faultOf('until')}
              onChange={setUntil}
            />
          ) : (
            <TextField
              id={idOf('reason')}
              label={words.form.reason}
              required
              maxLength={200}
              value={reason}
              error={faultOf('reason')}
              onChange={setReason}
            />
          )}
          {listed.fields.map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              value={draft[field.name]}
              path={field.name}
              nameOf={nameOf}
              idOf={idOf}
              faultOf={faultOf}
              onChange={(value) => setDraft((before) => ({ ...before, [field.name]: value }))}
            />
          ))}
        </div>
        <div className="along">
          <Button tone="primary" submit busy={busy}>
            {listed.fourEyes ? words.form.submitProposal : words.form.save}
          </Button>
          <Button onClick={onClose}>{words.close}</Button>
        </div>
      </form>
    </Card>
  )
}
