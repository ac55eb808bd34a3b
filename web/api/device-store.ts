import type { QueuedCommand, QueueStore } from './queue.ts'

const databaseName = 'jieli-outbox'
const tableName = 'command'

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB request failed')))
  })

const endOf = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('IndexedDB transaction aborted')))
  })

const open = (): Promise<IDBDatabase> => {
  const request = indexedDB.open(databaseName, 1)
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(tableName, { keyPath: 'key' }).createIndex('savedAt', 'savedAt')
  })
  return answerOf(request)
}

/**
 * The device's own keeping of queued commands, in IndexedDB, shared by all tabs. `onChange` hears other tabs' writes.
 * A write resolves only after the transaction completed, so 已保存本机 is true when it is shown.
 */
export const deviceStore = (onChange: () => void): QueueStore => {
  const channel = new BroadcastChannel(databaseName)
  channel.addEventListener('message', onChange)
  let opened: Promise<IDBDatabase> | null = null
  const database = () => {
    opened ??= open().catch((thrown: unknown) => {
      opened = null
      throw thrown
    })
    return opened
  }
  const change = async (act: (table: IDBObjectStore) => void) => {
    const transaction = (await database()).transaction(tableName, 'readwrite')
    act(transaction.objectStore(tableName))
    await endOf(transaction)
    // A BroadcastChannel reaches this origin only and takes no target.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    channel.postMessage(null)
  }
  return {
    load: async () => {
      const table = (await database()).transaction(tableName, 'readonly').objectStore(tableName)
      return (await answerOf(table.index('savedAt').getAll())) as QueuedCommand[]
    },
    put: (entry) => change((table) => table.put(entry)),
    remove: (key) => change((table) => table.delete(key)),
  }
}
