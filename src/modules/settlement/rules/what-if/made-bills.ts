import type { Day } from '../../../../kernel/day.ts'
import { WHOLE } from '../../../../kernel/share.ts'
import type { AreaClaim, ClaimLine } from '../area-claim.ts'
import type { AreaBook, CareKind, Insured, PlaceLevel } from '../area-schema.ts'
import { settleClaim } from '../settle-claim.ts'
import { NOTHING_BEFORE } from '../year-so-far.ts'
import type { YearBill } from '../settle-year.ts'

/** A kind of bill that a book can settle whole. */
export type BillKind = { readonly care: CareKind; readonly level: PlaceLevel }
/** A made person with the bills of one year. Nobody is behind it. */
export type MadePerson = {
  readonly at: number
  readonly insured: Insured
  readonly isAided: boolean
  readonly bills: readonly YearBill[]
}
/** Of what a year is made: the seed, the year, and for each insured type the kinds of bill and the identities of its book. */
export type MadeYear = {
  readonly seed: number
  readonly year: number
  readonly of: readonly {
    readonly insured: Insured
    readonly kinds: readonly BillKind[]
    readonly identities: readonly string[]
  }[]
}

type Shape = { readonly weight: number; readonly medianFen: number; readonly spread: number; readonly linesMost: number }
// How the made bills are spread: shares, medians in fen, spread of the logarithm. Design: chosen to look like a county's year; measured nowhere.
const DESIGN = {
  residentsBp: 7_500,
  aidedBp: 800,
  retiredBp: 5_500,
  studentBp: 1_500,
  moreBillsBp: 3_000,
  billsMost: 4,
  classBBp: 2_400,
  classCBp: 700,
  firstShares: [500, 1_000, 2_000],
  agesOf: { student: [6, 18], adult: [19, 90], working: [20, 59], retired: [60, 92] },
  dayOfMonth: '15',
  months: 12,
  inpatient: {
    primary: { weight: 24, medianFen: 220_000, spread: 0.5, linesMost: 8 },
    level1: { weight: 14, medianFen: 320_000, spread: 0.5, linesMost: 10 },
    level2: { weight: 36, medianFen: 680_000, spread: 0.7, linesMost: 14 },
    level3: { weight: 22, medianFen: 1_450_000, spread: 0.85, linesMost: 18 },
    provincial: { weight: 4, medianFen: 2_600_000, spread: 0.9, linesMost: 20 },
  },
  outpatient: {
    primary: { weight: 60, medianFen: 9_000, spread: 0.6, linesMost: 4 },
    level1: { weight: 20, medianFen: 14_000, spread: 0.6, linesMost: 5 },
    level2: { weight: 30, medianFen: 24_000, spread: 0.7, linesMost: 5 },
    level3: { weight: 24, medianFen: 38_000, spread: 0.7, linesMost: 6 },
    provincial: { weight: 4, medianFen: 48_000, spread: 0.7, linesMost: 6 },
  },
} as const satisfies { inpatient: Partial<Record<PlaceLevel, Shape>>; outpatient: Partial<Record<PlaceLevel, Shape>>; [name: string]: unknown } // prettier-ignore

const shapeOf = ({ care, level }: BillKind): Shape | undefined =>
  care === 'inpatient' || care === 'outpatient' ? (DESIGN[care] as Partial<Record<PlaceLevel, Shape>>)[level] : undefined

// Mixing of a 32-bit number. @source mulberry32 of Tommy Ettinger, public domain
const MIX = { step: 0x6d2b79f5, or: 61, first: 15, second: 7, last: 14, of: 2 ** 32 }

/** Numbers of 0 up to 1 that a seed gives, always the same ones. */
const chances = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + MIX.step) | 0
    let mixed = Math.imul(state ^ (state >>> MIX.first), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> MIX.second), MIX.or | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> MIX.last)) >>> 0) / MIX.of
  }
}

type Chance = () => number
const pick = <T>(chance: Chance, of: readonly T[]): T | undefined => of[Math.floor(chance() * of.length)]
const isBy = (chance: Chance, shareBp: number): boolean => chance() * WHOLE < shareBp
const between = (chance: Chance, [from, to]: readonly [number, number]): number => from + Math.floor(chance() * (to - from + 1))

const kindBy = (chance: Chance, kinds: readonly BillKind[]): BillKind => {
  let left = chance() * kinds.reduce((sum, one) => sum + (shapeOf(one)?.weight ?? 0), 0)
  for (const one of kinds) {
    left -= shapeOf(one)?.weight ?? 0
    if (left < 0) return one
  }
  return kinds.at(-1) as BillKind
}

/** A sum around a median: the logarithm is spread as the bell curve, made of two chances by Box and Muller. */
const amountBy = (chance: Chance, { medianFen, spread }: Shape): number => {
  const bell = Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())
  return Math.max(1, Math.round(medianFen * Math.exp(spread * bell)))
}

const lineBy = (chance: Chance, amountFen: number): ClaimLine => {
  const at = chance() * WHOLE
  if (at < DESIGN.classCBp) return { amountFen, list: 'C', selfShareBp: 0 }
  if (at < DESIGN.classCBp + DESIGN.classBBp) return { amountFen, list: 'B', selfShareBp: pick(chance, DESIGN.firstShares) ?? 0 }
  return { amountFen, list: 'A', selfShareBp: 0 }
}

const linesBy = (chance: Chance, shape: Shape): ClaimLine[] => {
  let left = amountBy(chance, shape)
  const count = between(chance, [2, shape.linesMost])
  const lines: ClaimLine[] = []
  for (let nth = 1; nth < count && left > count; nth++) {
    const amountFen = 1 + Math.floor((left / (count - nth + 1)) * 2 * chance() * (1 - 1 / count))
    lines.push(lineBy(chance, amountFen))
    left -= amountFen
  }
  return [...lines, lineBy(chance, left)]
}

const NOTHING_SEEN: AreaClaim['before'] = { ...NOTHING_BEFORE, layers: {} }

type Facts = Pick<AreaClaim, 'insured' | 'person' | 'identities' | 'age'>

const claimOf = (facts: Facts, kind: BillKind, day: Day, lines: ClaimLine[]): AreaClaim => ({
  ...facts,
  ...kind,
  day,
  diseases: [],
  status: 'local',
  region: 'in-town',
  deductiblePaidFen: 0,
  fundPaidFen: 0,
  before: NOTHING_SEEN,
  accountFen: 0,
  relatives: [],
  given: {},
  lines,
})

const factsBy = (chance: Chance, insured: Insured, identities: readonly string[]): Facts => {
  const person =
    insured === 'workers'
      ? isBy(chance, DESIGN.retiredBp)
        ? 'retired'
        : 'working'
      : isBy(chance, DESIGN.studentBp)
        ? 'student'
        : 'adult'
  const age = between(chance, DESIGN.agesOf[person])
  const identity = isBy(chance, DESIGN.aidedBp) ? pick(chance, identities) : undefined
  return { insured, person, age, identities: identity === undefined ? [] : [identity] }
}

/** Months of a year in their order, as many as there are bills. */
const monthsBy = (chance: Chance, count: number): number[] =>
  Array.from({ length: count }, () => between(chance, [1, DESIGN.months])).toSorted((one, other) => one - other)

const insuredBy = (chance: Chance, of: MadeYear['of']): MadeYear['of'][number] => {
  const wanted: Insured = isBy(chance, DESIGN.residentsBp) ? 'residents' : 'workers'
  return of.find(({ insured }) => insured === wanted) ?? (of[0] as MadeYear['of'][number])
}

/** The person of a number in a made year: the same seed and number always give the same person, bills and lines. */
export const madePerson = ({ seed, year, of }: MadeYear, at: number): MadePerson => {
  const chance = chances(Math.imul(seed, MIX.step) ^ Math.imul(at + 1, MIX.of - MIX.step))
  const { insured, kinds, identities } = insuredBy(chance, of)
  const facts = factsBy(chance, insured, identities)
  let count = 1
  while (count < DESIGN.billsMost && isBy(chance, DESIGN.moreBillsBp)) count++
  const bills = monthsBy(chance, count).map((month, nth): YearBill => {
    const kind = kindBy(chance, kinds)
    const day = `${year}-${String(month).padStart(2, '0')}-${DESIGN.dayOfMonth}` as Day
    const lines = linesBy(chance, shapeOf(kind) as Shape)
    return { id: `${at}-${nth}`, hospital: kind.level, claim: claimOf(facts, kind, day, lines) }
  })
  return { at, insured, isAided: facts.identities.length > 0, bills }
}

// A small and a very large bill: what a book settles of both, it settles of those between. Fen.
const PROBES_FEN = [50_000, 100_000_000]
// In the middle of a year. @source design
const PROBE_DAY = '06-15'

const settles = (book: AreaBook, kind: BillKind, day: Day): boolean =>
  PROBES_FEN.every((amountFen) => {
    try {
      const person = book.insured === 'workers' ? 'working' : 'adult'
      settleClaim(book, claimOf({ insured: book.insured, person, age: DESIGN.agesOf[person][1], identities: [] }, kind, day, [{ amountFen, list: 'A', selfShareBp: 0 }]), false) // prettier-ignore
      return true
    } catch {
      return false
    }
  })

/** The kinds of bill that a book settles in a year; others it has no rows for, or rows that contradict each other. */
export const kindsSettled = (book: AreaBook, year: number): BillKind[] =>
  (['inpatient', 'outpatient'] as const)
    .flatMap((care) => (Object.keys(DESIGN[care]) as PlaceLevel[]).map((level) => ({ care, level })))
    .filter((kind) => settles(book, kind, `${year}-${PROBE_DAY}` as Day))

const isOfAid = (identity: string): boolean => !identity.startsWith('civil') && identity !== 'signed'

/** Identities of aided people that a book tells apart; officials and the signed of a family doctor are none. */
export const identitiesTold = (book: AreaBook): string[] =>
  [...new Set(book.rows.flatMap(({ when }) => when.identity ?? []))].filter(isOfAid)

/** A made year out of books. Books that settle no kind of bill in that year take no part. */
export const madeYearOf = (books: readonly AreaBook[], year: number, seed: number): MadeYear => ({
  seed,
  year,
  of: books
    .map((book) => ({ insured: book.insured, kinds: kindsSettled(book, year), identities: identitiesTold(book) }))
    .filter(({ kinds }) => kinds.length > 0),
})
