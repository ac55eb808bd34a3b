import { useQueryClient } from '@tanstack/react-query'
import { refreshModules } from '../../api/refresh.ts'
import { useApi, useCommand } from '../../api/use-api.ts'
import { RadioCards } from '../../ui/choice.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useToast } from '../../ui/toast.tsx'
import { usePick } from '../../words/language.tsx'
import type { Candidate } from '../continuity/candidates.tsx'
import { HomeFields, homeDraftOf, questionFor, sentHome, useHomeFaults, type HomeDraft } from '../continuity/home-fields.tsx'
import { ActPanel, type Fault } from './act-panel.tsx'
import type { ActFormProps } from './answer-forms.tsx'
import { useDraft } from './held-acts-context.tsx'
import { PlacePicker, type Place } from './place-picker.tsx'
import { useDeskWords } from './words.ts'

const written = ['diagnosis', 'findings', 'treatment', 'medication', 'plan'] as const
type Written = (typeof written)[number]
type HandBackDraft = Record<Written, string> & HomeDraft & { inpatientNumber: string; way: 'care' | 'other'; to: Place | null }

const primaryTiers: readonly string[] = ['village', 'township', 'regional-centre']

/** The return slip with what the record and the criteria already say, the answer of the receiver, and the plan. */
export const HandBackForm = (props: ActFormProps) => {
  const asked = useApi('continuity.candidate', { person: props.referral.person.id })
  // Without the record the slip is written by hand: its form opens all the same.
  if (asked.data === undefined && asked.error === null) return <Skeleton lines={6} />
  return <HandBackFields {...props} candidate={asked.data ?? null} />
}

const emptyDraft = (candidate: Candidate | null, hasCare: boolean): HandBackDraft => ({
  diagnosis: candidate?.prefill.diagnosis ?? '',
  inpatientNumber: '',
  findings: candidate?.prefill.findings ?? '',
  treatment: '',
  medication: candidate?.prefill.medication ?? '',
  plan: candidate?.prefill.plan ?? '',
  way: hasCare ? 'care' : 'other',
  to: null,
  ...homeDraftOf(candidate),
})

/** Hands back in one act. It is not held back for undoing: with it go an answer that was weighed and a plan. */
const useHandBack = (referral: string, onDone: () => void) => {
  const memory = useQueryClient()
  const words = useDeskWords()
  const toast = useToast()
  const command = useCommand('continuity.hand-back')
  const send = (input: Parameters<typeof command.mutate>[0], who: string) =>
    command.mutate(input, {
      onSuccess: () => {
        toast({ text: words.held.done(words.acts['hand-back'], who) })
        void memory.invalidateQueries({ queryKey: ['referral.get', { referral }] })
        void refreshModules(memory, new Set(['referral', 'continuity']))
        onDone()
      },
    })
  return { send, busy: command.isPending, error: command.error }
}

/** The return slip 双向转诊（回转）单: everything on it is required but the inpatient number, and it goes to primary care. */
const HandBackFields = ({ referral, who, onClose, candidate }: ActFormProps & { candidate: Candidate | null }) => {
  const words = useDeskWords()
  const pick = usePick()
  const homeFaults = useHomeFaults()
  const { care } = referral
  const [draft, change] = useDraft<HandBackDraft>(referral.id, 'hand-back', emptyDraft(candidate, care !== null))
  const back = useHandBack(referral.id, onClose)
  const question = questionFor(candidate, draft.way === 'care' ? (care?.id ?? null) : (draft.to?.id ?? null))
  const faults: Fault[] = written
    .filter((field) => draft[field].trim() === '')
    .map((field) => ({ field, text: words.handBack.missing(words.handBack[field]) }))
  if (draft.way === 'other' && draft.to === null) faults.unshift({ field: 'to', text: words.handBack.toMissing })
  faults.push(...homeFaults(draft, question))
  const submit = () => {
    const texts = Object.fromEntries(written.map((field) => [field, draft[field].trim()])) as Record<Written, string>
    const inpatientNumber = draft.inpatientNumber.trim()
    back.send(
      {
        referral: referral.id,
        ...texts,
        ...(inpatientNumber === '' ? {} : { inpatientNumber }),
        ...(draft.way === 'other' && draft.to !== null ? { to: draft.to.id } : {}),
        ...sentHome(draft, question),
      },
      who,
    )
  }
  return (
    <ActPanel
      title={words.handBack.title}
      lead={words.handBack.lead}
      act={words.acts['hand-back']}
      faults={faults}
      busy={back.busy}
      refused={back.error}
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
          <HomeFields candidate={candidate} question={question} draft={draft} change={change} idOf={idOf} faultOf={faultOf} />
        </>
      )}
    </ActPanel>
  )
}
