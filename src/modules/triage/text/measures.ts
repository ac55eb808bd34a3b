import type { TriageAbout, Vitals } from '../triage.ts'

const DIGITS: Readonly<Record<string, number>> = {
  零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 俩: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 半: 0.5, 几: 4, 多: 3, 数: 4,
} // prettier-ignore
const NUMBER = '(\\d{1,3}(?:\\.\\d)?|[一二两三四五六七八九十百半几数]{1,4})'

/** 12, 12.5, 十二, 六十五, 半, 几: a number as people write it; not a number when it is none. */
export const numberOf = (text: string): number => {
  if (/^\d/.test(text)) return Number(text)
  const [, hundreds = '', rest = text] = /^(.)百(.*)$/.exec(text) ?? []
  const [, tens, ones] = /^(.?)十(.?)$/.exec(rest) ?? []
  const high = hundreds ? (DIGITS[hundreds] ?? Number.NaN) * 100 : 0
  if (tens === undefined) return high + (rest === '' ? 0 : (DIGITS[rest] ?? Number.NaN))
  return high + (tens === '' ? 1 : (DIGITS[tens] ?? Number.NaN)) * 10 + (ones ? (DIGITS[ones] ?? Number.NaN) : 0)
}

const HOURS: Readonly<Record<string, number>> = {
  分钟: 1 / 60, 小时: 1, 钟头: 1, 天: 24, 日: 24, 晚上: 24, 晚: 24, 周: 168, 星期: 168, 礼拜: 168, 月: 730, 年: 8_766,
} // prettier-ignore
const DURATION = new RegExp(
  `${NUMBER}(?:来|多)?个?(?:多|半)?(分钟|小时|钟头|天|日|晚上|晚|周|星期|礼拜|月|年)(?!龄|纪|级|经|大|的?宝|的?婴|的?孩|前的?时候)`,
  'g',
)
const JUST_NOW = /(刚才|刚刚|突然|忽然|猛然|今天|今早|今晨|早上起来|现在|马上|刚)/
const YESTERDAY = /(昨天|昨晚|昨夜|昨日|前天|这两天)/

/** How long it has lasted, in hours: the shortest time that the text states, null where it states none. */
export const hoursOf = (text: string): number | null => {
  let least: number | null = null
  for (const { 1: count = '', 2: unit = '', index } of text.matchAll(DURATION)) {
    if (/[孕产龄周岁第]$/.test(text.slice(0, index))) continue
    const hours = numberOf(count) * (HOURS[unit] ?? Number.NaN)
    if (!Number.isNaN(hours) && (least === null || hours < least)) least = hours
  }
  if (JUST_NOW.test(text)) return Math.min(least ?? 1, 24)
  if (YESTERDAY.test(text)) return Math.min(least ?? 48, 48)
  return least
}

const YEARS = new RegExp(`${NUMBER}周?岁(半)?`)
const MONTHS = new RegExp(
  `${NUMBER}个?(半)?月(?:大|的?宝|的?婴|的?孩|的?娃|龄)|(?:宝宝|婴儿|孩子|儿子|女儿|娃|宝贝|小孩)(?:现在|今年|刚|才|已经|快)?${NUMBER}个(半)?月`,
)
const DAYS = new RegExp(
  `(?:出生|生下来|刚生|新生儿|宝宝|婴儿)(?:刚|才|已经|第)?${NUMBER}天|${NUMBER}天(?:大|的?新生|的?宝|的?婴)`,
)
/** Up to here 老 does not yet mean a parent: an age in the text wins over who is named. */
const CHILD = /(宝宝|婴儿|小孩|孩子|小朋友|小儿|娃|幼儿|新生儿|崽崽|伢|宝贝|小宝|大宝|二宝|幼儿园|小学|毛毛)/
const OF_ADULT = /(生(完|了)?孩子|要孩子|怀孩子|备孕|带孩子|生小孩|要小孩|孩子妈|孩子爸|有孩子|怀宝宝|要宝宝|喂奶|哺乳)/
const ELDER = /(奶奶|爷爷|外婆|姥姥|外公|姥爷|老人|老太|老头|老爷子|老母|老父|婆婆|公公)/
const FEMALE =
  /(女|妈|母亲|奶奶|外婆|姥姥|老婆|妻子|媳妇|姐|妹|阿姨|婆婆|月经|姨妈|白带|怀孕|孕|例假|乳房|子宫|卵巢|阴道|产后|宫颈)/
const MALE = /(男|爸|父亲|爷爷|外公|姥爷|老公|丈夫|哥|弟|叔|公公|儿子|阴茎|龟头|包皮|前列腺|睾丸|早泄|阳痿|射精|精子|蛋蛋)/
const PREGNANT =
  /(怀孕|怀上了|有孕|孕\d|孕[一二三四五六七八九十]|孕妇|孕期|孕早|孕中|孕晚|早孕|胎动|预产期|孕周|胎心|怀了|有喜|肚里的?宝|怀二胎|怀着)/
const NOT_PREGNANT =
  /(备孕|未孕|不孕|避孕|怀不上|没怀孕|没有怀孕|想怀孕|要怀孕|能怀孕|会怀孕|会不会怀|是不是怀|有没有怀|未怀孕|没怀上|怀孕的?(可能|几率|概率)|怕怀孕|怀孕了吗|怀孕吗|产后|生完|坐月子|流产后|人流后|不能怀|以后怀|影响怀|才能怀)/
const POSTPARTUM = /(产后|生完|刚生了|坐月子|月子里|剖腹产后|剖宫产后|顺产后|分娩后|生了(宝宝|孩子)|刚生)/

/** What is known of the person after reading: `isChild` and `isElder` also where no age is told. */
export type ReadPerson = {
  readonly age: number | null
  readonly sex: 'male' | 'female' | null
  readonly isPregnant: boolean
  readonly isPostpartum: boolean
  readonly isChild: boolean
  readonly isElder: boolean
}

/** Below this age a child is a child of the paediatric departments: 14 years, 医疗机构儿科门诊惯例. */
const CHILD_YEARS = 14
const ELDER_YEARS = 65

const half = (mark: string | undefined): number => (mark ? 0.5 : 0)

const ageIn = (text: string): number | null => {
  const years = YEARS.exec(text)
  if (years) return numberOf(years[1] ?? '') + half(years[2])
  const months = OF_ADULT.test(text) ? null : MONTHS.exec(text)
  if (months) return (numberOf(months[1] ?? months[3] ?? '') + half(months[2] ?? months[4])) / 12
  const days = DAYS.exec(text)
  if (days) return numberOf(days[1] ?? days[2] ?? '') / 365
  return /新生儿|刚出生|满月/.test(text) ? 0.05 : null
}

const soundAge = (age: number | null | undefined): number | null =>
  typeof age === 'number' && age >= 0 && age < 130 ? age : null

/** Reads age, sex and pregnancy from the text; what was given beside it wins. */
export const personOf = (text: string, about: TriageAbout): ReadPerson => {
  const age = soundAge(about.age) ?? soundAge(ageIn(text))
  const [female, male] = [FEMALE.test(text), MALE.test(text)]
  const sex = about.sex ?? (female === male ? null : female ? 'female' : 'male')
  const isPostpartum = POSTPARTUM.test(text)
  const mayBePregnant = sex !== 'male' && (age === null || (age >= 12 && age <= 55))
  const isPregnant = about.pregnant ?? (mayBePregnant && PREGNANT.test(text) && !NOT_PREGNANT.test(text))
  const isChild = age === null ? !isPregnant && CHILD.test(text) && !OF_ADULT.test(text) : age < CHILD_YEARS
  return { age, sex, isPregnant, isPostpartum, isChild, isElder: age === null ? ELDER.test(text) : age >= ELDER_YEARS }
}

/** A measured value outside of these was misread: a telephone number, a date, a dose. */
const SOUND: { readonly [Name in keyof Vitals]-?: readonly [number, number] } = {
  systolic: [40, 300],
  diastolic: [20, 200],
  pulse: [20, 300],
  breaths: [4, 120],
  temperature: [25, 45],
  spo2: [30, 100],
  glucose: [0.3, 80],
}
const VITAL_WORDS: readonly (readonly [keyof Vitals, RegExp])[] = [
  ['systolic', /(?:高压|收缩压|血压)[^\d,。;/]{0,6}(\d{2,3})/],
  ['diastolic', /(?:低压|舒张压)[^\d,。;/]{0,6}(\d{2,3})/],
  ['pulse', /(?:心率|心跳|脉搏|心律)[^\d,。;/]{0,6}(\d{2,3})/],
  ['breaths', /呼吸[^\d,。;/]{0,6}(\d{2,3})次/],
  ['temperature', /(?:体温|烧到|发烧|高烧|发热|烧|腋温|耳温|额温)[^\d,。;/]{0,6}(3\d|4[0-3])(?:[.度](\d))?/],
  ['spo2', /(?:血氧|氧饱和度|饱和度|spo2)[^\d,。;/]{0,6}(\d{2,3})/],
  ['glucose', /(?:血糖|餐后|空腹)[^\d,。;/胰]{0,6}(\d{1,2}(?:\.\d{1,2})?)/],
]
const PRESSURE = /(?<!\d)(\d{2,3})\s*\/\s*(\d{2,3})(?!\d)/
const BARE_DEGREES = /(?<![\d.])(3[789]|4[0-2])\.(\d)(?!\d)/
const DEGREES = /(?<!\d)(3[5-9]|4[0-2])(?:\.(\d))?(?:度|℃|°c|c)(\d)?/

/** Blood pressure, temperature and the like as the text states them; what was given beside it wins. */
export const vitalsOf = (text: string, given: Vitals = {}): Vitals => {
  if (!/\d\d|\d\.\d/.test(text)) return given
  const read: { -readonly [Name in keyof Vitals]: Vitals[Name] } = {}
  const put = (name: keyof Vitals, value: number): void => {
    const [least, most] = SOUND[name]
    if (value >= least && value <= most && read[name] === undefined) read[name] = value
  }
  const pressure = PRESSURE.exec(text)
  if (pressure && Number(pressure[1]) > Number(pressure[2])) {
    put('systolic', Number(pressure[1]))
    put('diastolic', Number(pressure[2]))
  }
  for (const [name, pattern] of VITAL_WORDS) {
    const found = pattern.exec(text)
    if (found) put(name, Number(found[2] === undefined ? found[1] : `${found[1]}.${found[2]}`))
  }
  const degrees = DEGREES.exec(text)
  const bare = degrees ? null : BARE_DEGREES.exec(text)
  if (bare && /[烫热烧量温]/.test(text)) put('temperature', Number(`${bare[1]}.${bare[2]}`))
  if (degrees) put('temperature', Number(`${degrees[1]}.${degrees[2] ?? degrees[3] ?? 0}`))
  return { ...read, ...given }
}
