/** What ends a program: opened things are closed in reverse order, once, whoever asks first. */
export type Ending = {
  /** Remembers how to close what has been, or is being, opened. */
  readonly onEnd: (close: () => Promise<void> | void) => void
  /** Closes everything; asking again waits for the same end. A thing that fails to close does not keep the others open. */
  readonly end: () => Promise<void>
  /** Whether the end has begun. */
  readonly hasBegun: () => boolean
}

export const openEnding = (onFailure: (error: unknown) => void): Ending => {
  const closers: (() => Promise<void> | void)[] = []
  let ended: Promise<void> | undefined
  const closeAll = async (): Promise<void> => {
    for (let close = closers.pop(); close; close = closers.pop()) {
      try {
        await close()
      } catch (error) {
        onFailure(error)
      }
    }
  }
  return {
    onEnd: (close) => void closers.push(close),
    end: () => (ended ??= closeAll()),
    hasBegun: () => ended !== undefined,
  }
}

// One Ctrl-C reaches the program two or three times: from the terminal, from npm, from the launcher.
const SAME_KEYSTROKE_MS = 500
const FORCED_EXIT_CODE = 130

/**
 * Ends the program with code 0 on SIGINT, SIGTERM, SIGHUP, or when its launcher vanished; a second, later signal forces
 * it. A server left behind by force is taken over at the next start.
 */
export const endOnSignal = (ending: Ending, say: { stopping: () => void; stopped: () => void }): void => {
  let firstAt: number | undefined
  const onSignal = (): void => {
    if (firstAt !== undefined) {
      if (performance.now() - firstAt > SAME_KEYSTROKE_MS) process.exit(FORCED_EXIT_CODE)
      return
    }
    firstAt = performance.now()
    say.stopping()
    void ending.end().then(() => {
      say.stopped()
      process.exit(0)
    })
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  if (process.channel) process.once('disconnect', onSignal)
}
