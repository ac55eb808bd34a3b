import type { Query, QueryClient } from '@tanstack/react-query'

/** The module that a command or query belongs to: what stands before the point. */
export const moduleOf = (name: string): string => name.slice(0, name.indexOf('.'))

const askedAgainAfter = new WeakSet<Promise<unknown>>()

/**
 * Lets a query ask once more after the answer that is on its way now: that one may be older than what happened. Only a
 * query that is shown and has an answer asks anew by itself at once.
 */
const askAgainAfter = (memory: QueryClient, query: Query): void => {
  const underway = query.promise
  if (underway === undefined || askedAgainAfter.has(underway)) return
  askedAgainAfter.add(underway)
  const again = () => memory.invalidateQueries({ queryKey: query.queryKey, exact: true })
  underway.then(again, again)
}

/** Makes every shown query that follows one of these modules ask again; `null` means all of them. */
export const refreshModules = (memory: QueryClient, modules: ReadonlySet<string> | null): Promise<void> => {
  const predicate = ({ meta }: Query): boolean => {
    const follows = meta?.['follows']
    return Array.isArray(follows) && (modules === null || follows.some((one) => modules.has(String(one))))
  }
  for (const query of memory.getQueryCache().findAll({ predicate, fetchStatus: 'fetching' }))
    if (query.state.data === undefined || !query.isActive()) askAgainAfter(memory, query)
  return memory.invalidateQueries({ predicate })
}
