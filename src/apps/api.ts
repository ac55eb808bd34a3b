import type { z } from 'zod'
import type { AnyForm, CarriedCommand, Command, Query, Reaction } from '../platform/forms/form.ts'
import type { RefusalTable } from '../platform/refusals.ts'
import { bookingForms, bookingReactions, bookingRefusals } from '../modules/booking/index.ts'
import { continuityForms, continuityReactions, continuityRefusals } from '../modules/continuity/index.ts'
import { correspondenceForms, correspondenceReactions, correspondenceRefusals } from '../modules/correspondence/index.ts'
import { dockingForms, dockingReactions, dockingRefusals } from '../modules/docking/index.ts'
import { greenChannelForms, greenChannelReactions, greenChannelRefusals } from '../modules/green-channel/index.ts'
import { healthRecordForms, healthRecordRefusals } from '../modules/health-record/index.ts'
import { navigationForms, navigationRefusals } from '../modules/navigation/index.ts'
import { organisationsForms, organisationsRefusals } from '../modules/organisations/index.ts'
import { referralForms, referralReactions, referralRefusals } from '../modules/referral/index.ts'
import { residentsForms, residentsRefusals } from '../modules/residents/index.ts'
import { securityForms, securityRefusals } from '../modules/security/index.ts'
import { triageForms, triageRefusals } from '../modules/triage/index.ts'

/** Every command and query of the house by name: the table of contents of the API. */
export const api = {
  ...securityForms,
  ...organisationsForms,
  ...residentsForms,
  ...bookingForms,
  ...healthRecordForms,
  ...navigationForms,
  ...referralForms,
  ...correspondenceForms,
  ...greenChannelForms,
  ...continuityForms,
  ...triageForms,
  ...dockingForms,
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
  organisationsRefusals,
  residentsRefusals,
  bookingRefusals,
  healthRecordRefusals,
  navigationRefusals,
  referralRefusals,
  correspondenceRefusals,
  greenChannelRefusals,
  continuityRefusals,
  triageRefusals,
  dockingRefusals,
]

export const reactions: readonly Reaction[] = [
  ...bookingReactions,
  ...referralReactions,
  ...correspondenceReactions,
  ...greenChannelReactions,
  ...continuityReactions,
  ...dockingReactions,
]

/** The forms as the house wants them; a form that stands under another name than its own is a bug found at start. */
export const formsByName = (): ReadonlyMap<string, AnyForm> => {
  for (const [name, form] of Object.entries(api))
    if (form.name !== name) throw new Error(`The form ${form.name} stands under ${name}`)
  return new Map(Object.entries(api) as [string, AnyForm][])
}
