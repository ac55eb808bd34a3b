/** Takes items one by one and carries on whatever has come in the meantime, in the order of arrival. */
export type Collector<Item> = {
  readonly add: (item: Item) => void
  /** Ends when nothing is waiting and nothing is under way. */
  readonly idle: () => Promise<void>
}

/**
 * One batch is under way at a time; what comes meanwhile is the next one, at most `most` of it. No timer: an item that meets an
 * idle collector is on its way before `add` returns, so nobody waits for company. `carry` must answer for every item of its
 * batch itself and never fail.
 */
export const collector = <Item>(most: number, carry: (batch: readonly Item[]) => Promise<void>): Collector<Item> => {
  let waiting: Item[] = []
  let running: Promise<void> | null = null
  const carryOn = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.length <= most ? waiting : waiting.slice(0, most)
      waiting = waiting.slice(batch.length)
      await carry(batch)
      // Whoever was answered just now, and whatever has reached the sockets, may come along with the next one.
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    running = null
  }
  return {
    add: (item) => {
      waiting.push(item)
      running ??= carryOn()
    },
    idle: async () => {
      while (running) await running
    },
  }
}
