import type { Words } from '../../../kernel/words.ts'

import type { Age, Direction, ReceiptAnswer, ReceiptStep, ReferralType, Sex, SlipMark } from './slip-types.ts'

/** Labels of the printed slips; the Chinese ones are those of the national form. */
export const labels = {
  name: { zh: '患者姓名', en: 'Name' },
  sex: { zh: '性别', en: 'Sex' },
  age: { zh: '年龄', en: 'Age' },
  recordNumber: { zh: '档案编号', en: 'Record no.' },
  caseNumber: { zh: '病案号', en: 'Case no.' },
  address: { zh: '家庭住址', en: 'Address' },
  phone: { zh: '联系电话', en: 'Phone' },
  referredOn: { zh: '转诊日期', en: 'Referred on' },
  toInstitution: { zh: '转入单位', en: 'To institution' },
  toDepartment: { zh: '转入科室', en: 'To department' },
  receivingDoctor: { zh: '接诊医生', en: 'Receiving doctor' },
  referringDoctor: { zh: '转诊医生（签字）', en: 'Referring doctor (signature)' },
  date: { zh: '日期', en: 'Date' },
  institution: { zh: '机构名称', en: 'Institution' },
  impression: { zh: '初步印象', en: 'Impression' },
  presentHistory: { zh: '主要现病史\n（转出原因）', en: 'Present history, reason for referral' },
  pastHistory: { zh: '主要既往史', en: 'Past history' },
  treatment: { zh: '治疗经过', en: 'Treatment so far' },
  returnedOn: { zh: '转回日期', en: 'Returned on' },
  returnedTo: { zh: '转回单位', en: 'Returned to' },
  diagnosis: { zh: '诊断结果', en: 'Diagnosis' },
  inpatientNumber: { zh: '住院病案号', en: 'Inpatient no.' },
  mainResults: { zh: '主要检查结果', en: 'Main results' },
  treatmentAndPlan: { zh: '治疗经过、下一步治疗方案及康复建议', en: 'Treatment, further plan and rehabilitation advice' },
  from: { zh: '转出机构', en: 'Referred by' },
  answeredBy: { zh: '接收机构', en: 'Receiver' },
  department: { zh: '接诊科室', en: 'Department' },
  place: { zh: '号源或床位', en: 'Appointment or bed' },
  arriveBefore: { zh: '到诊时限', en: 'Arrive before' },
  reasonCode: { zh: '原因代码', en: 'Reason code' },
  reason: { zh: '原因', en: 'Reason' },
  redirectedTo: { zh: '改转单位', en: 'Redirected to' },
  answeredAt: { zh: '答复时间', en: 'Answered at' },
  result: { zh: '答复结果', en: 'Answer' },
} as const satisfies Record<string, Words>

export const titles = {
  referral: { zh: '双向转诊（转出）单', en: 'Referral slip' },
  referralStub: { zh: '转出单·存根', en: 'Referral slip, stub' },
  return: { zh: '双向转诊（回转）单', en: 'Return slip' },
  returnStub: { zh: '回转单·存根', en: 'Return slip, stub' },
  receipt: { zh: '转诊回执', en: 'Referral receipt' },
  progress: { zh: '到诊进程', en: 'Progress' },
} as const satisfies Record<string, Words>

/** The sentence under the addressee. */
export const requests = {
  referral: {
    zh: '现有下列患者因病情需要，需转入贵单位，请予以接诊。',
    en: 'Please receive the patient below, who needs care at your institution.',
  },
  return: {
    zh: '现有下列患者因病情需要，现转回贵单位，请予以接诊。',
    en: 'The patient below returns to your care. Please receive.',
  },
  receipt: { zh: '贵单位转来的患者，现答复如下。', en: 'Our answer about the patient that you referred to us.' },
} as const satisfies Record<string, Words>

/** Words around the content: what the template itself says. */
export const frameWords = {
  number: { zh: '编号', en: 'No.' },
  cut: { zh: '沿此线剪开', en: 'cut here' },
  stubKept: { zh: '此联由填写机构留存', en: 'kept by the issuing institution' },
  printed: { zh: '打印', en: 'Printed' },
  synthetic: { zh: '演示数据 · 非真实患者', en: 'Demo data, not a real patient' },
  scan: { zh: '扫码查验', en: 'Scan to verify' },
} as const satisfies Record<string, Words>

export const typeWords: Record<ReferralType, Words> = {
  ordinary: { zh: '普通', en: 'Ordinary' },
  emergency: { zh: '急诊', en: 'Emergency' },
  'green-channel': { zh: '绿色通道', en: 'Green channel' },
}

export const directionWords: Record<Direction, Words> = {
  up: { zh: '上转', en: 'Up' },
  down: { zh: '下转', en: 'Down' },
  across: { zh: '平转', en: 'Across' },
}

export const markWords: Record<SlipMark, Words> = {
  draft: { zh: '草稿', en: 'Draft' },
  cancelled: { zh: '已撤销', en: 'Cancelled' },
  expired: { zh: '已过期', en: 'Expired' },
  void: { zh: '已作废', en: 'Void' },
  copy: { zh: '补打', en: 'Copy' },
}

export const sexWords: Record<Sex, Words> = {
  male: { zh: '男', en: 'male' },
  female: { zh: '女', en: 'female' },
  unknown: { zh: '未知', en: 'unknown' },
}

export const ageUnitWords: Record<Age['unit'], Words> = {
  year: { zh: '岁', en: 'y' },
  month: { zh: '个月', en: 'mo' },
  day: { zh: '天', en: 'd' },
}

export const answerWords: Record<ReceiptAnswer['result'], Words> = {
  accepted: { zh: '同意接收', en: 'Accepted' },
  rejected: { zh: '不予接收', en: 'Not accepted' },
  redirected: { zh: '建议改转', en: 'Redirected' },
}

export const stepWords: Record<ReceiptStep, Words> = {
  arrived: { zh: '已到诊', en: 'Arrived' },
  admitted: { zh: '已入院', en: 'Admitted' },
  discharged: { zh: '已出院', en: 'Discharged' },
  returned: { zh: '已转回', en: 'Returned' },
}
