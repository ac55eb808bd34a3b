import { splitByWeight } from './parts.ts'
import { WHOLE } from '../../../kernel/share.ts'

/** A member of a consortium and what it did: shares are by workload, quality and heads, each against the others. */
export type Member = {
  readonly org: string
  readonly tier: 'primary' | 'upper'
  readonly workload: number
  readonly quality: number
  readonly heads: number
}
export type Weights = { readonly workload: number; readonly quality: number; readonly heads: number }
export type MemberPart = {
  readonly org: string
  readonly fen: number
  readonly byWorkloadFen: number
  readonly byQualityFen: number
  readonly byHeadsFen: number
}

/**
 * A surplus among the members: it is first parted by the three weights, each part then by what the members did; every part is paid out to the fen.
 * A weight that nobody answers to (no heads anywhere) goes to the others.
 */
export const splitAmong = (surplusFen: number, members: readonly Member[], weights: Weights): MemberPart[] => {
  const kinds = ['workload', 'quality', 'heads'] as const
  const answered = kinds.map((kind) => (members.some((one) => one[kind] > 0) ? weights[kind] : 0))
  const parts = splitByWeight(surplusFen, answered)
  const by = kinds.map((kind, at) =>
    splitByWeight(
      parts[at] as number,
      members.map((one) => one[kind]),
    ),
  )
  return members.map(({ org }, at) => {
    const [byWorkloadFen, byQualityFen, byHeadsFen] = by.map((one) => one[at] as number) as [number, number, number]
    return { org, fen: byWorkloadFen + byQualityFen + byHeadsFen, byWorkloadFen, byQualityFen, byHeadsFen }
  })
}

/** What primary members get together, basis points of all; a consortium's plan may want a least share. */
export const primaryShare = (parts: readonly MemberPart[], members: readonly Member[]): number => {
  const primary = new Set(members.filter(({ tier }) => tier === 'primary').map(({ org }) => org))
  const all = parts.reduce((sum, { fen }) => sum + fen, 0)
  const theirs = parts.filter(({ org }) => primary.has(org)).reduce((sum, { fen }) => sum + fen, 0)
  return all === 0 ? 0 : Math.round((theirs * WHOLE) / all)
}
