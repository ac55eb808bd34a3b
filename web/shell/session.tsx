import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { ApiError } from '../api/api-error.ts'
import type { Actor } from '../api/api-types.ts'
import { call, fetchQuery } from '../api/client.ts'

const keptUnder = 'jieli-actor'

/** The query key under which the session is remembered. */
const sessionKey = ['session'] as const

/** Who signed in last on this device, so that a desk opens without a network. Holds no secret. */
const keptActor = (): Actor | null => {
  try {
    return JSON.parse(localStorage.getItem(keptUnder) ?? 'null') as Actor | null
  } catch {
    return null
  }
}

const keepActor = (actor: Actor | null): void => {
  if (actor === null) localStorage.removeItem(keptUnder)
  else localStorage.setItem(keptUnder, JSON.stringify(actor))
}

type Known = { actor: Actor | null; isLost: boolean }

const askWho = async (signal: AbortSignal): Promise<Known> => {
  try {
    const actor = (await fetchQuery('security.me', {}, signal)) as Actor
    keepActor(actor)
    return { actor, isLost: false }
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.status === 401) return { actor: null, isLost: false }
    const kept = keptActor()
    if (kept !== null) return { actor: kept, isLost: false }
    throw thrown
  }
}

/** Notes that the server no longer knows this session; who worked here is kept, so that their page stays. */
export const markSessionLost = (memory: QueryClient): void => {
  memory.setQueryData<Known>(sessionKey, (known) =>
    known === undefined || known.actor === null ? known : { ...known, isLost: true },
  )
}

const isAboutSession = ({ queryKey }: { queryKey: readonly unknown[] }): boolean => queryKey[0] === sessionKey[0]
const isAboutWork = (query: { queryKey: readonly unknown[] }): boolean => !isAboutSession(query)

export type Session = {
  /** Who works here now, or worked here until the session ended. */
  actor: Actor | null
  /** The session ended under somebody's hands: ask them to sign in again over their page, which is kept. */
  isLost: boolean
  isLoading: boolean
  error: ApiError | null
  retry: () => void
  signIn: (account: string, password: string) => Promise<Actor>
  signOut: (everywhere: boolean) => Promise<void>
}

const SessionContext = createContext<Session | null>(null)

/** Knows who is signed in. */
export const SessionProvider = ({ children }: { children: ReactNode }) => {
  const memory = useQueryClient()
  const { data, isPending, error, refetch } = useQuery<Known, ApiError>({
    queryKey: sessionKey,
    queryFn: ({ signal }) => askWho(signal),
    staleTime: Infinity,
  })
  const session = useMemo<Session>(
    () => ({
      actor: data?.actor ?? null,
      isLost: data?.isLost ?? false,
      isLoading: isPending,
      error,
      retry: () => void refetch(),
      signIn: async (account, password) => {
        const { actor } = await call('security.sign-in', { account, password })
        keepActor(actor)
        // Another person's answers must not be shown to this one.
        if (data?.actor?.account !== actor.account) memory.removeQueries({ predicate: isAboutWork })
        memory.setQueryData<Known>(sessionKey, { actor, isLost: false })
        void memory.invalidateQueries({ predicate: isAboutWork })
        return actor
      },
      signOut: async (everywhere) => {
        await call(everywhere ? 'security.sign-out-everywhere' : 'security.sign-out', {})
        keepActor(null)
        memory.setQueryData<Known>(sessionKey, { actor: null, isLost: false })
        memory.removeQueries({ predicate: isAboutWork })
      },
    }),
    [data, isPending, error, refetch, memory],
  )
  return <SessionContext value={session}>{children}</SessionContext>
}

/** The session of this page. */
export const useSession = (): Session => {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('useSession needs a SessionProvider above it')
  return session
}

/** Who works here; only for pages inside a desk. */
export const useActor = (): Actor => {
  const { actor } = useSession()
  if (actor === null) throw new Error('useActor needs somebody signed in')
  return actor
}
