import { TextArea, TextField } from '../../ui/field.tsx'
import { useWordsOf } from '../../words/language.tsx'
import type { Letter } from './letter-templates.ts'
import { caseWords } from './words.ts'

export const letterIds = { impression: 'letter-impression', reason: 'letter-reason', consent: 'letter-consent' } as const
export type LetterFaults = Partial<Record<keyof typeof letterIds, string>>

/** The standard form's fields: first impression, present illness, past history, treatment. */
export const LetterFields = ({
  letter,
  faults,
  onChange,
}: {
  letter: Letter
  faults: LetterFaults
  onChange: (some: Partial<Letter>) => void
}) => {
  const { refer: words } = useWordsOf(caseWords)
  return (
    <>
      <TextField
        id={letterIds.impression}
        label={words.impression}
        required
        maxLength={500}
        error={faults.impression}
        value={letter.impression}
        onChange={(impression) => onChange({ impression })}
      />
      <TextArea
        id={letterIds.reason}
        label={words.reason}
        required
        maxLength={2000}
        error={faults.reason}
        value={letter.reason}
        onChange={(reason) => onChange({ reason })}
      />
      <TextArea
        label={words.pastHistory}
        maxLength={2000}
        value={letter.pastHistory}
        onChange={(pastHistory) => onChange({ pastHistory })}
      />
      <TextArea
        label={words.treatment}
        maxLength={2000}
        value={letter.treatment}
        onChange={(treatment) => onChange({ treatment })}
      />
    </>
  )
}
