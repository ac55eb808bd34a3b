import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { markSessionLost } from '../../shell/session.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ErrorSummary, type FieldFault } from '../../ui/error-summary.tsx'
import { TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { residentWords, type ResidentWords } from './words.ts'

/** The least that the server takes. */
const lettersLeast = 8

type Typed = { old: string; fresh: string; again: string }
const empty: Typed = { old: '', fresh: '', again: '' }
const idOf: Record<keyof Typed, string> = { old: 'password-old', fresh: 'password-fresh', again: 'password-again' }

const faultsOf = ({ old, fresh, again }: Typed, words: ResidentWords['account']): FieldFault[] => {
  const faults: FieldFault[] = []
  if (old === '') faults.push({ fieldId: idOf.old, text: words.oldMissing })
  if (fresh.length < lettersLeast) faults.push({ fieldId: idOf.fresh, text: words.tooShort })
  if (fresh !== again) faults.push({ fieldId: idOf.again, text: words.notSame })
  return faults
}

/** Changes the password; afterwards every device, this one too, asks for the new one. */
export const ChangePassword = () => {
  const { account: words } = useWordsOf(residentWords)
  const memory = useQueryClient()
  const toast = useToast()
  const [typed, setTyped] = useState(empty)
  const [attempt, setAttempt] = useState(0)
  const change = useCommand('security.change-password')
  const faults = attempt === 0 ? [] : faultsOf(typed, words)
  const faultAt = (field: keyof Typed) => faults.find(({ fieldId }) => fieldId === idOf[field])?.text
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAttempt((before) => before + 1)
    if (faultsOf(typed, words).length > 0) return
    const done = () => {
      setTyped(empty)
      setAttempt(0)
      toast({ text: words.changed })
      // The server ended this session too; asking for the new password now is kinder than at the next press.
      markSessionLost(memory)
    }
    change.mutate({ old: typed.old, fresh: typed.fresh }, { onSuccess: done })
  }
  const field = (name: keyof Typed, label: string, autoComplete: string, hint?: string) => (
    <TextField
      id={idOf[name]}
      label={label}
      required
      type="password"
      autoComplete={autoComplete}
      {...(hint === undefined ? {} : { hint })}
      error={faultAt(name)}
      value={typed[name]}
      onChange={(value) => setTyped((before) => ({ ...before, [name]: value }))}
    />
  )
  return (
    <Card title={words.password}>
      <form className="stack" noValidate onSubmit={submit}>
        <ErrorSummary faults={faults} attempt={attempt} />
        <p className="soft small">{words.passwordWhy}</p>
        {field('old', words.oldPassword, 'current-password')}
        {field('fresh', words.newPassword, 'new-password', words.newPasswordHint)}
        {field('again', words.again, 'new-password')}
        {change.error !== null && <ErrorNote error={change.error} />}
        <Button submit wide tone="primary" busy={change.isPending}>
          {words.change}
        </Button>
      </form>
    </Card>
  )
}
