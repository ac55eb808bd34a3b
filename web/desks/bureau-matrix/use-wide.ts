import { useSyncExternalStore } from 'react'

const query = '(min-width: 760px), print'

const follow = (changed: () => void): (() => void) => {
  const list = window.matchMedia(query)
  list.addEventListener('change', changed)
  return () => list.removeEventListener('change', changed)
}

/** Whether a table of many columns can be read here; on a phone the matrix is a list. */
export const useWide = (): boolean => useSyncExternalStore(follow, () => window.matchMedia(query).matches)
