import { plusMinutes, type Instant } from '../../../kernel/clock.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import type { CorrespondenceCode } from '../contract.ts'

export type WithdrawFacts = { readonly isOwn: boolean; readonly at: Instant; readonly withdrawnAt: Instant | null }

/** Until when an author may withdraw a message: some minutes after it was written. */
export const withdrawUntil = (at: Instant, minutes: number): Instant => plusMinutes(at, minutes)

/** Whether a message may be withdrawn: by its author, once, and soon. */
export const mayWithdraw = (facts: WithdrawFacts, now: Instant, minutes: number): Result<'allowed', CorrespondenceCode> => {
  if (!facts.isOwn) return refuse('correspondence.not-own')
  if (facts.withdrawnAt) return refuse('correspondence.withdrawn-already')
  return now >= withdrawUntil(facts.at, minutes) ? refuse('correspondence.withdraw-too-late', { minutes }) : ok('allowed')
}
