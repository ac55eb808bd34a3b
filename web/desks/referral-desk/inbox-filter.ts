import { DIRECTIONS, URGENCIES, type Direction, type Urgency } from '../../../src/modules/referral/referral.ts'
import { inboxTabs, type InboxTab } from './inbox-tabs.ts'

/** What the list is narrowed to; empty texts narrow nothing. */
export type InboxFilter = { readonly text: string; readonly urgency: Urgency | ''; readonly direction: Direction | '' }
export const noFilter: InboxFilter = { text: '', urgency: '', direction: '' }

/** A named filter with its tab. */
export type SavedView = InboxFilter & { readonly name: string; readonly tab: InboxTab }

/** Where the reader is, as the address says it. */
export type InboxPosition = { readonly tab: InboxTab; readonly id: string | null; readonly filter: InboxFilter }

const among = <V extends string>(allowed: readonly V[], value: unknown): V | '' => allowed.find((one) => one === value) ?? ''

const tabOf = (key: unknown): InboxTab => inboxTabs.find((tab) => tab.key === key)?.key ?? 'to-answer'

const filterOf = (read: (name: 'text' | 'urgency' | 'direction') => unknown): InboxFilter => ({
  text: String(read('text') ?? '').slice(0, 60),
  urgency: among(URGENCIES, read('urgency')),
  direction: among(DIRECTIONS, read('direction')),
})

/** Reads the address; whatever does not fit is left out. */
export const positionOf = (search: URLSearchParams): InboxPosition => ({
  tab: tabOf(search.get('tab')),
  id: search.get('case'),
  filter: filterOf((name) => search.get(name)),
})

/** The address of a position; only what is set stands in it. */
export const searchOfPosition = ({ tab, id, filter }: InboxPosition): Record<string, string> => ({
  tab,
  ...Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== '')),
  ...(id === null ? {} : { case: id }),
})

/** Whether the list is narrowed at all. */
export const isNarrowed = ({ text, urgency, direction }: InboxFilter): boolean =>
  text.trim() !== '' || urgency !== '' || direction !== ''

/** The filter as the query takes it. */
export const askedFilter = ({ text, urgency, direction }: InboxFilter) => ({
  ...(text.trim() === '' ? {} : { text: text.trim() }),
  ...(urgency === '' ? {} : { urgency }),
  ...(direction === '' ? {} : { direction }),
})

/** Views as this device kept them; anything that is no view is left out. */
export const readViews = (text: string | null): readonly SavedView[] => {
  try {
    const kept: unknown = JSON.parse(text ?? '[]')
    if (!Array.isArray(kept)) return []
    return kept.flatMap((one: unknown) => {
      const view = one as Partial<Record<keyof SavedView, unknown>> | null
      if (view === null || typeof view !== 'object' || typeof view.name !== 'string' || view.name === '') return []
      return [{ name: view.name, tab: tabOf(view.tab), ...filterOf((name) => view[name]) }]
    })
  } catch {
    return []
  }
}

/** The views with one more; one of the same name is replaced. */
export const viewsWith = (views: readonly SavedView[], view: SavedView): readonly SavedView[] => [
  ...views.filter(({ name }) => name !== view.name),
  view,
]
