import { useState, type FormEvent } from 'react'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Checkbox, RadioCards } from '../ui/choice.tsx'
import { ErrorSummary } from '../ui/error-summary.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { useWordsOf } from '../words/language.tsx'
import { BodyPicture, type Figure } from './body-picture.tsx'
import { saidText, type FindEntry, type KnownPerson } from './find-entry.ts'
import { findWords } from './find-words.ts'

const CHILD_BELOW_YEARS = 14
const AGE_MOST = 120

const figureOf = (age: number | null, sex: string | null): Figure =>
  age !== null && age < CHILD_BELOW_YEARS ? 'child' : sex === 'female' ? 'woman' : 'man'

type Props = { entry: FindEntry; me: KnownPerson | null; onChange: (some: Partial<FindEntry>) => void; onDone: () => void }

/** Who it is about, and what troubles: in one's own words, or by touching the picture. */
export const TellStep = ({ entry, me, onChange, onDone }: Props) => {
  const words = useWordsOf(findWords)
  const [attempt, setAttempt] = useState(0)
  const isMe = entry.who === 'me' && me !== null
  const age = isMe ? me.age : entry.age === '' ? null : Number(entry.age)
  const sex = isMe ? me.sex : entry.sex
  const ageFault = age !== null && !(Number.isInteger(age) && age >= 0 && age <= AGE_MOST) ? words.ageWrong : undefined
  const textFault = saidText(entry) === '' ? words.nothing : undefined
  const faults = [
    ...(ageFault === undefined ? [] : [{ fieldId: 'find-age', text: ageFault }]),
    ...(textFault === undefined ? [] : [{ fieldId: 'find-text', text: textFault }]),
  ]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAttempt((before) => before + 1)
    if (faults.length === 0) onDone()
  }
  // What was answered and chosen belongs to the words that were said.
  const say = (some: Partial<FindEntry>) => onChange({ ...some, answers: [], department: null })
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <Card>
        <div className="stack">
          <ErrorSummary attempt={attempt} faults={attempt > 0 ? faults : []} />
          <TextArea
            id="find-text"
            label={words.what}
            hint={words.whatHint}
            maxLength={500}
            error={attempt > 0 ? textFault : undefined}
            value={entry.text}
            onChange={(text) => say({ text })}
          />
          <Person entry={entry} me={me} sex={sex} ageFault={attempt > 0 ? ageFault : undefined} onSay={say} />
        </div>
      </Card>
      <details className="card" open={Object.keys(entry.parts).length > 0 || undefined}>
        <summary className="find-summary">{words.picture}</summary>
        <BodyPicture figure={figureOf(age, sex)} parts={entry.parts} onChange={(parts) => say({ parts })} />
      </details>
      <div className="find-next">
        <Button tone="primary" wide submit icon="arrow">
          {words.next}
        </Button>
      </div>
    </form>
  )
}

type PersonProps = {
  entry: FindEntry
  me: KnownPerson | null
  sex: string | null
  ageFault: string | undefined
  onSay: (some: Partial<FindEntry>) => void
}

const Person = ({ entry, me, sex, ageFault, onSay }: PersonProps) => {
  const words = useWordsOf(findWords)
  const isOther = me === null || entry.who === 'other'
  return (
    <>
      {me !== null && (
        <RadioCards
          label={words.who}
          choices={[
            { value: 'me', label: words.whoMe },
            { value: 'other', label: words.whoOther },
          ]}
          value={entry.who}
          onChange={(who) => onSay({ who })}
        />
      )}
      {isOther && (
        <>
          <TextField
            id="find-age"
            label={words.age}
            hint={words.ageHint}
            inputMode="numeric"
            maxLength={3}
            error={ageFault}
            value={entry.age}
            onChange={(age) => onSay({ age: age.trim() })}
          />
          <RadioCards
            label={words.sex}
            choices={[
              { value: 'male', label: words.male },
              { value: 'female', label: words.female },
            ]}
            value={entry.sex}
            onChange={(chosen) => onSay({ sex: chosen })}
          />
        </>
      )}
      {sex === 'female' && (
        <Checkbox label={words.pregnant} checked={entry.isPregnant} onChange={(isPregnant) => onSay({ isPregnant })} />
      )}
    </>
  )
}
