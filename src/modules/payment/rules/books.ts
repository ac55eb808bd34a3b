import type { TicketKind } from '../payment.ts'

/** A row of a book of cash: an order paid (more than 0) or refunded (less). Fen. */
export type CashRow = { readonly about: string; readonly fen: number }
export type Difference = {
  readonly about: string
  readonly kind: TicketKind
  readonly ours: number | null
  readonly theirs: number | null
}

/** Where two books of a day differ; an empty list when they agree. The same matter stands in a book once. */
export const differencesOf = (ours: readonly CashRow[], theirs: readonly CashRow[]): Difference[] => {
  const there = new Map(theirs.map(({ about, fen }) => [about, fen]))
  const here = new Set(ours.map(({ about }) => about))
  const ofOurs = ours.flatMap(({ about, fen }): Difference[] => {
    const other = there.get(about)
    if (other === undefined) return [{ about, kind: 'only-here', ours: fen, theirs: null }]
    return other === fen ? [] : [{ about, kind: 'other-amounts', ours: fen, theirs: other }]
  })
  const only = theirs.filter(({ about }) => !here.has(about))
  return [...ofOurs, ...only.map(({ about, fen }): Difference => ({ about, kind: 'only-there', ours: null, theirs: fen }))]
}
