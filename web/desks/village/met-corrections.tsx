import { useState, type FormEvent } from 'react'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { useWordsOf } from '../../words/language.tsx'
import type { Correction } from './correct-dialog.tsx'
import type { ShownPerson } from './people.ts'
import { settledCorrection, type Choice, type MetField } from './settle.ts'
import { offlineWords, villageWords } from './words.ts'

type Props = { mine: Correction; theirs: ShownPerson; onSettle: (body: Correction) => void }

const fieldsOf = (mine: Correction): MetField[] =>
  (['phone', 'address', 'insurance'] as const).filter((field) => mine[field] !== undefined)

/** Mine and theirs beside each other, field by field; nothing is chosen beforehand. */
export const MetCorrections = ({ mine, theirs, onSettle }: Props) => {
  const { correct: words } = useWordsOf(offlineWords)
  const village = useWordsOf(villageWords)
  const [chosen, setChosen] = useState<Partial<Record<MetField, Choice>>>({})
  const [tried, setTried] = useState(false)
  const fields = fieldsOf(mine)
  const isWhole = fields.every((field) => chosen[field] !== undefined)
  const labels = { phone: village.register.phone, address: village.register.address, insurance: village.register.insurance }
  const shown = (field: MetField, value: string | null | undefined): string =>
    value == null || value === ''
      ? words.none
      : field === 'insurance'
        ? village.insurances[value as ShownPerson['insurance']]
        : value
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isWhole) onSettle(settledCorrection(mine, theirs, chosen as Record<MetField, Choice>))
  }
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <p>{words.metLead}</p>
      {fields.map((field) => (
        <RadioCards<Choice | ''>
          key={field}
          label={labels[field]}
          required
          error={tried && chosen[field] === undefined ? words.choose : undefined}
          value={chosen[field] ?? ''}
          onChange={(choice) => choice !== '' && setChosen((before) => ({ ...before, [field]: choice }))}
          choices={[
            { value: 'mine', label: shown(field, mine[field]), note: words.mine },
            { value: 'theirs', label: shown(field, theirs[field]), note: words.theirs },
            ...(field === 'address' && mine.address && theirs.address
              ? [{ value: 'both' as const, label: `${theirs.address}；${mine.address}`, note: words.both }]
              : []),
          ]}
        />
      ))}
      <Button tone="primary" wide submit>
        {words.settle}
      </Button>
    </form>
  )
}
