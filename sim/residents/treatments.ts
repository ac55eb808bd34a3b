import type { Illness } from './illnesses.ts'

/** One drug as it is prescribed for a long illness. ATC code, single dose in `unit`, and how often a day. */
export type Drug = {
  atc: string
  zh: string
  en: string
  dose: number
  unit: 'mg' | 'ug' | '[IU]'
  timesADay: number
  how: string
  /** Not given to people who also have one of these. */
  avoidWith?: readonly Illness[]
}

/** How an illness is written in a record and what is usually given for it, first choice first. */
export type Treatment = { icd10: string; zh: string; en: string; followUp: string; drugs: readonly Drug[] }

const AMLODIPINE: Drug = {
  atc: 'C08CA01',
  zh: '苯磺酸氨氯地平片',
  en: 'Amlodipine',
  dose: 5,
  unit: 'mg',
  timesADay: 1,
  how: '口服,晨起',
}
const VALSARTAN: Drug = { atc: 'C09CA03', zh: '缬沙坦胶囊', en: 'Valsartan', dose: 80, unit: 'mg', timesADay: 1, how: '口服' }
const HYDROCHLOROTHIAZIDE: Drug = {
  atc: 'C03AA03',
  zh: '氢氯噻嗪片',
  en: 'Hydrochlorothiazide',
  dose: 12.5,
  unit: 'mg',
  timesADay: 1,
  how: '口服,晨起',
  avoidWith: ['chronic-kidney-disease'],
}
const METFORMIN: Drug = {
  atc: 'A10BA02',
  zh: '盐酸二甲双胍片',
  en: 'Metformin',
  dose: 500,
  unit: 'mg',
  timesADay: 2,
  how: '口服,随餐',
  avoidWith: ['chronic-kidney-disease'],
}
const ACARBOSE: Drug = {
  atc: 'A10BF01',
  zh: '阿卡波糖片',
  en: 'Acarbose',
  dose: 50,
  unit: 'mg',
  timesADay: 3,
  how: '嚼服,与第一口饭同服',
}
const GLARGINE: Drug = {
  atc: 'A10AE04',
  zh: '甘精胰岛素注射液',
  en: 'Insulin glargine',
  dose: 12,
  unit: '[IU]',
  timesADay: 1,
  how: '皮下注射,睡前',
}
const TIOTROPIUM: Drug = {
  atc: 'R03BB04',
  zh: '噻托溴铵粉吸入剂',
  en: 'Tiotropium',
  dose: 18,
  unit: 'ug',
  timesADay: 1,
  how: '吸入',
}
const BUDESONIDE: Drug = {
  atc: 'R03AK07',
  zh: '布地奈德福莫特罗粉吸入剂',
  en: 'Budesonide and formoterol',
  dose: 160,
  unit: 'ug',
  timesADay: 2,
  how: '吸入,用后漱口',
}
const ASPIRIN: Drug = {
  atc: 'B01AC06',
  zh: '阿司匹林肠溶片',
  en: 'Aspirin',
  dose: 100,
  unit: 'mg',
  timesADay: 1,
  how: '口服,餐前',
  avoidWith: ['asthma'],
}
const CLOPIDOGREL: Drug = {
  atc: 'B01AC04',
  zh: '硫酸氢氯吡格雷片',
  en: 'Clopidogrel',
  dose: 75,
  unit: 'mg',
  timesADay: 1,
  how: '口服',
}
const ATORVASTATIN: Drug = {
  atc: 'C10AA05',
  zh: '阿托伐他汀钙片',
  en: 'Atorvastatin',
  dose: 20,
  unit: 'mg',
  timesADay: 1,
  how: '口服,睡前',
}
const METOPROLOL: Drug = {
  atc: 'C07AB02',
  zh: '琥珀酸美托洛尔缓释片',
  en: 'Metoprolol',
  dose: 47.5,
  unit: 'mg',
  timesADay: 1,
  how: '口服,晨起',
  avoidWith: ['asthma', 'copd'],
}
const LOSARTAN: Drug = { atc: 'C09CA01', zh: '氯沙坦钾片', en: 'Losartan', dose: 50, unit: 'mg', timesADay: 1, how: '口服' }

/** Common practice in a county, for demonstration; ICD-10 and ATC codes of the WHO. Not a source for prescribing. */
export const TREATMENTS: Record<Illness, Treatment> = {
  hypertension: {
    icd10: 'I10',
    zh: '原发性高血压',
    en: 'Essential (primary) hypertension',
    followUp: '高血压随访',
    drugs: [AMLODIPINE, VALSARTAN, HYDROCHLOROTHIAZIDE],
  },
  'type-2-diabetes': {
    icd10: 'E11.9',
    zh: '2型糖尿病',
    en: 'Type 2 diabetes mellitus without complications',
    followUp: '2型糖尿病随访',
    drugs: [METFORMIN, ACARBOSE, GLARGINE],
  },
  copd: {
    icd10: 'J44.9',
    zh: '慢性阻塞性肺疾病',
    en: 'Chronic obstructive pulmonary disease, unspecified',
    followUp: '慢阻肺随访',
    drugs: [TIOTROPIUM, BUDESONIDE],
  },
  'coronary-heart-disease': {
    icd10: 'I25.1',
    zh: '冠状动脉粥样硬化性心脏病',
    en: 'Atherosclerotic heart disease',
    followUp: '冠心病随访',
    drugs: [CLOPIDOGREL, ATORVASTATIN, METOPROLOL],
  },
  'stroke-sequelae': {
    icd10: 'I69.3',
    zh: '脑梗死后遗症',
    en: 'Sequelae of cerebral infarction',
    followUp: '脑卒中随访',
    drugs: [ASPIRIN, ATORVASTATIN, CLOPIDOGREL],
  },
  'chronic-kidney-disease': {
    icd10: 'N18.3',
    zh: '慢性肾脏病3期',
    en: 'Chronic kidney disease, stage 3',
    followUp: '慢性肾脏病随访',
    drugs: [LOSARTAN],
  },
  asthma: {
    icd10: 'J45.9',
    zh: '支气管哮喘',
    en: 'Asthma, unspecified',
    followUp: '哮喘随访',
    drugs: [BUDESONIDE],
  },
}

/** Short illnesses that bring an otherwise healthy person to the village clinic. */
export const SHORT_ILLNESSES = [
  { icd10: 'J06.9', zh: '急性上呼吸道感染', en: 'Acute upper respiratory infection, unspecified' },
  { icd10: 'K29.7', zh: '胃炎', en: 'Gastritis, unspecified' },
  { icd10: 'M54.5', zh: '腰痛', en: 'Low back pain' },
  { icd10: 'L23.9', zh: '过敏性接触性皮炎', en: 'Allergic contact dermatitis, unspecified cause' },
] as const

/** What people are allergic to; the drugs carry their ATC code. */
export const ALLERGENS = [
  { atc: 'J01CE01', zh: '青霉素', en: 'Benzylpenicillin', category: 'medication', manifestation: '皮疹' },
  { atc: 'J01DD04', zh: '头孢曲松', en: 'Ceftriaxone', category: 'medication', manifestation: '荨麻疹' },
  { atc: 'J01EC01', zh: '磺胺甲噁唑', en: 'Sulfamethoxazole', category: 'medication', manifestation: '药疹' },
  { atc: 'V08AB02', zh: '碘海醇造影剂', en: 'Iohexol', category: 'medication', manifestation: '过敏性休克' },
  { atc: null, zh: '海虾', en: 'Shrimp', category: 'food', manifestation: '口唇肿胀' },
] as const
