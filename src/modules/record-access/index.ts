import { consents, consentScan, giveConsent, recordPaperConsent, withdrawConsent } from './consent-forms.ts'
import {
  emergenciesOfPerson,
  emergencyList,
  escalateReview,
  openEmergency,
  openSensitive,
  reviewEmergency,
} from './emergency-forms.ts'
import { askExport, decideExport, exportList } from './export-forms.ts'
import {
  answerWhy,
  askWhy,
  endRepresentative,
  questionList,
  questionsOfPerson,
  registerRepresentative,
  represented,
  representatives,
} from './people-forms.ts'

export { recordAccessRefusals } from './contract.ts'
export { consentsOf } from './consent-store.ts'
export type { Consent as GivenConsent } from './consent-store.ts'
export { mayExportAlone, takeExportApproval } from './export-forms.ts'
export { representativesOf, representedBy } from './people-store.ts'
export type { Representative } from './people-store.ts'
export { BASIS_WORDS, PURPOSES } from './record-access.ts'
export type { Basis, Purpose } from './record-access.ts'
export { afterWorkDays } from './rules/work-days.ts'
export { personToTreat, relationsToRecord, standingTo } from './standing.ts'
export type { Standing } from './standing.ts'
export { openRecord } from './store.ts'
export type { Opened } from './store.ts'
export { takeAccessRules } from './take-rules.ts'

/** Everything that can be asked about who may read a record, and who did. */
export const recordAccessForms = {
  'record-access.give-consent': giveConsent,
  'record-access.record-paper-consent': recordPaperConsent,
  'record-access.withdraw-consent': withdrawConsent,
  'record-access.consents': consents,
  'record-access.consent-scan': consentScan,
  'record-access.open-emergency': openEmergency,
  'record-access.escalate-review': escalateReview,
  'record-access.review-emergency': reviewEmergency,
  'record-access.emergencies': emergencyList,
  'record-access.emergencies-of': emergenciesOfPerson,
  'record-access.open-sensitive': openSensitive,
  'record-access.register-representative': registerRepresentative,
  'record-access.end-representative': endRepresentative,
  'record-access.representatives': representatives,
  'record-access.represented': represented,
  'record-access.ask-why': askWhy,
  'record-access.answer-why': answerWhy,
  'record-access.questions': questionList,
  'record-access.questions-of': questionsOfPerson,
  'record-access.ask-export': askExport,
  'record-access.decide-export': decideExport,
  'record-access.exports': exportList,
} as const
