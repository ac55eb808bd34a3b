import type { Words } from '../../words/language.tsx'

const FEN_A_YUAN = 100
const yuan = (fen: number): string => Math.round(fen / FEN_A_YUAN).toLocaleString('zh-CN')

export type Range = { lowFen: number; highFen: number }
const between = ({ lowFen, highFen }: Range, dash: string): string =>
  yuan(lowFen) === yuan(highFen) ? yuan(lowFen) : `${yuan(lowFen)}${dash}${yuan(highFen)}`

const zh = {
  stay: '住院一次',
  pays: (range: Range) => `预计自付 ${between(range, '–')} 元`,
  same: '经转诊和直接去，自付一样',
  referred: (range: Range) => `经转诊：预计自付 ${between(range, '–')} 元`,
  direct: (range: Range) => `未经转诊：预计自付 ${between(range, '–')} 元`,
  saves: (range: Range) => `经转诊少付 ${between(range, '–')} 元`,
  unknown: '要花多少钱：暂时算不出',
  referredUnknown: '经转诊：暂时算不出',
  directUnknown: '未经转诊：暂时算不出',
  asking: '正在估算费用…',
  how: '怎么估出来的',
  bill: (range: Range) => `预计总费用 ${between(range, '–')} 元`,
  billBy: { condition: '（按这个病）', specialty: '（按科室，没有这个病单独的数）' },
  basis: (text: string) => `依据：${text}`,
  fund: (range: Range) => `医保预计支付 ${between(range, '–')} 元`,
  insured: (area: string, type: string) => `按${area}${type}的规则`,
  types: { residents: '居民医保', workers: '职工医保' },
  low: (way: string) => `${way}，往少里算`,
  high: (way: string) => `${way}，往多里算`,
  ways: { both: '每一步', referred: '经转诊', direct: '未经转诊' },
  fen: (fen: number) => `${(fen / FEN_A_YUAN).toLocaleString('zh-CN', { minimumFractionDigits: 2 })} 元`,
}
export type CostWords = typeof zh

const en: CostWords = {
  stay: 'One stay in hospital',
  pays: (range) => `you pay about ${between(range, '–')} yuan`,
  same: 'the same with a referral and without',
  referred: (range) => `With a referral: about ${between(range, '–')} yuan`,
  direct: (range) => `Without one: about ${between(range, '–')} yuan`,
  saves: (range) => `The referral saves ${between(range, '–')} yuan`,
  unknown: 'What it costs cannot be told yet',
  referredUnknown: 'With a referral: cannot be told yet',
  directUnknown: 'Without one: cannot be told yet',
  asking: 'Estimating the cost…',
  how: 'How this was estimated',
  bill: (range) => `Expected bill ${between(range, '–')} yuan`,
  billBy: { condition: ' (for this condition)', specialty: ' (for the department; there is no figure for the condition)' },
  basis: (text) => `Source: ${text}`,
  fund: (range) => `The insurance pays about ${between(range, '–')} yuan`,
  insured: (area, type) => `By the rules of ${area}, ${type}`,
  types: { residents: 'insurance of residents', workers: 'insurance of employees' },
  low: (way) => `${way}, at the low end`,
  high: (way) => `${way}, at the high end`,
  ways: { both: 'Every step', referred: 'With a referral', direct: 'Without one' },
  fen: (fen) => `${(fen / FEN_A_YUAN).toLocaleString('en', { minimumFractionDigits: 2 })} yuan`,
}

/** Words of what a stay would cost, plain enough for the person who pays it. */
export const costWords: Words<CostWords> = { zh, en }
