import { assess } from './forms.ts'

export { assessInput, triageRefusals, type ShownTriage } from './contract.ts'
export { assessAlone, hearSecondOpinion } from './forms.ts'
export { openTriage } from './open-triage.ts'
export { DANGER_CHANNELS, URGENCY_GRADES, VITAL_NAMES } from './triage.ts'
export type {
  ConditionGuess,
  DangerChannel,
  DangerSign,
  DepartmentGuess,
  Triage,
  TriageAbout,
  TriageFunction,
  TriageQuestion,
  UrgencyGrade,
  Vitals,
} from './triage.ts'

/** Everything that can be asked of triage. */
export const triageForms = { 'triage.assess': assess } as const
