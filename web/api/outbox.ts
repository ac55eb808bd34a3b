import {
  waitBeforeTry,
  afterAnswer,
  afterFailure,
  instantAfter,
  isForgettable,
  madeDue,
  nextToSend,
  saved,
  type QueuedCommand,
  type QueueMeans,
} from './queue.ts'

/** The running queue of one device: saves first, sends when it can, tells its watchers of every change. */
export type Outbox = {
  /** The commands on this device in the order of saving; a new array after each change. */
  entries: () => readonly QueuedCommand[]
  watch: (changed: () => void) => () => void
  /** Resolves when the command is safely on this device, which is when the page may say 已保存本机. */
  save: (command: { key: string; name: string; body: unknown; label: string }) => Promise<void>
  /** Tries a command again at once, with its first key. */
  retry: (key: string) => Promise<void>
  /** Takes a command off this device; the person decided that it shall not be sent, or has seen that it was. */
  discard: (key: string) => Promise<void>
  /** Reads what another tab wrote and sends what is due. */
  refresh: () => Promise<void>
  /** Sends what waits, ignoring backoff: the network came back or the person signed in. */
  sendNow: () => Promise<void>
}

/** Starts the queue for one signed-in account. Commands of other accounts stay untouched on the device. */
export const openOutbox = (account: string, means: QueueMeans): Outbox => {
  const { store, send, now, wakeAfter, alone } = means
  const watchers = new Set<() => void>()
  let entries: readonly QueuedCommand[] = []
  let pump: Promise<void> | null = null
  let askedAgain = false

  const reload = async () => {
    entries = (await store.load()).filter((entry) => entry.account === account)
    for (const changed of watchers) changed()
  }
  const put = async (entry: QueuedCommand) => {
    await store.put(entry)
    await reload()
  }

  const sendOne = async (entry: QueuedCommand): Promise<void> => {
    const outcome = await send(entry.name, entry.body, entry.key).then(
      (answer) => afterAnswer(entry, answer, now()),
      (thrown: unknown) => afterFailure(entry, thrown, now()),
    )
    await put(outcome)
  }
  const sendDue = async () => {
    await reload()
    for (;;) {
      const next = nextToSend(entries, account)
      if (next === null) return
      const wait = waitBeforeTry(next, now())
      if (wait > 0) {
        wakeAfter(wait, () => void run())
        return
      }
      await sendOne(next)
    }
  }
  // One pump at a time in this tab; a call while it runs asks for one more round, so that nothing saved is left lying.
  const rounds = async () => {
    try {
      while (askedAgain) {
        askedAgain = false
        await alone(sendDue)
      }
    } finally {
      pump = null
    }
  }
  const run = (): Promise<void> => {
    askedAgain = true
    pump ??= rounds()
    return pump
  }

  const find = (key: string) => entries.find((entry) => entry.key === key)
  const retry = async (key: string) => {
    const entry = find(key)
    if (entry === undefined || entry.state === 'sent') return
    await put(madeDue(entry, now()))
    await run()
  }
  return {
    entries: () => entries,
    watch: (changed) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    save: async (command) => {
      const before = await store.load()
      if (before.some((entry) => entry.key === command.key)) return
      await put(saved({ ...command, account }, instantAfter(before, now())))
      void run()
    },
    retry,
    discard: async (key) => {
      await store.remove(key)
      await reload()
    },
    refresh: async () => {
      for (const entry of await store.load()) if (isForgettable(entry, now())) await store.remove(entry.key)
      await reload()
      await run()
    },
    sendNow: async () => {
      const waiting = nextToSend(await store.load(), account)
      if (waiting !== null && pump === null) await put(madeDue(waiting, now()))
      await run()
    },
  }
}
