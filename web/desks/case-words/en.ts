import type { Direction, ReferralState, Urgency } from '../../../src/modules/referral/referral.ts'

/** English: where a case stands, in a word; the same on every desk. */
export const statesEn = {
  draft: 'Draft',
  submitted: 'Awaiting acceptance',
  asked: 'More asked for',
  accepted: 'Accepted',
  scheduled: 'Scheduled',
  arrived: 'Arrived',
  'in-treatment': 'In treatment',
  discharged: 'Discharged',
  'handed-back': 'Handed back',
  received: 'Back in primary care',
  'followed-up': 'Followed up',
  closed: 'Closed',
  rejected: 'Returned',
  expired: 'Not answered in time',
  'no-show': 'Did not come',
  cancelled: 'Cancelled',
  'ended-elsewhere': 'Ended elsewhere',
  'not-agreed': 'Did not agree',
} satisfies Record<ReferralState, string>

/** English: which way a patient is handed. */
export const directionsEn = { up: 'Up', down: 'Down', lateral: 'Lateral' } satisfies Record<Direction, string>

/** English: how urgent a case is. */
export const urgenciesEn = { ordinary: 'Ordinary', emergency: 'Emergency', 'green-channel': 'Green channel' } satisfies Record<
  Urgency,
  string
>

/** English: what happened to a case, by the name of its event. */
export const stepsEn: Record<string, string> = {
  'referral.drafted': 'Written',
  'referral.submitted': 'Submitted, record sent ahead',
  'referral.emergency-started': 'Sent as an emergency',
  'referral.more-asked': 'More asked for',
  'referral.supplemented': 'Supplemented',
  'referral.accepted': 'Accepted',
  'referral.scheduled': 'Time given',
  'referral.time-lost': 'Clinic stopped: to be scheduled again',
  'referral.unit-changed': 'The unit changed',
  'referral.went-with-unit': 'Went with its unit to another place',
  'referral.rejected': 'Returned',
  'referral.redirected': 'Redirected',
  'referral.arrived': 'Arrived',
  'referral.missed': 'Did not come in time',
  'referral.begun': 'Treatment began',
  'referral.discharged': 'Discharged or treatment ended',
  'referral.handed-back': 'Handed back to primary care',
  'referral.received': 'Received by primary care',
  'referral.followed-up': 'Followed up',
  'referral.closed': 'Closed',
  'referral.cancelled': 'Cancelled',
  'referral.escalated': 'Late: told one level up',
  'referral.expired': 'Not answered in time, back to the sender',
  'referral.lapsed': 'Draft lapsed',
  'referral.completed': 'Papers completed',
  'referral.ended-elsewhere': 'Ended',
  'referral.task-finished': 'Task finished',
  'referral.task-overdue': 'Task overdue',
  'referral.consent-refused': 'No consent, nothing was sent',
}
