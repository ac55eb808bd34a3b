import type { z } from 'zod'
import type { AnyForm, CarriedCommand, Command, Query, Reaction } from '../platform/forms/form.ts'
import type { RefusalTable } from '../platform/refusals.ts'
import { auditRulesForms, auditRulesRefusals } from '../modules/audit-rules/index.ts'
import { bookingForms, bookingReactions, bookingRefusals } from '../modules/booking/index.ts'
import { continuityForms, continuityReactions, continuityRefusals } from '../modules/continuity/index.ts'
import { correspondenceForms, correspondenceReactions, correspondenceRefusals } from '../modules/correspondence/index.ts'
import { dockingForms, dockingReactions, dockingRefusals } from '../modules/docking/index.ts'
import { fhirRefusals } from '../modules/fhir/contract.ts'
import { fundForms, fundReactions, fundRefusals } from '../modules/fund/index.ts'
import { greenChannelForms, greenChannelReactions, greenChannelRefusals } from '../modules/green-channel/index.ts'
import { healthCardForms, healthCardRefusals } from '../modules/health-card/index.ts'
import { healthRecordForms, healthRecordRefusals } from '../modules/health-record/index.ts'
import { intakeForms, intakeReactions, intakeRefusals } from '../modules/intake/index.ts'
import { navigationForms, navigationRefusals } from '../modules/navigation/index.ts'
import { organisationsForms, organisationsRefusals } from '../modules/organisations/index.ts'
import { paymentForms, paymentReactions, paymentRefusals } from '../modules/payment/index.ts'
import { recognitionForms, recognitionRefusals } from '../modules/recognition/index.ts'
import { recordAccessForms, recordAccessRefusals } from '../modules/record-access/index.ts'
import { referralForms, referralReactions, referralRefusals } from '../modules/referral/index.ts'
import { residentsForms, residentsReactions, residentsRefusals } from '../modules/residents/index.ts'
import { securityForms, securityRefusals } from '../modules/security/index.ts'
import { settlementForms, settlementReactions, settlementRefusals } from '../modules/settlement/index.ts'
import { smartForms, smartRefusals } from '../modules/smart/index.ts'
import { triageForms, triageRefusals } from '../modules/triage/index.ts'

/** Every command and query of the house by name: the table of contents of the API. */
export const api = {
  ...securityForms,
  ...smartForms,
  ...organisationsForms,
  ...residentsForms,
  ...bookingForms,
  ...healthCardForms,
  ...recordAccessForms,
  ...healthRecordForms,
  ...navigationForms,
  ...recognitionForms,
  ...settlementForms,
  ...paymentForms,
  ...fundForms,
  ...auditRulesForms,
  ...referralForms,
  ...correspondenceForms,
  ...greenChannelForms,
  ...continuityForms,
  ...triageForms,
  ...dockingForms,
  ...intakeForms,
} as const

/** Names, inputs and answers, for the typed browser client; only ever imported as a type. */
export type Api = {
  [Name in keyof typeof api]: (typeof api)[Name] extends Command<infer Input, infer Answer, infer _Facts, infer _Change>
    ? { kind: 'command'; input: z.input<Input>; answer: Answer }
    : (typeof api)[Name] extends CarriedCommand<infer Input, infer Answer, infer _Wish>
      ? { kind: 'command'; input: z.input<Input>; answer: Answer }
      : (typeof api)[Name] extends Query<infer Input, infer Answer, infer _Facts>
        ? { kind: 'query'; input: z.input<Input>; answer: Answer }
        : never
}

export const refusalTables: readonly RefusalTable[] = [
  securityRefusals,
  smartRefusals,
  fhirRefusals,
  organisationsRefusals,
  residentsRefusals,
  bookingRefusals,
  healthCardRefusals,
  recordAccessRefusals,
  healthRecordRefusals,
  navigationRefusals,
  recognitionRefusals,
  settlementRefusals,
  paymentRefusals,
  fundRefusals,
  auditRulesRefusals,
  referralRefusals,
  correspondenceRefusals,
  greenChannelRefusals,
  continuityRefusals,
  triageRefusals,
  dockingRefusals,
  intakeRefusals,
]

export const reactions: readonly Reaction[] = [
  ...residentsReactions,
  ...bookingReactions,
  ...settlementReactions,
  ...fundReactions,
  ...paymentReactions,
  ...referralReactions,
  ...correspondenceReactions,
  ...greenChannelReactions,
  ...continuityReactions,
  ...dockingReactions,
  ...intakeReactions,
]

/** The forms as the house wants them; a form that stands under another name than its own is a bug found at start. */
export const formsByName = (): ReadonlyMap<string, AnyForm> => {
  for (const [name, form] of Object.entries(api))
    if (form.name !== name) throw new Error(`The form ${form.name} stands under ${name}`)
  return new Map(Object.entries(api) as [string, AnyForm][])
}
