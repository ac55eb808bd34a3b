import { useState } from 'react'
import type { Commands } from '../../api/api-types.ts'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { useReviewWords } from '../match-review/words.ts'
import { usePapersWords } from './papers-words.ts'
import { plainIdNumber, readTypedIdNumber } from './typed-id-number.ts'

type Type = Commands['residents.issue-papers']['input']['identifier']['type']
const types: readonly Type[] = ['01', '02', '03', '04', '05', '06', '07', '99']
const reasonLeast = 2

/** Records a paper that was issued: a newborn's first, a passport, or a changed identity number. */
export const IssuePapers = ({ person, onClose }: { person: string; onClose: () => void }) => {
  const words = usePapersWords()
  const { kinds } = useReviewWords()
  const toast = useToast()
  const issue = useCommand('residents.issue-papers')
  const [type, setType] = useState<Type>('01')
  const [number, setNumber] = useState('')
  const [name, setName] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isShort = reason.trim().length < reasonLeast
  const isEmpty = number.trim() === ''
  const isUnsound = type === '01' && readTypedIdNumber(number).is !== 'sound'
  const fault = isEmpty ? words.numberMissing : isUnsound ? words.numberWrong : undefined
  const submit = () => {
    setTried(true)
    if (isShort || fault !== undefined) return
    const onSuccess = () => {
      toast({ text: words.issued })
      onClose()
    }
    const identifier = { type, number: plainIdNumber(number) }
    const named = name.trim() === '' ? {} : { name: { zh: name.trim() } }
    issue.mutate({ person, identifier, reason: reason.trim(), ...named }, { onSuccess })
  }
  return (
    <Dialog
      title={words.issueTitle}
      open
      onClose={onClose}
      actions={
        <Button tone="primary" busy={issue.isPending} onClick={submit}>
          {words.issue}
        </Button>
      }
    >
      <div className="stack">
        <p>{words.issueWhy}</p>
        <Select
          label={words.title}
          value={type}
          onChange={setType}
          choices={types.map((value) => ({ value, label: kinds[value] ?? value }))}
        />
        <TextField
          label={words.number}
          required
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          error={tried ? fault : undefined}
          value={number}
          onChange={setNumber}
        />
        <TextField label={words.newName} maxLength={60} value={name} onChange={setName} />
        <TextField
          label={words.reason}
          hint={words.reasonHint}
          required
          maxLength={200}
          error={tried && isShort ? words.reasonMissing : undefined}
          value={reason}
          onChange={setReason}
        />
        {issue.error !== null && <ErrorNote error={issue.error} />}
      </div>
    </Dialog>
  )
}
