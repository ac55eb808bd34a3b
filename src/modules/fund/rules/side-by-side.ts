import { assert } from '../../../kernel/assert.ts'
import { WHOLE } from '../../../kernel/share.ts'
import { paymentFor, type Method, type Payment, type Service, type Way } from './payment-methods.ts'
import type { Step } from './steps.ts'

/** The ways to pay in the order in which they are compared. */
export const METHODS = [
  'item',
  'bed-day',
  'service-unit',
  'single-disease',
  'head',
  'dip',
  'drg',
  'global-budget',
] as const satisfies readonly Method[]

/** Why a way cannot be reckoned for a case. */
export const GAPS = [
  'not-on-pathway',
  'no-disease-price',
  'nobody-known',
  'not-grouped',
  'no-drg-code',
  'no-drg-weight',
  'no-unit-price',
] as const
export type Gap = (typeof GAPS)[number]

/** A stay as the fund knows it, without the person; amounts in fen. */
export type PaidCase = {
  readonly number: string
  /** The main diagnosis, ICD-10. */
  readonly diagnosis: string
  readonly costFen: number
  /** What the fund booked of it. */
  readonly claimedFen: number
  readonly days: number
  readonly pathway: Service['pathway']
  /** Of a published catalogue; null while it is not grouped. */
  readonly dip: { readonly scoreE4: number; readonly pointFen: number } | null
  readonly drg: string | null
}

/** What the ways are reckoned by, as the rulebook of a day has it. */
export type MethodTerms = {
  readonly bedDays: readonly { readonly from: number; readonly fen: number }[]
  /** Of the hospital's level; null where none is set. */
  readonly unitFen: number | null
  readonly diseasePrices: Readonly<Record<string, number>>
  /** Weights by group, ten-thousandths, and what a whole weight is worth; null while the region has none. */
  readonly drg: { readonly weightsE4: Readonly<Record<string, number>>; readonly rateFen: number; readonly hospital: number; readonly lowBelow: number; readonly highAbove: number } | null
} // prettier-ignore

// A category of ICD-10 is its first three characters. @source GB/T 14396
const CATEGORY_LETTERS = 3
/** The category of a diagnosis, `K35` of `K35.900`. */
export const categoryOf = (diagnosis: string): string => diagnosis.slice(0, CATEGORY_LETTERS)

const wayOf = (method: Method, one: PaidCase, terms: MethodTerms): Way | Gap => {
  switch (method) {
    case 'item':
      return { method }
    case 'bed-day':
      return { method, dayFen: terms.bedDays }
    case 'service-unit':
      return terms.unitFen === null ? 'no-unit-price' : { method, unitFen: terms.unitFen }
    case 'single-disease': {
      const priceFen = terms.diseasePrices[categoryOf(one.diagnosis)]
      if (priceFen === undefined) return 'no-disease-price'
      return one.pathway === 'none' ? 'not-on-pathway' : { method, priceFen }
    }
    // A discharge names no person: whether somebody of a contract's group was treated is not known.
    case 'head':
      return 'nobody-known'
    case 'dip':
      return one.dip === null ? 'not-grouped' : { method, ...one.dip }
    case 'drg': {
      if (terms.drg === null) return 'no-drg-weight'
      if (one.drg === null) return 'no-drg-code'
      const { weightsE4, ...rest } = terms.drg
      const weightE4 = weightsE4[one.drg]
      return weightE4 === undefined ? 'no-drg-weight' : { method, weightE4, ...rest }
    }
    case 'global-budget':
      return { method, share: WHOLE }
  }
}

/** What one case is paid by a way, or why that cannot be reckoned. */
export type Reckoned = { readonly method: Method; readonly payment: Payment } | { readonly method: Method; readonly gap: Gap }

/** One case by every way. A stay is one service unit; inside a global budget it is charged whole. */
export const caseByMethods = (one: PaidCase, terms: MethodTerms): Reckoned[] => {
  assert(one.claimedFen <= one.costFen, 'the fund pays no more of a stay than it costs')
  const service: Service = {
    costFen: one.costFen,
    othersFen: one.costFen - one.claimedFen,
    days: one.days,
    units: 1,
    pathway: one.pathway,
  }
  return METHODS.map((method) => {
    const way = wayOf(method, one, terms)
    return typeof way === 'string' ? { method, gap: way } : { method, payment: paymentFor(service, way) }
  })
}

export type MethodSum = {
  readonly method: Method
  readonly cases: number
  readonly costFen: number
  readonly standardFen: number
  readonly fundFen: number
  readonly institutionFen: number
  readonly gaps: readonly { readonly gap: Gap; readonly cases: number }[]
  readonly steps: readonly Step[]
}

/** What the same cases would earn by each way: only those that it can be reckoned for, beside what these cost; and why the others cannot. */
export const sideBySide = (cases: readonly PaidCase[], terms: MethodTerms): MethodSum[] => {
  const all = cases.map((one) => ({ one, by: caseByMethods(one, terms) }))
  return METHODS.map((method, at) => {
    const paid = all.flatMap(({ one, by }) => {
      const found = by[at] as Reckoned
      return 'payment' in found ? [{ one, payment: found.payment }] : []
    })
    const gaps = all.flatMap(({ by }) => {
      const found = by[at] as Reckoned
      return 'gap' in found ? [found.gap] : []
    })
    const sum = (of: (each: (typeof paid)[number]) => number): number => paid.reduce((whole, each) => whole + of(each), 0)
    const costFen = sum(({ one }) => one.costFen)
    const othersFen = sum(({ one }) => one.costFen - one.claimedFen)
    const standardFen = sum(({ payment }) => payment.standardFen)
    const fundFen = sum(({ payment }) => payment.fundFen)
    const institutionFen = sum(({ payment }) => payment.institutionFen)
    const rule = `fund.payment.${method}`
    const step = (zh: string, en: string, of: Step['of'], is: number): Step => ({ zh, en, rule, of, is, unit: 'fen' })
    return {
      method,
      cases: paid.length,
      costFen,
      standardFen,
      fundFen,
      institutionFen,
      gaps: GAPS.map((gap) => ({ gap, cases: gaps.filter((one) => one === gap).length })).filter((one) => one.cases > 0),
      steps: [
        step('各病例的支付标准相加', 'The standards of the cases, summed', { cases: paid.length }, standardFen),
        step('基金支付:逐例减去个人与其他支付,不低于零', 'The fund pays each standard less what others paid, never below zero', { standardFen, othersFen }, fundFen),
        step('机构盈亏:基金支付加其他支付减费用', 'Kept or borne: fund and others less the cost', { fundFen, othersFen, costFen }, institutionFen),
      ],
    } // prettier-ignore
  })
}
