import { refuse } from '../../../kernel/result.ts'
import { command } from '../../../platform/forms/form.ts'
import { disagreeInput } from '../contract.ts'
import { requestFacts } from '../facts.ts'
import type { ConsentRefusal, DisagreeReason } from '../referral.ts'
import * as store from '../store.ts'
import { occurred, takeSteps, taskFor } from '../step.ts'
import { freshReferral, SENDERS, submittedRefusal } from './send.ts'

/** Why a person did not agree, in words for the trace; the code beside it is what is counted. */
const WORDS: Record<DisagreeReason, string> = {
  cost: '费用顾虑',
  distance: '路途太远',
  'no-companion': '没有人陪同',
  'prefers-here': '希望在基层继续治疗',
  'prefers-another': '想去另一家医院',
  'feels-better': '自觉好转',
  other: '其他原因',
}

/**
 * A person or the family does not agree to be referred. Nothing is sent and the receiver never hears of it; who refused and
 * why stays on record, and primary care talks with the person once more.
 */
export const refuseConsent = command({
  name: 'referral.record-refusal-of-consent',
  by: SENDERS,
  basis: '双向转诊知情同意书; 个人信息保护法 第二十九条',
  does: {
    zh: '登记患者或家属不同意转诊及其原因:不发送任何资料,基层收到再次告知的任务。',
    en: 'Records that the person or family did not agree, and why: nothing is sent, and primary care gets a task to talk once more.',
  },
  input: disagreeInput,
  read: requestFacts,
  relation: () => ['own'],
  subject: ({ person }) => ({ person: person?.id ?? null }),
  decide: (facts, input, act) => {
    const at = occurred(input.occurredAt, act)
    if (!at.ok) return at
    if (!facts.person) return refuse('referral.person-unknown')
    if (!facts.receiver) return refuse('referral.receiver-unknown')
    if (facts.openAlready) return submittedRefusal(facts.openAlready)
    const { by, relation, told, why, note } = input
    const refusal: ConsentRefusal = { by, relation: relation ?? null, ...(told ? { told } : {}), why, note, at: at.value ?? act.now }
    const said = note === '' ? WORDS[why] : `${WORDS[why]}:${note}`
    const fresh = freshReferral(facts, input, 'ordinary', act)
    const isPrimary = act.actor.role === 'village-doctor' || act.actor.role === 'family-doctor'
    const talksOnceMore = taskFor('consent', { ...fresh, careOrg: fresh.careOrg ?? (isPrimary ? fresh.org : null) }, act)
    const steps = [
      { move: 'draft' as const, occurredAt: at.value },
      { move: 'refuse-consent' as const, reason: said, occurredAt: at.value, data: { why, by }, patch: { consentRefusal: refusal, endedWhy: said } },
    ]
    return takeSteps(null, fresh, steps, act, { opensTasks: talksOnceMore })
  },
  write: store.saveChange,
})
