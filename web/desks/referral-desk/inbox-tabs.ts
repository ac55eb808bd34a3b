import type { Queries } from '../../api/api-types.ts'

type Asked = Queries['referral.worklist']
/** How many cases stand in each view. */
export type Counts = NonNullable<Asked['answer']['counts']>

/** The views of the inbox in the order of a patient's way, and which count stands beside each. */
export const inboxTabs = [
  { key: 'to-answer', count: 'toAnswer' },
  { key: 'asked', count: 'asked' },
  { key: 'to-schedule', count: 'toSchedule' },
  { key: 'today', count: 'today' },
  { key: 'inside', count: 'inside' },
  { key: 'to-return', count: 'toReturn' },
  { key: 'overdue', count: 'overdue' },
  { key: 'ended', count: null },
] as const satisfies readonly { key: NonNullable<Asked['input']['state']>; count: keyof Counts | null }[]
export type InboxTab = (typeof inboxTabs)[number]['key']
