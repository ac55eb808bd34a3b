import type { FaultKind } from './options.ts'

/** One fault as it happened; `from` is the moment from which the service may be expected back, ms on the campaign's clock. */
export type Blow = { readonly kind: FaultKind; readonly from: number; readonly until: number; readonly line: number | null }

/** An acknowledgement: when its request set out, when it came, and by which line. */
export type Ack = { readonly sentAt: number; readonly at: number; readonly line: number }

/**
 * How long after a blow the service was back, ms: the first acknowledgement after the longest silence that follows the
 * blow, of the struck server or, where the blow struck the database, of any. Only what was asked after the blow counts. Null
 * when nobody asked afterwards.
 */
export const backAfter = (blow: Blow, acks: readonly Ack[]): number | null => {
  const silence = longestSilence(blow, acks)
  return silence && silence.endedAt - blow.from
}

const longestSilence = ({ from, until, line }: Blow, acks: readonly Ack[]): { endedAt: number; ms: number } | null => {
  const moments = acks
    .filter((ack) => ack.sentAt > from && ack.at <= until && (line === null || ack.line === line))
    .map(({ at }) => at)
  let [before, longest] = [from, null as { endedAt: number; ms: number } | null]
  for (const at of moments.toSorted((one, other) => one - other)) {
    if (at - before > (longest?.ms ?? -1)) longest = { endedAt: at, ms: at - before }
    before = at
  }
  return longest
}

/** The smallest value that at least this share of the values does not exceed. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export type Recovery = {
  readonly kind: FaultKind
  readonly times: number
  readonly p50: number
  readonly p95: number
  readonly most: number
  /** The longest time in which nobody at all was acknowledged, p95: where one server of several was struck, the others serve on. */
  readonly silenceP95: number
}

/** Times until the service was back, by kind of fault, ms. */
export const recoveries = (blows: readonly Blow[], acks: readonly Ack[]): Recovery[] =>
  [...new Set(blows.map(({ kind }) => kind))].toSorted().map((kind) => {
    const struck = blows.filter((blow) => blow.kind === kind)
    const measured = struck.map((blow) => backAfter(blow, acks)).filter((one) => one !== null)
    const silences = struck.map((blow) => longestSilence({ ...blow, line: null }, acks)?.ms ?? null).filter((one) => one !== null)
    const [p50, p95, most] = [0.5, 0.95, 1].map((share) => Math.round(quantile(measured, share))) as [number, number, number]
    return { kind, times: measured.length, p50, p95, most, silenceP95: Math.round(quantile(silences, 0.95)) }
  })
