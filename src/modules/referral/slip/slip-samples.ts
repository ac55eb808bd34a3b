import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'

import type { ConsentForm } from './consent-panel.ts'
import type { Receipt, ReferralSlip, ReturnSlip, SlipFrame } from './slip-types.ts'

// Invented persons, for the test page in the settings and for the tests.

const frame: SlipFrame = {
  slipNumber: 'ZZ20261122-000123',
  referralType: 'emergency',
  direction: 'up',
  language: 'both',
  isSynthetic: true,
  mark: null,
  qrText: 'https://jieli.example/slip/ZZ20261122-000123?c=7F3K9Q',
  printedBy: '周护士（演示）',
  printedAt: '2026-11-22T00:38:20.123Z' as Instant,
  zone: 'Asia/Shanghai',
}

const person = { name: '欧阳䶮', sex: 'female', age: { value: 67, unit: 'year' } } as const
const contact = { address: '湖南省长沙市望城区演示镇某某村三组 18 号', phone: '13800000000' }

/** A filled referral slip of an invented resident. */
export const sampleReferralSlip: ReferralSlip = {
  ...frame,
  resident: { ...person, ...contact, recordNumber: '430112-0008-00123' },
  referredOn: '2026-11-22' as Day,
  toInstitution: '长沙市演示中心医院',
  toDepartment: '心血管内科',
  receivingDoctor: '何医生',
  impression: '高血压 3 级（很高危）；急性左心功能不全待排',
  presentHistory:
    '反复头晕 10 年，加重伴胸闷、夜间不能平卧 3 天。今晨血压 192/116 mmHg，心率 108 次/分，双肺底少许湿啰音，双下肢轻度水肿。\n口服硝苯地平控释片后 2 小时复测 184/110 mmHg，控制不满意，故转上级医院进一步诊治。',
  pastHistory: '高血压 10 年，不规律服药；2 型糖尿病 5 年，口服二甲双胍。否认药物过敏。',
  treatment: '吸氧 2 L/min；呋塞米 20 mg 静注；硝苯地平控释片 30 mg 口服。心电图：左室高电压，ST-T 改变（已随单上传）。',
  signature: { doctor: '李医生', phone: '0731-88000000', institution: '望城区演示镇卫生院', signedOn: '2026-11-22' as Day },
}

/** A filled return slip of an invented resident. */
export const sampleReturnSlip: ReturnSlip = {
  ...frame,
  slipNumber: 'HZ20261205-000045',
  referralType: 'ordinary',
  direction: 'down',
  qrText: 'https://jieli.example/slip/HZ20261205-000045?c=2M8PXA',
  resident: { ...person, ...contact, caseNumber: 'B2026-118832' },
  returnedOn: '2026-12-05' as Day,
  toInstitution: '望城区演示镇卫生院',
  receivingDoctor: '李医生',
  diagnosis: '1. 高血压 3 级（很高危）\n2. 慢性心力衰竭，心功能 Ⅱ 级（NYHA）\n3. 2 型糖尿病',
  inpatientNumber: 'ZY2026-0455127',
  mainResults: '超声心动图：左房增大，LVEF 48%。BNP 820 → 210 pg/mL。血肌酐 86 μmol/L，血钾 4.1 mmol/L，糖化血红蛋白 7.4%。',
  treatmentAndPlan:
    '予利尿、扩血管、控制血压及降糖治疗，症状缓解出院。\n下一步：沙库巴曲缬沙坦 50 mg 每日 2 次，2 周后视血压加量；螺内酯 20 mg 每日 1 次；二甲双胍 0.5 g 每日 3 次。\n每周测体重与血压 2 次；2 周内复查血钾、肌酐；体重 3 天内增加 ≥ 2 kg 或夜间憋气请随时上转。\n康复：限盐 < 5 g/日，每日平地步行 20–30 分钟。',
  signature: { doctor: '何医生', phone: '0731-89000000', institution: '长沙市演示中心医院', signedOn: '2026-12-05' as Day },
}

/** A receipt that accepts the referral slip above. */
export const sampleReceipt: Receipt = {
  ...frame,
  resident: person,
  fromInstitution: '望城区演示镇卫生院',
  answeredBy: { institution: '长沙市演示中心医院', doctor: '何医生', phone: '0731-89000000' },
  answeredAt: '2026-11-22T00:52:00.000Z' as Instant,
  answer: {
    result: 'accepted',
    department: '心血管内科二病区',
    doctor: '何医生',
    place: '住院床位 12-06',
    arriveBefore: '2026-11-22T04:00:00.000Z' as Instant,
  },
  steps: { arrived: '2026-11-22T02:41:00.000Z' as Instant, admitted: '2026-11-22T03:15:00.000Z' as Instant },
}

/** A consent form of an invented resident, agreed to by a relative. */
export const sampleConsentForm: ConsentForm = {
  ...frame,
  resident: { ...person, phone: contact.phone, idNumber: '9901**********0023' },
  fromInstitution: '望城区演示镇卫生院',
  toInstitution: '长沙市演示中心医院',
  toDepartment: '心血管内科',
  appointmentAt: '2026-11-23T01:30:00.000Z' as Instant,
  condition: '高血压 3 级（很高危）；急性左心功能不全待排',
  reason: '血压 192/116 mmHg，口服硝苯地平控释片后 2 小时复测 184/110 mmHg，控制不满意。',
  risks: ['途中血压可能骤升，出现剧烈头痛、胸痛、肢体无力或看不清时立即拨打 120。', '不转诊可能发生脑卒中、心力衰竭或肾功能损害。'],
  answer: { agrees: true, by: 'family', relation: '儿子', why: null, at: '2026-11-22T00:30:00.000Z' as Instant },
  doctor: '李医生',
  signedOn: null,
}
