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
