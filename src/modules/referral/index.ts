import { askMore, supplement } from './commands/ask-more.ts'
import { arrive, accept, begin, discharge, redirect, reject, schedule } from './commands/receive.ts'
import { close, finishTask, followUp, handBack, receive } from './commands/return.ts'
import { criteria } from './criteria.ts'
import { refuseConsent } from './commands/disagree.ts'
import { fileOffSite } from './commands/file-off-site.ts'
import { look } from './commands/look.ts'
import { cancel, complete, draft, send, sendEmergency, submit } from './commands/send.ts'
import { arriveAtDoor, endOnDeath, endSuperseded, escalate, expire, lapse, miss, recordAdmissionElsewhere, tellOverdueTask } from './commands/house.ts'
import { looks, refusalCounts, worklistExport } from './desk-queries.ts'
import { referralRefusals as ownRefusals } from './contract.ts'
import { letterTemplates, templatesOf } from './letter-templates.ts'
import { get, journey, mine, ofPerson, openOf, recordPackage, slip, tasks, worklist } from './queries.ts'
import { loseUnit, takeUnit } from './commands/units-outside.ts'
import { supervision } from './supervision.ts'

export { referralsByTime } from './fhir-store.ts'
export { supplementInput } from './contract.ts'
export type { ShownReferral, ShownRow, ShownStep } from './contract.ts'
export { referralReactions } from './reactions.ts'
export { lifecycle } from './lifecycle.ts'
export { takeSteps } from './step.ts'
export { supplement } from './commands/ask-more.ts'
export { relationsToReferral } from './facts.ts'
export type { Referral, ReferralId } from './referral.ts'
export { findReferral, findReferrals, lockReferral } from './store.ts'
export { caseOf, partiesOf } from './step.ts'
export { treatedReferrals } from './treated-store.ts'
export type { TreatedReferral } from './treated-store.ts'
export { listReferrals } from './worklist.ts'

/** Every refusal of the room, those of its register among them. */
export const referralRefusals = { ...ownRefusals, ...letterTemplates.refusals } as const

/** Everything that can be asked of a referral. */
export const referralForms = {
  'referral.draft': draft,
  'referral.send': send,
  'referral.send-emergency': sendEmergency,
  'referral.submit': submit,
  'referral.record-refusal-of-consent': refuseConsent,
  'referral.complete': complete,
  'referral.cancel': cancel,
  'referral.file-off-site': fileOffSite,
  'referral.accept': accept,
  'referral.schedule': schedule,
  'referral.reject': reject,
  'referral.redirect': redirect,
  'referral.ask-more': askMore,
  'referral.supplement': supplement,
  'referral.arrive': arrive,
  'referral.begin': begin,
  'referral.discharge': discharge,
  'referral.hand-back': handBack,
  'referral.receive': receive,
  'referral.follow-up': followUp,
  'referral.close': close,
  'referral.finish-task': finishTask,
  'referral.escalate': escalate,
  'referral.expire': expire,
  'referral.lapse': lapse,
  'referral.miss': miss,
  'referral.tell-overdue-task': tellOverdueTask,
  'referral.arrive-at-door': arriveAtDoor,
  'referral.lose-unit': loseUnit,
  'referral.take-unit': takeUnit,
  'referral.end-on-death': endOnDeath,
  'referral.end-superseded': endSuperseded,
  'referral.record-admission-elsewhere': recordAdmissionElsewhere,
  'referral.get': get,
  'referral.package': recordPackage,
  'referral.worklist': worklist,
  'referral.worklist-export': worklistExport,
  'referral.look': look,
  'referral.looks': looks,
  'referral.refusal-counts': refusalCounts,
  'referral.supervision': supervision,
  'referral.open-of': openOf,
  'referral.mine': mine,
  'referral.of-person': ofPerson,
  'referral.journey': journey,
  'referral.tasks': tasks,
  'referral.slip': slip,
  'referral.criteria': criteria,
  'referral.letter-templates': templatesOf,
  ...letterTemplates.forms,
} as const
