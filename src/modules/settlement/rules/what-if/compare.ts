import { assert } from '../../../../kernel/assert.ts'
import type { AreaBook, CareKind, Insured, PlaceLevel } from '../area-schema.ts'
import { settleClaim, type SettledClaim } from '../settle-claim.ts'
import { seenBefore, type SettledBill, type YearBill } from '../settle-year.ts'
import { madePerson, type MadeYear } from './made-bills.ts'

/** The books of both sides, by insured type: as they are, and with what is tried. */
export type BothBooks = Readonly<Partial<Record<Insured, { readonly before: AreaBook; readonly after: AreaBook }>>>

/** A bill by its place: the person's number in the made year, and which of the person's bills. */
export type BillPlace = { readonly person: number; readonly bill: number }
/** An amount by the books as they are and by what is tried. Fen. */
export type Both = [before: number, after: number]

/** What is told of some bills. `gain` and `loss` count bills of which the person pays less or more than before. */
export type Tally = {
  bills: number
  totalFen: number
  fund: Both
  person: Both
  gain: number
  loss: number
  /** The bill whose person’s part changes most, and by how much. */
  most: { readonly place: BillPlace; readonly fen: number }
}
/** One stretch of the histogram: bills of which the person pays from `fromFen` up to `upToFen` more; null is without end. */
export type Bin = {
  readonly fromFen: number | null
  readonly upToFen: number | null
  bills: number
  fen: number
  example: BillPlace | null
}

export type WhatIfOutcome = {
  readonly bills: number
  readonly persons: number
  /** Bills that one of the books does not settle, by the name of the reason. */
  readonly refused: Readonly<Record<string, number>>
  readonly all: Tally
  readonly byInsured: Readonly<Partial<Record<Insured, Tally>>>
  readonly byCare: Readonly<Partial<Record<CareKind, Tally>>>
  readonly byLevel: Readonly<Partial<Record<PlaceLevel, Tally>>>
  readonly byAid: Readonly<Partial<Record<'aided' | 'others', Tally>>>
  /** Who pays what: the basic fund, each layer, the hospital, the person. */
  readonly payers: Readonly<Record<string, Both>>
  readonly bins: readonly Bin[]
}

// Where the stretches of the histogram end: 1, 100, 1 000 and 5 000 yuan. Design.
const EDGES_FEN = [100, 10_000, 100_000, 500_000]

/** Stretches from the largest gain to the largest loss; in the middle stand bills that change by less than the first edge. */
const emptyBins = (): Bin[] => {
  const edges = [...EDGES_FEN.toReversed().map((edge) => -edge + 1), ...EDGES_FEN]
  const bounds = [null, ...edges, null]
  return bounds.slice(1).map((upToFen, at) => ({ fromFen: bounds[at] ?? null, upToFen, bills: 0, fen: 0, example: null }))
}

const NOWHERE: BillPlace = { person: 0, bill: 0 }
const emptyTally = (place: BillPlace = NOWHERE): Tally => ({ bills: 0, totalFen: 0, fund: [0, 0], person: [0, 0], gain: 0, loss: 0, most: { place, fen: 0 } }) // prettier-ignore

type Pair = readonly [before: SettledClaim, after: SettledClaim]

const addTo = (tally: Tally, [before, after]: Pair, place: BillPlace): void => {
  const fen = after.personalFen - before.personalFen
  tally.bills++
  tally.totalFen += before.totalFen
  tally.fund[0] += before.fundFen
  tally.fund[1] += after.fundFen
  tally.person[0] += before.personalFen
  tally.person[1] += after.personalFen
  if (fen < 0) tally.gain++
  if (fen > 0) tally.loss++
  if (Math.abs(fen) > Math.abs(tally.most.fen)) tally.most = { place, fen }
}

const addPayers = (payers: Record<string, Both>, settled: SettledClaim, side: 0 | 1): void => {
  const add = (name: string, fen: number): void => {
    if (fen === 0) return
    payers[name] ??= [0, 0]
    payers[name][side] += fen
  }
  add('basic', settled.basicFen)
  for (const { layer, amountFen } of settled.layers) add(layer, amountFen)
  add('hospital', settled.hospitalFen)
  add('person', settled.personalFen)
}

const isWithin = ({ fromFen, upToFen }: Bin, fen: number): boolean =>
  (fromFen === null || fen >= fromFen) && (upToFen === null || fen < upToFen)

type Work = { -readonly [K in keyof WhatIfOutcome]: WhatIfOutcome[K] }

const groupsOf = (work: Work, { claim }: YearBill, insured: Insured, isAided: boolean, place: BillPlace): Tally[] => {
  const of = <K extends string>(groups: Partial<Record<K, Tally>>, key: K): Tally => (groups[key] ??= emptyTally(place))
  return [
    work.all,
    of(work.byInsured as Partial<Record<Insured, Tally>>, insured),
    of(work.byCare as Partial<Record<CareKind, Tally>>, claim.care),
    of(work.byLevel as Partial<Record<PlaceLevel, Tally>>, claim.level),
    of(work.byAid as Partial<Record<'aided' | 'others', Tally>>, isAided ? 'aided' : 'others'),
  ]
}

/** A bill of a person's year, on what the bills before it have used; steps are kept where they are asked for. */
const settleNth = (book: AreaBook, earlier: readonly SettledBill[], bill: YearBill, withSteps = false): SettledBill => {
  const claim = earlier.length === 0 ? bill.claim : { ...bill.claim, ...seenBefore(earlier, bill) }
  return { bill, claim, settled: settleClaim(book, claim, withSteps) }
}

/** Tallies up to `most` bills of a person; answers how many it looked at. */
const lookAt = (work: Work, year: MadeYear, books: BothBooks, at: number, most: number): number => {
  const { insured, isAided, bills } = madePerson(year, at)
  const both = books[insured]
  assert(both !== undefined, 'a made person is insured by a book that is there')
  const kept: [SettledBill[], SettledBill[]] = [[], []]
  const looked = bills.slice(0, most)
  for (const [nth, bill] of looked.entries()) {
    try {
      const [before, after] = [settleNth(both.before, kept[0], bill), settleNth(both.after, kept[1], bill)]
      kept[0].push(before)
      kept[1].push(after)
      const place = { person: at, bill: nth }
      const pair: Pair = [before.settled, after.settled]
      for (const tally of groupsOf(work, bill, insured, isAided, place)) addTo(tally, pair, place)
      for (const side of [0, 1] as const) addPayers(work.payers as Record<string, Both>, pair[side], side)
      const fen = after.settled.personalFen - before.settled.personalFen
      const bin = work.bins.find((one) => isWithin(one, fen))
      assert(bin !== undefined, 'every change has its stretch')
      bin.bills++
      bin.fen += fen
      bin.example ??= place
    } catch (error) {
      const why = error instanceof Error ? error.constructor.name : 'Error'
      // A gap, two rules at once, or a bill that the book refuses: told, never counted as paid by nobody. Anything else is a fault of ours.
      if (!['RuleGap', 'RuleConflict', 'ClaimRefusal'].includes(why)) throw error
      const refused = work.refused as Record<string, number>
      refused[why] = (refused[why] ?? 0) + 1
    }
  }
  return looked.length
}

// How many bills are settled between two words on how far it is.
const TELL_EVERY = 1_000

/**
 * Settles as many bills of a made year by the books as they are and by what is tried, and tells who pays what. `tell` hears how many are
 * done. Each bill's parts sum to it on both sides: what the funds pay more, persons and hospitals pay less.
 */
export const whatIf = (
  year: MadeYear,
  books: BothBooks,
  count: number,
  tell: (done: number) => void = () => {},
): WhatIfOutcome => {
  const work: Work = { bills: 0, persons: 0, refused: {}, all: emptyTally(), byInsured: {}, byCare: {}, byLevel: {}, byAid: {}, payers: {}, bins: emptyBins() } // prettier-ignore
  assert(year.of.length > 0, 'some book settles some kind of bill')
  let told = 0
  while (work.bills < count) {
    work.bills += lookAt(work, year, books, work.persons, count - work.bills)
    work.persons++
    if (work.bills - told < TELL_EVERY) continue
    told = work.bills
    tell(told)
  }
  return work
}

/** One bill of a made year with every step of both books. */
export type ComparedBill = {
  readonly insured: Insured
  readonly claim: YearBill['claim']
  readonly before: SettledClaim
  readonly after: SettledClaim
}

/** The bill of a place, settled on what the person's bills before it used, with its steps. @throws RuleGap, RuleConflict, ClaimRefusal. */
export const comparedBill = (year: MadeYear, books: BothBooks, { person, bill }: BillPlace): ComparedBill => {
  const made = madePerson(year, person)
  const both = books[made.insured]
  const asked = made.bills[bill]
  assert(both !== undefined && asked !== undefined, 'the bill stands in the made year')
  const side = (book: AreaBook): SettledClaim => {
    const earlier: SettledBill[] = []
    for (const one of made.bills.slice(0, bill)) {
      try {
        earlier.push(settleNth(book, earlier, one))
      } catch {
        // A bill that a book refuses is no part of the year, as in the tally.
      }
    }
    return settleNth(book, earlier, asked, true).settled
  }
  return { insured: made.insured, claim: asked.claim, before: side(both.before), after: side(both.after) }
}
