import type { AreaClaim } from './area-claim.ts'
import { ClaimRefusal } from './claim-refusal.ts'

/** What a bill states of the whole year, and what of its own kind of care in it. */
export type OpeningScope = 'year' | 'care'

/**
 * What a year, or a kind of care in it, had seen before the first bill that is known of it, as that bill states it. It is the year's own:
 * it stays when the bill that stated it is voided. `by`: that bill.
 */
export type Opening = {
  readonly key: string
  readonly scope: OpeningScope
  readonly by: string
  readonly hospital: string
  readonly claim: AreaClaim
}

/** What a year has seen before a bill, as far as it can be compared with what the bill states. */
export type Seen = Pick<AreaClaim, 'deductiblePaidFen' | 'fundPaidFen' | 'before'> & {
  readonly earlierLevels: readonly AreaClaim['level'][]
}

const ofCare = ({ deductiblePaidFen, before: { layers: _all, layersOfCare: _each, limitsUsed = {}, ...before } }: Pick<Seen, 'deductiblePaidFen' | 'before'>): Record<string, number> => ({
  deductiblePaidFen,
  ...Object.fromEntries(Object.entries(before).map(([name, value]) => [`before.${name}`, value])),
  ...Object.fromEntries(Object.entries(limitsUsed).flatMap(([limit, seen]) => Object.entries(seen).map(([name, fen]) => [`before.limitsUsed.${limit}.${name}`, fen]))),
}) // prettier-ignore

const ofYear = ({ fundPaidFen, before }: Pick<Seen, 'fundPaidFen' | 'before'>): Record<string, number> => ({
  fundPaidFen,
  ...Object.fromEntries(
    Object.entries(before.layers).flatMap(([layer, { baseFen, paidFen }]) => [
      [`before.layers.${layer}.baseFen`, baseFen],
      [`before.layers.${layer}.paidFen`, paidFen],
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(before.layersOfCare ?? {}).flatMap(([care, layers]) =>
      Object.entries(layers).map(([layer, paidFen]) => [`before.layersOfCare.${care}.${layer}`, paidFen]),
    ),
  ),
})
const amountsOf = (scope: OpeningScope, seen: Seen): Record<string, number> => (scope === 'year' ? ofYear(seen) : ofCare(seen))

const seenBy = (claim: AreaClaim): Seen => ({ ...claim, earlierLevels: claim.earlierLevels ?? [] })

/** Levels of the stays before a bill, as it states them; one that only says which stay it is counts stays of its own level. */
export const levelsBefore = ({ stay = 1, level, earlierLevels }: AreaClaim): readonly AreaClaim['level'][] =>
  earlierLevels ?? Array<AreaClaim['level']>(stay - 1).fill(level)

/** Whether a bill states anything that its year, or its care in it, would begin with. */
export const opens = (scope: OpeningScope, claim: AreaClaim): boolean =>
  Object.values(amountsOf(scope, seenBy(claim))).some((amount) => amount > 0) ||
  (scope === 'care' && levelsBefore(claim).length > 0)

/** Which stay a bill may be, by every way of counting: all stays, those of its level, those at its hospital. */
const staysThat = ({ level }: AreaClaim, { earlierLevels, before }: Seen): number[] => [
  earlierLevels.length + 1,
  earlierLevels.filter((one) => one === level).length + 1,
  before.staysHere + 1,
]

const contradicts = (what: string, stated: string, known: string): ClaimRefusal =>
  new ClaimRefusal('settlement.year-contradicted', {
    zh: `账单写的 ${what} 是 ${stated},而本年此前的账单得出 ${known},互相矛盾,故不结算。请去掉该项(以此前的账单为准),或补上缺少的账单。`,
    en: `The bill states ${what} as ${stated}, the bills of the year before it come to ${known}: they contradict each other and it is not settled. Leave it out, so that those bills count, or add the bill that is missing.`,
  })

/**
 * A bill after the first of its year may repeat what the year has seen, not say otherwise; what it leaves out, or states as 0, is worked out.
 * @throws ClaimRefusal naming the field, what was stated and what is known.
 */
export const refuseContradiction = (scope: OpeningScope, claim: AreaClaim, seen: Seen): void => {
  const known = amountsOf(scope, seen)
  for (const [name, stated] of Object.entries(amountsOf(scope, seenBy(claim))))
    if (stated !== 0 && stated !== (known[name] ?? 0)) throw contradicts(name, String(stated), String(known[name] ?? 0))
  if (scope === 'year') return
  const { stay, earlierLevels } = claim
  const levels = (some: readonly string[]): string => `[${some.join(', ')}]`
  if (earlierLevels !== undefined && earlierLevels.join() !== seen.earlierLevels.join())
    throw contradicts('earlierLevels', levels(earlierLevels), levels(seen.earlierLevels))
  if (stay !== undefined && !staysThat(claim, seen).includes(stay))
    throw contradicts('stay', String(stay), String(seen.earlierLevels.length + 1))
}
