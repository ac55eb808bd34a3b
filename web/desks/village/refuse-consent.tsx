import { useState } from 'react'
import { DISAGREE_REASONS, type DisagreeReason } from '../../../src/modules/referral/referral.ts'
import type { Commands } from '../../api/api-types.ts'
import { Button } from '../../ui/button.tsx'
import { RadioCards } from '../../ui/choice.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { disagreeReasons } from '../disagree-reasons.ts'
import { ActDialog } from './act-dialogs.tsx'
import { consentWords } from './consent-words.ts'
import { SlipButton } from './slip-button.tsx'
import { useSaved } from './use-saved.ts'
import { caseWords } from './words.ts'

type Input = Commands['referral.record-refusal-of-consent']['input']
type Request = Pick<Input, 'person' | 'receiver' | 'specialty' | 'condition' | 'letter' | 'told'>

/** Records that the patient or the family does not agree: nothing is sent, and the form can be printed to be signed. */
export const RefuseConsent = ({ request, name }: { request: Request; name: string }) => {
  const words = useWordsOf(consentWords)
  const { refer } = useWordsOf(caseWords)
  const reasons = useWordsOf(disagreeReasons)
  const saved = useSaved('referral.record-refusal-of-consent')
  const [open, setOpen] = useState(false)
  const [tried, setTried] = useState(false)
  const [said, setSaid] = useState<{ by: 'patient' | 'family'; relation: string; why: DisagreeReason | ''; note: string }>({
    by: 'patient',
    relation: '',
    why: '',
    note: '',
  })
  const change = (some: Partial<typeof said>) => setSaid((before) => ({ ...before, ...some }))
  const submit = () => {
    setTried(true)
    if (said.why === '') return
    const relation = said.by === 'family' && said.relation.trim() !== '' ? said.relation.trim() : null
    void saved.save(
      { ...request, by: said.by, relation, why: said.why, note: said.note.trim() },
      `${words.refuseTitle} · ${name}`,
    )
  }
  if (saved.answer !== null)
    return (
      <output className="stack tight">
        <p>{words.refuseDone}</p>
        <div>
          <SlipButton referral={saved.answer.referral} kind="consent" />
        </div>
      </output>
    )
  return (
    <>
      <div>
        <Button tone="quiet" onClick={() => setOpen(true)}>
          {words.refuse}
        </Button>
      </div>
      <ActDialog
        title={words.refuseTitle}
        act={words.refuseTitle}
        open={open}
        onClose={() => setOpen(false)}
        saved={saved}
        onSubmit={submit}
      >
        <p>{words.refuseWhat}</p>
        <RadioCards
          label={words.refuseWhy}
          required
          error={tried && said.why === '' ? words.refuseWhyMissing : undefined}
          choices={DISAGREE_REASONS.map((value) => ({ value, label: reasons[value] }))}
          value={said.why}
          onChange={(why) => change({ why })}
        />
        <RadioCards
          label={refer.consentBy}
          choices={[
            { value: 'patient', label: refer.consentPatient },
            { value: 'family', label: refer.consentFamily },
          ]}
          value={said.by}
          onChange={(by) => change({ by })}
        />
        {said.by === 'family' && (
          <TextField
            label={refer.consentRelation}
            maxLength={20}
            value={said.relation}
            onChange={(relation) => change({ relation })}
          />
        )}
        <TextArea label={words.refuseNote} maxLength={500} value={said.note} onChange={(note) => change({ note })} />
      </ActDialog>
    </>
  )
}
