import type { Words } from '../../../kernel/words.ts'
import type { LAYER_NAMES } from './area-schema.ts'

/** One step of a settlement: what was done, by which row, on what inputs, with what outcome. */
export type SettledStep = {
  readonly step: string
  readonly zh: string
  readonly en: string
  readonly basis: string | null
  readonly source: string | null
  /** Fen of names that end in `Fen`, basis points of those in `Bp`. */
  readonly inputs: Readonly<Record<string, number | string>>
  readonly amountFen: number
}

/** The layers of the national order, as a person reads them. */
export const LAYER_WORDS = {
  'serious-illness': { zh: '大病保险', en: 'Serious illness insurance' },
  'large-amount': { zh: '职工大额医疗费用补助', en: 'Large amounts of employees' },
  'civil-service': { zh: '公务员医疗补助', en: 'Civil service aid' },
  supplementary: { zh: '补充医疗保险', en: 'Supplementary insurance' },
  'medical-aid': { zh: '医疗救助', en: 'Medical aid' },
  'tilt-aid': { zh: '倾斜救助', en: 'Tilt aid' },
  commercial: { zh: '商业健康保险', en: 'Commercial insurance' },
  charity: { zh: '慈善援助', en: 'Charity' },
} as const satisfies Readonly<Record<(typeof LAYER_NAMES)[number], Words>>

/** What a step does, as a person reads it. */
export const STEP_WORDS = {
  total: { zh: '医疗费总额', en: 'Total of the bill' },
  'care-list': {
    zh: '按就医地目录确定类别、先行自付、限价与限定支付',
    en: 'Class, first share, price limit and restricted payment by the list of the place of care',
  },
  price: { zh: '服务统一价:超出部分', en: 'One price for a service: charged above it' },
  'fixed-part': { zh: '基金定额支付(一般诊疗费等)', en: 'Fixed part of the fund (general consultation fee and the like)' },
  'own-pay': { zh: '全自费(丙类、目录外、超限定)', en: 'Own pay: class C, off the lists, outside the limited use' },
  'over-limit': { zh: '超限价自费', en: 'Above the price limit' },
  hospital: { zh: '医院承担', en: 'Borne by the hospital' },
  'pre-self': { zh: '先行自付', en: 'First share of one’s own' },
  'referral-first-pay': { zh: '异地就医先行自付', en: 'First share for care away from home' },
  'in-scope': { zh: '政策范围内费用', en: 'Fees in scope' },
  'account-first': { zh: '个人账户先行支付', en: 'Paid by the account before the deductible' },
  deductible: { zh: '起付标准', en: 'Deductible' },
  'above-cap': { zh: '超过封顶线的范围内费用', en: 'Fees in scope above the cap' },
  'care-limit': { zh: '待遇限额', en: 'Limit of this kind of care' },
  'above-limit': { zh: '超过限额、由封顶线以上各层支付的费用', en: 'Fees above the limit, left to the layers above the cap' },
  basic: { zh: '基本医保统筹支付', en: 'Basic fund' },
  'referral-points': { zh: '转诊情形降低的支付', en: 'Less for the way the person came' },
  'chain-bonus': { zh: '双向转诊提高的支付', en: 'More for a referral within the consortium' },
  'fund-cap': { zh: '统筹基金年度封顶', en: 'Cap of the fund in the year' },
  'cap-growth': { zh: '连续参保、零报销提高的封顶线', en: 'Cap raised by years insured and years without a claim' },
  floor: { zh: '保底报销补足', en: 'Made up to the floor' },
  account: { zh: '个人账户支付', en: 'Personal account' },
  relative: { zh: '家庭共济账户支付', en: 'Account of a relative' },
  cash: { zh: '个人现金', en: 'Cash' },
} as const satisfies Record<string, Words>
export type StepName = keyof typeof STEP_WORDS

type Clause = { readonly basis: string; readonly source: string }

/** Keeps what was done, in its order; with `isKept` false nothing is kept and nothing costs. */
export class Trail {
  readonly steps: SettledStep[] = []
  readonly isKept: boolean
  constructor(isKept: boolean) {
    this.isKept = isKept
  }
  add(step: StepName, row: Clause | null, amountFen: number, inputs: SettledStep['inputs'] = {}): number {
    if (this.isKept) this.#keep(step, STEP_WORDS[step], row, amountFen, inputs)
    return amountFen
  }
  /** A layer has the words of its book. */
  addLayer(
    { layer, zh, en }: Words & { readonly layer: string },
    row: Clause | null,
    amountFen: number,
    inputs: SettledStep['inputs'],
  ): void {
    if (this.isKept) this.#keep(layer, { zh, en }, row, amountFen, inputs)
  }
  #keep(step: string, { zh, en }: Words, row: Clause | null, amountFen: number, inputs: SettledStep['inputs']): void {
    this.steps.push({ step, zh, en, basis: row?.basis ?? null, source: row?.source ?? null, inputs, amountFen })
  }
}
