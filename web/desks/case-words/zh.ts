import type { Direction, ReferralState, Urgency } from '../../../src/modules/referral/referral.ts'

/** Chinese: where a case stands, in a word; the same on every desk. */
export const statesZh = {
  draft: '草稿',
  submitted: '待接收',
  asked: '待补充',
  accepted: '已接收',
  scheduled: '已预约',
  arrived: '已到诊',
  'in-treatment': '治疗中',
  discharged: '治疗结束',
  'handed-back': '已回转',
  received: '基层已接回',
  'followed-up': '已随访',
  closed: '已结案',
  rejected: '已退回',
  expired: '超时未接收',
  'no-show': '未到诊',
  cancelled: '已撤销',
  'ended-elsewhere': '已终止',
  'not-agreed': '患者未同意',
} satisfies Record<ReferralState, string>

/** Chinese: which way a patient is handed. */
export const directionsZh = { up: '上转', down: '下转', lateral: '平转' } satisfies Record<Direction, string>

/** Chinese: how urgent a case is. */
export const urgenciesZh = { ordinary: '普通', emergency: '急诊', 'green-channel': '绿色通道' } satisfies Record<Urgency, string>

/** Chinese: what happened to a case, by the name of its event. */
export const stepsZh: Record<string, string> = {
  'referral.drafted': '开单',
  'referral.submitted': '提交，病历先行送达',
  'referral.emergency-started': '急诊转出',
  'referral.more-asked': '索要补充资料',
  'referral.supplemented': '补充资料',
  'referral.accepted': '接收',
  'referral.scheduled': '安排就诊',
  'referral.time-lost': '停诊，时间取消，待改约',
  'referral.unit-changed': '号已更换',
  'referral.went-with-unit': '随号改转到别的机构',
  'referral.rejected': '退回',
  'referral.redirected': '改转',
  'referral.arrived': '到诊',
  'referral.missed': '未按时到诊',
  'referral.begun': '开始治疗',
  'referral.discharged': '出院或治疗结束',
  'referral.handed-back': '回转基层',
  'referral.received': '基层接回',
  'referral.followed-up': '随访',
  'referral.closed': '结案',
  'referral.cancelled': '撤销',
  'referral.escalated': '超时，上报一级',
  'referral.expired': '超时未接收，退回转出方',
  'referral.lapsed': '草稿作废',
  'referral.completed': '补单',
  'referral.ended-elsewhere': '终止',
  'referral.task-finished': '任务完成',
  'referral.task-overdue': '任务超时',
  'referral.consent-refused': '患者或家属未同意，没有发出',
}
