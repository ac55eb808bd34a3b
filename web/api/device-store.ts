import { answerOf, endOf } from './indexed-database.ts'
import type { QueuedCommand, QueueStore } from './queue.ts'
import { openValue, sealValue, type Sealed } from './sealing.ts'
import type { Vault } from './vault.ts'

const databaseName = 'jieli-outbox'
const tableName = 'command'

/** A queued command as it lies on the device: what it says is sealed; its key, account and moment of saving are not. */
type SealedRow = { key: string; account: string; savedAt: number; sealed: Sealed }

const open = (): Promise<IDBDatabase> => {
  const request = indexedDB.open(databaseName, 1)
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(tableName, { keyPath: 'key' }).createIndex('savedAt', 'savedAt')
  })
  return answerOf(request)
}

/** Opens rows, each only once: what was opened is known by its nonce. Rows that lie open from before are given as they are. */
const readerOf = (vault: Vault) => {
  const known = new Map<string, { nonce: string; entry: QueuedCommand }>()
  return async (row: SealedRow | QueuedCommand): Promise<QueuedCommand> => {
    if (!('sealed' in row)) return { ...row, line: row.line ?? null }
    const nonce = row.sealed.nonce.join()
    const before = known.get(row.key)
    if (before?.nonce === nonce) return before.entry
    const entry = (await openValue(vault.key, row.sealed)) as QueuedCommand
    known.set(row.key, { nonce, entry })
    return entry
  }
}

const rowOf = async (vault: Vault, entry: QueuedCommand): Promise<SealedRow> => {
  const { key, account, savedAt } = entry
  return { key, account, savedAt, sealed: await sealValue(vault.key, entry) }
}

/**
 * The device's own keeping of queued commands, sealed, in IndexedDB, shared by all tabs. `onChange` hears other tabs'
 * writes. A write resolves only after the transaction was flushed, so 已保存本机 is true when it is shown.
 */
export const deviceStore = (vault: Vault, onChange: () => void): QueueStore => {
  const channel = new BroadcastChannel(databaseName)
  channel.addEventListener('message', onChange)
  const readRow = readerOf(vault)
  let opened: Promise<IDBDatabase> | null = null
  const database = () => {
    opened ??= open().catch((thrown: unknown) => {
      opened = null
      throw thrown
    })
    return opened
  }
  const change = async (act: (table: IDBObjectStore) => void) => {
    const transaction = (await database()).transaction(tableName, 'readwrite', { durability: 'strict' })
    act(transaction.objectStore(tableName))
    await endOf(transaction)
    // A BroadcastChannel reaches this origin only and takes no target.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    channel.postMessage(null)
  }
  const put = async (entries: readonly QueuedCommand[], replaced?: string) => {
    const rows = await Promise.all(entries.map((entry) => rowOf(vault, entry)))
    await change((table) => {
      for (const row of rows) table.put(row)
      if (replaced !== undefined) table.delete(replaced)
    })
  }
  return {
    load: async () => {
      const table = (await database()).transaction(tableName, 'readonly').objectStore(tableName)
      const rows = (await answerOf(table.index('savedAt').getAll())) as (SealedRow | QueuedCommand)[]
      const own = rows.filter(({ account }) => account === vault.account)
      const entries = await Promise.all(own.map(readRow))
      // Work saved before the queue was sealed is sealed as soon as its owner opens it.
      const lyingOpen = entries.filter((_entry, at) => !('sealed' in (own[at] ?? {})))
      if (lyingOpen.length > 0) await put(lyingOpen)
      return entries
    },
    put,
    remove: (key) => change((table) => table.delete(key)),
  }
}

/** A queue that lives only as long as the page: plain-HTTP addresses may seal nothing, so nothing may lie on the device. */
export const memoryStore = (): QueueStore => {
  const kept = new Map<string, QueuedCommand>()
  return {
    load: async () => [...kept.values()].toSorted((one, other) => one.savedAt - other.savedAt),
    put: async (entries, replaced) => {
      for (const entry of entries) kept.set(entry.key, entry)
      if (replaced !== undefined) kept.delete(replaced)
    },
    remove: async (key) => void kept.delete(key),
  }
}
