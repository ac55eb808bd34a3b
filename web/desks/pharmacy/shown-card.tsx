import { useState, type FormEvent } from 'react'
import { useCommand } from '../../api/use-api.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/field.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import type { Billed } from '../cashier/open-view.tsx'
import { pharmacyWords } from './words.ts'

// The shortest number that a card has.
const LETTERS_LEAST = 4

/** Whose medicine it is: whoever shows the code of their card at the counter; nobody is looked up. */
export const ShownCard = ({ value, onPick }: { value: Billed | null; onPick: (person: Billed | null) => void }) => {
  const words = useWordsOf(pharmacyWords)
  const pick = usePick()
  const scan = useCommand('health-card.scan')
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  if (value !== null)
    return (
      <div className="along apart">
        <strong>{pick(value.name)}</strong>
        <Button small onClick={() => onPick(null)}>
          {words.change}
        </Button>
      </div>
    )
  const isMissing = text.trim().length < LETTERS_LEAST
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isMissing) return
    scan.mutate(
      { text: text.trim(), scene: 'dispensing' },
      {
        onSuccess: ({ person, name }) => onPick({ id: person, name }),
        onSettled: () => {
          setText('')
          setTried(false)
        },
      },
    )
  }
  return (
    <form className="stack tight" onSubmit={submit}>
      <TextField
        label={words.scan}
        hint={words.scanHint}
        type="search"
        autoComplete="off"
        maxLength={400}
        error={tried && isMissing ? words.missing : undefined}
        value={text}
        onChange={setText}
      />
      {scan.error !== null && <ErrorNote error={scan.error} />}
      <div className="along">
        <Button submit tone="primary" icon="card" busy={scan.isPending}>
          {words.check}
        </Button>
      </div>
    </form>
  )
}
