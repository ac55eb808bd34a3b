import { RadioCards } from '../../ui/choice.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { usePick } from '../../words/language.tsx'
import { ActPanel, type Fault } from './act-panel.tsx'
import type { ActFormProps } from './answer-forms.tsx'
import { useDraft, useHeldActs } from './held-acts-context.tsx'
import { PlacePicker, type Place } from './place-picker.tsx'
import { useDeskWords } from './words.ts'

const written = ['diagnosis', 'findings', 'treatment', 'medication', 'plan'] as const
type Written = (typeof written)[number]
type HandBackDraft = Record<Written, string> & { inpatientNumber: string; way: 'care' | 'other'; to: Place | null }

const primaryTiers: readonly string[] = ['village', 'township', 'regional-centre']

/** The return slip 双向转诊（回转）单: everything on it is required but the inpatient number, and it goes to primary care. */
export const HandBackForm = ({ referral, who, refused, onClose }: ActFormProps) => {
  const words = useDeskWords()
  const pick = usePick()
  const acts = useHeldActs()
  const { care } = referral
  const [draft, change] = useDraft<HandBackDraft>(referral.id, 'hand-back', {
    diagnosis: '',
    inpatientNumber: '',
    findings: '',
    treatment: '',
    medication: '',
    plan: '',
    way: care === null ? 'other' : 'care',
    to: null,
  })
  const faults: Fault[] = written
    .filter((field) => draft[field].trim() === '')
    .map((field) => ({ field, text: words.handBack.missing(words.handBack[field]) }))
  if (draft.way === 'other' && draft.to === null) faults.unshift({ field: 'to', text: words.handBack.toMissing })
  const submit = () => {
    const texts = Object.fromEntries(written.map((field) => [field, draft[field].trim()])) as Record<Written, string>
    const inpatientNumber = draft.inpatientNumber.trim()
    acts.hold({
      act: 'hand-back',
      who,
      input: {
        referral: referral.id,
        ...texts,
        ...(inpatientNumber === '' ? {} : { inpatientNumber }),
        ...(draft.way === 'other' && draft.to !== null ? { to: draft.to.id } : {}),
      },
    })
    onClose()
  }
  return (
    <ActPanel
      title={words.handBack.title}
      lead={words.handBack.lead}
      act={words.acts['hand-back']}
      faults={faults}
      refused={refused}
      onSubmit={submit}
      onClose={onClose}
    >
      {({ idOf, faultOf }) => (
        <>
          <TextArea
            id={idOf('diagnosis')}
            label={words.handBack.diagnosis}
            error={faultOf('diagnosis')}
            required
            rows={2}
            maxLength={1000}
            value={draft.diagnosis}
            onChange={(diagnosis) => change({ diagnosis })}
          />
          <TextField
            id={idOf('inpatientNumber')}
            label={words.handBack.inpatientNumber}
            error={faultOf('inpatientNumber')}
            maxLength={40}
            value={draft.inpatientNumber}
            onChange={(inpatientNumber) => change({ inpatientNumber })}
          />
          {written.slice(1).map((field) => (
            <TextArea
              key={field}
              id={idOf(field)}
              label={words.handBack[field]}
              error={faultOf(field)}
              {...(field === 'medication' ? { hint: words.handBack.medicationHint } : {})}
              required
              rows={2}
              maxLength={2000}
              value={draft[field]}
              onChange={(value) => change({ [field]: value })}
            />
          ))}
          {care !== null && (
            <RadioCards
              label={words.handBack.to}
              choices={[
                { value: 'care', label: words.handBack.toCare(pick(care.name)) },
                { value: 'other', label: words.handBack.other },
              ]}
              value={draft.way}
              onChange={(way) => change({ way })}
            />
          )}
          {draft.way === 'other' && (
            <PlacePicker
              label={words.handBack.to}
              id={idOf('to')}
              error={faultOf('to')}
              value={draft.to}
              isWanted={({ tier }) => primaryTiers.includes(tier)}
              onPick={(to) => change({ to })}
            />
          )}
        </>
      )}
    </ActPanel>
  )
}
