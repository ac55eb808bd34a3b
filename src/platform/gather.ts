/**
 * Reads one thing at a time for each asker, and many at once for many: what is asked while a read is under way is read together by the
 * next one, at most `most` of it. No timer: who asks while nothing is under way is read at once. A read begins after it was asked for,
 * so an answer is never older than its question. When a read fails, its own askers fail.
 */
export const gather = <Key, Value>(
  most: number,
  read: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): ((key: Key) => Promise<Value | null>) => {
  type Waiting = { readonly key: Key; readonly resolve: (value: Value | null) => void; readonly reject: (error: unknown) => void }
  let waiting: Waiting[] = []
  let isReading = false
  const readOn = async (): Promise<void> => {
    isReading = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most)
      waiting = waiting.slice(batch.length)
      try {
        const found = await read([...new Set(batch.map(({ key }) => key))])
        for (const { key, resolve } of batch) resolve(found.get(key) ?? null)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isReading = false
  }
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      if (!isReading) void readOn()
    })
}
