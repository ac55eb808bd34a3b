import { z } from 'zod'
import { register } from '../../platform/register.ts'
import { everyone } from './parties.ts'

const pharmacyBody = z.strictObject({
  /** 医疗保障定点零售药店编码: P and eleven digits, the first six the division. */
  code: z
    .string()
    .trim()
    .regex(/^P\d{11}$/, '应为定点零售药店编码:P 加 11 位数字|A code of a pharmacy of the insurance: P and 11 digits'),
  zh: z.string().trim().min(1).max(120),
  en: z.string().trim().max(160).nullish(),
  division: z.string().regex(/^\d{12}$/, '应为 12 位区划代码|A division code has 12 digits'),
  address: z.string().trim().max(200).nullish(),
  phone: z.string().trim().min(3).max(30).nullish(),
})
export type Pharmacy = z.output<typeof pharmacyBody>

/** 定点零售药店: pharmacies that settle medicine with the insurance. Nobody is cared for or referred there, so they are no institutions. */
export const pharmacies = register({
  module: 'organisations',
  kind: 'pharmacy',
  words: { zh: '定点零售药店', en: 'pharmacy of the insurance' },
  schema: pharmacyBody,
  labels: {
    code: { zh: '定点药店编码', en: 'Code of the insurance' },
    zh: { zh: '名称', en: 'Chinese name' },
    en: { zh: '英文名称', en: 'English name' },
    division: { zh: '行政区划', en: 'Division' },
    address: { zh: '地址', en: 'Address' },
    phone: { zh: '电话', en: 'Telephone' },
  },
  keyOf: (body) => body.code,
  by: ['insurer@anyone', 'administrator@anyone'],
  readBy: everyone,
  fourEyes: false,
  basis: '零售药店医疗保障定点管理暂行办法(国家医疗保障局令第3号)',
})
