import { QueryCache, QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import { ApiError, mayTryAgain } from './api-error.ts'
import type { CommandName, Commands, Queries, QueryName } from './api-types.ts'
import { call, fetchQuery, newKey } from './client.ts'
import { contactNow } from './contact.ts'
import { answerName, isKeptQuery, useKeeper, type Keeper } from './keeper.tsx'
import { useLiveState } from './live.tsx'
import { moduleOf, refreshModules } from './refresh.ts'
import { tellWhenAnswered, type WhenAnswered } from './when-answered.ts'

/** How often a page asks again by itself while the live stream is cut. */
const askAgainMs = 20_000

/**
 * The memory of asked queries. A query's key is `[name, params]`. `onSessionLost` hears a 401.
 * Only what may succeed is tried again; a refusal is shown at once.
 */
export const createQueryMemory = (onSessionLost: () => void): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.status === 401) onSessionLost()
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (tries, error) => error instanceof ApiError && mayTryAgain(error.status) && tries < 2,
        // A page opened without network keeps what it knows; asking fails at once and says so.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })

/** Which live events make a query ask again: those of its own module, and of the modules named here. */
export type QuerySettings = { follows?: readonly string[]; enabled?: boolean }

/**
 * Asks, and lets the device keep the answer where it keeps any. Without an answer, what was kept is shown under the
 * instant at which it was true, and the failure is told as well: nothing old passes for new.
 */
export const askAndKeep = async <N extends QueryName>(
  memory: QueryClient,
  keeper: Keeper | null,
  name: N,
  params: Queries[N]['input'],
  signal?: AbortSignal,
): Promise<Queries[N]['answer']> => {
  const keptName = keeper !== null && isKeptQuery(name) ? answerName(name, params as object) : null
  try {
    const answer = await fetchQuery(name, params, signal)
    if (keptName !== null) keeper?.keep(keptName, answer)
    return answer
  } catch (thrown) {
    const kept = keptName === null ? null : (keeper?.find(keptName) ?? null)
    const isUnasked = memory.getQueryData([name, params]) === undefined
    if (kept !== null && isUnasked && thrown instanceof ApiError && thrown.status === 0 && signal?.aborted !== true)
      memory.setQueryData([name, params], kept.value, { updatedAt: kept.at })
    throw thrown
  }
}

/** The events after which an asked query is no longer fresh, for `refreshModules`. */
export const followed = (name: QueryName, follows: readonly string[] = []): { follows: string[] } => ({
  follows: [moduleOf(name), ...follows],
})

/** What the device kept of a query, to be shown until the server has answered for the first time. */
const keptBefore = (keeper: Keeper | null, name: string, params: object) =>
  keeper !== null && isKeptQuery(name) && contactNow() !== 'answered' ? keeper.find(answerName(name, params)) : null

/**
 * Asks a query and keeps its answer fresh: live events of the modules it follows ask again without a reload;
 * while the stream is cut it asks every 20 seconds.
 */
export const useApi = <N extends QueryName>(
  name: N,
  params: Queries[N]['input'],
  { follows = [], enabled = true }: QuerySettings = {},
) => {
  const live = useLiveState()
  const memory = useQueryClient()
  const keeper = useKeeper()
  return useQuery<Queries[N]['answer'], ApiError>({
    queryKey: [name, params],
    queryFn: ({ signal }) => askAndKeep(memory, keeper, name, params, signal),
    initialData: () => keptBefore(keeper, name, params as object)?.value as Queries[N]['answer'] | undefined,
    initialDataUpdatedAt: () => keptBefore(keeper, name, params as object)?.at,
    meta: followed(name, follows),
    enabled,
    refetchInterval: live === 'on' ? false : askAgainMs,
  })
}

/**
 * Runs a command from a page. A try after no answer is the same intent and keeps its key, so that it cannot act twice;
 * after an answer, good or refused, the next run has a new key. Queries of the command's module ask again afterwards.
 * What `mutate` is given to do with the answer is done, even when a live refresh has taken the part of the page away by then.
 */
export const useCommand = <N extends CommandName>(name: N) => {
  const memory = useQueryClient()
  const intent = useRef<{ key: string; body: string } | null>(null)
  const running = useMutation<Commands[N]['answer'], ApiError, Commands[N]['input']>({
    mutationFn: async (input) => {
      const body = JSON.stringify(input)
      if (intent.current?.body !== body) intent.current = { key: newKey(), body }
      try {
        const answer = await call(name, input, intent.current.key)
        intent.current = null
        return answer
      } catch (thrown) {
        if (thrown instanceof ApiError && !mayTryAgain(thrown.status)) intent.current = null
        throw thrown
      }
    },
    onSuccess: () => refreshModules(memory, new Set([moduleOf(name)])),
  })
  const { mutateAsync } = running
  const mutate = useCallback(
    (input: Commands[N]['input'], when?: WhenAnswered<Commands[N]['answer']>) => tellWhenAnswered(mutateAsync(input), when),
    [mutateAsync],
  )
  return { ...running, mutate }
}
