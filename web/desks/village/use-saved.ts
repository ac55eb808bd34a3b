import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiError, showable } from '../../api/api-error.ts'
import type { CommandName, Commands } from '../../api/api-types.ts'
import { newKey } from '../../api/client.ts'
import type { QueuedCommand } from '../../api/queue.ts'
import { moduleOf, refreshModules } from '../../api/refresh.ts'
import { useOutbox } from '../../api/use-outbox.tsx'

/** A command that goes through this device's queue: where it stands, and what it came to. */
export type Saved<N extends CommandName> = {
  /** Writes the command on this device; it is sent as soon as there is a network. A refused earlier one is replaced. */
  save: (body: Commands[N]['input'], label: string) => Promise<void>
  entry: QueuedCommand | null
  /** The server's answer once it took the command. */
  answer: Commands[N]['answer'] | null
  /** Why the server, or this device, did not take it. */
  error: ApiError | null
  isUnderway: boolean
  /** It lies on this device and waits for a network or a session; a first try that runs now does not count. */
  isWaiting: boolean
  /** Forgets which command was saved here; the queue keeps it. */
  leave: () => void
}

const errorOf = (entry: QueuedCommand | null): ApiError | null =>
  // The queue keeps only decisions of the server as failures, and those are conflicts to put right.
  entry?.state === 'failed' ? new ApiError(409, entry.error) : null

/** No queued command has this key: after leaving, nothing is followed or taken up again. */
const left = ''
const nobody = () => false

/**
 * Saves a command on this device first and follows it until the server answers. `adopts` takes up one that was saved
 * here earlier and that the server has not taken: a page opened again shows where it stands instead of an empty form.
 */
export const useSaved = <N extends CommandName>(name: N, adopts: (body: Commands[N]['input']) => boolean = nobody): Saved<N> => {
  const outbox = useOutbox()
  const memory = useQueryClient()
  const [key, setKey] = useState<string | null>(null)
  const [fault, setFault] = useState<ApiError | null>(null)
  const earlier = () =>
    outbox.held.findLast((held) => held.name === name && held.state !== 'sent' && adopts(held.body as Commands[N]['input']))
  const entry = (key === null ? earlier() : outbox.held.find((held) => held.key === key)) ?? null
  const isSent = entry?.state === 'sent'
  useEffect(() => {
    if (isSent) void refreshModules(memory, new Set([moduleOf(name), 'booking']))
  }, [isSent, memory, name])
  const save = async (body: Commands[N]['input'], label: string) => {
    const fresh = newKey()
    setFault(null)
    try {
      await outbox.save({ key: fresh, name, body, label })
      if (entry?.state === 'failed') await outbox.discard(entry.key)
      setKey(fresh)
    } catch (thrown) {
      setFault(showable(thrown))
    }
  }
  return {
    save,
    entry,
    answer: entry?.state === 'sent' ? (entry.answer as Commands[N]['answer']) : null,
    error: fault ?? errorOf(entry),
    isUnderway: entry?.state === 'saved',
    isWaiting: entry?.state === 'saved' && (entry.tries > 0 || !navigator.onLine),
    leave: () => setKey(left),
  }
}
