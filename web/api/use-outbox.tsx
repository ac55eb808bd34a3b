import { createContext, useContext, useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import { contactNow, watchContact } from './contact.ts'
import { sendCommand, sendCommands } from './client.ts'
import { deviceStore, memoryStore } from './device-store.ts'
import { openOutbox, type Outbox } from './outbox.ts'
import type { QueuedCommand } from './queue.ts'
import { deviceNow, serverNow } from './server-clock.ts'
import type { Vault } from './vault.ts'

const lockName = 'jieli-outbox'

/**
 * Only one tab sends at a time, so that the order of saving holds. Plain-HTTP pages have no locks; there two tabs
 * may send the same command, and its key still makes it act once.
 */
const alone = async (work: () => Promise<void>): Promise<void> => {
  if ('locks' in navigator) await navigator.locks.request(lockName, work)
  else await work()
}

const browserOutbox = (vault: Vault | null, account: string): Outbox => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const outbox: Outbox = openOutbox(account, {
    store: vault === null ? memoryStore() : deviceStore(vault, () => void outbox.refresh()),
    send: sendCommand,
    sendMany: sendCommands,
    now: deviceNow,
    serverNow,
    wakeAfter: (delayMs, run) => {
      clearTimeout(timer)
      timer = setTimeout(run, delayMs)
    },
    alone,
  })
  return outbox
}

const OutboxContext = createContext<Outbox | null>(null)

type ProviderProps = { account: string; vault: Vault | null; isSignedIn: boolean; children: ReactNode }

/**
 * Runs the outbox of this account for the pages below: sends on opening, when the network comes back and after signing
 * in again. Without a vault, on a plain-HTTP address, it lives as long as the page.
 */
export const OutboxProvider = ({ account, vault, isSignedIn, children }: ProviderProps) => {
  const outbox = useMemo(() => browserOutbox(vault, account), [vault, account])
  useEffect(() => {
    void outbox.refresh()
    const sendNow = () => void outbox.sendNow()
    window.addEventListener('online', sendNow)
    const stop = watchContact(() => contactNow() === 'answered' && sendNow())
    return () => {
      window.removeEventListener('online', sendNow)
      stop()
    }
  }, [outbox])
  useEffect(() => {
    if (isSignedIn) void outbox.sendNow()
  }, [outbox, isSignedIn])
  return <OutboxContext value={outbox}>{children}</OutboxContext>
}

/** The outbox and what it holds now. */
export const useOutbox = (): Outbox & { held: readonly QueuedCommand[] } => {
  const outbox = useContext(OutboxContext)
  if (outbox === null) throw new Error('useOutbox needs an OutboxProvider above it')
  const held = useSyncExternalStore(outbox.watch, outbox.entries)
  return useMemo(() => ({ ...outbox, held }), [outbox, held])
}

const noEntries: readonly QueuedCommand[] = []
const never = () => () => undefined

/** The same where a part stands on desks with and without an outbox; null where there is none. */
export const useOutboxHere = (): (Outbox & { held: readonly QueuedCommand[] }) | null => {
  const outbox = useContext(OutboxContext)
  const held = useSyncExternalStore(outbox?.watch ?? never, outbox?.entries ?? (() => noEntries))
  return useMemo(() => (outbox === null ? null : { ...outbox, held }), [outbox, held])
}
