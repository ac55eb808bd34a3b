import { MISSING_PARTS, type MissingPart } from '../../../src/modules/referral/referral.ts'
import { Checkbox } from '../../ui/choice.tsx'
import { TextArea } from '../../ui/field.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { missingParts } from '../missing-parts.ts'
import { ActPanel, type Fault } from './act-panel.tsx'
import type { ActFormProps } from './answer-forms.tsx'
import { useDraft, useHeldActs } from './held-acts-context.tsx'
import { useDeskWords } from './words.ts'

type AskDraft = { what: readonly MissingPart[]; reason: string }

/** Asking for more before deciding: what is missing, in codes for counting and in words for the sender. */
export const AskForm = ({ referral, who, refused, onClose }: ActFormProps) => {
  const { ask: words, acts: names } = useDeskWords()
  const parts = useWordsOf(missingParts)
  const acts = useHeldActs()
  const [draft, change] = useDraft<AskDraft>(referral.id, 'ask-more', { what: [], reason: '' })
  const faults: Fault[] = []
  if (draft.what.length === 0) faults.push({ field: 'what', text: words.whatMissing })
  if (draft.reason.trim() === '') faults.push({ field: 'reason', text: words.reasonMissing })
  const submit = () => {
    acts.hold({ act: 'ask-more', who, input: { referral: referral.id, what: [...draft.what], reason: draft.reason.trim() } })
    onClose()
  }
  return (
    <ActPanel
      title={words.title}
      lead={words.consequence}
      act={names['ask-more']}
      faults={faults}
      refused={refused}
      onSubmit={submit}
      onClose={onClose}
    >
      {({ idOf, faultOf }) => (
        <>
          <fieldset
            id={idOf('what')}
            tabIndex={-1}
            className={faultOf('what') === undefined ? 'choice-group' : 'choice-group wrong'}
          >
            <legend>{words.what}</legend>
            {faultOf('what') !== undefined && <p className="field-error">{faultOf('what')}</p>}
            <div className="along">
              {MISSING_PARTS.map((part) => (
                <Checkbox
                  key={part}
                  label={parts[part]}
                  checked={draft.what.includes(part)}
                  onChange={(checked) =>
                    change({ what: MISSING_PARTS.filter((one) => (one === part ? checked : draft.what.includes(one))) })
                  }
                />
              ))}
            </div>
          </fieldset>
          <TextArea
            id={idOf('reason')}
            label={words.reason}
            hint={words.reasonHint}
            error={faultOf('reason')}
            required
            maxLength={500}
            value={draft.reason}
            onChange={(reason) => change({ reason })}
          />
        </>
      )}
    </ActPanel>
  )
}
