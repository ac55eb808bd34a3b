import type { Reaction } from '../../platform/forms/form.ts'
import { continuityRefusals as ownRefusals } from './contract.ts'
import { handBack, sendDown } from './hand-over.ts'
import { changePlan, endOnDeath, reportStep, tellOverdueStep, tickStep } from './plan-commands.ts'
import { candidate, candidates, myPlan, ofCase, questions, template } from './queries.ts'
import { supplies } from './registers.ts'
import { answerReadiness, askReadiness, attest, escalateReadiness } from './ward-commands.ts'

export { planById, plansByTime } from './fhir-store.ts'
export type { RehabPlan } from './continuity.ts'
export type { ShownCandidate, ShownPlan, ShownReadiness } from './contract.ts'

/** Every reason of the module to refuse, those of its register included. */
export const continuityRefusals = { ...ownRefusals, ...supplies.refusals } as const

/** What happens here when something happens elsewhere, once for each event. */
export const continuityReactions: readonly Reaction[] = [
  {
    consumer: 'continuity.end-on-death',
    on: 'residents.died',
    command: 'continuity.end-on-death',
    input: (event) => ({ person: event.person ?? '0' }),
  },
]

/** Everything that can be asked of the way home. */
export const continuityForms = {
  'continuity.attest': attest,
  'continuity.ask-readiness': askReadiness,
  'continuity.answer-readiness': answerReadiness,
  'continuity.escalate-readiness': escalateReadiness,
  'continuity.hand-back': handBack,
  'continuity.send-down': sendDown,
  'continuity.change-plan': changePlan,
  'continuity.tick-step': tickStep,
  'continuity.report-step': reportStep,
  'continuity.tell-overdue-step': tellOverdueStep,
  'continuity.end-on-death': endOnDeath,
  'continuity.candidates': candidates,
  'continuity.candidate': candidate,
  'continuity.plan-template': template,
  'continuity.of-case': ofCase,
  'continuity.questions': questions,
  'continuity.my-plan': myPlan,
  ...supplies.forms,
} as const
