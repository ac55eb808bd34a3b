import { z } from 'zod'
import { isDay, type Day } from '../../../kernel/day.ts'
import { shareOf } from './share-of.ts'
import { RuleConflict, RuleGap } from '../../../shapes/rulebook.ts'
import {
  CARE_KINDS,
  LAYER_NAMES,
  PLACE_LEVELS,
  REFERRAL_STATUSES,
  type AreaBook,
  type AreaRow,
  type Band,
} from './area-schema.ts'

const fen = z.int().min(0)
// A whole, 100 %, in basis points.
const WHOLE = 10_000

/** A line of a bill, or a category given as one total. What it is priced by: its category, if it has rates of its own. */
const line = z.strictObject({
  amountFen: fen,
  /** 先行自付 of a class-B line, taken first and rounded on the line. */
  selfShareBp: z.int().min(0).max(WHOLE).default(0),
  ownPayFen: fen.default(0),
  overLimitFen: fen.default(0),
  preSelfFen: fen.default(0),
  category: z.string().optional(),
})

/** A bill as somebody states it: the person, the place, its lines, and what the year has seen so far. */
export const areaClaim = z.strictObject({
  day: z.string().refine(isDay, 'a day is YYYY-MM-DD').transform((text) => text as Day), // prettier-ignore
  care: z.enum(CARE_KINDS).default('inpatient'),
  level: z.enum(PLACE_LEVELS),
  person: z.enum(['working', 'retired', 'adult', 'student']).optional(),
  identities: z.array(z.string()).default([]),
  age: z.int().min(0).optional(),
  status: z.enum(REFERRAL_STATUSES).default('local'),
  region: z.enum(['in-town', 'in-province', 'out-of-province']).default('in-town'),
  /** Which stay of the year this is; the chain of a referral counts as its area says. */
  stay: z.int().min(1).default(1),
  deductiblePaidFen: fen.default(0),
  fundPaidFen: fen.default(0),
  accountFen: fen.default(0),
  /** Amounts that the source states instead of the lines that they came of: later layers are settled on them. */
  given: z.strictObject({ basicFen: fen.optional(), layers: z.partialRecord(z.enum(LAYER_NAMES), fen).optional() }).default({}),
  lines: z.array(line).min(1),
})
export type AreaClaim = z.output<typeof areaClaim>

/** One step of a settlement: what was done, by which row, with what outcome. */
export type SettledStep = {
  readonly step: string
  readonly basis: string | null
  readonly source: string | null
  readonly amountFen: number
}
export type SettledClaim = {
  readonly totalFen: number
  readonly inScopeFen: number
  readonly deductibleFen: number
  readonly basicFen: number
  readonly layers: readonly { readonly layer: string; readonly amountFen: number }[]
  readonly fundFen: number
  readonly personalFen: number
  readonly accountFen: number
  readonly cashFen: number
  readonly steps: readonly SettledStep[]
}

type RowOf<K extends AreaRow['kind']> = Extract<AreaRow, { kind: K }>

const holds = (row: AreaRow, claim: AreaClaim, category: string | undefined): boolean => {
  const { when } = row
  const age = claim.age ?? -1
  return (
    row.from <= claim.day &&
    (row.until === null || claim.day < row.until) &&
    (when.care ?? 'inpatient') === claim.care &&
    (when.level === undefined || when.level.includes(claim.level)) &&
    (when.person === undefined || when.person === claim.person) &&
    (when.identity === undefined || when.identity.some((one) => claim.identities.includes(one))) &&
    (when.status === undefined || when.status.includes(claim.status)) &&
    (when.region === undefined || when.region === claim.region) &&
    (when.category === undefined || when.category === category) &&
    (when.ageFrom === undefined || age >= when.ageFrom) &&
    (when.ageUntil === undefined || (age >= 0 && age < when.ageUntil))
  )
}

const specificity = ({ when }: AreaRow): number => Object.values(when).filter((value) => value !== undefined).length

/**
 * The most specific row of a kind that holds for a bill, or null when none does.
 * @throws RuleConflict when two equally specific ones hold.
 */
const found = <K extends AreaRow['kind']>(
  book: AreaBook,
  claim: AreaClaim,
  kind: K,
  and: (row: RowOf<K>) => boolean = () => true,
  category?: string,
): RowOf<K> | null => {
  const rows = book.rows.filter(
    (row): row is RowOf<K> => row.kind === kind && holds(row, claim, category) && and(row as RowOf<K>),
  )
  const most = Math.max(...rows.map(specificity))
  const [row, second] = rows.filter((one) => specificity(one) === most)
  if (row && second) throw new RuleConflict(`${book.area}.${book.insured}.${kind}`, claim.day, claim.level)
  return row ?? null
}

const needed = <K extends AreaRow['kind']>(book: AreaBook, claim: AreaClaim, kind: K, category?: string): RowOf<K> => {
  const row = found(book, claim, kind, undefined, category)
  if (row === null) throw new RuleGap(`${book.area}.${book.insured}.${kind}`, claim.day, claim.level)
  return row
}

/** What bands pay of the stretch from `start` to `end`; rounded once, half up. */
const byBands = (bands: readonly Band[], start: number, end: number): number => {
  const weighed = bands.reduce((sum, { overFen, upToFen, rateBp }) => {
    const slice = Math.min(end, upToFen ?? end) - Math.max(start, overFen)
    return sum + BigInt(Math.max(slice, 0)) * BigInt(rateBp)
  }, 0n)
  const whole = BigInt(WHOLE)
  return Number((weighed + whole / 2n) / whole)
}

type Part = { readonly category: string | undefined; inScopeFen: number; preSelfFen: number }

const splitLines = (claim: AreaClaim) => {
  const parts = new Map<string, Part>()
  for (const { amountFen, ownPayFen, overLimitFen, preSelfFen, selfShareBp, category } of claim.lines) {
    const covered = amountFen - ownPayFen - overLimitFen
    const first = preSelfFen + shareOf(covered - preSelfFen, selfShareBp)
    const part = parts.get(category ?? '') ?? { category, inScopeFen: 0, preSelfFen: 0 }
    part.inScopeFen += covered - first
    part.preSelfFen += first
    parts.set(category ?? '', part)
  }
  const ordered = [...parts.values()].toSorted((a, b) => (a.category ?? '').localeCompare(b.category ?? ''))
  return { parts: ordered, totalFen: claim.lines.reduce((sum, { amountFen }) => sum + amountFen, 0) }
}

const standardDeductible = (book: AreaBook, claim: AreaClaim): { row: RowOf<'deductible'>; amountFen: number } => {
  const row = needed(book, claim, 'deductible')
  if (row.mode === 'per-year' || row.mode === 'top-up-year')
    return { row, amountFen: Math.max(row.amountFen - claim.deductiblePaidFen, 0) }
  const ordinal = found(book, claim, 'ordinal')
  if (ordinal === null || claim.stay === 1) return { row, amountFen: row.amountFen }
  const share = ordinal.sharesBp?.[Math.min(claim.stay, ordinal.sharesBp.length) - 1] ?? WHOLE
  const stepped = shareOf(row.amountFen, share) - (ordinal.stepFen ?? 0) * (claim.stay - 1)
  return { row, amountFen: share === 0 ? 0 : Math.max(stepped, ordinal.floorFen) }
}

const deductibleOf = (book: AreaBook, claim: AreaClaim, inScopeFen: number) => {
  const { row, amountFen } = standardDeductible(book, claim)
  const cap = found(book, claim, 'deductible-year-cap')
  const room = cap === null ? amountFen : Math.max(cap.amountFen - claim.deductiblePaidFen, 0)
  return { row, amountFen: Math.min(amountFen, room, inScopeFen) }
}

/** Names what was done, in order, as it is done. */
class Trail {
  readonly steps: SettledStep[] = []
  add(step: string, row: AreaRow | null, amountFen: number): number {
    this.steps.push({ step, basis: row?.basis ?? null, source: row?.source ?? null, amountFen })
    return amountFen
  }
}

const basicOf = (book: AreaBook, claim: AreaClaim, parts: readonly Part[], deductibleFen: number, trail: Trail): number => {
  const points = found(book, claim, 'referral-points')
  let left = deductibleFen
  let paid = 0
  for (const part of parts) {
    const rate = needed(book, claim, 'rate', part.category)
    const own = Math.min(left, part.inScopeFen)
    left -= own
    const bands = rate.bands.map((band) => ({ ...band, rateBp: Math.max(band.rateBp - (points?.pointsBp ?? 0), 0) }))
    const amount = rate.axis === 'absolute' ? byBands(bands, own, part.inScopeFen) : byBands(bands, 0, part.inScopeFen - own)
    paid += trail.add(`basic${part.category === undefined ? '' : ` ${part.category}`}`, rate, amount)
  }
  if (points !== null) trail.add('referral-points', points, points.pointsBp)
  const cap = found(book, claim, 'fund-cap', ({ of }) => of === 'fund')
  if (cap === null || paid + claim.fundPaidFen <= cap.amountFen) return paid
  return trail.add('fund-cap', cap, Math.max(cap.amountFen - claim.fundPaidFen, 0))
}

const layerPays = (row: RowOf<'layer'>, baseFen: number, book: AreaBook, claim: AreaClaim): number => {
  if (row.deductibleFen === null) throw new RuleGap(`${book.area}.${book.insured}.${row.layer}`, claim.day, 'deductible')
  const above = Math.max(baseFen - row.deductibleFen, 0)
  const paid =
    row.axis === 'absolute' ? byBands(row.bands, Math.min(row.deductibleFen, baseFen), baseFen) : byBands(row.bands, 0, above)
  return Math.min(paid, baseFen, row.capFen ?? paid)
}

/**
 * Settles one bill by the book of its area: lines, deductible, basic fund, layers in the national order, account, cash.
 * Parts always sum to the bill, and no layer pays more than is left.
 * @throws RuleGap when the book has no value for the bill, RuleConflict when it has two.
 */
export const settleClaim = (book: AreaBook, claim: AreaClaim): SettledClaim => {
  const trail = new Trail()
  const { parts, totalFen } = splitLines(claim)
  const firstPay = found(book, claim, 'referral-first-pay')
  for (const part of parts) {
    const first = firstPay === null ? 0 : shareOf(part.inScopeFen, firstPay.rateBp)
    part.inScopeFen -= first
    part.preSelfFen += first
  }
  const inScopeFen = trail.add('in-scope', firstPay, parts.reduce((sum, part) => sum + part.inScopeFen, 0)) // prettier-ignore
  const given = claim.given.basicFen
  const deductible = given === undefined ? deductibleOf(book, claim, inScopeFen) : { row: null, amountFen: 0 }
  trail.add('deductible', deductible.row, deductible.amountFen)
  const basicFen = given ?? basicOf(book, claim, parts, deductible.amountFen, trail)
  let left = inScopeFen - basicFen
  let leftOfAll = totalFen - basicFen
  const layers: { layer: string; amountFen: number }[] = []
  for (const layer of LAYER_NAMES) {
    const row = found(book, claim, 'layer', (one) => one.layer === layer)
    const stated = claim.given.layers?.[layer]
    if (row === null && stated === undefined) continue
    const base = row?.base === 'left-of-all' ? leftOfAll : row?.base === 'out-of-scope' ? totalFen - inScopeFen : left
    const amountFen = stated ?? (row === null ? 0 : layerPays(row, Math.min(base, leftOfAll), book, claim))
    layers.push({ layer, amountFen: trail.add(layer, row, amountFen) })
    if (row?.base !== 'out-of-scope') left = Math.max(left - amountFen, 0)
    leftOfAll -= amountFen
  }
  const accountFen = Math.min(claim.accountFen, leftOfAll)
  const fundFen = totalFen - leftOfAll
  return {
    totalFen,
    inScopeFen,
    deductibleFen: deductible.amountFen,
    basicFen,
    layers,
    fundFen,
    personalFen: leftOfAll,
    accountFen,
    cashFen: leftOfAll - accountFen,
    steps: trail.steps,
  }
}
