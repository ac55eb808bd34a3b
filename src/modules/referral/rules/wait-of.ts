import { plusMilliseconds, type Instant } from '../../../kernel/clock.ts'
import { lifecycle, type Move } from '../lifecycle.ts'
import type { Referral } from '../referral.ts'

/** Hours of a rulebook value, by urgency. */
export type HoursOf = (policy: string, by: string) => number

/**
 * Until when the present state may last, and the move that the house then makes; null when it may last for ever.
 * A booked visit waits from the end of its slot; everything else from now. `levels` is how often one wait is escalated.
 */
export const waitOf = (referral: Referral, now: Instant, hoursOf: HoursOf, levels: number): { move: Move; dueAt: Instant } | null => {
  const { wait } = lifecycle.states[referral.state]
  if (!wait) return null
  const usedUp = wait.move === 'escalate' && referral.escalations >= levels
  if (usedUp && !wait.lastly) return null
  const from = referral.state === 'scheduled' && referral.appointmentEndsAt ? referral.appointmentEndsAt : now
  const milliseconds = Math.round(hoursOf(wait.policy, referral.urgency) * 3_600_000)
  return { move: usedUp ? (wait.lastly as Move) : wait.move, dueAt: plusMilliseconds(from, milliseconds) }
}
