import { Checkbox, RadioCards } from '../../ui/choice.tsx'
import { Field, TextArea, TextField } from '../../ui/field.tsx'
import type { DownDraft } from './down-draft.ts'
import { useDeskWords } from './words.ts'

type LetterProps = {
  draft: DownDraft
  change: (part: Partial<DownDraft>) => void
  idOf: (field: string) => string
  faultOf: (field: string) => string | undefined
}

const letterFields = ['impression', 'reason', 'treatment', 'pastHistory', 'attention'] as const
const requiredFields: readonly string[] = ['impression', 'reason']

/** The letter of a referral down and the consent to it. */
export const LetterFields = ({ draft, change, idOf, faultOf }: LetterProps) => {
  const { down } = useDeskWords()
  return (
    <>
      {letterFields.map((field) => (
        <TextArea
          key={field}
          id={idOf(`letter.${field}`)}
          label={down[field]}
          error={faultOf(`letter.${field}`)}
          required={requiredFields.includes(field)}
          rows={2}
          maxLength={field === 'impression' || field === 'attention' ? 500 : 2000}
          value={draft[field]}
          onChange={(text) => change({ [field]: text })}
        />
      ))}
      <Field label={down.consent} id={idOf('consent')} error={faultOf('consent')}>
        {(wiring) => (
          <div id={wiring.id} tabIndex={-1}>
            <Checkbox label={down.consented} checked={draft.consented} onChange={(consented) => change({ consented })} />
          </div>
        )}
      </Field>
      <RadioCards
        label={down.consentWho}
        choices={[
          { value: 'patient', label: down.consentBy.patient },
          { value: 'family', label: down.consentBy.family },
        ]}
        value={draft.by}
        onChange={(by) => change({ by })}
      />
      {draft.by === 'family' && (
        <TextField
          id={idOf('consent.relation')}
          label={down.relation}
          error={faultOf('consent.relation')}
          maxLength={20}
          value={draft.relation}
          onChange={(relation) => change({ relation })}
        />
      )}
    </>
  )
}
