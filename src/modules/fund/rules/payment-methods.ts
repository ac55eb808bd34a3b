import { partOf, ratioOf } from './parts.ts'
import type { Step } from './steps.ts'
import { WHOLE } from '../../../kernel/share.ts'

/** What an institution did for a person, whatever way it is paid. Amounts in fen. */
export type Service = {
  readonly costFen: number
  /** What the person and other funds than the insurance's pay of it. */
  readonly othersFen: number
  readonly days: number
  readonly units: number
  /** Whether the person left the clinical pathway, and why: `variance` stays on it. */
  readonly pathway: 'completed' | 'variance' | 'exited' | 'none'
}

/** Ways to pay an institution, side by side; each carries what it needs. Amounts in fen, shares in basis points, scores in ten-thousandths. */
export type Way =
  | { readonly method: 'item' }
  /** The later days of a long stay may be worth less: `steps` by the day they begin on. */
  | { readonly method: 'bed-day'; readonly dayFen: readonly { readonly from: number; readonly fen: number }[] }
  | { readonly method: 'service-unit'; readonly unitFen: number }
  /** A price of a disease by its pathway. Whoever exits is paid by item; a variance keeps the price. */
  | { readonly method: 'single-disease'; readonly priceFen: number }
  /** Paid by the head in advance: a service brings nothing of its own. */
  | { readonly method: 'head' }
  | { readonly method: 'dip'; readonly scoreE4: number; readonly pointFen: number }
  | {
      readonly method: 'drg'
      readonly weightE4: number
      readonly rateFen: number
      readonly hospital: number
      readonly lowBelow: number
      readonly highAbove: number
    }
  /** Inside a global budget: what it costs is charged to the budget, at the share that the budget's rules pay. */
  | { readonly method: 'global-budget'; readonly share: number }
export type Method = Way['method']

/** What the fund pays an institution for a service, and what the institution keeps (or bears, below zero) of it. */
export type Payment = {
  readonly method: Method
  readonly standardFen: number
  readonly fundFen: number
  readonly institutionFen: number
  readonly steps: readonly Step[]
}

/** One shape for every way: the standard of the service, less what others pay of it, is the fund's. Never below zero. */
export const paymentFor = (service: Service, way: Way): Payment => {
  const { standardFen, steps } = standardOf(service, way)
  const fundFen = Math.max(0, standardFen - (way.method === 'head' ? 0 : service.othersFen))
  const institutionFen = fundFen + service.othersFen - service.costFen
  return {
    method: way.method,
    standardFen,
    fundFen,
    institutionFen,
    steps: [
      ...steps,
      {
        zh: '基金支付:标准减个人与其他支付',
        en: 'The fund pays the standard less what others pay',
        rule: 'fund.payment',
        of: { standardFen, othersFen: service.othersFen },
        is: fundFen,
        unit: 'fen',
      },
      {
        zh: '机构盈亏',
        en: 'What the institution keeps or bears',
        rule: 'fund.payment',
        of: { costFen: service.costFen },
        is: institutionFen,
        unit: 'fen',
      },
    ],
  }
}

type Standard = { readonly standardFen: number; readonly steps: readonly Step[] }
const of = (standardFen: number, zh: string, en: string, numbers: Step['of'], method: Method): Standard => ({
  standardFen,
  steps: [{ zh, en, rule: `fund.payment.${method}`, of: numbers, is: standardFen, unit: 'fen' }],
})

const standardOf = (service: Service, way: Way): Standard => {
  switch (way.method) {
    case 'item':
      return of(service.costFen, '按项目:据实', 'By item: as it cost', { costFen: service.costFen }, 'item')
    case 'bed-day':
      return of(
        bedDays(service.days, way.dayFen),
        '床日 × 分段定额',
        'Bed days × their amounts',
        { days: service.days },
        'bed-day',
      )
    case 'service-unit':
      return of(
        service.units * way.unitFen,
        '服务单元 × 定额',
        'Service units × amount',
        { units: service.units, unitFen: way.unitFen },
        'service-unit',
      )
    case 'single-disease':
      return service.pathway === 'exited' || service.pathway === 'none'
        ? of(
            service.costFen,
            '退出或未入临床路径:按项目',
            'Off the clinical pathway: by item',
            { costFen: service.costFen },
            'single-disease',
          )
        : of(
            way.priceFen,
            '单病种定价(完成路径或变异)',
            'Price of the disease, its pathway completed or varied',
            { priceFen: way.priceFen },
            'single-disease',
          )
    case 'head':
      return of(0, '已按人头预付,单次不再支付', 'Paid by the head in advance: nothing for one service', {}, 'head')
    case 'dip':
      return of(
        ratioOf(way.scoreE4, way.pointFen, WHOLE),
        '分值 × 点值',
        'Score × point value',
        { scoreE4: way.scoreE4, pointFen: way.pointFen },
        'dip',
      )
    case 'drg':
      return drgStandard(service, way)
    case 'global-budget':
      return of(
        partOf(service.costFen, way.share),
        '计入总额预算',
        'Charged to the global budget',
        { costFen: service.costFen, share: way.share },
        'global-budget',
      )
  }
}

const bedDays = (days: number, bands: readonly { readonly from: number; readonly fen: number }[]): number =>
  bands.reduce(
    (sum, { from, fen }, at) => sum + Math.max(0, Math.min(days, (bands[at + 1]?.from ?? days + 1) - 1) - from + 1) * fen,
    0,
  )

const drgStandard = (service: Service, way: Extract<Way, { method: 'drg' }>): Standard => {
  const standardFen = partOf(ratioOf(way.weightE4, way.rateFen, WHOLE), way.hospital)
  const ratio = standardFen === 0 ? 0 : ratioOf(WHOLE, service.costFen, standardFen)
  const numbers = { weightE4: way.weightE4, rateFen: way.rateFen, hospital: way.hospital, ratio }
  return service.costFen * WHOLE < standardFen * way.lowBelow || service.costFen * WHOLE > standardFen * way.highAbove
    ? of(service.costFen, '极端病例:按项目', 'An outlier: by item', numbers, 'drg')
    : of(standardFen, '权重 × 费率 × 系数', 'Weight × rate × coefficient', numbers, 'drg')
}
