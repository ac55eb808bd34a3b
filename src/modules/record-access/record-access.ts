/** What a record is read for. A consent and a statutory duty hold for one purpose; a care relationship for treatment. */
export const PURPOSES = [
  'treatment',
  'self',
  'beginning-care',
  'emergency',
  'research',
  'commercial-insurance',
  'public-health',
  'quality',
] as const
export type Purpose = (typeof PURPOSES)[number]

/** Purposes that a person may consent to, each by itself. */
export const CONSENT_PURPOSES = ['treatment', 'research', 'commercial-insurance', 'quality'] as const
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number]

/** Categories of content that stay masked until they are opened by a reason of their own. */
export const SENSITIVE_CATEGORIES = ['hiv', 'mental-health', 'reproduction', 'abuse'] as const
export type SensitiveCategory = (typeof SENSITIVE_CATEGORIES)[number]

/** Why somebody broke the glass; `other` wants words. */
export const EMERGENCY_REASONS = ['unconscious', 'life-threatening', 'public-emergency', 'other'] as const
export type EmergencyReason = (typeof EMERGENCY_REASONS)[number]

/** What a consent to some kinds may name: groups of resources that a person understands. */
export const CONSENT_KINDS = {
  conditions: ['Condition', 'Encounter', 'EpisodeOfCare', 'Procedure'],
  medicines: ['MedicationRequest', 'MedicationStatement', 'MedicationDispense', 'Medication'],
  allergies: ['AllergyIntolerance'],
  results: ['Observation', 'DiagnosticReport', 'ImagingStudy', 'Specimen'],
  vaccinations: ['Immunization'],
  documents: ['DocumentReference', 'Composition', 'Binary'],
} as const
export type ConsentKind = keyof typeof CONSENT_KINDS

/** Why somebody may read a record, strongest ground first. What one's own institution wrote needs none of these: `custodian` in the audit. */
export const BASES = [
  'self',
  'representative',
  'care-team',
  'encounter',
  'referral',
  'booking',
  'consent',
  'emergency',
  'statutory',
  'beginning-care',
  'custodian',
] as const
export type Basis = (typeof BASES)[number]

/** Each basis in plain words, as the person reads it. */
export const BASIS_WORDS: Readonly<Record<Basis, { readonly zh: string; readonly en: string }>> = {
  self: { zh: '本人', en: 'the person' },
  representative: { zh: '监护人或代理人', en: 'a guardian or proxy' },
  'care-team': { zh: '签约或首诊服务团队', en: 'care team of the person' },
  encounter: { zh: '在该机构就诊或住院', en: 'a visit or stay at this institution' },
  referral: { zh: '转诊到或转自该机构', en: 'a referral to or from this institution' },
  booking: { zh: '在该机构有预约', en: 'a booking at this institution' },
  consent: { zh: '本人授权', en: 'consent of the person' },
  emergency: { zh: '紧急调阅', en: 'emergency access' },
  statutory: { zh: '法定职责', en: 'a statutory duty' },
  'beginning-care': { zh: '接诊并转出', en: 'care begun by this very act' },
  custodian: { zh: '本机构自己的记录', en: 'the institution’s own record' },
}
