import type { Reaction } from '../../../platform/forms/form.ts'
import { judgeStanding, liftSuspension, markNoShows, missedVisits, myStanding } from './forms.ts'

export { standingRefusals } from './contract.ts'

/** What can be asked of no-shows and the right to book directly. */
export const standingForms = {
  'booking.judge-standing': judgeStanding,
  'booking.lift-suspension': liftSuspension,
  'booking.mark-no-shows': markNoShows,
  'booking.my-standing': myStanding,
  'booking.missed-visits': missedVisits,
} as const

const judgedOn = (consumer: string, on: string): Reaction => ({
  consumer,
  on,
  command: 'booking.judge-standing',
  input: (event) => ({ org: event.org, booking: event.caseId, person: event.person ?? '0' }),
})

export const standingReactions: readonly Reaction[] = [
  judgedOn('booking.judge-no-show', 'booking.no-show'),
  judgedOn('booking.judge-lifting', 'booking.suspension-lifted'),
]
