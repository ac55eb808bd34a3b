import { Checkbox, RadioCards } from '../../ui/choice.tsx'
import { FieldNotes, TextField } from '../../ui/field.tsx'
import { usePick, useWordsOf } from '../../words/language.tsx'
import type { Bilingual } from '../../api/api-types.ts'
import { consentWords } from './consent-words.ts'
import { letterIds } from './letter-fields.tsx'
import { caseWords } from './words.ts'

export type ConsentEntry = { isGiven: boolean; by: 'patient' | 'family'; relation: string }
export const noConsent: ConsentEntry = { isGiven: false, by: 'patient', relation: '' }

/** Consent as the commands take it, with the risks that were told; null while it is not given. */
export const consentInput = ({ isGiven, by, relation }: ConsentEntry, told: readonly string[] = []) =>
  isGiven
    ? {
        by,
        relation: by === 'family' && relation.trim() !== '' ? relation.trim() : null,
        ...(told.length === 0 ? {} : { told: [...told] }),
      }
    : null

/** Informed consent: a tick, and for the family who it was. */
export const ConsentFields = ({
  consent,
  fault,
  risks = [],
  onChange,
}: {
  consent: ConsentEntry
  fault: string | undefined
  /** The risks that the chosen template tells. */
  risks?: readonly Bilingual[]
  onChange: (some: Partial<ConsentEntry>) => void
}) => {
  const { refer: words } = useWordsOf(caseWords)
  const told = useWordsOf(consentWords)
  const pick = usePick()
  return (
    <>
      {risks.length > 0 && (
        <div>
          <p className="small soft">{told.risks}</p>
          <ul className="told-risks">
            {risks.map((risk) => (
              <li key={risk.zh}>{pick(risk)}</li>
            ))}
          </ul>
        </div>
      )}
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
