import type { FedMessage, FedState, Gap, Heard } from '../occupancy.ts'
import { hear, type Window } from './hear.ts'

/** A message with the fingerprint of what it says. */
export type Hashed = { readonly message: FedMessage; readonly hash: string }

/** What became of a batch: each message in its order, those that count, and the window afterwards. */
export type HeardBatch = {
  readonly window: Window
  readonly answers: readonly { readonly seq: number; readonly heard: Heard }[]
  readonly counted: readonly Hashed[]
}

/**
 * Hears a batch in its order. `known`: fingerprints of numbers heard before; where one is known and says otherwise, the number was
 * reused: the first message keeps its word and the second is reported, never taken.
 */
export const hearBatch = (start: Window, known: ReadonlyMap<number, string>, batch: readonly Hashed[]): HeardBatch => {
  const said = new Map(known)
  const answers: { seq: number; heard: Heard }[] = []
  const counted: Hashed[] = []
  let window = start
  for (const one of batch) {
    const { seq } = one.message
    const found = hear(window, seq)
    window = found.window
    const before = said.get(seq)
    const isReused = found.heard === 'duplicate' && before !== undefined && before !== one.hash
    answers.push({ seq, heard: isReused ? 'number-reused' : found.heard })
    if (found.heard === 'duplicate') continue
    said.set(seq, one.hash)
    counted.push(one)
  }
  return { window, answers, counted }
}

export const placeKey = ({ kind, ref }: { readonly kind: string; readonly ref: string }): string => `${kind} ${ref}`

/** The last word of messages on each place, where it is later than what stands: the highest number wins, within one message the last entry. */
export const lastWords = (counted: readonly Hashed[], standing: ReadonlyMap<string, number>): FedState[] => {
  const last = new Map<string, FedState>()
  for (const { message } of counted)
    for (const entry of message.entries) {
      const key = placeKey(entry)
      const before = Math.max(last.get(key)?.seq ?? 0, standing.get(key) ?? 0)
      if (message.seq >= before) last.set(key, { ...entry, seq: message.seq, at: message.at })
    }
  return [...last.values()]
}

/** The gaps of a window with what is known of them: a rest of an older gap keeps its past, another was found now. */
export const withPast = <Kept extends Gap>(gaps: readonly Gap[], before: readonly Kept[], fresh: (gap: Gap) => Kept): Kept[] =>
  gaps.map((gap) => {
    const older = before.find(({ from, to }) => from <= gap.from && gap.to <= to)
    return older ? { ...older, ...gap } : fresh(gap)
  })

/** Gaps after the numbers of a range were given up: those that reach beyond it are split. */
export const giveUp = <Kept extends Gap & { readonly givenUpAt: unknown }>(
  gaps: readonly Kept[],
  range: Gap,
  mark: (gap: Kept) => Kept,
): { readonly gaps: readonly Kept[]; readonly numbers: number } => {
  let numbers = 0
  const after = gaps.flatMap((gap) => {
    const inside = { from: Math.max(gap.from, range.from), to: Math.min(gap.to, range.to) }
    if (gap.givenUpAt !== null || inside.from > inside.to) return [gap]
    numbers += inside.to - inside.from + 1
    const before = { ...gap, to: inside.from - 1 }
    const rest = { ...gap, from: inside.to + 1 }
    return [before, mark({ ...gap, ...inside }), rest].filter(({ from, to }) => from <= to)
  })
  return { gaps: after, numbers }
}
