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
  put: (entry: QueuedCommand) => Promise<void>
  remove: (key: string) => Promise<void>
}

/** What the queue is handed from outside, so that it can be run without a browser. */
export type QueueMeans = {
  store: QueueStore
  send: (name: string, body: unknown, key: string) => Promise<unknown>
  now: () => number
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
  command: { key: string; account: string; name: string; body: unknown; label: string },
  now: number,
): QueuedCommand => ({ ...command, savedAt: now, tries: 0, state: 'saved', tryAfter: 0 })

const bare = ({ key, account, name, body, label, savedAt, tries }: QueuedCommand) => ({
  key,
  account,
  name,
  body,
  label,
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

/**
 * The next command of this account to send. Commands go strictly in the order of saving, because a referral may
 * need the registration saved before it; so one that waits for its next try holds back those behind it.
 */
export const nextToSend = (entries: readonly QueuedCommand[], account: string): (QueuedCommand & { state: 'saved' }) | null => {
  for (const entry of entries) if (entry.account === account && entry.state === 'saved') return entry
  return null
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
