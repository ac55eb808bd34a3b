import type { inboxZh } from './inbox-zh.ts'

/** English words of the inbox and its keys. */
export const inboxEn: typeof inboxZh = {
  places: { inbox: 'Inbox', today: 'Today', pools: 'Slots', down: 'Refer down', pending: 'Being sent' },
  tabs: {
    'to-answer': 'To accept',
    'to-schedule': 'To schedule',
    today: 'Due today',
    inside: 'Inside',
    'to-return': 'To hand back',
    overdue: 'Overdue',
    ended: 'Ended',
  },
  emptyWhy: {
    'to-answer': 'New requests appear here by themselves, with the time left to answer.',
    'to-schedule': 'Patients who are accepted and have no time yet appear here.',
    today: 'Referred patients booked for today appear here.',
    inside: 'Patients who have come or are in treatment appear here.',
    'to-return': 'Patients whose treatment has ended and who go back to primary care appear here.',
    overdue: 'Nothing has passed its limit. Good.',
    ended: 'Referrals that were closed, cancelled or ended appear here.',
  },
  inboxTitle: 'Referrals received',
  list: (tab) => `Referrals: ${tab}`,
  find: 'Name, number or condition',
  updates: (n) => (n === 1 ? '1 update' : `${n} updates`),
  more: 'Show more',
  pickOne: 'Choose a referral',
  pickOneWhy: 'Use ↑ ↓ to change the row and Enter to open it. The record is shown here beside the request.',
  backToList: 'Back to the list',
  openCase: 'Open case',
  keys: {
    title: 'Inbox',
    accept: 'Accept',
    reject: 'Return',
    redirect: 'Redirect',
    schedule: 'Schedule or reschedule',
    next: 'Next step: arrival, treatment, its end, hand back',
    undo: 'Undo the last act',
    submit: 'Submit the form',
    escape: 'Close the form',
  },
}
