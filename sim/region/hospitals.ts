import type { InstitutionSeed } from './types.ts'

/** A kind of hospital that divisions of one tier have. */
export type HospitalPlan = {
  /** Last digit of the id. */
  serial: number
  ws218: string
  zh: string
  en: string
  /** 级 and 等 in an ordinary division, and from `largeFrom` residents up. */
  grade: readonly [level: InstitutionSeed['level'], rank: InstitutionSeed['rank']]
  largeGrade: readonly [level: InstitutionSeed['level'], rank: InstitutionSeed['rank']]
  /** Fewest residents of a division that has one. */
  populationMin: number
  /** Beds per 10 000 residents of the division. */
  bedsPer10k: number
  bedsMax: number
  ownership: InstitutionSeed['ownership']
  /** Only in districts (区), only outside them, or in both. */
  where: 'district' | 'county' | 'both'
}

type Row = readonly [
  ws218: string,
  zh: string,
  en: string,
  grade: `${1 | 2 | 3 | 9}${1 | 2 | 3 | 4 | 9}`,
  largeGrade: `${1 | 2 | 3 | 9}${1 | 2 | 3 | 4 | 9}`,
  populationMin: number,
  bedsPer10k: number,
  bedsMax: number,
  rest?: { ownership?: 'private'; where?: 'district' | 'county' },
]

const plansOf = (rows: readonly Row[]): HospitalPlan[] =>
  rows.map(([ws218, zh, en, grade, largeGrade, populationMin, bedsPer10k, bedsMax, rest], serial) => ({
    serial,
    ws218,
    zh,
    en,
    grade: gradeOf(grade),
    largeGrade: gradeOf(largeGrade),
    populationMin,
    bedsPer10k,
    bedsMax,
    ownership: rest?.ownership ?? 'public',
    where: rest?.where ?? 'both',
  }))

const gradeOf = (grade: string): HospitalPlan['grade'] => [...grade].map(Number) as unknown as HospitalPlan['grade']

/** A county of so many residents is large: its general hospital is 三级乙等. */
export const LARGE_COUNTY = 900_000
/** A city of so many residents is large: its small special hospitals are tertiary too. */
export const LARGE_CITY = 4_500_000

/** Hospitals of a county or district; the first manages the township units. Design values after the synthetic-county recipe. */
export const COUNTY_PLANS = plansOf([
  ['A100', '人民医院', "People's Hospital", '22', '33', 0, 14, 1_200],
  ['A210', '中医医院', 'Hospital of Traditional Chinese Medicine', '22', '22', 0, 7, 700],
  ['G100', '妇幼保健院', 'Maternal and Child Health Hospital', '22', '22', 0, 2.5, 250],
  ['A100', '第二人民医院', "Second People's Hospital", '23', '22', 700_000, 4, 400, { where: 'county' }],
  ['A527', '康复医院', 'Rehabilitation Hospital', '29', '29', 400_000, 2, 160, { where: 'district' }],
  ['A100', '康民综合医院', 'Kangmin General Hospital', '29', '29', 450_000, 3, 200, { ownership: 'private' }],
  ['A526', '民康骨科医院', 'Minkang Orthopaedic Hospital', '19', '29', 600_000, 1.2, 120, { ownership: 'private' }],
  ['A512', '明视眼科医院', 'Mingshi Eye Hospital', '19', '29', 800_000, 0.6, 60, { ownership: 'private' }],
])

/** Hospitals of a city; the first two are general and tertiary, so that they may lead city groups. */
export const CITY_PLANS = plansOf([
  ['A100', '中心医院', 'Central Hospital', '32', '32', 0, 4.5, 2_200],
  ['A100', '第一人民医院', "First People's Hospital", '32', '32', 0, 3.5, 1_800],
  ['A210', '中医医院', 'Hospital of Traditional Chinese Medicine', '32', '32', 0, 2.4, 1_000],
  ['G100', '妇幼保健院', 'Maternal and Child Health Hospital', '32', '32', 0, 1.3, 600],
  ['A520', '精神病医院', 'Psychiatric Hospital', '22', '32', 0, 1.8, 800],
  ['A521', '传染病医院', 'Infectious Disease Hospital', '22', '32', 0, 0.8, 400],
  ['A527', '康复医院', 'Rehabilitation Hospital', '22', '22', 0, 0.8, 350],
  ['A511', '口腔医院', 'Stomatological Hospital', '22', '32', 0, 0.1, 60],
  ['A519', '儿童医院', "Children's Hospital", '22', '32', 4_500_000, 1, 600],
  ['A514', '肿瘤医院', 'Cancer Hospital', '22', '32', 4_500_000, 1, 600],
])

/** Invented province hospitals, all in 长沙; none bears the name of a real one. */
export const PROVINCE_PLANS = plansOf([
  ['A100', '演示第一人民医院', "Demo First People's Hospital", '32', '32', 0, 0.5, 3_000],
  ['A100', '演示第二人民医院', "Demo Second People's Hospital", '32', '32', 0, 0.45, 2_800],
  ['A210', '演示中医医院', 'Demo Hospital of Traditional Chinese Medicine', '32', '32', 0, 0.24, 1_600],
  ['G100', '演示妇幼保健院', 'Demo Maternal and Child Health Hospital', '32', '32', 0, 0.15, 1_000],
  ['A519', '演示儿童医院', "Demo Children's Hospital", '32', '32', 0, 0.27, 1_800],
  ['A514', '演示肿瘤医院', 'Demo Cancer Hospital', '32', '32', 0, 0.33, 2_200],
  ['A520', '演示精神卫生中心', 'Demo Mental Health Centre', '32', '32', 0, 0.23, 1_500],
  ['A515', '演示心血管病医院', 'Demo Cardiovascular Hospital', '32', '32', 0, 0.12, 800],
  ['A511', '演示口腔医院', 'Demo Stomatological Hospital', '32', '32', 0, 0.02, 100],
  ['A527', '演示康复医院', 'Demo Rehabilitation Hospital', '32', '32', 0, 0.12, 800],
])
