import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useMemo, useRef, type ReactNode } from 'react'
import { ApiError } from '../api/api-error.ts'
import type { Actor } from '../api/api-types.ts'
import { call, fetchQuery } from '../api/client.ts'

const keptUnder = 'jieli-actor'

/** The query key under which the session is remembered; null means that nobody is signed in. */
export const sessionKey = ['session'] as const

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

const askWho = async (signal: AbortSignal): Promise<Actor | null> => {
  try {
    const { actor } = await fetchQuery('security.me', {}, signal)
    keepActor(actor)
    return actor
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.status === 401) return null
    const kept = keptActor()
    if (kept !== null) return kept
    throw thrown
  }
}

export type Session = {
  /** Who works here now, or worked here until the session ended. */
  actor: Actor | null
  /** The session ended under somebody's hands: ask them to sign in again over their page, which is kept. */
  isLost: boolean
  isLoading: boolean
  error: ApiError | null
  retry: () => void
  signIn: (account: string, password: string) => Promise<void>
  signOut: (everywhere: boolean) => Promise<void>
}

const SessionContext = createContext<Session | null>(null)

/** Knows who is signed in. */
export const SessionProvider = ({ children }: { children: ReactNode }) => {
  const memory = useQueryClient()
  const { data, isPending, error, refetch } = useQuery<Actor | null, ApiError>({
    queryKey: sessionKey,
    queryFn: ({ signal }) => askWho(signal),
    staleTime: Infinity,
  })
  const last = useRef<Actor | null>(null)
  if (data !== undefined && data !== null) last.current = data
  const session = useMemo<Session>(
    () => ({
      actor: data ?? last.current,
      isLost: data === null && last.current !== null,
      isLoading: isPending,
      error,
      retry: () => void refetch(),
      signIn: async (account, password) => {
        const { actor } = await call('security.sign-in', { account, password })
        keepActor(actor)
        // Another person's answers must not be shown to this one.
        if (last.current?.account !== actor.account)
          memory.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
        memory.setQueryData(sessionKey, actor)
        await memory.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
      },
      signOut: async (everywhere) => {
        await call(everywhere ? 'security.sign-out-everywhere' : 'security.sign-out', {})
        keepActor(null)
        last.current = null
        memory.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
        memory.setQueryData(sessionKey, null)
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
