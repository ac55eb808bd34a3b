import type { Words } from '../../../kernel/words.ts'

/** What a step was reckoned on, as a person reads it; a name ends in what it is measured in. */
export const INPUT_WORDS: Readonly<Record<string, Words>> = {
  standardFen: { zh: '标准', en: 'standard' },
  stay: { zh: '本年第几次', en: 'stay of the year' },
  how: { zh: '方式', en: 'way' },
  seenFen: { zh: '本期此前已计', en: 'of the period before' },
  chainPaidFen: { zh: '链中此前已付', en: 'paid in the chain before' },
  firstFen: { zh: '其中先行支付', en: 'of it paid first' },
  usedFen: { zh: '限额已用', en: 'of it used before' },
  uncappedFen: { zh: '限额前', en: 'before the limit' },
  paidBeforeFen: { zh: '本年已付起付线', en: 'deductible paid before' },
  inScopeFen: { zh: '范围内', en: 'in scope' },
  countedFen: { zh: '计入', en: 'counted' },
  deductibleFen: { zh: '起付线', en: 'deductible' },
  bands: { zh: '分段', en: 'bands' },
  baseFen: { zh: '计算基数', en: 'base' },
  earlierBaseFen: { zh: '本年此前基数', en: 'base before' },
  personalFen: { zh: '个人负担', en: 'the person’s part' },
  balanceFen: { zh: '账户余额', en: 'balance' },
  owner: { zh: '账户属于', en: 'of' },
  capFen: { zh: '封顶', en: 'cap' },
  beforeCapFen: { zh: '封顶前', en: 'before the cap' },
  earlierFundFen: { zh: '基金本年已付', en: 'paid by the fund before' },
  earlierInScopeFen: { zh: '本年此前范围内', en: 'in scope before' },
  earlierPaidFen: { zh: '本年此前已付', en: 'paid before' },
  limitFen: { zh: '限额', en: 'limit' },
  takes: { zh: '限额先算', en: 'the limit takes' },
  beforeLimitFen: { zh: '限额前', en: 'before the limit' },
  yearsInsured: { zh: '连续参保年数', en: 'years insured' },
  yearsWithoutClaim: { zh: '零报销年数', en: 'years without a claim' },
  rateBp: { zh: '比例', en: 'rate' },
  pointsBp: { zh: '降低', en: 'points off' },
  category: { zh: '类别', en: 'category' },
  coveredFen: { zh: '保底所按费用', en: 'covered' },
  paidFen: { zh: '已付', en: 'paid' },
  stretchFen: { zh: '提高的一段', en: 'stretch' },
  line: { zh: '行', en: 'line' },
  careArea: { zh: '就医地', en: 'place of care' },
  lines: { zh: '行数', en: 'lines' },
  restricted: { zh: '其中不符合限定支付的行数', en: 'of them outside the restricted payment' },
  lacks: { zh: '不符合的条件', en: 'what they lack' },
  service: { zh: '服务', en: 'service' },
  priceFen: { zh: '统一价', en: 'price' },
  count: { zh: '数量', en: 'count' },
  overBy: { zh: '超出由谁承担', en: 'above it borne by' },
  fundPartFen: { zh: '基金定额', en: 'the fund’s part' },
  stated: { zh: '数额', en: 'amount' },
}
const VALUE_WORDS: Readonly<Record<string, Words>> = {
  ordinary: { zh: '一般', en: 'ordinary' },
  chain: { zh: '转诊连续计算', en: 'chain of referrals' },
  exempt: { zh: '免', en: 'exempt' },
  'in-scope-first': { zh: '范围内费用', en: 'fees in scope first' },
  'in-line-order': { zh: '按行的次序', en: 'line by line' },
  shared: { zh: '全部费用同一比例', en: 'every fee alike' },
  given: { zh: '账单给出', en: 'stated by the bill' },
  person: { zh: '个人', en: 'the person' },
  hospital: { zh: '医院', en: 'the hospital' },
  nobody: { zh: '无人', en: 'nobody' },
}
/** What a use outside 限定支付 lacks, by the names of a list's own conditions; grounds keep their names. */
const LACK_WORDS: Readonly<Record<string, Words>> = {
  disease: { zh: '病种', en: 'disease' },
  care: { zh: '待遇类别', en: 'kind of care' },
  level: { zh: '机构级别', en: 'level of the place' },
  identity: { zh: '身份', en: 'identity' },
  age: { zh: '年龄', en: 'age' },
  'second-line': { zh: '二线用药', en: 'second-line use' },
}

// A percent has a hundred basis points.
const BP_OF_PERCENT = 100

/** The value of an input of a step, as a person reads it; `yuan` writes an amount of fen. */
export const inputText = (name: string, value: number | string, of: 'zh' | 'en', yuan: (fen: number) => string): string => {
  if (name === 'lacks') return `${value}`.split(', ').map((one) => LACK_WORDS[one]?.[of] ?? one).join(of === 'zh' ? '、' : ', ')
  if (typeof value === 'string') return VALUE_WORDS[value]?.[of] ?? value.replaceAll(/(\d+)×(\d+)/g, (_all, fen: string, bp: string) => `${yuan(Number(fen))} × ${Number(bp) / BP_OF_PERCENT} %`)
  if (name.endsWith('Fen')) return yuan(value)
  if (name === 'pointsBp') return of === 'zh' ? `${value / BP_OF_PERCENT} 个百分点` : `${value / BP_OF_PERCENT} points`
  return name.endsWith('Bp') ? `${value / BP_OF_PERCENT} %` : `${value}`
} // prettier-ignore
