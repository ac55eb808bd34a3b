import { readFileSync } from 'node:fs'
import { isDay, type Day } from '../../kernel/day.ts'
import { z } from 'zod'
import { query } from '../../platform/forms/form.ts'
import { entriesOn } from '../../platform/register-store.ts'
import { register, REGION } from '../../platform/register.ts'
import { GRADES } from '../../shapes/rulebook.ts'
import { letterTemplateBody, letterTemplatesInput, type LetterTemplate } from './contract.ts'

const STAFF = ['village-doctor', 'family-doctor', 'referral-desk', 'ward'] as const
const BASIS = '国家基本公共卫生服务规范(第三版) 双向转诊单; 双向转诊知情同意书'

/** An institution's own templates, and those of the whole region; one of the same key takes the place of the national one. */
export const letterTemplates = register({
  module: 'referral',
  kind: 'letter-template',
  words: { zh: '转诊模板', en: 'referral template' },
  schema: letterTemplateBody,
  labels: {
    key: { zh: '代码', en: 'Key' },
    name: { zh: '名称', en: 'Name' },
    icd10: { zh: 'ICD-10 范围', en: 'ICD-10 ranges' },
    reason: { zh: '转出原因', en: 'Reason', means: 'long-text' },
    needs: {
      zh: '需要的数据',
      en: 'What is needed',
      choices: {
        pressure: { zh: '血压', en: 'Blood pressure' },
        glucose: { zh: '血糖', en: 'Glucose' },
        hba1c: { zh: '糖化血红蛋白', en: 'HbA1c' },
        pulse: { zh: '脉搏', en: 'Pulse' },
        oxygen: { zh: '血氧', en: 'Oxygen' },
        temperature: { zh: '体温', en: 'Temperature' },
        drugs: { zh: '用药', en: 'Drugs' },
        problems: { zh: '问题清单', en: 'Problems' },
        allergies: { zh: '过敏', en: 'Allergies' },
      },
    },
    risks: { zh: '风险提示', en: 'Risks' },
    attach: { zh: '随单资料', en: 'What to attach' },
    bring: { zh: '病人携带', en: 'What to bring' },
  },
  keyOf: (body) => body.key,
  by: ['village-doctor@own', 'family-doctor@own', 'referral-desk@own', 'health-bureau@anyone', 'administrator@anyone'],
  readBy: [...STAFF.map((role) => `${role}@anyone` as const), 'health-bureau@anyone', 'administrator@anyone'],
  fourEyes: false,
  basis: BASIS,
})

const day = z.string().refine(isDay, 'a day is YYYY-MM-DD')
const shippedFile = z.strictObject({
  says: z.string(),
  checkedOn: day,
  templates: z.array(z.strictObject({ from: day, until: day.optional(), grade: z.enum(GRADES), basis: z.string().min(1), body: letterTemplateBody })),
})

// Data like the rulebook's: dated, with basis and grade. The file is checked when the house starts, and a fault stops it by name.
const SHIPPED = shippedFile.parse(
  JSON.parse(readFileSync(new URL('../../../rulebook/national/referral/letter-templates.json', import.meta.url), 'utf8')),
).templates

/** The national templates in force on a day. */
export const nationalTemplates = (on: Day): LetterTemplate[] =>
  SHIPPED.flatMap(({ from, until, body }) => (from <= on && (until === undefined || on < until) ? [body] : []))

export const templatesOf = query({
  name: 'referral.letter-templates',
  by: STAFF.map((role) => `${role}@anyone` as const),
  basis: BASIS,
  does: {
    zh: '现用的转诊模板:全国的,被本区域和本机构的同名版本取代。',
    en: 'The referral templates in use: the national ones, replaced by the region’s and one’s institution’s own of the same key.',
  },
  input: letterTemplatesInput,
  read: async (tx, _input, act) => {
    const owners = [REGION, ...(act.actor.org ? [act.actor.org] : [])]
    const entries = await entriesOn<LetterTemplate>(tx, owners, 'referral.letter-template', act.today)
    return { national: nationalTemplates(act.today), entries: entries.filter(({ state }) => state === 'in-force') }
  },
  answer: ({ national, entries }) => {
    const region = entries.filter(({ org }) => org === REGION).map(({ body }) => ({ ...body, of: 'region' as const }))
    const own = entries.filter(({ org }) => org !== REGION).map(({ body }) => ({ ...body, of: 'own' as const }))
    const shipped = national.map((body) => ({ ...body, of: 'national' as const }))
    return { templates: [...new Map([...shipped, ...region, ...own].map((one) => [one.key, one])).values()] }
  },
})
