import { RuleConflict, RuleGap } from '../../../shapes/rulebook.ts'
import type { AreaClaim } from './area-claim.ts'
import { bandFault } from './area-keys.ts'
import { LIMIT_OF, LIMIT_PERIODS, type AreaRow, type When } from './area-schema.ts'
import type { BookOn, LayerOf, RowKind, RowOf } from './book-on.ts'
import { ClaimRefusal } from './claim-refusal.ts'

/** What of a bill decides which rows hold for it. */
export type Facts = Pick<
  AreaClaim,
  'care' | 'level' | 'person' | 'status' | 'region' | 'identities' | 'diseases' | 'age' | 'yearsInsured'
>

/**
 * The row of a book for some question, none, or two that are equally specific. Those, and one whose bands leave a hole or overlap, are
 * refused once the bill comes to need it.
 */
export type Slot<K extends RowKind> = {
  readonly row: RowOf<K> | null
  /** The one beside it, of two. */
  readonly other: RowOf<K> | null
  readonly isTie: boolean
  readonly isApart: boolean
}

/** What holds for fees of a category. */
export type CategoryPlan = {
  readonly rate: Slot<'rate'>
  /** Limits of a visit, a month, a quarter and a year, of the fund, of fees in scope and of all, as far as there are any. */
  readonly limits: readonly Slot<'care-limit'>[]
}
export type LayerPlan = LayerOf & {
  readonly row: Slot<'layer'>
  /** Limits of a stay and of a year, as far as there are any. */
  readonly limits: readonly Slot<'care-limit'>[]
  readonly growth: Slot<'cap-growth'>
}

/** A book worked out for one kind of bill: every row that can hold for it is found once and kept. */
export type Plan = {
  readonly book: BookOn
  readonly facts: Facts
  readonly deductible: Slot<'deductible'>
  readonly ordinal: Slot<'ordinal'>
  readonly yearCap: Slot<'deductible-year-cap'>
  readonly exempt: Slot<'deductible-exempt'>
  readonly chain: Slot<'chain'>
  readonly points: Slot<'referral-points'>
  readonly firstPay: Slot<'referral-first-pay'>
  readonly fundCap: Slot<'fund-cap'>
  readonly scopeCap: Slot<'fund-cap'>
  readonly capGrowth: Slot<'cap-growth'>
  readonly floor: Slot<'floor'>
  readonly accountFirst: Slot<'account-first'>
  readonly plain: CategoryPlan
  readonly categories: ReadonlyMap<string, CategoryPlan>
  /** Whether any limit of a kind of care may hold for such bills. */
  readonly isLimited: boolean
  readonly prices: ReadonlyMap<string, Slot<'price'>>
  /** Every layer of the book in its order, and those among them that have a row for such bills. */
  readonly layersAll: readonly LayerPlan[]
  readonly layers: readonly LayerPlan[]
}

// A layer of one category holds for a bill and asks for the category's fees itself.
const holds = ({ kind, when }: AreaRow, facts: Facts, category: string | undefined): boolean => {
  const age = facts.age ?? -1
  const years = facts.yearsInsured ?? -1
  return (
    (when.care ?? 'inpatient') === facts.care &&
    (when.level === undefined || when.level.includes(facts.level)) &&
    (when.person === undefined || when.person === facts.person) &&
    (when.identity === undefined || when.identity.some((one) => facts.identities.includes(one))) &&
    (when.disease === undefined || when.disease.some((one) => facts.diseases.includes(one))) &&
    (when.status === undefined || when.status.includes(facts.status)) &&
    (when.region === undefined || when.region === facts.region) &&
    (when.category === undefined || when.category === category || kind === 'layer') &&
    (when.ageFrom === undefined || age >= when.ageFrom) &&
    (when.ageUntil === undefined || (age >= 0 && age < when.ageUntil)) &&
    (when.yearsFrom === undefined || years >= when.yearsFrom) &&
    (when.yearsUntil === undefined || (years >= 0 && years < when.yearsUntil))
  )
}

const specificity = (when: When): number => Object.values(when).filter((value) => value !== undefined).length

/** The most specific row of a kind that holds; of two equally specific ones neither is picked. */
const slotOf = <K extends RowKind>(
  book: BookOn,
  facts: Facts,
  kind: K,
  and?: (row: RowOf<K>) => boolean,
  category?: string,
): Slot<K> => {
  let best: RowOf<K> | null = null
  let most = -1
  let other: RowOf<K> | null = null
  let isTie = false
  for (const row of (book.rows.get(kind) ?? []) as readonly RowOf<K>[]) {
    if (!holds(row, facts, category) || (and !== undefined && !and(row))) continue
    const own = specificity(row.when)
    isTie = own === most || (isTie && own < most)
    if (own === most) other = row
    if (own > most) [best, most] = [row, own]
  }
  return { row: best, other: isTie ? other : null, isTie, isApart: best !== null && bandFault(best) }
}

const isThere = ({ row, isTie }: Pick<Slot<RowKind>, 'row' | 'isTie'>): boolean => row !== null || isTie

const categoryPlan = (book: BookOn, facts: Facts, category?: string): CategoryPlan => {
  const limits = LIMIT_OF.flatMap((of) => LIMIT_PERIODS.flatMap((per) => [true, false].map((isTogether) => slotOf(book, facts, 'care-limit', (row) => row.layer === undefined && row.of === of && row.per === per && (row.together === true) === isTogether, category)))) // prettier-ignore
  return {
    rate: slotOf(book, facts, 'rate', undefined, category),
    limits: limits.filter(isThere),
  }
}

const layerPlan = (book: BookOn, facts: Facts, named: LayerOf): LayerPlan => ({
  ...named,
  row: slotOf(book, facts, 'layer', ({ layer }) => layer === named.layer),
  limits: LIMIT_PERIODS.map((of) => slotOf(book, facts, 'care-limit', ({ layer, per }) => layer === named.layer && per === of)).filter(isThere), // prettier-ignore
  growth: slotOf(book, facts, 'cap-growth', ({ layer }) => layer === named.layer),
})

const made = (book: BookOn, facts: Facts): Plan => {
  const layersAll = book.layers.map((one) => layerPlan(book, facts, one))
  const plain = categoryPlan(book, facts)
  const categories = new Map([...book.told.categories].map((one) => [one, categoryPlan(book, facts, one)]))
  return {
    book,
    facts,
    deductible: slotOf(book, facts, 'deductible'),
    ordinal: slotOf(book, facts, 'ordinal'),
    yearCap: slotOf(book, facts, 'deductible-year-cap'),
    exempt: slotOf(book, facts, 'deductible-exempt'),
    chain: slotOf(book, facts, 'chain'),
    points: slotOf(book, facts, 'referral-points'),
    firstPay: slotOf(book, facts, 'referral-first-pay'),
    fundCap: slotOf(book, facts, 'fund-cap', ({ of }) => of === 'fund'),
    scopeCap: slotOf(book, facts, 'fund-cap', ({ of }) => of === 'in-scope'),
    capGrowth: slotOf(book, facts, 'cap-growth', ({ layer }) => layer === undefined),
    floor: slotOf(book, facts, 'floor'),
    accountFirst: slotOf(book, facts, 'account-first'),
    plain,
    categories,
    isLimited: [plain, ...categories.values()].some(({ limits }) => limits.length > 0),
    prices: new Map([...book.told.services].map((one) => [one, slotOf(book, facts, 'price', ({ service }) => service === one)])),
    layersAll,
    layers: layersAll.filter(({ row }) => isThere(row)),
  }
}

const isSame = (some: readonly string[], others: readonly string[]): boolean => {
  if (some.length !== others.length) return false
  for (let at = 0; at < some.length; at += 1) if (some[at] !== others[at]) return false
  return true
}

const isAlike = (one: Facts, other: Facts): boolean =>
  one.care === other.care &&
  one.level === other.level &&
  one.person === other.person &&
  one.status === other.status &&
  one.region === other.region &&
  one.age === other.age &&
  one.yearsInsured === other.yearsInsured &&
  isSame(one.identities, other.identities) &&
  isSame(one.diseases, other.diseases)

/** What a book tells apart of a bill: bills of one key are settled by the same rows. */
const keyOf = (
  { told }: BookOn,
  { care, level, person, status, region, age, yearsInsured, identities, diseases }: Facts,
): string => {
  const known = (some: readonly string[], of: ReadonlySet<string>): string => [...of].filter((one) => some.includes(one)).join()
  const bracket = (value: number | undefined, bounds: readonly number[]): number | 'none' =>
    value === undefined ? 'none' : bounds.filter((bound) => value >= bound).length
  const brackets = [bracket(age, told.ages), bracket(yearsInsured, told.years)]
  return [
    care,
    level,
    person,
    status,
    region,
    ...brackets,
    known(identities, told.identities),
    known(diseases, told.diseases),
  ].join('|')
}

// Bills of more kinds than this are met only where somebody makes them up; then the plans are begun anew.
const PLANS_MOST = 2_000

/** The plan of a book for bills of this kind; made once. */
export const planOf = (book: BookOn, facts: Facts): Plan => {
  if (book.last !== null && isAlike(book.last.facts, facts)) return book.last
  const key = keyOf(book, facts)
  const known = book.plans.get(key)
  const { care, level, person, status, region, identities, diseases, age, yearsInsured } = facts
  const plan = known ?? made(book, { care, level, person, status, region, identities, diseases, age, yearsInsured })
  if (known === undefined) {
    if (book.plans.size >= PLANS_MOST) book.plans.clear()
    book.plans.set(key, plan)
  }
  book.last = plan
  return plan
}

const bandsApart = (id: string): ClaimRefusal =>
  new ClaimRefusal('settlement.bands-apart', {
    zh: `规则 ${id} 的分段不相接,未结算:每段须从上一段的终点开始,终点大于起点;没有分段的费用不当作 0。请更正规则后再结算。`,
    en: `The bands of ${id} do not join and nothing was settled: each begins where the one before it ends, and ends above its beginning; fees without a band are never taken as 0. Correct the book and settle again.`,
  })

/** The row of a slot, or null when none holds. @throws RuleConflict when two equally specific ones hold, ClaimRefusal when its bands do not join. */
export const found = <K extends RowKind>(
  { book, facts }: Plan,
  kind: K,
  { row, other, isTie, isApart }: Slot<K>,
): RowOf<K> | null => {
  if (isTie)
    throw new RuleConflict(
      `${book.id}.${kind}`,
      book.day,
      facts.level,
      [row, other].flatMap((one) => one?.basis ?? []),
    )
  if (isApart) throw bandsApart(`${book.id}.${kind}`)
  return row
}

/** The row of a slot that must stand. @throws RuleGap when none does, RuleConflict when two do. */
export const needed = <K extends RowKind>(plan: Plan, kind: K, slot: Slot<K>): RowOf<K> => {
  const row = found(plan, kind, slot)
  if (row === null) throw new RuleGap(`${plan.book.id}.${kind}`, plan.book.day, plan.facts.level)
  return row
}

/** The price of a service. @throws RuleGap when the book has none for such a bill, RuleConflict when it has two. */
export const priceOf = (plan: Plan, service: string): RowOf<'price'> => {
  const slot = plan.prices.get(service)
  const row = slot === undefined ? null : found(plan, 'price', slot)
  if (row === null) throw new RuleGap(`${plan.book.id}.price.${service}`, plan.book.day, plan.facts.level)
  return row
}

/** What holds for fees of a category: one that no row names is settled as fees without one. */
export const ofCategory = (plan: Plan, category: string | undefined): CategoryPlan =>
  category === undefined ? plan.plain : (plan.categories.get(category) ?? plan.plain)
