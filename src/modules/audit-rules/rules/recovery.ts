/** What happens to a sum that is asked back: decided, paid, let go at the end, or taken back by a won review. */
export const RECOVERY_KINDS = ['decided', 'paid', 'waived', 'revoked'] as const
export type RecoveryKind = (typeof RECOVERY_KINDS)[number]

/** One transfer: accounts with what each gets, in fen; below zero it gives. They sum to zero. */
export type RecoveryTransfer = {
  readonly kind: RecoveryKind
  readonly postings: readonly (readonly [account: string, fen: number])[]
}

const FUND = 'fund:recovery'
const owedBy = (org: string): string => `owed:${org}`

const moved = (kind: RecoveryKind, from: string, to: string, fen: number): RecoveryTransfer[] =>
  fen === 0 ? [] : [{ kind, postings: [[from, -fen], [to, fen]] }] // prettier-ignore

/** From the decision on the institution owes the fund this sum. */
export const asked = (org: string, fen: number): RecoveryTransfer[] => moved('decided', owedBy(org), FUND, fen)

/** A won review takes the decision back whole: nobody owes anything. */
export const revoked = (org: string, fen: number): RecoveryTransfer[] => moved('revoked', FUND, owedBy(org), fen)

/** At the end the institution has paid so much of what was asked, and the fund lets the rest go: nothing is owed any more. */
export const ended = (org: string, decidedFen: number, paidFen: number): RecoveryTransfer[] => [
  ...moved('paid', `institution:${org}`, owedBy(org), paidFen),
  ...moved('waived', FUND, owedBy(org), decidedFen - paidFen),
]
