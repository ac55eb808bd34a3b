import type { Words } from '../../kernel/words.ts'
import type { SettledBill } from '../../modules/settlement/index.ts'

// A yuan has a hundred fen, a percent a hundred basis points.
const FEN_OF_YUAN_DIGITS = 2
const BP_OF_PERCENT = 100
const WIDTH = '1000000000.00'.length

const yuan = (fen: number): string => {
  const digits = String(Math.abs(fen)).padStart(FEN_OF_YUAN_DIGITS + 1, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -FEN_OF_YUAN_DIGITS)}.${digits.slice(-FEN_OF_YUAN_DIGITS)}`
}

/** What a step was reckoned on, as a person reads it; a name ends in what it is measured in. */
const INPUT_WORDS: Readonly<Record<string, Words>> = {
  standardFen: { zh: '标准', en: 'standard' },
  stay: { zh: '本年第几次', en: 'stay of the year' },
  how: { zh: '方式', en: 'way' },
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

const shownValue = (name: string, value: number | string, of: 'zh' | 'en'): string => {
  if (typeof value === 'string') return VALUE_WORDS[value]?.[of] ?? value.replaceAll(/(\d+)×(\d+)/g, (_all, fen, bp) => `${yuan(Number(fen))} × ${Number(bp) / BP_OF_PERCENT} %`) // prettier-ignore
  if (name.endsWith('Fen')) return yuan(value)
  return name.endsWith('Bp') ? `${value / BP_OF_PERCENT} %` : `${value}`
}

const inputsIn = (inputs: Readonly<Record<string, number | string>>, of: 'zh' | 'en'): string =>
  Object.entries(inputs)
    .map(([name, value]) => `${INPUT_WORDS[name]?.[of] ?? name} ${shownValue(name, value, of)}`)
    .join(of === 'zh' ? ',' : ', ')

const INDENT = ' '.repeat(WIDTH + '  '.length)

/** A settled bill for people: a line for each step; explained, what it was reckoned on in both languages and by which clause. */
export const settlePage = ({ bill: { id }, claim, settled }: SettledBill, isExplained: boolean): string[] => {
  const lines = settled.steps.flatMap(({ zh, en, amountFen, basis, source, inputs }) => [
    `  ${yuan(amountFen).padStart(WIDTH)}  ${zh} ${en}`,
    ...(isExplained && Object.keys(inputs).length > 0 ? [`${INDENT}  · ${inputsIn(inputs, 'zh')}`, `${INDENT}    ${inputsIn(inputs, 'en')}`] : []), // prettier-ignore
    ...(isExplained && basis !== null ? [`${INDENT}  · 依据 basis (${source}): ${basis}`] : []),
  ])
  const { totalFen, fundFen, personalFen, hospitalFen, rulebookHash } = settled
  return [
    `${id === '' ? '' : `${id} `}${claim.day}  总额 ${yuan(totalFen)} = 基金 ${yuan(fundFen)} + 个人 ${yuan(personalFen)} + 医院 ${yuan(hospitalFen)} 元`,
    `  total ${yuan(totalFen)} = funds ${yuan(fundFen)} + person ${yuan(personalFen)} + hospital ${yuan(hospitalFen)} yuan`,
    ...(isExplained ? [`  规则指纹 rulebook ${rulebookHash}`] : []),
    ...lines,
  ]
}
