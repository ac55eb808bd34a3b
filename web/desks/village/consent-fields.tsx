import { Checkbox, RadioCards } from '../../ui/choice.tsx'
import { FieldNotes, TextField } from '../../ui/field.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { letterIds } from './letter-fields.tsx'
import { caseWords } from './words.ts'

export type ConsentEntry = { isGiven: boolean; by: 'patient' | 'family'; relation: string }
export const noConsent: ConsentEntry = { isGiven: false, by: 'patient', relation: '' }

/** Consent as the commands take it, null while it is not given. */
export const consentInput = ({ isGiven, by, relation }: ConsentEntry) =>
  isGiven ? { by, relation: by === 'family' && relation.trim() !== '' ? relation.trim() : null } : null

/** Informed consent: a tick, and for the family who it was. */
export const ConsentFields = ({
  consent,
  fault,
  onChange,
}: {
  consent: ConsentEntry
  fault: string | undefined
  onChange: (some: Partial<ConsentEntry>) => void
}) => {
  const { refer: words } = useWordsOf(caseWords)
  return (
    <>
      <div id={letterIds.consent} tabIndex={-1} className={fault === undefined ? 'consent' : 'consent field wrong'}>
        <Checkbox
          label={words.consent}
          note={words.consentNote}
          checked={consent.isGiven}
          onChange={(isGiven) => onChange({ isGiven })}
        />
        <FieldNotes id={`${letterIds.consent}-note`} error={fault} />
      </div>
      {consent.isGiven && (
        <RadioCards
          label={words.consentBy}
          value={consent.by}
          onChange={(by) => onChange({ by })}
          choices={[
            { value: 'patient', label: words.consentPatient },
            { value: 'family', label: words.consentFamily },
          ]}
        />
      )}
      {consent.isGiven && consent.by === 'family' && (
        <TextField
          label={words.consentRelation}
          maxLength={20}
          value={consent.relation}
          onChange={(relation) => onChange({ relation })}
        />
      )}
    </>
  )
}
