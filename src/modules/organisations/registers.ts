import { z } from 'zod'
import { register } from '../../platform/register.ts'
import { tierWords } from './governance.ts'
import { SERVICE_LINES, TIERS } from './organisations.ts'
import { everyone } from './parties.ts'

const name = z.strictObject({ zh: z.string().trim().min(1).max(200), en: z.string().trim().max(300).nullish() })

/** 疾病分级诊疗目录, 转诊管理办法, 医疗质量控制管理办法, and whatever else a consortium lays down. */
export const DOCUMENT_KINDS = ['disease-catalogue', 'referral-rules', 'quality-rules', 'charter', 'other'] as const

const documentBody = z.strictObject({
  number: z.string().trim().min(1).max(80),
  type: z.enum(DOCUMENT_KINDS),
  name,
  issuer: z.string().trim().min(1).max(120),
  summary: z.string().trim().max(2_000).default(''),
  link: z.url().max(500).nullish(),
})
export type PolicyDocument = z.output<typeof documentBody>

/** The rule books of a consortium, versioned: which text applied on the day of a referral can always be told. */
export const policyDocuments = register({
  module: 'organisations',
  kind: 'policy-document',
  words: { zh: '政策文件', en: 'policy document' },
  schema: documentBody,
  labels: {
    number: { zh: '文号', en: 'Number' },
    type: {
      zh: '类型',
      en: 'Type',
      choices: {
        'disease-catalogue': { zh: '疾病分级诊疗目录', en: 'Catalogue of tiered care' },
        'referral-rules': { zh: '转诊管理办法', en: 'Referral rules' },
        'quality-rules': { zh: '医疗质量控制管理办法', en: 'Quality rules' },
        charter: { zh: '章程', en: 'Charter' },
        other: { zh: '其他', en: 'Other' },
      },
    },
    name: { zh: '名称', en: 'Title' },
    issuer: { zh: '发布单位', en: 'Issued by' },
    summary: { zh: '摘要', en: 'Summary', means: 'long-text' },
    link: { zh: '链接', en: 'Link' },
  },
  keyOf: (body) => body.number,
  by: ['consortium-manager@own', 'health-bureau@anyone', 'administrator@anyone'],
  readBy: everyone,
  fourEyes: true,
  basis: '《疾病分级诊疗目录》《转诊管理办法》《医疗质量控制管理办法》',
})

/** 公共服务事项清单: what a resident may ask for, where, and what to bring. */
export const serviceLists = register({
  module: 'organisations',
  kind: 'service-list',
  words: { zh: '公共服务事项', en: 'public service' },
  schema: z.strictObject({
    code: z.string().trim().min(1).max(40),
    name,
    line: z.enum(SERVICE_LINES),
    tiers: z.array(z.enum(TIERS)).min(1),
    isFree: z.boolean(),
    bring: z.string().trim().max(400).nullish(),
  }),
  labels: {
    code: { zh: '事项编码', en: 'Code' },
    name: { zh: '事项名称', en: 'Name' },
    line: {
      zh: '服务类别',
      en: 'Line of service',
      choices: {
        prevention: { zh: '疾病预防', en: 'Prevention' },
        diagnosis: { zh: '诊断', en: 'Diagnosis' },
        treatment: { zh: '治疗', en: 'Treatment' },
        nutrition: { zh: '营养', en: 'Nutrition' },
        rehabilitation: { zh: '康复', en: 'Rehabilitation' },
        nursing: { zh: '护理', en: 'Nursing' },
        'health-management': { zh: '健康管理', en: 'Health management' },
      },
    },
    tiers: { zh: '办理层级', en: 'Offered on', choices: tierWords },
    isFree: { zh: '是否免费', en: 'Free of charge' },
    bring: { zh: '需带材料', en: 'What to bring' },
  },
  keyOf: (body) => body.code,
  by: ['consortium-manager@own', 'health-bureau@anyone', 'administrator@anyone'],
  readBy: everyone,
  fourEyes: false,
  basis: '疾病预防、诊断、治疗、营养、康复、护理、健康管理一体化服务',
})
