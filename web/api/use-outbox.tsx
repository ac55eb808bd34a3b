import { createContext, useContext, useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import { sendCommand } from './client.ts'
import { deviceStore } from './device-store.ts'
import { openOutbox, type Outbox } from './outbox.ts'
import type { QueuedCommand } from './queue.ts'
import { deviceNow } from './server-clock.ts'

const lockName = 'jieli-outbox'

/**
 * Only one tab sends at a time, so that the order of saving holds. Plain-HTTP pages have no locks; there two tabs
 * may send the same command, and its key still makes it act once.
 */
const alone = async (work: () => Promise<void>): Promise<void> => {
  if ('locks' in navigator) await navigator.locks.request(lockName, work)
  else await work()
}

const browserOutbox = (account: string): Outbox => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const outbox: Outbox = openOutbox(account, {
    store: deviceStore(() => void outbox.refresh()),
    send: sendCommand,
    now: deviceNow,
    wakeAfter: (delayMs, run) => {
      clearTimeout(timer)
      timer = setTimeout(run, delayMs)
    },
    alone,
  })
  return outbox
}

const OutboxContext = createContext<Outbox | null>(null)

/** Runs the outbox of this account for the pages below: sends on opening, and when the network comes back. */
export const OutboxProvider = ({ account, children }: { account: string; children: ReactNode }) => {
  const outbox = useMemo(() => browserOutbox(account), [account])
  useEffect(() => {
    const sendNow = () => void outbox.sendNow()
    void outbox.refresh()
    window.addEventListener('online', sendNow)
    return () => window.removeEventListener('online', sendNow)
  }, [outbox])
  return <OutboxContext value={outbox}>{children}</OutboxContext>
}

/** The outbox and what it holds now. */
export const useOutbox = (): Outbox & { held: readonly QueuedCommand[] } => {
  const outbox = useContext(OutboxContext)
  if (outbox === null) throw new Error('useOutbox needs an OutboxProvider above it')
  const held = useSyncExternalStore(outbox.watch, outbox.entries)
  return useMemo(() => ({ ...outbox, held }), [outbox, held])
}
