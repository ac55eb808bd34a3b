import type { QueryClient } from '@tanstack/react-query'

/** The module that a command or query belongs to: what stands before the point. */
export const moduleOf = (name: string): string => name.slice(0, name.indexOf('.'))

/** Makes every shown query that follows one of these modules ask again; `null` means all of them. */
export const refreshModules = (memory: QueryClient, modules: ReadonlySet<string> | null): Promise<void> =>
  memory.invalidateQueries({
    predicate: ({ meta }) => {
      const follows = meta?.['follows']
      return Array.isArray(follows) && (modules === null || follows.some((one) => modules.has(String(one))))
    },
  })
