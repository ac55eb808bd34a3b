import { mayTryAgain, showable } from './api-error.ts'
import type { ErrorBody } from './api-types.ts'

/**
 * One saved command on this device. `key` is its Idempotency-Key for ever, so that sending it twice has one effect.
 * `account` is who saved it: on a shared machine nobody sends a colleague's work under their own name.
 */
export type QueuedCommand = {
  key: string
  account: string
  name: string
  body: unknown
  /** What a person reads in the list of waiting work, for instance “转诊 · 张*三”. */
  label: string
  /** Whom it is about: commands of one line keep their order; null waits for nothing, as an emergency must not. */
  line: string | null
  /** Instants are ms since 1970 by the device's clock. */
  savedAt: number
  tries: number
} & (
  | { state: 'saved'; tryAfter: number }
  | { state: 'sent'; sentAt: number; answer: unknown }
  | { state: 'failed'; failedAt: number; error: ErrorBody }
)

/** Where queued commands survive a reload; IndexedDB in the browser. `load` answers in the order of saving. */
export type QueueStore = {
  load: () => Promise<QueuedCommand[]>
  /** Writes all of them, and removes `replaced`, or none: one transaction. */
  put: (entries: readonly QueuedCommand[], replaced?: string) => Promise<void>
  remove: (key: string) => Promise<void>
}

/** What the server said to one command of several. */
export type Answered = { key: string; status: number; body: unknown }

/** What the queue is handed from outside, so that it can be run without a browser. */
export type QueueMeans = {
  store: QueueStore
  send: (name: string, body: unknown, key: string) => Promise<unknown>
  /** Sends several in one request, in their order. @throws ApiError when there was no answer for all of them. */
  sendMany: (entries: readonly QueuedCommand[]) => Promise<readonly Answered[]>
  now: () => number
  /** The server's instant, as last known. */
  serverNow: () => number
  /** Calls `run` after `delayMs`; the last call replaces an earlier one. */
  wakeAfter: (delayMs: number, run: () => void) => void
  /** Runs `work` only while no other tab is sending. */
  alone: (work: () => Promise<void>) => Promise<void>
}

const longestBackoffSeconds = 300

/** Seconds to wait after the n-th unanswered try: 2, 4, 8 … at most 5 minutes, so a returning signal is soon used. */
export const backoffSeconds = (tries: number): number => Math.min(longestBackoffSeconds, 2 ** Math.min(Math.max(tries, 1), 9))

/** A command as it is first written down, before anything is sent. */
export const saved = (
  command: { key: string; account: string; name: string; body: unknown; label: string; line?: string | null },
  now: number,
): QueuedCommand => ({ line: null, ...command, savedAt: now, tries: 0, state: 'saved', tryAfter: 0 })

const bare = ({ key, account, name, body, label, line, savedAt, tries }: QueuedCommand) => ({
  key,
  account,
  name,
  body,
  label,
  line,
  savedAt,
  tries,
})

/** After the server answered: done, with its answer kept for the page that waits for it. */
export const afterAnswer = (entry: QueuedCommand, answer: unknown, now: number): QueuedCommand => ({
  ...bare(entry),
  state: 'sent',
  sentAt: now,
  answer,
})

/**
 * After a try without success. No answer, a lost session (401) or a failing server: stays saved and is tried later.
 * A refusal: failed with its reasons, and the typed values kept, until the person retries or discards it.
 */
export const afterFailure = (entry: QueuedCommand, thrown: unknown, now: number): QueuedCommand => {
  const { status, body } = showable(thrown)
  const tries = entry.tries + 1
  if (status === 401 || mayTryAgain(status)) {
    return { ...bare(entry), tries, state: 'saved', tryAfter: now + backoffSeconds(tries) * 1000 }
  }
  return { ...bare(entry), tries, state: 'failed', failedAt: now, error: body }
}

/** A failed or waiting command made ready to go at once, with the same key. */
export const madeDue = (entry: QueuedCommand, now: number): QueuedCommand => ({
  ...bare(entry),
  tries: 0,
  state: 'saved',
  tryAfter: now,
})

const inFuture = 'referral.occurred-in-future'

/**
 * A device whose clock ran ahead said that something happened later than now. The server has just told the time, and a
 * refused command had no effect: it goes again under its key with the server's instant. Null when that is not the case.
 */
export const withSoundTime = (entry: QueuedCommand, code: string, serverNow: number): QueuedCommand | null => {
  const { body } = entry
  if (code !== inFuture || typeof body !== 'object' || body === null || !('occurredAt' in body)) return null
  // A second earlier, because half a round trip is the clock's error.
  const said = new Date(serverNow - 1000).toISOString()
  if (typeof body.occurredAt !== 'string' || body.occurredAt <= said) return null
  return { ...bare(entry), body: { ...body, occurredAt: said }, state: 'saved', tryAfter: 0 }
}

/** Whether a refused or waiting command about the same person stands before this one. */
export const isHeld = (entries: readonly QueuedCommand[], entry: QueuedCommand): boolean =>
  entry.line !== null &&
  entries.some(
    ({ account, line, state, savedAt }) =>
      account === entry.account && line === entry.line && state === 'failed' && savedAt < entry.savedAt,
  )

/**
 * The commands to send now, in the order of saving, and how long the next one waits, ms. Those of one line keep their
 * order: one that was refused or waits for its next try holds back the later ones of its own line and nobody else's.
 */
export const dueCommands = (
  entries: readonly QueuedCommand[],
  account: string,
  now: number,
  most: number,
): { due: (QueuedCommand & { state: 'saved' })[]; waitMs: number | null } => {
  const stuck = new Set<string>()
  const due: (QueuedCommand & { state: 'saved' })[] = []
  let waitMs: number | null = null
  for (const entry of entries) {
    if (entry.account !== account || entry.state === 'sent') continue
    const isStuck = entry.line !== null && stuck.has(entry.line)
    const wait = entry.state === 'saved' ? waitBeforeTry(entry, now) : 0
    if (entry.state === 'saved' && !isStuck && wait === 0) {
      if (due.length < most) due.push(entry)
      continue
    }
    if (entry.line !== null) stuck.add(entry.line)
    if (entry.state === 'saved' && !isStuck) waitMs = Math.min(waitMs ?? wait, wait)
  }
  return { due, waitMs }
}

/**
 * How long to wait before this command's next try, ms; 0 when it is due. Never longer than the longest backoff,
 * so that a device clock set back does not hold work for days.
 */
export const waitBeforeTry = (entry: QueuedCommand & { state: 'saved' }, now: number): number => {
  const wait = entry.tryAfter - now
  return wait > longestBackoffSeconds * 1000 ? 0 : Math.max(0, wait)
}

const sentKeptMs = 7 * 24 * 3_600_000

/** A sent command is shown for a week as proof that it went, then leaves the device. */
export const isForgettable = (entry: QueuedCommand, now: number): boolean =>
  entry.state === 'sent' && now - entry.sentAt > sentKeptMs

/** An instant later than every earlier saving, so that two commands of one millisecond, or after the device's clock was set back, keep their order. */
export const instantAfter = (entries: readonly QueuedCommand[], now: number): number =>
  entries.reduce((latest, { savedAt }) => Math.max(latest, savedAt + 1), now)

/** How many of this account's commands stand in each state, for the chip. */
export const countByState = (entries: readonly QueuedCommand[], account: string): Record<QueuedCommand['state'], number> => {
  const count = { saved: 0, sent: 0, failed: 0 }
  for (const entry of entries) if (entry.account === account) count[entry.state] += 1
  return count
}
