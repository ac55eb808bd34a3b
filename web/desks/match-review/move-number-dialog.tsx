import { useState } from 'react'
import type { Commands } from '../../api/api-types.ts'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Select, TextField } from '../../ui/field.tsx'
import { useToast } from '../../ui/toast.tsx'
import type { Pair } from './pair-table.tsx'
import { useReviewWords } from './words.ts'

type Type = Commands['residents.move-number']['input']['identifier']['type']
const types: readonly Type[] = ['01', '02', '03', '04', '05', '06', '07', '99']
const reasonLeast = 2

/** Gives a number that stands with the wrong one of two persons to the other. The whole number is typed from the paper that was seen. */
export const MoveNumberDialog = ({ pair, onClose }: { pair: Pair; onClose: () => void }) => {
  const words = useReviewWords()
  const { move } = words
  const toast = useToast()
  const command = useCommand('residents.move-number')
  const [to, setTo] = useState<string>('')
  const [type, setType] = useState<Type>('01')
  const [number, setNumber] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const from = to === pair.person ? pair.other : pair.person
  const isShort = reason.trim().length < reasonLeast
  const submit = () => {
    setTried(true)
    if (to === '' || number.trim() === '' || isShort) return
    const onSuccess = () => {
      toast({ text: move.done })
      onClose()
    }
    command.mutate({ person: from, to, identifier: { type, number: number.trim() }, reason: reason.trim() }, { onSuccess })
  }
  const actions = (
    <Button tone="primary" busy={command.isPending} onClick={submit}>
      {move.act}
    </Button>
  )
  return (
    <Dialog title={move.title} open onClose={onClose} actions={actions}>
      <div className="stack">
        <p>{move.says}</p>
        <RadioCards
          label={move.to}
          required
          value={to}
          onChange={setTo}
          error={tried && to === '' ? move.toMissing : undefined}
          choices={pair.sides.map(({ id, name, bornOn, idNumber }, at) => ({
            value: id,
            label: `${words.side(at + 1)} · ${name?.zh ?? ''}`,
            note: [bornOn, idNumber].filter(Boolean).join(' · '),
          }))}
        />
        <Select
          label={move.kind}
          value={type}
          onChange={setType}
          choices={types.map((value) => ({ value, label: words.kinds[value] ?? value }))}
        />
        <TextField
          label={move.number}
          hint={move.numberHint}
          required
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          error={tried && number.trim() === '' ? move.numberMissing : undefined}
          value={number}
          onChange={setNumber}
        />
        <TextField
          label={words.reason}
          hint={move.reasonHint}
          required
          maxLength={200}
          error={tried && isShort ? words.reasonMissing : undefined}
          value={reason}
          onChange={setReason}
        />
        {command.error !== null && <ErrorNote error={command.error} />}
      </div>
    </Dialog>
  )
}
