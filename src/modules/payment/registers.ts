import { z } from 'zod'
import { register } from '../../platform/register.ts'
import { VISIT_KINDS } from './payment.ts'

const staff = [
  'resident@anyone',
  'village-doctor@anyone',
  'family-doctor@anyone',
  'referral-desk@anyone',
  'ward@anyone',
  'consortium-manager@anyone',
  'insurer@anyone',
  'health-bureau@anyone',
  'administrator@anyone',
] as const

const pointBody = z.strictObject({
  /** An institution of the region by its id, or a pharmacy by its own code. */
  code: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]{1,40}$/, '应为机构编号或药店编码|An institution id, or a code of a pharmacy'),
  kind: z.enum(['institution', 'pharmacy']),
  zh: z.string().trim().min(1).max(120),
  en: z.string().trim().max(160).nullish(),
  division: z
    .string()
    .regex(/^\d{6,12}$/, '应为行政区划代码|A division code')
    .nullish(),
  care: z.array(z.enum(VISIT_KINDS)).max(3).default([]),
})
export type PaymentPoint = z.output<typeof pointBody>

/** 移动支付开通名单: where it may be paid by telephone, for which kinds of care, since when. */
export const paymentPoints = register({
  module: 'payment',
  kind: 'point',
  words: { zh: '移动支付开通点', en: 'place of mobile payment' },
  schema: pointBody,
  labels: {
    code: { zh: '机构编号或药店编码', en: 'Institution id or code of the pharmacy' },
    kind: {
      zh: '类别',
      en: 'Kind',
      choices: { institution: { zh: '医疗机构', en: 'Institution' }, pharmacy: { zh: '定点药店', en: 'Pharmacy' } },
    },
    zh: { zh: '名称', en: 'Chinese name' },
    en: { zh: '英文名称', en: 'English name' },
    division: { zh: '行政区划', en: 'Division' },
    care: {
      zh: '开通的门诊类别',
      en: 'Kinds of care',
      choices: {
        ordinary: { zh: '普通门诊', en: 'Ordinary' },
        chronic: { zh: '门诊慢特病', en: 'Chronic and special diseases' },
        'assisted-reproduction': { zh: '辅助生殖', en: 'Assisted reproduction' },
      },
    },
  },
  keyOf: (body) => `${body.kind}-${body.code}`,
  by: ['health-bureau@anyone', 'insurer@anyone', 'administrator@anyone'],
  readBy: [...staff],
  fourEyes: false,
  basis: 'S0 移动支付:诊间支付开通机构与定点药店',
})
