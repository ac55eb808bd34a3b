import type { InfiniteData } from '@tanstack/react-query'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ApiError } from '../../api/api-error.ts'
import type { Queries } from '../../api/api-types.ts'
import { fetchQuery } from '../../api/client.ts'
import { useLiveState } from '../../api/live.tsx'
import { askedFilter, isNarrowed, noFilter, type InboxFilter } from './inbox-filter.ts'
import type { InboxTab } from './inbox-tabs.ts'

type Asked = Queries['referral.worklist']
export type Worklist = Asked['answer']
export type Row = Worklist['rows'][number]

const rowsAtOnce = 100
const askAgainMs = 20_000

const isSameList = (key: readonly unknown[] | undefined, { side, state }: { side: string; state: string }): boolean => {
  const before = key?.[1] as { side?: string; state?: string } | undefined
  return before?.side === side && before.state === state
}

/**
 * The cases in which one's own institution is the receiver (or, as `sender`, those that it sent), most urgent first,
 * page by page. Live events of referrals ask again for every page that is shown.
 */
export const useWorklist = (
  state: InboxTab | 'open',
  side: 'receiver' | 'sender' = 'receiver',
  filter: InboxFilter = noFilter,
) => {
  const live = useLiveState()
  const input = { side, state, limit: rowsAtOnce, ...askedFilter(filter) }
  const asked = useInfiniteQuery<Worklist, ApiError, InfiniteData<Worklist>, unknown[], string | undefined>({
    queryKey: ['referral.worklist', input],
    queryFn: ({ pageParam, signal }) =>
      fetchQuery('referral.worklist', { ...input, ...(pageParam === undefined ? {} : { after: pageParam }) }, signal),
    initialPageParam: undefined,
    // While somebody types, the rows of the last text stay until those of the next one are there.
    placeholderData: (before, query) => (isNarrowed(filter) && isSameList(query?.queryKey, input) ? before : undefined),
    getNextPageParam: (last) => last.next ?? undefined,
    meta: { follows: ['referral'] },
    refetchInterval: live === 'on' ? false : askAgainMs,
  })
  return { ...asked, rows: asked.data?.pages.flatMap((page) => page.rows), counts: asked.data?.pages.at(0)?.counts }
}
