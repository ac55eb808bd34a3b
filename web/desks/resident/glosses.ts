import type { Bilingual } from '../../api/api-types.ts'

type Gloss = Bilingual & {
  /** Beginnings of ICD-10 codes that the gloss is for. */
  icd?: readonly string[]
  /** Chinese words that, inside a name, ask for the gloss where there is no code. */
  said: readonly string[]
}

/** Illnesses in a sentence that a child understands. They explain the word, not the person's case. Words of ours. */
const illnesses: readonly Gloss[] = [
  {
    icd: ['I10', 'I11', 'I12', 'I13', 'I15'],
    said: ['高血压'],
    zh: '血管里的压力长期偏高。要少吃盐，按时吃药，常量血压。',
    en: 'The pressure in the blood vessels is too high for long. Less salt, medicine on time, measure often.',
  },
  {
    icd: ['E10', 'E11', 'E14'],
    said: ['糖尿病'],
    zh: '血里的糖长期偏高。要管住嘴、多走动、按时用药、常测血糖。',
    en: 'Too much sugar in the blood for long. Mind food, move, take medicine on time, measure often.',
  },
  {
    icd: ['I20', 'I21', 'I22', 'I24', 'I25'],
    said: ['冠心病', '心绞痛', '心肌梗'],
    zh: '给心脏供血的血管变窄了。胸口突然痛，马上打 120。',
    en: 'The vessels that feed the heart have narrowed. Sudden chest pain: call 120.',
  },
  {
    icd: ['I50'],
    said: ['心力衰竭', '心衰'],
    zh: '心脏力气不够，容易气喘、脚肿。',
    en: 'The heart lacks strength; short breath and swollen feet come easily.',
  },
  {
    icd: ['I48'],
    said: ['房颤', '心房颤动'],
    zh: '心跳乱了拍子，容易长血块。',
    en: 'The heart beats out of time; clots form more easily.',
  },
  {
    icd: ['I60', 'I61', 'I63', 'I64', 'I69'],
    said: ['脑卒中', '脑梗', '脑出血', '中风'],
    zh: '脑子里的血管堵了或破了，也叫中风。',
    en: 'A vessel in the brain was blocked or broke: a stroke.',
  },
  {
    icd: ['J44'],
    said: ['慢阻肺', '慢性阻塞性肺'],
    zh: '气道长期变窄，喘气费力。不抽烟最要紧。',
    en: 'The airways stay narrow, breathing is hard. Not smoking matters most.',
  },
  {
    icd: ['J45'],
    said: ['哮喘'],
    zh: '气道容易一下子收紧，喘不上气。',
    en: 'The airways tighten suddenly and breath runs short.',
  },
  {
    icd: ['J12', 'J13', 'J14', 'J15', 'J16', 'J17', 'J18'],
    said: ['肺炎'],
    zh: '肺里发炎，常有发烧、咳嗽。',
    en: 'An inflammation in the lungs, often with fever and cough.',
  },
  {
    icd: ['N18'],
    said: ['慢性肾'],
    zh: '腰子慢慢变弱，清不干净血里的脏东西。',
    en: 'The kidneys slowly weaken and clean the blood less well.',
  },
  { icd: ['E78'], said: ['血脂'], zh: '血里的油多了，容易堵血管。', en: 'Too much fat in the blood, which can block vessels.' },
  { icd: ['K25', 'K26', 'K27'], said: ['溃疡'], zh: '胃或肠子里面破了口子。', en: 'A sore inside the stomach or gut.' },
  { icd: ['K29'], said: ['胃炎'], zh: '胃里面发炎。', en: 'An inflammation of the stomach.' },
  {
    icd: ['M05', 'M06', 'M15', 'M17', 'M19'],
    said: ['关节炎'],
    zh: '关节磨坏了或发炎，又痛又僵。',
    en: 'A joint is worn or inflamed, sore and stiff.',
  },
  { icd: ['M80', 'M81'], said: ['骨质疏松'], zh: '骨头变脆，容易摔断。', en: 'The bones have become brittle and break easily.' },
  {
    icd: ['D50', 'D64'],
    said: ['贫血'],
    zh: '血里运氧气的部分少了，容易累、头晕。',
    en: 'Less in the blood to carry oxygen; tired and dizzy easily.',
  },
  {
    icd: ['B18'],
    said: ['乙肝', '乙型肝炎'],
    zh: '肝里有病毒，要定期查。',
    en: 'A virus in the liver; have it checked regularly.',
  },
  {
    icd: ['A15', 'A16'],
    said: ['肺结核'],
    zh: '肺里有结核菌，会传人，治疗不能断。',
    en: 'Tuberculosis germs in the lungs; it spreads, and treatment must not stop.',
  },
]

/** Measurements in a few words, by the Chinese name that the record shows. Words of ours. */
const measures: readonly Gloss[] = [
  { said: ['收缩压', '血压'], zh: '心脏用力时血管里的压力', en: 'The pressure when the heart pushes' },
  { said: ['舒张压'], zh: '心脏放松时血管里的压力', en: 'The pressure when the heart rests' },
  { said: ['糖化血红蛋白'], zh: '近三个月血糖的平均样子', en: 'Blood sugar over about three months' },
  { said: ['血糖'], zh: '血里有多少糖', en: 'How much sugar is in the blood' },
  { said: ['肌酐', '肾小球'], zh: '看腰子清血清得好不好', en: 'Whether the kidneys clean well' },
  { said: ['胆固醇', '甘油三酯'], zh: '血里的油', en: 'Fat in the blood' },
  { said: ['血红蛋白'], zh: '血里运氧气的部分', en: 'What carries oxygen in the blood' },
  { said: ['血氧'], zh: '血里的氧气够不够', en: 'Whether the blood has oxygen enough' },
  { said: ['体质指数'], zh: '胖瘦合不合适', en: 'Whether weight fits height' },
  { said: ['心率'], zh: '一分钟心跳几下', en: 'Heart beats a minute' },
  { said: ['呼吸频率'], zh: '一分钟喘气几下', en: 'Breaths a minute' },
  { said: ['血钾'], zh: '血里的一种盐，太高太低都伤心脏', en: 'A salt in the blood; too much or too little harms the heart' },
  { said: ['一秒率'], zh: '吹气顺不顺', en: 'How freely you blow out' },
]

const without = (gloss: Gloss | undefined): Bilingual | null => (gloss === undefined ? null : { zh: gloss.zh, en: gloss.en })

/** A plain sentence for an illness, by its ICD-10 code or else its name; null where there is none. */
export const illnessGloss = (name: string, code: string | null): Bilingual | null =>
  without(
    illnesses.find(({ icd = [] }) => code !== null && icd.some((start) => code.toUpperCase().startsWith(start))) ??
      illnesses.find(({ said }) => said.some((word) => name.includes(word))),
  )

/** A plain phrase for a measurement, by its name; null where there is none. */
export const measureGloss = (name: string): Bilingual | null =>
  without(measures.find(({ said }) => said.some((word) => name.includes(word))))
