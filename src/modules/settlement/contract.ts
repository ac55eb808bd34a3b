import { z } from 'zod'
import { daysBetween, isDay, type Day } from '../../kernel/day.ts'
import type { Name, Words } from '../../kernel/words.ts'
import type { RefusalTable } from '../../platform/refusals.ts'
import { goOnReasons } from '../audit-rules/contract.ts'
import { filingRefusals } from './filing/contract.ts'
import { areaClaim } from './rules/area-claim.ts'
import { CARE_KINDS } from './rules/area-schema.ts'
import { REVISION_KINDS } from './settlement.ts'

const key = z.string().regex(/^\d{1,18}$/, '应为编号(数字)|An id is digits')
const uuid = z.uuid('应为编号|An id')
const day = z.string().refine(isDay, '应为真实日期 YYYY-MM-DD|A real day, YYYY-MM-DD')
const word = z.string().max(60)

const LINES_MOST = 2_000
const CHAIN_MOST = 20
const PAGE_MOST = 100
const DIAGNOSES_MOST = 50
// Any year that a record may hold. Design.
const [YEAR_LEAST, YEAR_MOST] = [2000, 2100]

/** A line of a bill with its code in the national lists, beside what docs/settlement.md says of it. */
const line = areaClaim.shape.lines.element.extend({
  category: word.min(1).optional(),
  code: z
    .string()
    .regex(/^[A-Za-z0-9.-]{1,40}$/, '应为国家编码|A national code')
    .optional(),
  zh: z.string().trim().min(1).max(120).optional(),
  name: z.string().trim().min(1).max(120).optional(),
})

/** How a stay goes on from others: their levels and deductibles are those of their settled bills, told by `goesOnFrom`. */
const episode = areaClaim.shape.episode.unwrap().extend({
  stays: areaClaim.shape.episode
    .unwrap()
    .shape.stays.refine(
      (stays) => stays.length === 0,
      '此前各次的起付线由已结算的账单得出，不能自报：请去掉 stays，在 goesOnFrom 写明是哪几张账单|Deductibles of earlier stays come of their settled bills and are not stated: leave stays out and name those bills in goesOnFrom',
    ),
})

/**
 * A bill as docs/settlement.md states it, less what the house knows itself: what the year has seen, which stay it is, and
 * amounts that nobody may state instead of having them settled.
 */
export const statedClaim = areaClaim
  .omit({ stay: true, earlierLevels: true, deductiblePaidFen: true, fundPaidFen: true, before: true, given: true })
  .extend({
    identities: z.array(word).max(20).default([]),
    diseases: z.array(word).max(20).default([]),
    relatives: z.array(z.strictObject({ owner: word.min(1), balanceFen: z.int().min(0) })).max(20).default([]),
    episode: episode.optional(),
    lines: z.array(line).min(1).max(LINES_MOST),
  }) // prettier-ignore

const area = z.string().regex(/^[a-z][a-z-]{0,40}$/, '应为统筹区,如 changsha|A pooling area such as changsha')

const asked = {
  person: key,
  area,
  claim: statedClaim,
  /** Earlier settled stays of a chain of referrals. */
  goesOnFrom: z.array(uuid).max(CHAIN_MOST).default([]),
}
/** `area`: the pooling area, that of the person's home where none is named; `day`: whose rules, today's where none is. */
export const claimTermsInput = z.strictObject({ person: key, area: area.optional(), day: day.optional() })
export const previewInput = z.strictObject(asked)
export const settleInput = z.strictObject({
  ...asked,
  billNo: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/, '应为本机构的账单号|The institution’s own number of the bill'),
  /** Codes of what the person came for: asked by the audit rules, not kept with the bill. */
  diagnoses: z.array(word.min(1)).max(DIAGNOSES_MOST).default([]),
  /** Why one goes on although audit rules were hit. */
  reasons: goOnReasons,
})
export const reverseInput = z.strictObject({ org: key, bill: uuid, reason: z.string().trim().min(2).max(200) })
/** `person`: whose bill it is, for who acts for somebody else. */
export const billInput = z.strictObject({ org: key, bill: uuid, person: key.optional() })
/** `year`: the newest with care where none is named. */
export const myYearInput = z.strictObject({ person: key.optional(), year: z.int().min(YEAR_LEAST).max(YEAR_MOST).optional() })
export const billsInput = z.strictObject({
  person: key.optional(),
  org: key.optional(),
  /** Settled on this day, or from it until the other. */
  day: day.optional(),
  until: day.optional(),
  area: area.optional(),
  care: z.enum(CARE_KINDS).optional(),
  state: z.enum(REVISION_KINDS).optional(),
  /** Also every step of what each came to. */
  withSteps: z.boolean().default(false),
  /** Where the page before ended. */
  after: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\.[0-9a-f-]{36}$/, '应为上一页的 next|The next of the page before')
    .optional(),
  limit: z.int().min(1).max(PAGE_MOST).default(50),
})
// A year of books, and the day that a leap year has more.
const BOOK_DAYS_MOST = 366
/** The books of a day, or from it through `until`. */
export const dayInput = z.strictObject({ day: day.optional(), until: day.optional(), org: key.optional() }).refine(
  ({ day: from, until }) =>
    // What is no day is told by its own field.
    until === undefined ||
    from === undefined ||
    !isDay(from) ||
    !isDay(until) ||
    daysBetween(from as Day, until as Day) < BOOK_DAYS_MOST,
  {
    message: '一次最多看一年的账|The books of a year at most are shown at once',
    path: ['until'],
  },
)

export const settlementRefusals = {
  ...filingRefusals,
  'settlement.not-insured': {
    kind: 'conflict',
    zh: '档案中该居民没有居民或职工医保,不能按医保结算。请先核实并补录参保类型,或按自费收取。',
    en: 'The index says that this person is not insured, so nothing can be settled. Check and enter the insured type, or bill the person.',
    basis: null,
  },
  'settlement.no-area-book': {
    kind: 'invalid',
    zh: '规则库中没有该统筹区该参保类型的结算规则,故不能结算。请核对统筹区,或先录入规则。',
    en: 'The rulebook has no book of this area for this insured type, so the bill cannot be settled. Check the area, or enter its book.',
    basis: null,
  },
  'settlement.other-level': {
    kind: 'invalid',
    zh: '账单的机构级别与本机构登记的级别不符。请按本机构的级别结算;登记有误的,先更正机构登记。',
    en: 'The level in the bill is not the one that this institution is registered with. Settle by its own level, or have the register corrected.',
    basis: null,
  },
  'settlement.no-contract': {
    kind: 'conflict',
    zh: '结算日这一天,本药店不在定点零售药店名册上,故不能结算。请向医保经办机构核对定点协议的起止日期。',
    en: 'On that day this pharmacy is not on the register of the insurance, so nothing is settled. Ask the insurer from when until when the contract runs.',
    basis: '零售药店医疗保障定点管理暂行办法(国家医疗保障局令第3号)',
  },
  'settlement.no-stay-at-pharmacy': {
    kind: 'invalid',
    zh: '药店不能结算住院账单。请选择门诊、慢特病等购药类别;住院费用由收治的医院结算。',
    en: 'A pharmacy settles no stay in hospital. Choose a kind of outpatient care; a stay is settled by the hospital that took the person in.',
    basis: null,
  },
  'settlement.day-ahead': {
    kind: 'invalid',
    zh: '结算日(出院日)在今天之后。请核对日期,出院当日再结算。',
    en: 'The day of discharge lies ahead. Check it, and settle on the day.',
    basis: null,
  },
  'settlement.claim-refused': {
    kind: 'invalid',
    zh: '账单不能结算:{why}',
    en: 'The bill cannot be settled: {why_en}',
    basis: null,
  },
  'settlement.already-settled': {
    kind: 'conflict',
    zh: '本机构这个账单号已经结算,不能再次结算。请查看已结算的账单;要更正的,先整单冲正再结算。',
    en: 'This number of the institution is settled already. Look at the settled bill; to correct it, reverse it whole and settle again.',
    basis: null,
  },
  'settlement.already-reversed': {
    kind: 'conflict',
    zh: '该账单已冲正。请刷新后查看。',
    en: 'This bill was reversed already. Refresh and look at it.',
    basis: null,
  },
} as const satisfies RefusalTable

/** Who pays what of a bill. Fen. */
export type ShownShares = {
  readonly totalFen: number
  readonly hospitalFen: number
  readonly fundFen: number
  readonly funds: Readonly<Record<string, number>>
  readonly accountFen: number
  readonly relatives: readonly { readonly owner: string; readonly amountFen: number }[]
  readonly cashFen: number
}
export type ShownStep = Words & {
  readonly step: string
  readonly basis: string | null
  readonly source: string | null
  readonly inputs: Readonly<Record<string, number | string>>
  readonly amountFen: number
}
/** A settlement with every step of it. */
export type ShownSettlement = ShownShares & {
  readonly ownPayFen: number
  readonly overLimitFen: number
  readonly preSelfFen: number
  readonly inScopeFen: number
  readonly deductibleFen: number
  readonly rulebookHash: string
  readonly steps: readonly ShownStep[]
}
/** A settled bill in a list. */
export type ShownSettledBill = ShownShares & {
  readonly org: string
  readonly place: Name
  readonly bill: string
  readonly person: string
  readonly billNo: string
  readonly area: string
  readonly areaName: Words
  readonly insured: string
  readonly care: string
  readonly level: string
  readonly day: string
  readonly state: string
  readonly settledAt: string
  /** Why it was reversed or has to be settled again. */
  readonly reason: string | null
  /** Every step, where they were asked for and the bill stands. */
  readonly settlement: ShownSettlement | null
}
