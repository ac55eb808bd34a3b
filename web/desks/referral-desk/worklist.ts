import type { InfiniteData } from '@tanstack/react-query'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ApiError } from '../../api/api-error.ts'
import type { Queries } from '../../api/api-types.ts'
import { fetchQuery } from '../../api/client.ts'
import { useLiveState } from '../../api/live.tsx'

type Asked = Queries['referral.worklist']
export type Worklist = Asked['answer']
export type Row = Worklist['rows'][number]
export type Counts = NonNullable<Worklist['counts']>

/** The views of the inbox in the order of a patient's way, and which count stands beside each. */
export const inboxTabs = [
  { key: 'to-answer', count: 'toAnswer' },
  { key: 'to-schedule', count: 'toSchedule' },
  { key: 'today', count: 'today' },
  { key: 'inside', count: 'inside' },
  { key: 'to-return', count: 'toReturn' },
  { key: 'overdue', count: 'overdue' },
  { key: 'ended', count: null },
] as const satisfies readonly { key: NonNullable<Asked['input']['state']>; count: keyof Counts | null }[]
export type InboxTab = (typeof inboxTabs)[number]['key']

const rowsAtOnce = 100
const askAgainMs = 20_000

/**
 * The cases in which one's own institution is the receiver (or, as `sender`, those that it sent), most urgent first,
 * page by page. Live events of referrals ask again for every page that is shown.
 */
export const useWorklist = (state: InboxTab | 'open', side: 'receiver' | 'sender' = 'receiver') => {
  const live = useLiveState()
  const asked = useInfiniteQuery<Worklist, ApiError, InfiniteData<Worklist>, unknown[], string | undefined>({
    queryKey: ['referral.worklist', { side, state, limit: rowsAtOnce }],
    queryFn: ({ pageParam, signal }) =>
      fetchQuery(
        'referral.worklist',
        { side, state, limit: rowsAtOnce, ...(pageParam === undefined ? {} : { after: pageParam }) },
        signal,
      ),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    meta: { follows: ['referral'] },
    refetchInterval: live === 'on' ? false : askAgainMs,
  })
  return { ...asked, rows: asked.data?.pages.flatMap((page) => page.rows), counts: asked.data?.pages.at(0)?.counts }
}

/** The letters that a reader types for a name: the Chinese itself, and the initials of the English or pinyin one. */
const initialsOf = (name: string): string =>
  name
    .split(/[\s-]+/)
    .map((part) => part.slice(0, 1))
    .join('')

/** Whether a row answers to what was typed: name, initials, slip number, condition or sender. */
export const isFound = (row: Row, typed: string): boolean => {
  const text = typed.trim().toLowerCase()
  if (text === '') return true
  const english = (row.person.name.en ?? '').toLowerCase()
  return [
    row.person.name.zh,
    english,
    english.replaceAll(' ', ''),
    initialsOf(english),
    row.slipNo.toLowerCase(),
    row.condition.zh,
    row.condition.en.toLowerCase(),
    row.sender.name.zh,
  ].some((where) => where.includes(text))
}
