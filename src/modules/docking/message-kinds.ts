import type { Words } from '../../kernel/words.ts'
import type { MessageKind } from './docking.ts'

/**
 * What each event of a referral tells the platform. The record travels behind the request, before the person (病人未到病情信息先到),
 * and behind the hand back. Drafts, escalations and refusals of consent are nobody's business outside.
 */
export const TOLD: Readonly<Record<string, readonly MessageKind[]>> = {
  'referral.submitted': ['request', 'record'],
  'referral.emergency-started': ['request', 'record'],
  'referral.more-asked': ['question'],
  'referral.supplemented': ['supplement', 'record'],
  'referral.accepted': ['answer-yes'],
  'referral.scheduled': ['appointment'],
  'referral.went-with-unit': ['redirect', 'record'],
  'referral.rejected': ['answer-no'],
  'referral.expired': ['answer-no'],
  'referral.redirected': ['redirect', 'record'],
  'referral.arrived': ['arrival'],
  'referral.missed': ['no-show'],
  'referral.begun': ['admission'],
  'referral.discharged': ['discharge'],
  'referral.handed-back': ['hand-back', 'record'],
  'referral.received': ['received-back'],
  'referral.followed-up': ['follow-up'],
  'referral.completed': ['record'],
  'referral.closed': ['closing'],
  'referral.cancelled': ['cancellation'],
  'referral.ended-elsewhere': ['cancellation'],
}

/** Names of the kinds, as the Chinese message flow has them. */
export const WORDS_OF_KIND: Readonly<Record<MessageKind, Words>> = {
  request: { zh: '转诊预约申请', en: 'Referral request' },
  record: { zh: '上传完整病历', en: 'Whole record' },
  question: { zh: '要求补充资料', en: 'More is asked for' },
  supplement: { zh: '补充资料', en: 'Supplement' },
  'answer-yes': { zh: '转诊预约应答(同意)', en: 'Answer: agreed' },
  'answer-no': { zh: '转诊预约应答(不同意)', en: 'Answer: not agreed' },
  appointment: { zh: '预约就诊时间', en: 'Appointment' },
  redirect: { zh: '改转', en: 'Redirected' },
  arrival: { zh: '患者到诊应答', en: 'Arrival' },
  'no-show': { zh: '患者未到诊', en: 'Did not come' },
  admission: { zh: '开始治疗或入院', en: 'Treatment or admission' },
  discharge: { zh: '出院或治疗结束', en: 'Discharge' },
  'hand-back': { zh: '回转', en: 'Hand back' },
  'received-back': { zh: '基层接回', en: 'Received by primary care' },
  'follow-up': { zh: '随访', en: 'Follow-up' },
  closing: { zh: '结案', en: 'Closed' },
  cancellation: { zh: '撤销或终止', en: 'Cancelled or ended' },
}
