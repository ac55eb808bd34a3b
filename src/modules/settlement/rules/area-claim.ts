import { z } from 'zod'
import { isDay, type Day } from '../../../kernel/day.ts'
import { WHOLE } from '../../../kernel/share.ts'
import { CARE_KINDS, INSURED, layerName, PLACE_LEVELS, REFERRAL_STATUSES, serviceName } from './area-schema.ts'

const fen = z.int().min(0)
// More than anybody lives. Design.
const YEARS_MOST = 150
// As long as national codes and names of items are. Design.
const CODE_MOST = 60
// Design, as the length of a code is.
const NAME_MOST = 120
const basisPoints = z.int().min(0).max(WHOLE)

/** A ground of 限定支付 that no other field of a bill states: second-line use, an approval, a test that was done. */
export const groundName = z.string().regex(/^[a-z][a-z-]{0,40}$/, 'a ground is named in lower case, as in second-line')

/** Classes of the national lists: 甲 whole in scope, 乙 after a first share of one's own, 丙 own pay alone. */
export const LIST_CLASSES = ['A', 'B', 'C'] as const

/**
 * A line of a bill, or a category given as one total. What it is priced by: its category, if it has rates of its own.
 * What most lines do not state is left out, not 0: a bill of a hundred lines is read several times as fast.
 */
const line = z.strictObject({
  amountFen: fen,
  list: z.enum(LIST_CLASSES).optional(),
  /** Outside 限定支付, refused by the hospital's own approval, or not on any list: all of it is own pay. */
  outOfScope: z.boolean().optional(),
  /** What of 限定支付 the hospital vouches for, as in `second-line`: asked where a list pays a line on such grounds alone. */
  grounds: z.array(groundName).optional(),
  /** 先行自付 of a class-B line, taken first and rounded on the line. */
  selfShareBp: basisPoints.default(0),
  ownPayFen: fen.optional(),
  overLimitFen: fen.optional(),
  preSelfFen: fen.optional(),
  /** What the hospital bears itself. */
  hospitalFen: fen.optional(),
  /** Price and count, where a price limit of the list is to be applied; a count has at most four decimals. */
  priceFen: fen.optional(),
  count: z.number().positive().optional(),
  priceLimitFen: fen.optional(),
  /** A service that the area's book has a price for, `count` times. */
  service: serviceName.optional(),
  /** Who bears what is above the limit: the person, where nothing else is said. */
  overLimitBy: z.enum(['person', 'hospital', 'nobody']).optional(),
  category: z.string().min(1).optional(),
  /** What the line is: its code and name in the lists. Kept with the bill, asked by no rule of the split. */
  code: z.string().min(1).max(CODE_MOST).optional(),
  zh: z.string().min(1).max(NAME_MOST).optional(),
  /** The same under the key that most people write. */
  name: z.string().min(1).max(NAME_MOST).optional(),
})
export type ClaimLine = z.output<typeof line>

/** What the year has seen before this bill, in this kind of care. */
const before = z.strictObject({
  inScopeFen: fen.default(0),
  quarterInScopeFen: fen.default(0),
  monthInScopeFen: fen.default(0),
  /** All fees, in scope or not, in the year, the quarter and the month: for limits of all fees. */
  totalFen: fen.default(0),
  quarterTotalFen: fen.default(0),
  monthTotalFen: fen.default(0),
  /** Paid of the deductible in the quarter and the month: asked where the account pays first. */
  quarterDeductibleFen: fen.default(0),
  monthDeductibleFen: fen.default(0),
  /** Paid by the basic fund for this kind of care, in the year, the month and the quarter: for its limits. */
  careFundFen: fen.default(0),
  careFundMonthFen: fen.default(0),
  careFundQuarterFen: fen.default(0),
  /** Stays at this very hospital in the year. */
  staysHere: z.int().min(0).default(0),
  /** Of each layer: the amounts that it was reckoned on so far, and what it paid. */
  layers: z.record(layerName, z.strictObject({ baseFen: fen.default(0), paidFen: fen.default(0) })).default({}),
  /**
   * What was used of limits of one category or disease, as in `fund:hypertension`, `in-scope:epilepsy` or `all:dialysis`. Without it all of
   * the kind of care counts against each of them.
   */
  limitsUsed: z.record(z.string().min(1), z.strictObject({ yearFen: fen.default(0), quarterFen: fen.default(0), monthFen: fen.default(0) })).optional(), // prettier-ignore
  /** Of it, what each layer paid by kind of care: for limits of a layer in one kind. Without it all that a layer paid counts. */
  layersOfCare: z.partialRecord(z.enum(CARE_KINDS), z.record(layerName, fen)).optional(),
})

/** 连续计算起付线: the stays that this one goes on from, and how the person came and left. */
const episode = z.strictObject({
  move: z.enum(['up', 'down', 'lateral']).optional(),
  /** How the person left this stay, when that changes its own deductible. */
  leaves: z.enum(['up', 'down']).optional(),
  slip: z.boolean().default(false),
  /** Whether it is the same disease as before; asked where the area links no other stays. */
  sameDisease: z.boolean().optional(),
  gapDays: z.int().min(0).default(0),
  /** Earlier stays of the chain, in their order. */
  stays: z.array(z.strictObject({ level: z.enum(PLACE_LEVELS), deductibleFen: fen })).default([]),
})

/** A bill as somebody states it: the person, the place, its lines, and what the year has seen so far. */
export const areaClaim = z.strictObject({
  day: z.string().refine(isDay, 'a day is YYYY-MM-DD').transform((text) => text as Day), // prettier-ignore
  /** The insured type, where the area has a book for each; must be that of the book. */
  insured: z.enum(INSURED).optional(),
  care: z.enum(CARE_KINDS).default('inpatient'),
  level: z.enum(PLACE_LEVELS),
  person: z.enum(['working', 'retired', 'adult', 'student']).optional(),
  identities: z.array(z.string()).default([]),
  diseases: z.array(z.string()).default([]),
  age: z.int().min(0).optional(),
  /** Consecutive years insured with that of the bill, and years in a row before it without a claim on the fund: for caps and rates that grow by them. */
  yearsInsured: z.int().min(0).max(YEARS_MOST).optional(),
  yearsWithoutClaim: z.int().min(0).max(YEARS_MOST).optional(),
  status: z.enum(REFERRAL_STATUSES).default('local'),
  region: z.enum(['in-town', 'in-province', 'out-of-province']).default('in-town'),
  /** The place of care whose lists hold for the lines, where it is not that of the insurance. */
  careArea: z
    .string()
    .regex(/^[a-z][a-z-]{0,40}$/, 'a place of care is named as an area is, as in changsha')
    .optional(),
  /** Which stay of the year this is, as its area counts, every stay of a chain for itself. */
  stay: z.int().min(1).optional(),
  /** Or the levels of the stays before it in the year: then the area's own way of counting is applied. */
  earlierLevels: z.array(z.enum(PLACE_LEVELS)).optional(),
  deductiblePaidFen: fen.default(0),
  fundPaidFen: fen.default(0),
  before: before.prefault({}),
  episode: episode.optional(),
  /** The personal account, and the accounts of relatives in the order in which they pay. */
  accountFen: fen.default(0),
  relatives: z.array(z.strictObject({ owner: z.string().min(1), balanceFen: fen })).default([]),
  /** Amounts that the source states instead of the lines that they came of: later layers are settled on them. */
  given: z.strictObject({ basicFen: fen.optional(), layers: z.record(layerName, fen).optional() }).default({}),
  lines: z.array(line).min(1),
})
/** A clause of the list of a place of care, and how many lines were taken from it. */
export type UsedClause = {
  readonly basis: string
  readonly source: string
  readonly lines: number
  readonly amountFen: number
  /** Lines of it that stand outside 限定支付, and what they lack, in the list's own names. */
  readonly restricted?: number
  readonly lacks?: string
}
/** `careClauses`: nobody states them; they are worked out with the lines and kept with the bill. */
export type AreaClaim = z.output<typeof areaClaim> & { readonly careClauses?: readonly UsedClause[] }
