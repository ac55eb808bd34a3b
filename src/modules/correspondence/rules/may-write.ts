import { plusHours, type Instant } from '../../../kernel/clock.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import type { CorrespondenceCode } from '../contract.ts'

export type WriteFacts = { readonly isDraft: boolean; readonly isErased: boolean; readonly endedAt: Instant | null }

/** When a thread stops taking messages; null while its case is open. Days of 24 hours after the end. */
export const closesAt = (endedAt: Instant | null, daysAfterEnd: number): Instant | null =>
  endedAt ? plusHours(endedAt, daysAfterEnd * 24) : null

/** Whether the parties may still write: a case that was sent, not long ended, of a person whose key still exists. */
export const mayWrite = (facts: WriteFacts, now: Instant, daysAfterEnd: number): Result<'allowed', CorrespondenceCode> => {
  if (facts.isDraft) return refuse('correspondence.not-sent-yet')
  if (facts.isErased) return refuse('correspondence.person-erased')
  const until = closesAt(facts.endedAt, daysAfterEnd)
  return until && now >= until ? refuse('correspondence.closed', { days: daysAfterEnd }) : ok('allowed')
}
