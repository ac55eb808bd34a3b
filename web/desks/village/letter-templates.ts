import type { Queries } from '../../api/api-types.ts'
import { clinicalName, isIllness } from '../clinical-name.ts'
import { formatDay } from '../../ui/time-format.ts'

/** The standard form's fields as a page holds them: always there, perhaps empty. */
export type Letter = Record<'impression' | 'reason' | 'pastHistory' | 'treatment', string>
type Record_ = Queries['health-record.summary']['answer']
type Series = Record_['series'][number]
type Condition = { name: { zh: string }; icd10: readonly string[] }

/** One way to begin the reason; the letter itself is a Chinese document, so only the button's name is in both languages. */
export type LetterTemplate = { id: string; zh: string; en: string; reason: (condition: string) => string }

const general: readonly LetterTemplate[] = [
  {
    id: 'uncontrolled',
    zh: '控制不佳',
    en: 'Not controlled',
    reason: (name) => `${name}，经基层规范治疗后控制不佳，需上级医院调整治疗方案。`,
  },
  { id: 'worse', zh: '病情加重', en: 'Got worse', reason: (name) => `${name}，近期症状加重，基层条件有限，需进一步检查和治疗。` },
  { id: 'unclear', zh: '需明确诊断', en: 'Unclear', reason: (name) => `疑似${name}，基层不能明确诊断，需专科检查。` },
  { id: 'review', zh: '专科复查', en: 'Review', reason: (name) => `${name}，病情平稳，按管理规范到专科复查和评估并发症。` },
]

/** Templates that one group of conditions has before the general ones, by the letter and digits that its codes begin with. */
const particular: readonly { codes: RegExp; templates: readonly LetterTemplate[] }[] = [
  {
    codes: /^I1[0-5]/,
    templates: [
      {
        id: 'pressure',
        zh: '血压不达标',
        en: 'Pressure too high',
        reason: () => '高血压，规律服药两周以上血压仍不达标，需上级医院评估靶器官损害并调整用药。',
      },
    ],
  },
  {
    codes: /^E1[0-4]/,
    templates: [
      {
        id: 'glucose',
        zh: '血糖不达标',
        en: 'Glucose too high',
        reason: () => '糖尿病，规律用药后空腹血糖仍高于目标，需上级医院调整降糖方案并筛查并发症。',
      },
    ],
  },
  {
    codes: /^I2[0-5]/,
    templates: [
      {
        id: 'chest-pain',
        zh: '胸痛发作',
        en: 'Chest pain',
        reason: () => '反复胸闷、胸痛，活动后明显，需上级医院行心电图、心肌酶等检查。',
      },
    ],
  },
  {
    codes: /^(I6|G45)/,
    templates: [
      {
        id: 'stroke',
        zh: '新发肢体无力',
        en: 'New weakness',
        reason: () => '新近出现肢体无力、言语不清或口角歪斜，疑似卒中，需立即影像检查。',
      },
    ],
  },
  {
    codes: /^J4[0-7]/,
    templates: [
      {
        id: 'breath',
        zh: '喘憋加重',
        en: 'Short of breath',
        reason: () => '咳嗽、咳痰、喘憋加重，基层处理效果不佳，需肺功能检查和进一步治疗。',
      },
    ],
  },
]

/** A condition that the catalogue names as settled is sent for a review, not because it got out of hand. */
const isSettled = (name: string): boolean => /稳定|恢复|轻症|正常/.test(name)

/** The templates for a condition, the most likely first. */
export const templatesFor = ({ name, icd10 }: Condition): readonly LetterTemplate[] => {
  const own = particular.filter(({ codes }) => icd10.some((code) => codes.test(code))).flatMap(({ templates }) => templates)
  const all = [...own, ...general]
  return isSettled(name.zh) ? [...all.filter(({ id }) => id === 'review'), ...all.filter(({ id }) => id !== 'review')] : all
}

const lastOf = (series: readonly Series[], code: string) => {
  const one = series.find((each) => each.code === code)
  const point = one?.points.at(-1)
  return one === undefined || point === undefined ? null : { value: point.value, at: formatDay(point.at), unit: one.unit }
}

const vitalNames = [
  ['14771-0', '空腹血糖'],
  ['4548-4', '糖化血红蛋白'],
  ['8867-4', '心率'],
  ['59408-5', '血氧饱和度'],
] as const

/** The last measurements in one sentence with their days; empty when there is none. */
export const lastVitals = (series: readonly Series[]): string => {
  const high = lastOf(series, '8480-6')
  const low = lastOf(series, '8462-4')
  const pressure = high === null || low === null ? [] : [`血压 ${high.value}/${low.value} mmHg（${high.at}）`]
  const others = vitalNames.flatMap(([code, name]) => {
    const last = lastOf(series, code)
    return last === null ? [] : [`${name} ${last.value} ${last.unit}（${last.at}）`]
  })
  const parts = [...pressure, ...others]
  return parts.length === 0 ? '' : `最近测量：${parts.join('；')}。`
}

/** The letter as it can be written without asking: from the condition, a template and the record, where it is open. */
export const filledLetter = (condition: Condition, template: LetterTemplate | undefined, record: Record_ | undefined): Letter => {
  const problems =
    record?.problems.filter(({ isActive, words }) => isActive && isIllness(words)).map(({ words }) => clinicalName(words).zh) ??
    []
  const allergies = record?.allergies.filter(({ isActive }) => isActive).map(({ words }) => words.zh) ?? []
  const medicines =
    record?.medicines
      .filter(({ isActive }) => isActive)
      .map(({ words, dose }) => `${words.zh}${dose === null ? '' : ` ${dose}`}`) ?? []
  return {
    impression: condition.name.zh,
    reason: `${template?.reason(condition.name.zh) ?? ''}${lastVitals(record?.series ?? [])}`,
    pastHistory: [
      problems.length === 0 ? '' : `既往诊断：${[...new Set(problems)].join('、')}。`,
      allergies.length === 0 ? '' : `过敏：${[...new Set(allergies)].join('、')}。`,
    ].join(''),
    treatment: medicines.length === 0 ? '' : `目前用药：${[...new Set(medicines)].join('；')}。`,
  }
}
