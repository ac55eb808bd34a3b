import { randomFrom } from '../residents/random.ts'

// Invented stays of invented people: what a region's hospitals would send of their discharges.

/** A disease as it is treated: what it costs on average at a hospital of level 2, in yuan, and how often it comes. */
type Disease = readonly [
  diagnosis: string,
  zh: string,
  procedures: readonly string[],
  treatment: 'conservative' | 'diagnostic' | 'therapeutic' | 'surgical',
  yuan: number,
  days: number,
  often: number,
]
const DISEASES: readonly Disease[] = [
  ['J18.900', '肺炎', [], 'conservative', 4_200, 8, 30],
  ['I63.900', '脑梗死', [], 'conservative', 8_900, 11, 22],
  ['I63.900', '脑梗死', ['99.1000'], 'therapeutic', 16_800, 12, 3],
  ['I10.x05', '高血压3级', [], 'conservative', 3_400, 7, 24],
  ['E11.900', '2型糖尿病', [], 'conservative', 4_100, 8, 20],
  ['K35.900x002', '急性阑尾炎', ['47.0100'], 'surgical', 9_600, 6, 14],
  ['K80.100', '胆囊结石伴慢性胆囊炎', ['51.2300'], 'surgical', 13_200, 7, 11],
  ['I20.000', '不稳定性心绞痛', ['88.5500'], 'diagnostic', 11_800, 6, 9],
  ['I21.000', '急性前壁心肌梗死', ['36.0600', '88.5500'], 'therapeutic', 41_500, 9, 4],
  ['S72.000', '股骨颈骨折', ['81.5200'], 'surgical', 38_200, 15, 4],
  ['C34.900', '肺恶性肿瘤', ['99.2500'], 'therapeutic', 12_400, 8, 8],
  ['N18.500', '慢性肾脏病5期', ['39.9500'], 'therapeutic', 7_900, 9, 8],
  ['M51.202', '腰椎间盘突出', [], 'conservative', 5_200, 10, 16],
  ['H25.900', '老年性白内障', ['13.4100'], 'surgical', 6_300, 3, 10],
  ['O82.000', '择期剖宫产', ['74.1x00'], 'surgical', 8_100, 6, 9],
]
// So rare that they are merged with others of their category.
const RARE: readonly Disease[] = [
  ['K35.001', '急性阑尾炎伴穿孔', ['47.0902'], 'surgical', 15_400, 9, 1],
  ['K35.100', '阑尾周围脓肿', ['47.2x01'], 'surgical', 14_100, 10, 1],
  ['J15.100', '假单胞菌肺炎', [], 'conservative', 9_800, 13, 1],
]
const RARE_CHANCE = 0.01
// What the same stay costs by level of the hospital, and how much it differs from stay to stay (shares of one).
const LEVEL_COST: Readonly<Record<number, number>> = { 3: 1.35, 2: 1, 1: 0.62, 9: 0.5 }
const SPREAD = 0.28
const DEAR_CHANCE = 0.012
const DEAR = 3.2
const CHEAP_CHANCE = 0.015
const CHEAP = 0.3
// Costs rise by so much a year; the fund books so much of a stay.
const GROWTH = 0.03
const FUND_SHARE = { from: 0.58, more: 0.16 }
// Invented codes of people for one stay: so few come twice in a year. Slips of the front page: a birth of a man.
const STAYS_PER_CODE = 2
const WRONG_SEX_CHANCE = 0.1
const FIRST_YEAR = 2_020
const FEN = 100

export type MadeHospital = { readonly org: string; readonly level: number; readonly stays: number }

/** Discharges of a year in the words of `fund.send-discharges`; the same seed gives the same. */
export const madeDischarges = (hospitals: readonly MadeHospital[], year: number, seed: string) => {
  const random = randomFrom(`${seed}/${year}`)
  const whose = randomFrom(`${seed}/${year}/people`)
  const bag = DISEASES.flatMap((one) => Array<Disease>(one[6]).fill(one))
  return hospitals.flatMap(({ org, level, stays }) =>
    Array.from({ length: stays }, (_, at) => {
      const [diagnosis, zh, procedures, treatment, yuan, days] = random.chance(RARE_CHANCE) ? random.pick(RARE) : random.pick(bag)
      const odd = random.chance(DEAR_CHANCE) ? DEAR : random.chance(CHEAP_CHANCE) ? CHEAP : 1
      const usual = yuan * (LEVEL_COST[level] ?? 1) * (1 + GROWTH) ** (year - FIRST_YEAR)
      const costFen = Math.round(usual * Math.exp(random.normal(0, SPREAD)) * odd * FEN)
      const ageYears = random.whole(18, 92)
      return {
        org,
        number: `演示-${year}-${String(at + 1).padStart(6, '0')}`,
        dischargedOn: `${year}-${String(random.whole(1, 12)).padStart(2, '0')}-${String(random.whole(1, 28)).padStart(2, '0')}`,
        diagnosis,
        zh,
        procedures: [...procedures],
        treatment,
        days: Math.max(1, Math.round(days * Math.exp(random.normal(0, SPREAD)))),
        costFen,
        claimedFen: Math.round(costFen * (FUND_SHARE.from + FUND_SHARE.more * random.next())),
        ageYears,
        comorbidity: random.chance(0.3) ? random.whole(1, 6) : null,
        illness: random.chance(0.08) ? random.pick(['organ', 'failure'] as const) : null,
        tumour: diagnosis.startsWith('C') ? random.pick(['other', 'metastasis', 'treatment'] as const) : null,
        intensiveCareDays: treatment === 'therapeutic' && random.chance(0.1) ? random.whole(1, 12) : null,
        personCode: `DEMO-${org}-${String(whose.whole(1, stays * STAYS_PER_CODE)).padStart(7, '0')}`,
        sex:
          (diagnosis.startsWith('O') && !whose.chance(WRONG_SEX_CHANCE)) || whose.chance(0.5)
            ? ('female' as const)
            : ('male' as const),
        returnPlanned: treatment === 'therapeutic' && whose.chance(0.5),
      }
    }),
  )
}
