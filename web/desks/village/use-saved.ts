import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiError, showable } from '../../api/api-error.ts'
import type { CommandName, Commands } from '../../api/api-types.ts'
import { newKey } from '../../api/client.ts'
import { isHeld, type QueuedCommand } from '../../api/queue.ts'
import { moduleOf, refreshModules } from '../../api/refresh.ts'
import { useOutbox } from '../../api/use-outbox.tsx'

/** A command that goes through this device's queue: where it stands, and what it came to. */
export type Saved<N extends CommandName> = {
  /**
   * Writes the command on this device; it is sent as soon as there is a network. A refused earlier one is replaced.
   * `person` is whom it is about, where the command itself does not say so.
   */
  save: (body: Commands[N]['input'], label: string, person?: string) => Promise<void>
  entry: QueuedCommand | null
  /** The server's answer once it took the command. */
  answer: Commands[N]['answer'] | null
  /** Why the server, or this device, did not take it. */
  error: ApiError | null
  isUnderway: boolean
  /** It lies on this device and waits for a network or a session; a first try that runs now does not count. */
  isWaiting: boolean
  /** An earlier one about the same person was refused; this one waits for it. */
  isHeld: boolean
  /** Forgets which command was saved here; the queue keeps it. */
  leave: () => void
}

const errorOf = (entry: QueuedCommand | null): ApiError | null =>
  // The queue keeps only decisions of the server as failures, and those are conflicts to put right.
  entry?.state === 'failed' ? new ApiError(409, entry.error) : null

/** Commands that may wait for nothing: help comes before order. */
const urgent: ReadonlySet<string> = new Set(['referral.send-emergency', 'green-channel.start'])

/** Whom a command is about: those about one person keep their order. Null for one that waits for nothing. */
const lineOf = (name: string, body: object, person: string | undefined): string | null => {
  if (urgent.has(name)) return null
  const said = person ?? ('person' in body ? body.person : undefined) ?? ('referral' in body ? body.referral : undefined)
  return typeof said === 'string' ? said : null
}

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
  const save = async (body: Commands[N]['input'], label: string, person?: string) => {
    const fresh = newKey()
    setFault(null)
    try {
      const replaces = entry?.state === 'failed' ? { replaces: entry.key } : {}
      await outbox.save({ key: fresh, name, body, label, line: lineOf(name, body as object, person), ...replaces })
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
    isHeld: entry?.state === 'saved' && isHeld(outbox.held, entry),
    isWaiting: entry?.state === 'saved' && (entry.tries > 0 || !navigator.onLine || isHeld(outbox.held, entry)),
    leave: () => setKey(left),
  }
}
