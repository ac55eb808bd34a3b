import { answerOf, endOf } from './indexed-database.ts'
import type { Sealed } from './sealing.ts'

/** What one browser knows about one account's place in it. The halves of its key are useless alone. */
export type DeviceRecord = {
  account: string
  /** The number under which the server knows this browser for this account. */
  device: string
  half: CryptoKey
  /** The data key, sealed with both halves. */
  byServer: Sealed
  /** The data key, sealed with the device's half and the code; null where no code was set. `failures` counts wrong ones in a row. */
  byCode: { salt: Uint8Array<ArrayBuffer>; rounds: number; key: Sealed; failures: number } | null
  /** By the device's clock: the last answer of the server, and the latest instant ever seen, so that a clock set back gains nothing. */
  contactAt: number
  latestSeen: number
  terms: KeepTerms
}

/** The region's rules for what lies on a device. */
export type KeepTerms = { keepDays: number; pinDigits: number; pinTries: number }

/** One thing kept for work without a network: an answer of the server, or a form that is being filled in. */
export type KeptRow = { account: string; kind: 'answer' | 'form'; name: string; at: number; sealed: Sealed }

const databaseName = 'jieli-device'

let opened: Promise<IDBDatabase> | null = null
const database = (): Promise<IDBDatabase> => {
  const request = indexedDB.open(databaseName, 1)
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore('device', { keyPath: 'account' })
    request.result.createObjectStore('kept', { keyPath: ['account', 'kind', 'name'] }).createIndex('account', 'account')
  })
  return answerOf(request)
}
const open = (): Promise<IDBDatabase> => {
  opened ??= database().catch((thrown: unknown) => {
    opened = null
    throw thrown
  })
  return opened
}

const change = async (table: 'device' | 'kept', act: (store: IDBObjectStore) => void): Promise<void> => {
  const transaction = (await open()).transaction(table, 'readwrite')
  act(transaction.objectStore(table))
  await endOf(transaction)
}

export const readDevice = async (account: string): Promise<DeviceRecord | null> =>
  ((await answerOf((await open()).transaction('device').objectStore('device').get(account))) as DeviceRecord | undefined) ?? null

export const writeDevice = (record: DeviceRecord): Promise<void> => change('device', (store) => store.put(record))

export const readKept = async (account: string): Promise<KeptRow[]> =>
  (await answerOf((await open()).transaction('kept').objectStore('kept').index('account').getAll(account))) as KeptRow[]

export const writeKept = (row: KeptRow): Promise<void> => change('kept', (store) => store.put(row))

export const removeKept = ({ account, kind, name }: Pick<KeptRow, 'account' | 'kind' | 'name'>): Promise<void> =>
  change('kept', (store) => store.delete([account, kind, name]))

/** Removes all that is kept for an account, forms included. The queue of unsent work lies elsewhere and stays. */
const removeAllKept = async (account: string): Promise<void> => {
  const keys = await answerOf((await open()).transaction('kept').objectStore('kept').index('account').getAllKeys(account))
  await change('kept', (store) => keys.forEach((key) => store.delete(key)))
}

const halfUnder = (account: string): string => `jieli-half-${account}`

/** The server's half, for as long as this tab lives: a reload needs no network. */
export const heldHalf = (account: string): string | null => sessionStorage.getItem(halfUnder(account))
export const holdHalf = (account: string, half: string): void => sessionStorage.setItem(halfUnder(account), half)

/**
 * Empties a browser of what it keeps for an account: answers, forms, the code and the server's half. Unsent work stays
 * sealed, to be opened when the same person signs in again.
 */
export const emptyDevice = async (account: string): Promise<void> => {
  sessionStorage.removeItem(halfUnder(account))
  await removeAllKept(account)
  const record = await readDevice(account)
  if (record !== null) await writeDevice({ ...record, byCode: null })
}
