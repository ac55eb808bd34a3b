import type { LetterTemplate as TemplateBody, TemplateNeed } from '../../../src/modules/referral/contract.ts'
import type { Queries } from '../../api/api-types.ts'
import { clinicalName, isIllness } from '../clinical-name.ts'
import { formatDay } from '../../ui/time-format.ts'

/** The standard form's fields as a page holds them: always there, perhaps empty. */
export type Letter = Record<'impression' | 'reason' | 'pastHistory' | 'treatment', string>
type Record_ = Queries['health-record.summary']['answer']
type Series = Record_['series'][number]
type Condition = { name: { zh: string }; icd10: readonly string[] }

/** A template as the server keeps it: the letter itself is a Chinese document, only names and risks are in both languages. */
export type LetterTemplate = TemplateBody

/** The ends of an ICD-10 category or range, `I10-I15` or `E11.2`, as its categories; null when it is none. */
const endsOf = (range: string): [string, string] | null => {
  const found = /^([A-Z]\d\d)(?:\.\d+)?(?:-([A-Z]\d\d)(?:\.\d+)?)?$/.exec(range)
  return found === null ? null : [found[1] ?? '', found[2] ?? found[1] ?? '']
}

/** Whether two ICD-10 ranges share a category. */
export const overlap = (one: string, other: string): boolean => {
  const [a, b] = [endsOf(one), endsOf(other)]
  return a !== null && b !== null && a[0] <= b[1] && b[0] <= a[1]
}

/** A condition that the catalogue names as settled is sent for a review, not because it got out of hand. */
const isSettled = (name: string): boolean => /稳定|恢复|轻症|正常/.test(name)
const review = 'general-review'

/** The templates for a condition, the most likely first: those of its codes, then those for every condition. */
export const templatesFor = ({ name, icd10 }: Condition, templates: readonly LetterTemplate[]): readonly LetterTemplate[] => {
  const own = templates.filter((one) => one.icd10.some((range) => icd10.some((code) => overlap(range, code))))
  const all = [...own, ...templates.filter((one) => one.icd10.length === 0)]
  return isSettled(name.zh) ? [...all.filter(({ key }) => key === review), ...all.filter(({ key }) => key !== review)] : all
}

const lastOf = (series: readonly Series[], code: string) => {
  const one = series.find((each) => each.code === code)
  const point = one?.points.at(-1)
  return one === undefined || point === undefined ? null : { value: point.value, at: formatDay(point.at), unit: one.unit }
}

const measured = {
  glucose: ['14771-0', '空腹血糖'],
  hba1c: ['4548-4', '糖化血红蛋白'],
  pulse: ['8867-4', '心率'],
  oxygen: ['59408-5', '血氧饱和度'],
  temperature: ['8310-5', '体温'],
} as const satisfies Partial<Record<TemplateNeed, readonly [code: string, name: string]>>

const pressureOf = (series: readonly Series[]): string | null => {
  const high = lastOf(series, '8480-6')
  const low = lastOf(series, '8462-4')
  return high === null || low === null ? null : `血压 ${high.value}/${low.value} mmHg（${high.at}）`
}

const measurementOf = (series: readonly Series[], need: keyof typeof measured): string | null => {
  const [code, name] = measured[need]
  const last = lastOf(series, code)
  return last === null ? null : `${name} ${last.value} ${last.unit}（${last.at}）`
}

/** The last measurements in one sentence with their days; empty when there is none. */
export const lastVitals = (series: readonly Series[]): string => {
  const needs = ['glucose', 'hba1c', 'pulse', 'oxygen'] as const
  const parts = [pressureOf(series), ...needs.map((need) => measurementOf(series, need))].filter((part) => part !== null)
  return parts.length === 0 ? '' : `最近测量：${parts.join('；')}。`
}

type Known = { readonly [Need in TemplateNeed]: string | null }

const absent: Record<TemplateNeed, string> = {
  pressure: '血压未记录',
  glucose: '空腹血糖未记录',
  hba1c: '糖化血红蛋白未记录',
  pulse: '心率未记录',
  oxygen: '血氧饱和度未记录',
  temperature: '体温未记录',
  drugs: '目前用药未记录',
  problems: '既往诊断未记录',
  allergies: '过敏史未记录',
}

const listed = (before: string, between: string, parts: readonly string[]): string | null =>
  parts.length === 0 ? null : `${before}${[...new Set(parts)].join(between)}`

const knownOf = (record: Record_ | undefined): Known => {
  const series = record?.series ?? []
  const problems = record?.problems.filter(({ isActive, words }) => isActive && isIllness(words)) ?? []
  const medicines = record?.medicines.filter(({ isActive }) => isActive) ?? []
  const allergies = record?.allergies.filter(({ isActive }) => isActive) ?? []
  return {
    pressure: pressureOf(series),
    glucose: measurementOf(series, 'glucose'),
    hba1c: measurementOf(series, 'hba1c'),
    pulse: measurementOf(series, 'pulse'),
    oxygen: measurementOf(series, 'oxygen'),
    temperature: measurementOf(series, 'temperature'),
    drugs: listed(
      '目前用药：',
      '；',
      medicines.map(({ words, dose }) => `${words.zh}${dose === null ? '' : ` ${dose}`}`),
    ),
    problems: listed(
      '既往诊断：',
      '、',
      problems.map(({ words }) => clinicalName(words).zh),
    ),
    allergies: listed(
      '过敏：',
      '、',
      allergies.map(({ words }) => words.zh),
    ),
  }
}

const filled = (template: string, condition: string, known: Known, vitals: string): string =>
  template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    if (name === 'condition') return condition
    if (name === 'vitals') return vitals
    return name in absent ? (known[name as TemplateNeed] ?? absent[name as TemplateNeed]) : whole
  })

const sentence = (said: string | null): string => (said === null ? '' : `${said}。`)

/** The letter as it can be written without asking: from the condition, a template and the record, where it is open. */
export const filledLetter = (condition: Condition, template: LetterTemplate | undefined, record: Record_ | undefined): Letter => {
  const known = knownOf(record)
  const vitals = lastVitals(record?.series ?? [])
  return {
    impression: condition.name.zh,
    reason: template === undefined ? vitals : filled(template.reason, condition.name.zh, known, vitals),
    pastHistory: `${sentence(known.problems)}${sentence(known.allergies)}`,
    treatment: sentence(known.drugs),
  }
}

/** What a template asks of the record and the record does not have, in the order of the template. */
export const missingFor = (template: LetterTemplate | undefined, record: Record_ | undefined): readonly TemplateNeed[] => {
  const known = knownOf(record)
  return template?.needs.filter((need) => known[need] === null) ?? []
}
