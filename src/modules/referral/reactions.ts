import type { Reaction } from '../../platform/forms/form.ts'

/** What referrals do when something happens elsewhere, once for each event. */
export const referralReactions: readonly Reaction[] = [
  {
    consumer: 'referral.end-on-death',
    on: 'residents.died',
    command: 'referral.end-on-death',
    input: (event) => ({ person: event.person ?? '0', reason: 'death' }),
  },
  {
    consumer: 'referral.arrive-at-door',
    on: 'booking.checked-in',
    command: 'referral.arrive-at-door',
    // A booking of nobody's case answers "not found", and that is the end of it.
    input: (event) => ({ referral: event.data['referral'] ?? event.caseId }),
  },
  {
    consumer: 'referral.lose-unit',
    on: 'booking.clinic-stopped',
    command: 'referral.lose-unit',
    // A booking of nobody's case answers "not found" here too.
    input: (event) => ({ org: event.org, booking: event.caseId }),
  },
  {
    consumer: 'referral.take-unit',
    on: 'booking.waiting-placed',
    command: 'referral.take-unit',
    input: ({ data }) => ({
      org: data['unitOrg'],
      booking: data['unitBooking'],
      referral: data['referral'],
      stopped: data['stoppedOrg'] ? { org: data['stoppedOrg'], booking: data['stoppedBooking'] } : null,
    }),
  },
  {
    consumer: 'referral.end-superseded',
    on: 'referral.emergency-started',
    command: 'referral.end-superseded',
    input: (event) => ({ referral: event.caseId }),
  },
]
