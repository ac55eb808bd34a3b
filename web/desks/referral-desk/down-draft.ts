import type { Commands } from '../../api/api-types.ts'
import type { Candidate } from '../continuity/candidates.tsx'
import type { HomeDraft } from '../continuity/home-fields.tsx'
import type { Fault } from './act-panel.tsx'
import type { Condition } from './condition-picker.tsx'
import type { Chosen } from './person-picker.tsx'
import type { Place } from './place-picker.tsx'
import type { useDeskWords } from './words.ts'

/** What is written of a referral down before it is sent. */
export type DownDraft = {
  person: Chosen | null
  condition: Condition | null
  receiver: Place | null
  specialty: string
  impression: string
  reason: string
  treatment: string
  pastHistory: string
  attention: string
  consented: boolean
  by: 'patient' | 'family'
  relation: string
  /** The way home, once it differs from what the disease's template says. */
  home: HomeDraft | null
}
/** Nothing written yet. */
export const emptyDown: DownDraft = {
  person: null,
  condition: null,
  receiver: null,
  specialty: '',
  impression: '',
  reason: '',
  treatment: '',
  pastHistory: '',
  attention: '',
  consented: false,
  by: 'patient',
  relation: '',
  home: null,
}

/** A slip begun for somebody who lies here: person, condition and letter as the record has them. */
export const downOf = (candidate: Candidate): DownDraft => ({
  ...emptyDown,
  person: { id: candidate.person.id, name: candidate.person.name, care: candidate.care },
  receiver: candidate.care,
  impression: candidate.prefill.diagnosis.slice(0, 500),
  reason: candidate.prefill.findings.slice(0, 2000),
  treatment: candidate.prefill.medication.slice(0, 2000),
})

/** The request as it is sent; null while person, condition or receiver is not chosen. */
export const letterOf = (draft: DownDraft): Commands['referral.send']['input'] | null => {
  const { person, condition, receiver } = draft
  if (person === null || condition === null || receiver === null) return null
  const attention = draft.attention.trim()
  const relation = draft.relation.trim()
  return {
    person: person.id,
    receiver: receiver.id,
    specialty: draft.specialty,
    condition,
    letter: {
      impression: draft.impression.trim(),
      reason: draft.reason.trim(),
      treatment: draft.treatment.trim(),
      pastHistory: draft.pastHistory.trim(),
      attention: attention === '' ? null : attention,
    },
    consent: { by: draft.by, relation: draft.by === 'family' && relation !== '' ? relation : null },
  }
}

/** What is still missing, in the order of the form. */
export const downFaults = (draft: DownDraft, missing: ReturnType<typeof useDeskWords>['down']['missing']): Fault[] => {
  const faults: Fault[] = []
  if (draft.person === null) faults.push({ field: 'person', text: missing.person })
  if (draft.condition === null) faults.push({ field: 'condition', text: missing.condition })
  if (draft.receiver === null) faults.push({ field: 'receiver', text: missing.receiver })
  else if (draft.specialty === '') faults.push({ field: 'specialty', text: missing.specialty })
  if (draft.impression.trim() === '') faults.push({ field: 'letter.impression', text: missing.impression })
  if (draft.reason.trim() === '') faults.push({ field: 'letter.reason', text: missing.reason })
  if (!draft.consented) faults.push({ field: 'consent', text: missing.consent })
  return faults
}
