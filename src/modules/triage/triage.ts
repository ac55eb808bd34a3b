import type { Words } from '../../kernel/words.ts'

/** How soon: now by 120, today, within days, may wait or care for oneself. The order is from the least to the most. */
export const URGENCY_GRADES = ['self-care', 'soon', 'urgent', 'emergency'] as const
export type UrgencyGrade = (typeof URGENCY_GRADES)[number]

/** The green channels, and everything else that cannot wait. */
export const DANGER_CHANNELS = ['chest-pain', 'stroke', 'trauma', 'maternal', 'newborn', 'other'] as const
export type DangerChannel = (typeof DANGER_CHANNELS)[number]

/** mmHg, mmHg, beats a minute, breaths a minute, °C, %, mmol/L. */
export const VITAL_NAMES = ['systolic', 'diastolic', 'pulse', 'breaths', 'temperature', 'spo2', 'glucose'] as const
export type VitalName = (typeof VITAL_NAMES)[number]
export type Vitals = { readonly [Name in VitalName]?: number | undefined }

/** What is known of the person beside the text. Age in years, with fractions for infants. */
export type TriageAbout = {
  readonly age?: number | undefined
  readonly sex?: 'male' | 'female' | undefined
  readonly pregnant?: boolean | undefined
  readonly vitals?: Vitals | undefined
  /** Answers to questions that an earlier triage of the same text asked: question to option. */
  readonly answers?: Readonly<Record<string, string>> | undefined
}

/** A department that fits; `code` of 4 digits, `confidence` 0…1: how often such an answer is right. */
export type DepartmentGuess = { readonly code: string; readonly name: Words; readonly confidence: number }
/** A condition group that is worth thinking of; never a diagnosis. */
export type ConditionGuess = Words & { readonly key: string; readonly confidence: number }
/** A sign of danger that the text or the vitals show, and what to do now. */
export type DangerSign = Words & {
  readonly key: string
  readonly channel: DangerChannel
  readonly urgency: 'emergency' | 'urgent'
  readonly now: Words
}
/** A question whose answer would change the department or the urgency. */
export type TriageQuestion = Words & { readonly key: string; readonly options: readonly (Words & { readonly key: string })[] }

/** What triage says to a text. `departments` is empty only when the text says nothing medical. */
export type Triage = {
  readonly departments: readonly DepartmentGuess[]
  readonly urgency: UrgencyGrade
  readonly dangerSigns: readonly DangerSign[]
  readonly conditions: readonly ConditionGuess[]
  /** What to do now; always says that it is no diagnosis. */
  readonly advice: Words
  readonly questions: readonly TriageQuestion[]
  readonly reasons: readonly Words[]
}

/** Pure and synchronous. */
export type TriageFunction = (text: string, about?: TriageAbout) => Triage

/** The graver of two grades. */
export const graver = (one: UrgencyGrade, other: UrgencyGrade): UrgencyGrade =>
  URGENCY_GRADES.indexOf(one) >= URGENCY_GRADES.indexOf(other) ? one : other
