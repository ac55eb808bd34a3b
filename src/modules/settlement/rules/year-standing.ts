import type { Words } from '../../../kernel/words.ts'
import { RuleConflict } from '../../../shapes/rulebook.ts'
import type { StatedClaim, YearEntry } from '../settlement.ts'
import { CARE_KINDS, type AreaBook, type CareKind } from './area-schema.ts'
import { bookOn, type RowKind, type RowOf } from './book-on.ts'
import { grownCap } from './cap-growth.ts'
import { found, planOf, type Slot } from './plan.ts'
import { yearSoFar } from './year-so-far.ts'

/** Where an amount of the book stands written. */
type Clause = { readonly basis: string; readonly source: string; readonly grade: string }

/** Care of one kind in the year: bills that stand, and what they came to. Fen. */
export type CareOfYear = {
  readonly care: CareKind
  readonly count: number
  readonly inScopeFen: number
  readonly deductibleFen: number
  readonly basicFen: number
}
/** The most that the basic fund pays in the year, or counts of it where the cap is of fees in scope. Fen. */
export type CapOfYear = {
  readonly of: 'fund' | 'in-scope'
  readonly amountFen: number
  readonly usedFen: number
  readonly leftFen: number
  readonly clause: Clause
}
/** A layer that is reckoned over the year: what has gathered towards its line, how far it still is, and what it paid. Fen. */
export type LayerOfYear = Words & {
  readonly layer: string
  readonly baseFen: number
  readonly paidFen: number
  /** From where it pays; null where the sources name no amount. */
  readonly lineFen: number | null
  readonly toLineFen: number | null
  readonly capFen: number | null
  readonly clause: Clause
} // prettier-ignore
export type YearStanding = {
  readonly fundFen: number
  readonly cares: readonly CareOfYear[]
  readonly cap: CapOfYear | null
  readonly layers: readonly LayerOfYear[]
  /** Whether sources contradict each other on an amount, so that it is left out. */
  readonly isDisputed: boolean
}

const clauseOf = ({ basis, source, grade }: Clause): Clause => ({ basis, source, grade })

const careOf = (entries: readonly YearEntry[], care: CareKind): CareOfYear => {
  const own = entries.filter((one) => one.care === care)
  const counts = Map.groupBy(own, ({ org, bill }) => `${org} ${bill}`).values()
  const sum = (of: (one: YearEntry) => number): number => own.reduce((whole, one) => whole + of(one), 0)
  return {
    care,
    count: [...counts].filter((bill) => bill.reduce((whole, { stays }) => whole + stays, 0) > 0).length,
    inScopeFen: sum(({ inScopeFen }) => inScopeFen),
    deductibleFen: sum(({ deductibleFen }) => deductibleFen),
    basicFen: sum(({ basicFen }) => basicFen),
  }
}

/**
 * How a person's year stands by a book: what was paid, how much is left below the cap, and how far it is to the layers that pay beyond
 * the basic fund. The rows are those that hold for a bill such as `claim`, on its day. Layers of a stay have no line of the year.
 */
export const yearStanding = (book: AreaBook, claim: StatedClaim, entries: readonly YearEntry[]): YearStanding => {
  const plan = planOf(bookOn(book, claim.day), claim)
  let isDisputed = false
  const rowOf = <K extends RowKind>(kind: K, slot: Slot<K>): RowOf<K> | null => {
    try {
      return found(plan, kind, slot)
    } catch (error) {
      if (!(error instanceof RuleConflict)) throw error
      isDisputed = true
      return null
    }
  }
  const cares = CARE_KINDS.map((care) => careOf(entries, care)).filter(({ count }) => count > 0)
  const fundFen = entries.reduce((whole, { basicFen }) => whole + basicFen, 0)
  const seen = yearSoFar(entries, { care: claim.care, day: claim.day, hospital: null })
  const cap = rowOf('fund-cap', plan.fundCap) ?? rowOf('fund-cap', plan.scopeCap)
  const capFen = cap === null ? 0 : grownCap(plan, cap.amountFen, plan.capGrowth, claim).capFen
  const usedFen = cap?.of === 'in-scope' ? seen.before.inScopeFen : seen.fundPaidFen
  const layers = plan.layers.flatMap(({ layer, zh, en, row: slot, growth }): LayerOfYear[] => {
    const row = rowOf('layer', slot)
    if (row === null || row.per !== 'year') return []
    const { baseFen, paidFen } = seen.before.layers[layer] ?? { baseFen: 0, paidFen: 0 }
    const lineFen = row.deductibleFen
    const toLineFen = lineFen === null ? null : Math.max(lineFen - baseFen, 0)
    const layerCap = row.capFen === null ? null : grownCap(plan, row.capFen, growth, claim).capFen
    return [{ layer, zh, en, baseFen, paidFen, lineFen, toLineFen, capFen: layerCap, clause: clauseOf(row) }]
  })
  return {
    fundFen,
    cares,
    cap: cap && { of: cap.of, amountFen: capFen, usedFen, leftFen: Math.max(capFen - usedFen, 0), clause: clauseOf(cap) },
    layers,
    isDisputed,
  }
} // prettier-ignore
