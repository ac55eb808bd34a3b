/** Takes items one by one and carries on whatever has come in the meantime, in the order of arrival. */
export type Collector<Item> = {
  readonly add: (item: Item) => void
  /** Ends when nothing is waiting and nothing is under way. */
  readonly idle: () => Promise<void>
}

/** How many batches several collectors have under way together. */
export type Crowd = { underWay: number }

/** In a rush two halves take turns, one in the database and one being answered. A statement costs as much as thirty rows of its list: smaller halves are not worth it. */
const HALF_LEAST = 48
/** The next half is as good as complete when it has so much of the one before it. */
const ALMOST = 0.75

/**
 * One batch is under way at a time; what comes meanwhile is the next one, at most `most` of it. No timer: an item that meets an
 * idle collector is on its way before `add` returns, so nobody waits for company. `carry` must answer for every item of its
 * batch itself and never fail. With a crowd, `carry` must keep to the order in which it gets batches: while no other collector of the crowd
 * has work under way, a second batch follows the first without waiting for its end.
 */
export const collector = <Item>(
  most: number,
  carry: (batch: readonly Item[]) => Promise<void>,
  crowd: Crowd | null = null,
): Collector<Item> => {
  let waiting: Item[] = []
  let batches = 0
  let items = 0
  let whenIdle: (() => void)[] = []

  const isAlone = (): boolean => crowd?.underWay === batches
  const mayFollow = (): boolean =>
    batches === 0 || (batches === 1 && isAlone() && waiting.length >= HALF_LEAST && waiting.length >= items * ALMOST)
  const nextSize = (): number => {
    const all = waiting.length + items
    return Math.min(most, waiting.length, isAlone() && all >= HALF_LEAST * 2 ? Math.ceil(all / 2) : waiting.length)
  }
  const send = (): void => {
    while (waiting.length > 0 && mayFollow()) {
      const size = nextSize()
      const batch = waiting.slice(0, size)
      waiting = waiting.slice(size)
      void carryOut(batch)
    }
    if (batches === 0) for (const tell of whenIdle.splice(0)) tell()
  }
  const carryOut = async (batch: readonly Item[]): Promise<void> => {
    count(1, batch.length)
    await carry(batch)
    // Whoever was answered just now, and whatever has reached the sockets, may come along with the next one.
    await new Promise<void>((resolve) => setImmediate(resolve))
    count(-1, -batch.length)
    send()
  }
  const count = (more: number, moreItems: number): void => {
    batches += more
    if (crowd) crowd.underWay += more
    items += moreItems
  }
  return {
    add: (item) => {
      waiting.push(item)
      send()
    },
    idle: async () => {
      if (batches > 0 || waiting.length > 0) await new Promise<void>((resolve) => whenIdle.push(resolve))
    },
  }
}
