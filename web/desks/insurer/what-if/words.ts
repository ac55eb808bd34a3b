import type { BookValue, ValueFault } from '../../../../src/modules/settlement/what-if.ts'
import type { AreaRow, CareKind, Insured, PlaceLevel } from '../../../../src/modules/settlement/rules/area-schema.ts'
import { useWordsOf } from '../../../words/language.tsx'

const HUNDREDTHS = 100
const zhYuan = (fen: number): string =>
  `${(fen / HUNDREDTHS).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} 元`
const enYuan = (fen: number): string => `¥${(fen / HUNDREDTHS).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}` // prettier-ignore
const signed = (fen: number, yuan: (fen: number) => string): string =>
  fen > 0 ? `+${yuan(fen)}` : fen < 0 ? `−${yuan(-fen)}` : yuan(0)

const zh = {
  title: '规则推演',
  lead: '照抄一个统筹区的待遇规则，改几个数，用同一批账单算两遍，看谁多付、谁少付。',
  synthetic: '账单由种子生成，均为虚构，不是任何人的真实账单；分布为设计值，结论只用来比较两套规则。',
  none: '这一年没有能结算的统筹区规则',
  noneWhy: '换一个年份，或先在规则库里补上起付线、比例和封顶线。',
  which: '哪里的规则',
  area: '统筹区',
  year: '年份',
  yearHint: '按这一年生效的规则结算',
  areaOf: (name: string, kinds: number) => `${name}（能结算 ${kinds} 类账单）`,
  change: '改哪些数',
  changeWhy: '只改想试的；没有改的照旧。',
  changed: (count: number) => (count === 0 ? '还没有改' : `已改 ${count} 处`),
  reset: '全部改回',
  unit: { fen: '元', bp: '%' },
  asItIs: (value: string, basis: string) => `现行 ${value} · ${basis}`,
  faults: {
    'not-whole': '请填不小于 0 的数，最多两位小数',
    'above-whole': '比例不能超过 100%',
    'bands-out-of-order': '这一段的终点要大于起点，请连同前后段一起改',
  } satisfies Record<ValueFault, string>,
  run: '推演',
  count: '账单数',
  bills: (count: number) => `${count.toLocaleString('zh-CN')} 张`,
  seed: '种子',
  seedHint: '同一种子总是同一批账单',
  seedWrong: '请填 1 至 999999 的整数',
  start: '开始推演',
  cancel: '停止',
  running: (done: number, count: number) => `已算 ${done.toLocaleString('zh-CN')} / ${count.toLocaleString('zh-CN')} 张`,
  done: (bills: number, persons: number, tookMs: number) =>
    `${bills.toLocaleString('zh-CN')} 张虚构账单、${persons.toLocaleString('zh-CN')} 人，两套规则各算一遍，用时 ${(tookMs / 1000).toFixed(1)} 秒`,
  failed: '没有算成',
  failedWhy: (why: string) => `原因：${why}。请把改动减少后再试；仍不行请联系管理员。`,
  unchanged: '没有改动任何数，前后应当完全一样。',
  refused: (count: number) => `有 ${count.toLocaleString('zh-CN')} 张账单规则没有覆盖或互相矛盾，没有结算，不计入下面的数。`,
  payers: '谁付多少',
  payer: '付款方',
  before: '现行',
  after: '改后',
  difference: '差额',
  payerNames: { basic: '基本医保统筹', hospital: '医院承担', person: '个人' } as Readonly<Record<string, string>>,
  groups: { byInsured: '按参保类型', byCare: '按就医类别', byLevel: '按机构级别', byAid: '按是否救助对象' },
  group: '分组',
  billCount: '账单数',
  fund: '基金付',
  person: '个人付',
  gain: '少付的',
  loss: '多付的',
  tableOf: (what: string) => `${what}（表）`,
  open: '选一行，看其中变化最大的一张账单怎么算',
  bins: '个人多付或少付多少',
  bin: '每张账单个人',
  share: '占比',
  sum: '合计差额',
  openBin: '选一行，看其中一张账单怎么算',
  binOf: (fromFen: number | null, upToFen: number | null): string => {
    const yuan = (fen: number): string => `${(fen / HUNDREDTHS).toLocaleString('zh-CN')} 元`
    if (fromFen === null) return `少付 ${yuan(-(upToFen ?? 0) + 1)}及以上`
    if (upToFen === null) return `多付 ${yuan(fromFen)}及以上`
    if (fromFen < 0 && upToFen > 0) return '变化不到 1 元'
    return fromFen < 0 ? `少付 ${yuan(1 - upToFen)}至 ${yuan(1 - fromFen)}` : `多付 ${yuan(fromFen)}至 ${yuan(upToFen)}`
  },
  insured: { residents: '城乡居民', workers: '职工' } satisfies Record<Insured, string>,
  care: { inpatient: '住院', outpatient: '普通门诊', chronic: '慢特病', 'two-diseases': '两病', 'single-drug': '单独支付药品' } satisfies Record<CareKind, string>,
  levels: {
    primary: '基层', level1: '一级', level2: '二级', level3: '三级', provincial: '省部属', 'out-of-town': '市外', 'out-of-province': '省外',
    class1: '一类价', class2: '二类价', class3: '三类价', pharmacy: '定点药店',
  } satisfies Record<PlaceLevel, string>,
  aid: { aided: '救助对象', others: '其他人' },
  persons: { working: '在职', retired: '退休', adult: '成年居民', student: '学生儿童' },
  ages: (from: number | undefined, until: number | undefined) =>
    from === undefined ? `${until ?? ''} 岁以下` : until === undefined ? `满 ${from} 岁` : `${from} 至 ${until} 岁`,
  yearsInsured: (from: number | undefined, until: number | undefined) =>
    from === undefined ? `连续参保不满 ${until ?? ''} 年` : until === undefined ? `连续参保满 ${from} 年` : `连续参保满 ${from} 年、不满 ${until} 年`,
  kinds: {
    deductible: '起付线', ordinal: '多次住院', 'deductible-year-cap': '起付线年封顶', 'deductible-exempt': '免起付线', rate: '支付比例', 'fund-cap': '基金封顶线',
    layer: '各层保障', 'account-first': '账户先付', price: '服务价格', floor: '保底比例', 'referral-points': '转诊降低', 'referral-first-pay': '异地先付', chain: '转诊连续计算',
    'care-limit': '门诊限额', 'cap-growth': '封顶线提高',
  } satisfies Record<AreaRow['kind'], string>,
  fields: {
    amountFen: '金额', deductibleFen: '起付线', capFen: '封顶线', rateBp: '比例', pointsBp: '降低的百分点', bonusBp: '提高的百分点', bonusUpToFen: '提高到',
    stepFen: '每次少', floorFen: '最低', sharesBp: '按次比例', upToFen: '这一段到', ofTotalBp: '占总费用', mostFen: '最高', joinsAboveCap: '超出部分由封顶线以上各层支付',
    perYearFen: '每多参保一年', perQuietYearFen: '每零报销一年', mostBp: '至多提高',
  } as Readonly<Record<string, string>>,
  band: (from: string, to: string | null) => (to === null ? `${from}以上` : `${from}至${to}`),
  switched: (isOn: boolean): string => (isOn ? '是' : '否'),
  value: ({ value, unit }: Pick<BookValue, 'value' | 'unit'>): string =>
    unit === 'switch' ? zh.switched(value === 1) : unit === 'fen' ? `${(value / HUNDREDTHS).toLocaleString('zh-CN')} 元` : `${value / HUNDREDTHS}%`,
  example: '一张账单的两种算法',
  exampleIs: (insured: string, care: string, level: string, day: string) => `虚构账单 · ${insured} · ${care} · ${level} · ${day}`,
  total: '医疗费总额',
  steps: (side: string, person: string) => `${side}：个人付 ${person}`,
  closeExample: '关闭',
  yuan: zhYuan,
  signed: (fen: number) => signed(fen, zhYuan),
} // prettier-ignore
export type WhatIfWords = typeof zh

const en: WhatIfWords = {
  title: 'What-if',
  lead: 'Copy an area’s rules, change some values, settle the same bills by both, and see who pays more and who less.',
  synthetic: 'The bills are made by a seed: nobody is behind them. How they are spread is a design; use it to compare two sets of rules only.',
  none: 'No area’s rules settle anything in this year',
  noneWhy: 'Choose another year, or enter deductibles, rates and caps in the rulebook first.',
  which: 'Whose rules',
  area: 'Pooling area',
  year: 'Year',
  yearHint: 'The rules in force in that year',
  areaOf: (name, kinds) => `${name} (${kinds} kinds of bill)`,
  change: 'What to change',
  changeWhy: 'Change only what you want to try; the rest stays.',
  changed: (count) => (count === 0 ? 'Nothing changed yet' : `${count} changed`),
  reset: 'Change all back',
  unit: { fen: 'yuan', bp: '%' },
  asItIs: (value, basis) => `${value} as it is · ${basis}`,
  faults: {
    'not-whole': 'A number of 0 or more, with two decimals at most',
    'above-whole': 'A share is 100% at most',
    'bands-out-of-order': 'A band must end after it begins: change its neighbours too',
  },
  run: 'Try it',
  count: 'Bills',
  bills: (count) => count.toLocaleString('en'),
  seed: 'Seed',
  seedHint: 'The same seed makes the same bills',
  seedWrong: 'A whole number of 1 to 999999',
  start: 'Start',
  cancel: 'Stop',
  running: (done, count) => `${done.toLocaleString('en')} of ${count.toLocaleString('en')} settled`,
  done: (bills, persons, tookMs) =>
    `${bills.toLocaleString('en')} made-up bills of ${persons.toLocaleString('en')} people, settled by both sets of rules in ${(tookMs / 1000).toFixed(1)} s`,
  failed: 'It could not be worked out',
  failedWhy: (why) => `${why}. Try with fewer changes; if it stays, ask the administrator.`,
  unchanged: 'Nothing was changed: both sides should be the same.',
  refused: (count) => `${count.toLocaleString('en')} bills are not covered by the rules, or by two that contradict each other: not settled and not counted below.`,
  payers: 'Who pays what',
  payer: 'Payer',
  before: 'As it is',
  after: 'Changed',
  difference: 'Difference',
  payerNames: { basic: 'Basic fund', hospital: 'Hospital', person: 'The person' },
  groups: { byInsured: 'By insured type', byCare: 'By kind of care', byLevel: 'By level of place', byAid: 'By medical aid' },
  group: 'Group',
  billCount: 'Bills',
  fund: 'Funds pay',
  person: 'Person pays',
  gain: 'Pay less',
  loss: 'Pay more',
  tableOf: (what) => `${what} (table)`,
  open: 'Choose a row to see how its most changed bill comes out',
  bins: 'How much more or less a person pays',
  bin: 'For a bill the person pays',
  share: 'Share',
  sum: 'Difference in all',
  openBin: 'Choose a row to see how one of its bills comes out',
  binOf: (fromFen, upToFen) => {
    const yuan = (fen: number): string => `¥${(fen / HUNDREDTHS).toLocaleString('en')}`
    if (fromFen === null) return `${yuan(-(upToFen ?? 0) + 1)} less or beyond`
    if (upToFen === null) return `${yuan(fromFen)} more or beyond`
    if (fromFen < 0 && upToFen > 0) return 'within ¥1 of before'
    return fromFen < 0 ? `${yuan(1 - upToFen)} to ${yuan(1 - fromFen)} less` : `${yuan(fromFen)} to ${yuan(upToFen)} more`
  },
  insured: { residents: 'Residents', workers: 'Employees' },
  care: { inpatient: 'Inpatient', outpatient: 'Outpatient', chronic: 'Chronic', 'two-diseases': 'Two diseases', 'single-drug': 'Single drugs' },
  levels: {
    primary: 'Primary', level1: 'Level 1', level2: 'Level 2', level3: 'Level 3', provincial: 'Provincial', 'out-of-town': 'Out of town',
    'out-of-province': 'Out of province', class1: 'Class 1', class2: 'Class 2', class3: 'Class 3', pharmacy: 'Pharmacy',
  },
  aid: { aided: 'Aided people', others: 'Others' },
  persons: { working: 'working', retired: 'retired', adult: 'adults', student: 'students, children' },
  ages: (from, until) => (from === undefined ? `under ${until ?? ''}` : until === undefined ? `from ${from} years` : `${from} to ${until} years`),
  yearsInsured: (from, until) =>
    from === undefined ? `insured below ${until ?? ''} years` : until === undefined ? `insured from ${from} years` : `insured from ${from}, below ${until} years`,
  kinds: {
    deductible: 'Deductible', ordinal: 'Further stays', 'deductible-year-cap': 'Deductible cap of the year', 'deductible-exempt': 'No deductible', rate: 'Rates',
    'fund-cap': 'Cap of the fund', layer: 'Layers', 'account-first': 'Account first', price: 'Prices', floor: 'Floor', 'referral-points': 'Less without referral',
    'referral-first-pay': 'First share away', chain: 'Chain of stays', 'care-limit': 'Limits of outpatient care',
    'cap-growth': 'Growth of caps',
  },
  fields: {
    amountFen: 'Amount', deductibleFen: 'Deductible', capFen: 'Cap', rateBp: 'Rate', pointsBp: 'Points less', bonusBp: 'Points more', bonusUpToFen: 'More up to',
    stepFen: 'Less each time', floorFen: 'At least', sharesBp: 'Share by stay', upToFen: 'Band ends at', ofTotalBp: 'Of the total', mostFen: 'At most',
    joinsAboveCap: 'Fees above it go to the layers above the cap', perYearFen: 'For each further year insured', perQuietYearFen: 'For each year without a claim',
    mostBp: 'Raised at most by',
  },
  band: (from, to) => (to === null ? `above ${from}` : `${from} to ${to}`),
  switched: (isOn) => (isOn ? 'yes' : 'no'),
  value: ({ value, unit }) =>
    unit === 'switch' ? en.switched(value === 1) : unit === 'fen' ? `¥${(value / HUNDREDTHS).toLocaleString('en')}` : `${value / HUNDREDTHS}%`,
  example: 'One bill by both sets of rules',
  exampleIs: (insured, care, level, day) => `Made up · ${insured} · ${care} · ${level} · ${day}`,
  total: 'Total of the bill',
  steps: (side, person) => `${side}: the person pays ${person}`,
  closeExample: 'Close',
  yuan: enYuan,
  signed: (fen) => signed(fen, enYuan),
} // prettier-ignore

export const useWhatIfWords = (): WhatIfWords => useWordsOf({ zh, en })
