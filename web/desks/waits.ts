import type { ReferralState } from '../../src/modules/referral/referral.ts'
import type { Words } from '../words/language.tsx'

/** What a referral waits for in each state: the last line of its trace, which has not happened yet. */
export const waits: Words<Record<ReferralState, string>> = {
  zh: {
    draft: '等待提交',
    submitted: '等待接收',
    accepted: '等待安排就诊',
    scheduled: '等待到诊',
    arrived: '等待开始治疗',
    'in-treatment': '治疗中',
    discharged: '等待回转基层',
    'handed-back': '等待基层接回',
    received: '等待随访',
    'followed-up': '等待结案',
    rejected: '等待另送去处',
    expired: '等待另送去处',
    'no-show': '等待联系病人',
    closed: '已结案',
    cancelled: '已撤销',
    'ended-elsewhere': '已终止',
  },
  en: {
    draft: 'To be sent',
    submitted: 'Waits for an answer',
    accepted: 'Waits for a time',
    scheduled: 'Waits for the patient to come',
    arrived: 'Waits for treatment',
    'in-treatment': 'In treatment',
    discharged: 'Waits to be handed back',
    'handed-back': 'Waits for primary care',
    received: 'Waits for the follow-up',
    'followed-up': 'Waits to be closed',
    rejected: 'Waits for another way on',
    expired: 'Waits for another way on',
    'no-show': 'Waits until the patient is reached',
    closed: 'Closed',
    cancelled: 'Cancelled',
    'ended-elsewhere': 'Ended elsewhere',
  },
}
