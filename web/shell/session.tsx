import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useMemo, type ReactNode } from 'react'
import { ApiError } from '../api/api-error.ts'
import type { Actor, SignInStep } from '../api/api-types.ts'
import { call, fetchQuery } from '../api/client.ts'
import { emptyDevice } from '../api/device-database.ts'

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

const signOutDueUnder = 'jieli-sign-out-due'

/** Somebody signed out without a network: the session, which only the server can end, ends before anything else is asked. */
const endDueSession = async (): Promise<void> => {
  if (localStorage.getItem(signOutDueUnder) === null) return
  await call('security.sign-out', {})
  localStorage.removeItem(signOutDueUnder)
}

/** Ends the session; cut off, as soon as there is a network again. Nobody stays signed in on this page. */
const endSession = async (everywhere: boolean): Promise<void> => {
  try {
    await call(everywhere ? 'security.sign-out-everywhere' : 'security.sign-out', {})
  } catch (thrown) {
    if (everywhere || !(thrown instanceof ApiError) || thrown.status !== 0) throw thrown
    localStorage.setItem(signOutDueUnder, '1')
  }
}

type Known = { actor: Actor | null; isLost: boolean }

const askWho = async (signal: AbortSignal): Promise<Known> => {
  try {
    await endDueSession()
    const actor = (await fetchQuery('security.me', {}, signal)) as Actor
    keepActor(actor)
    return { actor, isLost: false }
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.status === 401) return { actor: null, isLost: false }
    const kept = keptActor()
    if (kept !== null) return { actor: kept, isLost: false }
    if (localStorage.getItem(signOutDueUnder) !== null) return { actor: null, isLost: false }
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
  /** The first step: whoever needs no second one is signed in by it. */
  signIn: (account: string, password: string) => Promise<SignInStep>
  /** Lets somebody in whose last step of signing in was answered. */
  enter: (actor: Actor) => void
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
  const known = data?.actor?.account
  const enter = useCallback(
    (actor: Actor) => {
      localStorage.removeItem(signOutDueUnder)
      keepActor(actor)
      // Another person's answers must not be shown to this one.
      if (known !== actor.account) memory.removeQueries({ predicate: isAboutWork })
      memory.setQueryData<Known>(sessionKey, { actor, isLost: false })
      void memory.invalidateQueries({ predicate: isAboutWork })
    },
    [known, memory],
  )
  const session = useMemo<Session>(
    () => ({
      actor: data?.actor ?? null,
      isLost: data?.isLost ?? false,
      isLoading: isPending,
      error,
      retry: () => void refetch(),
      signIn: async (account, password) => {
        const step = await call('security.sign-in', { account, password })
        if (step.next === 'whole') enter(step.actor)
        return step
      },
      enter,
      signOut: async (everywhere) => {
        await endSession(everywhere)
        // What this device kept goes with the person; unsent work stays sealed until the same person signs in again.
        if (data?.actor != null) await emptyDevice(data.actor.account).catch(() => undefined)
        keepActor(null)
        localStorage.removeItem('jieli-card')
        memory.setQueryData<Known>(sessionKey, { actor: null, isLost: false })
        memory.removeQueries({ predicate: isAboutWork })
      },
    }),
    [data, isPending, error, refetch, memory, enter],
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
