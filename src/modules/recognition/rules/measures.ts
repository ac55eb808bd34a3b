import type { DecisionKind, RepeatReason } from '../recognition.ts'
import { WHOLE } from '../../../kernel/share.ts'

/** Decisions of one institution, month, item and reason, counted. */
export type CountedDecisions = {
  readonly org: string
  readonly month: string
  readonly item: string
  readonly decision: DecisionKind
  readonly reason: RepeatReason | null
  readonly count: number
  readonly savedFen: number
}

/** What recognition came to: how often, the rate in basis points, and what was saved in fen. */
export type RecognitionCount = {
  readonly accepted: number
  readonly repeated: number
  readonly ordered: number
  readonly rate: number | null
  readonly savedFen: number
}

/**
 * Counts decisions. The rate (互认率) is accepted ÷ (accepted + repeated although one was recognisable); orders without anything
 * to recognise do not count, and where there was nothing to recognise there is no rate. Half up. Source: domain.md 7.
 */
export const countOf = (rows: readonly CountedDecisions[]): RecognitionCount => {
  const sumOf = (kind: DecisionKind): number =>
    rows.filter(({ decision }) => decision === kind).reduce((sum, { count }) => sum + count, 0)
  const [accepted, repeated] = [sumOf('accepted'), sumOf('repeated')]
  const could = accepted + repeated
  return {
    accepted,
    repeated,
    ordered: sumOf('ordered'),
    rate: could === 0 ? null : Math.floor((accepted * WHOLE + could / 2) / could),
    savedFen: rows.reduce((sum, { savedFen }) => sum + savedFen, 0),
  }
}

/** The same for each value of a key, in the order of the keys. */
export const countsBy = (
  rows: readonly CountedDecisions[],
  keyOf: (row: CountedDecisions) => string,
): (RecognitionCount & { key: string })[] => {
  const groups = Map.groupBy(rows, keyOf)
  return [...groups.keys()].toSorted().map((key) => ({ key, ...countOf(groups.get(key) ?? []) }))
}
