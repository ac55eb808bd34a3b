import { refuse } from '../../kernel/result.ts'
import { command, type Act } from '../../platform/forms/form.ts'
import type { HitState, KeptHit } from './audit-rules.ts'
import { decideInput, hitInput, hitReasonInput, lapseInput, recoverInput } from './contract.ts'
import { asked, ended, revoked } from './rules/recovery.ts'
import { readLocked, relationsToHit, stepOf, subjectOfHit, writeStep } from './move-hit.ts'

const BASIS = '医疗保障基金使用监督管理条例:智能审核、申诉、处理'
const AUDITOR = ['insurer@anyone'] as const
const INSTITUTION = [
  'referral-desk@own',
  'ward@own',
  'consortium-manager@own',
  'village-doctor@own',
  'family-doctor@own',
  'pharmacist@own',
] as const

export const tell = command({
  name: 'audit-rules.tell',
  by: AUDITOR,
  basis: BASIS,
  does: { zh: '核实后把疑点下发机构,限期反馈。', en: 'Tells the institution of a hit, which has a time to answer.' },
  input: hitInput,
  read: readLocked,
  relation: relationsToHit,
  subject: subjectOfHit,
  decide: (hit, _input, act) => stepOf(hit, 'tell', {}, act, { amountFen: hit.amountFen }),
  write: writeStep,
})

export const appeal = command({
  name: 'audit-rules.appeal',
  by: INSTITUTION,
  basis: BASIS,
  does: { zh: '机构对疑点申诉,写明理由和依据。', en: 'The institution disagrees with a hit, with its reasons.' },
  input: hitReasonInput,
  read: readLocked,
  relation: relationsToHit,
  subject: subjectOfHit,
  decide: (hit, { reason }, act) => stepOf(hit, 'appeal', { reply: 'appealed', note: reason }, act),
  write: writeStep,
})

export const accept = command({
  name: 'audit-rules.accept',
  by: INSTITUTION,
  basis: BASIS,
  does: { zh: '机构认可疑点。', en: 'The institution agrees with a hit.' },
  input: hitInput,
  read: readLocked,
  relation: relationsToHit,
  subject: subjectOfHit,
  decide: (hit, _input, act) => stepOf(hit, 'accept', { reply: 'accepted' }, act),
  write: writeStep,
})

export const investigate = command({
  name: 'audit-rules.investigate',
  by: AUDITOR,
  basis: BASIS,
  does: {
    zh: '线索或可疑立案调查,决定前机构不可见。',
    en: 'Opens a fraud case; the institution does not see it before it is decided.',
  },
  input: hitReasonInput,
  read: readLocked,
  relation: relationsToHit,
  subject: subjectOfHit,
  decide: (hit, { reason }, act) => stepOf(hit, 'investigate', { isFraudCase: true, note: reason }, act),
  write: writeStep,
})

export const decide = command({
  name: 'audit-rules.decide',
  by: AUDITOR,
  basis: BASIS,
  does: {
    zh: '决定追回多少;达到规定金额的转第二人复核。',
    en: 'Decides what is asked back; from a set sum on a second person has to confirm it.',
  },
  input: decideInput,
  read: readLocked,
  relation: relationsToHit,
  subject: subjectOfHit,
  decide: (hit, { recoverFen, reason }, act) => {
    if (recoverFen > hit.amountFen) return refuse('audit-rules.more-than-found')
    const needsSecond = recoverFen >= act.policy('audit-rules.second-person-fen')
    const moved = { decidedFen: recoverFen, note: reason, decidedBy: act.actor.account }
    return stepOf(
      hit,
      needsSecond ? 'propose' : 'decide',
      moved,
      act,
      { recoverFen },
      needsSecond ? [] : asked(hit.org, recoverFen),
    )
  },
  write: writeStep,
})

/** Whether a hit stands where somebody else has to look at what this act's own actor decided. */
const isOwnDecision = (hit: KeptHit, state: HitState, { actor }: Act): boolean =>
  hit.state === state && hit.decidedBy === actor.account

export const confirm = command({
  name: 'audit-rules.confirm',
  by: AUDITOR,
  basis: BASIS,
  does: { zh: '第二人复核同意追回。', en: 'A second person confirms what is asked back.' },
  input: hitInput,
  read: readLocked,
  relation: relationsToHit,
  subject: subjectOfHit,
  decide: (hit, _input, act) =>
    isOwnDecision(hit, 'proposed', act)
      ? refuse('audit-rules.same-person')
      : stepOf(hit, 'confirm', {}, act, { recoverFen: hit.decidedFen }, asked(hit.org, hit.decidedFen ?? 0)),
  write: writeStep,
})

export const sendBack = command({
  name: 'audit-rules.send-back',
  by: AUDITOR,
  basis: BASIS,
  does: { zh: '第二人复核退回,重新处理。', en: 'A second person sends a proposal back.' },
  input: hitReasonInput,
  read: readLocked,
  relation: relationsToHit,
  subject: subjectOfHit,
  decide: (hit, { reason }, act) =>
    isOwnDecision(hit, 'proposed', act)
      ? refuse('audit-rules.same-person')
      : stepOf(hit, 'send-back', { decidedFen: null, decidedBy: null, note: reason }, act),
  write: writeStep,
})

export const drop = command({
  name: 'audit-rules.drop',
  by: AUDITOR,
  basis: BASIS,
  does: { zh: '不予处理:误报、已解释或证据不足,写明理由。', en: 'Drops a hit, with the reason.' },
  input: hitReasonInput,
  read: readLocked,
  relation: relationsToHit,
  subject: subjectOfHit,
  decide: (hit, { reason }, act) => stepOf(hit, 'drop', { note: reason }, act),
  write: writeStep,
})

export const recover = command({
  name: 'audit-rules.recover',
  by: AUDITOR,
  basis: BASIS,
  does: { zh: '登记追回到账,记账结案;差额不再追。', en: 'Notes what came back, and closes the hit.' },
  input: recoverInput,
  read: readLocked,
  relation: relationsToHit,
  subject: subjectOfHit,
  decide: (hit, { recoveredFen }, act) =>
    recoveredFen > (hit.decidedFen ?? 0) && hit.state === 'recovering'
      ? refuse('audit-rules.more-than-found')
      : stepOf(hit, 'recover', { recoveredFen }, act, { recoveredFen }, ended(hit.org, hit.decidedFen ?? 0, recoveredFen)),
  write: writeStep,
})

export const revoke = command({
  name: 'audit-rules.revoke',
  by: AUDITOR,
  basis: BASIS,
  does: {
    zh: '复议成立:另一人撤销追回决定,账目原额冲回。',
    en: 'A review was won: somebody else takes the decision back, and the books with it.',
  },
  input: hitReasonInput,
  read: readLocked,
  relation: relationsToHit,
  subject: subjectOfHit,
  decide: (hit, { reason }, act) =>
    isOwnDecision(hit, 'recovering', act)
      ? refuse('audit-rules.same-person')
      : stepOf(hit, 'revoke', { note: reason }, act, { recoverFen: hit.decidedFen }, revoked(hit.org, hit.decidedFen ?? 0)),
  write: writeStep,
})

export const lapse = command({
  name: 'audit-rules.lapse',
  by: ['system@anyone'],
  basis: BASIS,
  does: {
    zh: '到期:未反馈的转入处理,超期未办的提醒。',
    en: 'A time is up: what was not answered goes on, what is late is told.',
  },
  input: lapseInput,
  read: readLocked,
  subject: subjectOfHit,
  decide: (hit, { move }, act) => stepOf(hit, move, move === 'lapse' ? { reply: 'silent' } : {}, act),
  write: writeStep,
})
