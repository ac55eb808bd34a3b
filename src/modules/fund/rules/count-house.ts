import type { Counts } from './measures.ts'

/** Sums of an institution's settled bills in some months, fen. */
export type OfBills = {
  readonly org: string
  readonly bills: number
  readonly costFen: number
  readonly fundFen: number
  readonly inScopeFen: number
}

/** What the fund's books of a consortium say of some months, fen: inside by member, and outside; the budget once it is set. */
export type OfBooks = {
  readonly inside: ReadonlyMap<string, number>
  readonly outsideFen: number
  readonly budgetFen: number | null
  readonly people: number | null
}

/** A member, and whether it is primary care. */
export type MeasuredMember = { readonly org: string; readonly isPrimary: boolean }

const sum = (values: readonly number[]): number => values.reduce((whole, one) => whole + one, 0)
const presentOnly = (counts: { readonly [Name in keyof Counts]: number | null | undefined }): Counts =>
  Object.fromEntries(Object.entries(counts).filter(([, value]) => value !== null && value !== undefined))

const ofBills = (bills: readonly OfBills[]): Counts =>
  bills.length === 0
    ? {}
    : {
        costFen: sum(bills.map(({ costFen }) => costFen)),
        fundFen: sum(bills.map(({ fundFen }) => fundFen)),
        inPolicyFen: sum(bills.map(({ inScopeFen }) => inScopeFen)),
        visits: sum(bills.map((one) => one.bills)),
      }

/** Out of what the house counts: settled bills of the members, and the fund's books where a budget is set. */
export type HouseFacts = {
  readonly bills: readonly OfBills[]
  readonly books: OfBooks | null
  /** What of the spend outside was for medicine of pharmacies, fen. */
  readonly pharmacyFen?: number
}

/**
 * What the house counts of a consortium: cost, funds and visits out of its members' settled bills, spend inside and outside out of the
 * fund's books. Where there is no bill or no booking a count is unknown, not zero.
 */
export const countConsortium = (members: readonly MeasuredMember[], { bills, books, pharmacyFen }: HouseFacts): Counts => {
  const primary = new Set(members.filter(({ isPrimary }) => isPrimary).map(({ org }) => org))
  const insideFen = books ? sum([...books.inside.values()]) : 0
  const isBooked = books !== null && insideFen + books.outsideFen > 0
  return presentOnly({
    ...ofBills(bills),
    primaryVisits: bills.length === 0 ? null : sum(bills.filter(({ org }) => primary.has(org)).map((one) => one.bills)),
    fundCoveredFen: isBooked ? insideFen + books.outsideFen : null,
    fundInsideFen: isBooked ? insideFen : null,
    fundPharmacyFen: pharmacyFen,
    fundPrimaryFen: isBooked ? sum([...books.inside].filter(([org]) => primary.has(org)).map(([, fen]) => fen)) : null,
    people: books?.people,
    budgetFen: books?.budgetFen,
  })
}

/** What the house counts of one member: of its bills, and what the books say was spent there. */
export const countMember = ({ org, isPrimary }: MeasuredMember, { bills, books }: HouseFacts): Counts => {
  const own = ofBills(bills.filter((one) => one.org === org))
  return presentOnly({
    ...own,
    primaryVisits: own.visits === undefined ? null : isPrimary ? own.visits : 0,
    fundInsideFen: books?.inside.get(org),
  })
}

export type CountSource = 'entered' | 'house'

/** Counts with where each is from: what was entered with evidence holds before what the house counts. */
export const withEntered = (
  house: Counts,
  entered: Counts,
): { readonly counts: Counts; readonly sources: Readonly<Record<string, CountSource>> } => ({
  counts: { ...house, ...entered },
  sources: {
    ...Object.fromEntries(Object.keys(house).map((name) => [name, 'house' as const])),
    ...Object.fromEntries(Object.keys(entered).map((name) => [name, 'entered' as const])),
  },
})

export type SourcedCounts = ReturnType<typeof withEntered>

/** The counts of a year beside the cost of the same months of the year before, from where that one is. */
export const afterYear = ({ counts, sources }: SourcedCounts, before: SourcedCounts): SourcedCounts =>
  before.counts.costFen === undefined
    ? { counts, sources }
    : {
        counts: { ...counts, costBeforeFen: before.counts.costFen },
        sources: { ...sources, costBeforeFen: before.sources.costFen ?? 'house' },
      }
