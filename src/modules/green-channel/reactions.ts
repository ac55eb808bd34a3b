import type { Reaction } from '../../platform/forms/form.ts'

/** What green channels do when something happens to their referral. */
export const greenChannelReactions: readonly Reaction[] = [
  {
    consumer: 'green-channel.follow-arrival',
    on: 'referral.arrived',
    command: 'green-channel.follow-arrival',
    input: (event) => ({ referral: event.caseId, at: event.at }),
  },
  {
    consumer: 'green-channel.follow-cancel',
    on: 'referral.cancelled',
    command: 'green-channel.follow-end',
    input: (event) => ({ referral: event.caseId }),
  },
  {
    consumer: 'green-channel.follow-end',
    on: 'referral.ended-elsewhere',
    command: 'green-channel.follow-end',
    input: (event) => ({ referral: event.caseId }),
  },
]
