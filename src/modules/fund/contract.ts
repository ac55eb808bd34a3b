import { z } from 'zod'
import type { RefusalTable } from '../../platform/refusals.ts'
import type { Step } from './rules/steps.ts'

export { DISCHARGE_COLUMNS } from './dip/discharge-columns.ts'
export { partsOfTable } from './dip/table-parts.ts'

const key = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const fen = z.number().int().min(0).max(100_000_000_000_000)
const year = z.number().int().min(2000).max(2200)
const share = z.number().int().min(0).max(10_000)
const growth = z.number().int().min(-5_000).max(5_000)
const people = z.number().int().min(0).max(100_000_000)

const sources = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('income'),
    incomeFen: fen,
    seriousIllnessFen: fen,
    otherFen: fen,
    riskShare: share.optional(),
    covered: people,
    insured: people.min(1),
  }),
  z.strictObject({ method: z.literal('past-years'), pastFen: z.array(fen).min(1).max(5), growth }),
  z.strictObject({ method: z.literal('last-budget'), lastFen: fen, growth }),
  z.strictObject({
    method: z.literal('head'),
    groups: z
      .array(
        z.strictObject({
          name: z.string().trim().min(1).max(40),
          heads: people,
          headFen: z.number().int().min(0).max(10_000_000),
          risk: z.number().int().min(0).max(100_000),
        }),
      )
      .min(1)
      .max(50),
    growth,
  }),
])

export const setBudgetInput = z.strictObject({
  org: key,
  year,
  sources,
  bundled: z.record(z.string().trim().min(1).max(40), fen).default({}),
})
export const bookInput = z.strictObject({
  org: key,
  year,
  month: z.number().int().min(1).max(12),
  kind: z.enum(['prepay', 'inside', 'outside', 'deduct']),
  /** The member where it was spent or deducted. */
  institution: key.nullish(),
  fen: fen.min(1),
  note: z.string().trim().max(300).nullish(),
})
export const reverseInput = z.strictObject({
  org: key,
  transfer: z.uuid(),
  note: z.string().trim().min(1, '请写明冲销原因|Say why it is taken back').max(300),
})
export const ledgerInput = z.strictObject({ org: key.optional(), year: year.optional() })
export const budgetsInput = z.strictObject({ year: year.optional() })

const LAW = '关于全面推进紧密型县域医疗卫生共同体建设的指导意见:医保基金总额付费'
export const fundRefusals = {
  'fund.no-consortium': {
    kind: 'invalid',
    zh: '该机构当前不牵头任何医共体或城市医疗集团。请选择牵头机构。',
    en: 'This institution leads no consortium now. Choose the leading one.',
    basis: LAW,
  },
  'fund.budget-already-set': {
    kind: 'conflict',
    zh: '该年度总额预算已设定,不可修改。请在账本中以调整方式记账。',
    en: 'The budget of this year is set and cannot be changed. Look at the ledger instead.',
    basis: null,
  },
  'fund.nobody-covered': {
    kind: 'invalid',
    zh: '覆盖人口不能多于参保人口,扣除项不能多于筹资。请核对。',
    en: 'No more people can be covered than are insured, nor more be kept back than the income. Check the figures.',
    basis: null,
  },
  'fund.no-budget': {
    kind: 'conflict',
    zh: '该年度尚未设定总额预算。请先设定预算再记账。',
    en: 'No budget is set for this year. Set it before booking.',
    basis: null,
  },
  'fund.not-a-member': {
    kind: 'invalid',
    zh: '县域内支出和扣减须选择本医共体的成员机构;其他机构的支出请记为县域外。',
    en: 'Spend inside and deductions need a member of this consortium; book what others spent as outside.',
    basis: null,
  },
  'fund.deducts-too-much': {
    kind: 'invalid',
    zh: '扣减不能多于该机构当月已记的支出。请核对金额和月份。',
    en: 'A deduction cannot be more than the institution’s spend of that month. Check amount and month.',
    basis: null,
  },
  'fund.already-reversed': {
    kind: 'conflict',
    zh: '这笔账已冲销。请刷新账本。',
    en: 'This transfer was taken back already. Look at the ledger again.',
    basis: null,
  },
  'fund.not-reversible': {
    kind: 'invalid',
    zh: '预算划拨、冲销和由结算取入的支出不可冲销;记账支出冲销前请先冲销其扣减。',
    en: 'The grant of the budget, a reversal and what was taken up from settled bills cannot be taken back; take back the deductions of a spend before the spend.',
    basis: null,
  },
} as const satisfies RefusalTable

/** A number with the steps that led to it. */
export type Explained = { readonly fen: number; readonly steps: readonly Step[] }
export type ShownMonth = {
  readonly month: number
  readonly insideFen: number
  readonly outsideFen: number
  readonly prepaidFen: number
}
export type ShownForecast = {
  readonly monthsKnown: number
  readonly method: 'shape-of-past-years' | 'even-months'
  readonly yearFen: number
  readonly band: { readonly lowFen: number; readonly highFen: number } | null
  readonly path: readonly {
    readonly month: number
    readonly fen: number
    readonly lowFen: number
    readonly highFen: number
    readonly known: boolean
  }[]
  readonly steps: readonly Step[]
}
