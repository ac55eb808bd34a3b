import { errorFrom, mayTryAgain, showable } from './api-error.ts'
import {
  afterAnswer,
  afterFailure,
  backoffSeconds,
  dueCommands,
  instantAfter,
  isForgettable,
  madeDue,
  saved,
  withSoundTime,
  type Answered,
  type QueuedCommand,
  type QueueMeans,
} from './queue.ts'

/** A command to be saved; `replaces` is the refused one that it stands for now. */
export type NewCommand = { key: string; name: string; body: unknown; label: string; line?: string | null; replaces?: string }

/** The running queue of one device: saves first, sends when it can, tells its watchers of every change. */
export type Outbox = {
  /** The commands on this device in the order of saving; a new array after each change. */
  entries: () => readonly QueuedCommand[]
  watch: (changed: () => void) => () => void
  /** Resolves when the command is safely on this device, which is when the page may say 已保存本机. */
  save: (command: NewCommand) => Promise<void>
  /** Tries a command again at once, with its first key. */
  retry: (key: string) => Promise<void>
  /** Takes a command off this device; the person decided that it shall not be sent, or has seen that it was. */
  discard: (key: string) => Promise<void>
  /** Reads what another tab wrote and sends what is due. */
  refresh: () => Promise<void>
  /** Sends what waits, ignoring backoff: the network came back or the person signed in. */
  sendNow: () => Promise<void>
}

/** A first request is small, so that a bad line gets something through; it grows while answers come. */
const [firstMost, mostOfAll] = [20, 100] as const
const heldCode = 'platform.held-by-earlier'

/** What each command of an exchange came to; `isCut` when there was no answer for all of them. */
type Exchange = { outcomes: QueuedCommand[]; isCut: boolean }

/** One exchange with the server: a single command goes alone, several go in one request. */
const exchangeOf = (means: QueueMeans) => {
  const failed = (entry: QueuedCommand, thrown: unknown): QueuedCommand => {
    const { body } = showable(thrown)
    if (body.code === heldCode) return entry
    return withSoundTime(entry, body.code, means.serverNow()) ?? afterFailure(entry, thrown, means.now())
  }
  const outcomeOf = (entry: QueuedCommand, said: Answered | undefined): QueuedCommand => {
    if (said === undefined) return entry
    return said.status === 200 ? afterAnswer(entry, said.body, means.now()) : failed(entry, errorFrom(said.status, said.body))
  }
  return async (due: readonly QueuedCommand[]): Promise<Exchange> => {
    const [only] = due
    try {
      if (due.length === 1 && only !== undefined) {
        const answer = await means.send(only.name, only.body, only.key)
        return { outcomes: [afterAnswer(only, answer, means.now())], isCut: false }
      }
      const said = new Map((await means.sendMany(due)).map((one) => [one.key, one]))
      return { outcomes: due.map((entry) => outcomeOf(entry, said.get(entry.key))), isCut: false }
    } catch (thrown) {
      const { status } = showable(thrown)
      // A request of several that is refused as a whole says nothing about any of them: they go again in smaller ones.
      const isUnread = due.length > 1 && status !== 401 && !mayTryAgain(status)
      const outcomes = isUnread ? [] : due.map((entry) => failed(entry, thrown))
      return { outcomes, isCut: due.length > 1 || [0, 401].includes(status) }
    }
  }
}

/**
 * Sends what is due until nothing is; after a cut line it rests, longer after each, and so does everything behind it.
 * `resume` ends the rest.
 */
const pumpOf = (account: string, means: QueueMeans, reload: () => Promise<readonly QueuedCommand[]>) => {
  const { store, now, wakeAfter, alone } = means
  const exchange = exchangeOf(means)
  let running: Promise<void> | null = null
  let askedAgain = false
  let most: number = firstMost
  let cuts = 0
  let restUntil = 0
  const step = async (): Promise<boolean> => {
    const entries = await reload()
    const { due, waitMs } = dueCommands(entries, account, now(), most)
    const rest = Math.min(Math.max(0, restUntil - now()), backoffSeconds(cuts) * 1000)
    if (due.length > 0 && rest === 0) {
      const { outcomes, isCut } = await exchange(due)
      cuts = isCut ? cuts + 1 : 0
      most = isCut ? Math.max(1, Math.floor(most / 2)) : Math.min(mostOfAll, most * 2)
      if (isCut) restUntil = now() + backoffSeconds(cuts) * 1000
      await store.put(outcomes)
      return true
    }
    const wait = due.length > 0 ? rest : waitMs
    if (wait !== null) wakeAfter(wait, () => void run())
    return false
  }
  const sendDue = async () => {
    while (await step());
  }
  // One pump at a time in this tab; a call while it runs asks for one more round, so that nothing saved is left lying.
  const rounds = async () => {
    try {
      while (askedAgain) {
        askedAgain = false
        await alone(sendDue)
      }
    } finally {
      running = null
    }
  }
  const run = (): Promise<void> => {
    askedAgain = true
    running ??= rounds()
    return running
  }
  const resume = (): void => {
    cuts = 0
    restUntil = 0
  }
  return { run, resume, isIdle: () => running === null }
}

/** Starts the queue for one signed-in account. Commands of other accounts stay untouched on the device. */
export const openOutbox = (account: string, means: QueueMeans): Outbox => {
  const { store, now } = means
  const watchers = new Set<() => void>()
  let entries: readonly QueuedCommand[] = []
  const reload = async () => {
    entries = (await store.load()).filter((entry) => entry.account === account)
    for (const changed of watchers) changed()
    return entries
  }
  const { run, resume, isIdle } = pumpOf(account, means, reload)
  const put = async (changed: readonly QueuedCommand[], replaced?: string) => {
    await store.put(changed, replaced)
    await reload()
  }
  const retry = async (key: string) => {
    const entry = entries.find((one) => one.key === key)
    if (entry === undefined || entry.state === 'sent') return
    resume()
    await put([madeDue(entry, now())])
    await run()
  }
  return {
    entries: () => entries,
    watch: (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    save: async ({ replaces, ...command }) => {
      const before = await store.load()
      if (before.some((entry) => entry.key === command.key)) return
      await put([saved({ ...command, account }, instantAfter(before, now()))], replaces)
      void run()
    },
    retry,
    discard: async (key) => {
      await store.remove(key)
      await reload()
      void run()
    },
    refresh: async () => {
      for (const entry of await store.load()) if (isForgettable(entry, now())) await store.remove(entry.key)
      await reload()
      await run()
    },
    sendNow: async () => {
      resume()
      const waiting = (await store.load()).filter((entry) => entry.account === account && entry.state === 'saved')
      if (waiting.length > 0 && isIdle()) await put(waiting.map((entry) => madeDue(entry, now())))
      await run()
    },
  }
}
