import { emptyDevice, heldHalf, holdHalf, readDevice, writeDevice, type DeviceRecord, type KeepTerms } from './device-database.ts'
import {
  bytesOf,
  codeRounds,
  codeSecret,
  dataKey,
  jointKey,
  newDeviceHalf,
  openBytes,
  randomBytes,
  sealBytes,
} from './sealing.ts'
import { deviceNow } from './server-clock.ts'

/** An opened place on this device: the key that seals and opens what is kept here for one account. */
export type Vault = { account: string; device: string; key: CryptoKey; terms: KeepTerms; hasCode: boolean }

/** What the server says about a device: its half and the region's terms; no half for a revoked one. */
export type ServerHalf = KeepTerms & { half: string | null }

const dayMs = 24 * 3_600_000

/** Whether the time to keep is over. Counted from the last contact to the latest instant that this clock ever showed. */
export const isOverdue = (record: Pick<DeviceRecord, 'contactAt' | 'latestSeen' | 'terms'>, now: number): boolean =>
  Math.max(record.latestSeen, now) - record.contactAt > record.terms.keepDays * dayMs

const vaultOf = (record: DeviceRecord, key: CryptoKey): Vault => ({
  account: record.account,
  device: record.device,
  key,
  terms: record.terms,
  hasCode: record.byCode !== null,
})

const rawByServer = async (record: DeviceRecord, half: string) =>
  openBytes(await jointKey(record.half, 'server', bytesOf(half)), record.byServer)

const firstRecord = async (account: string, device: string, half: string, terms: KeepTerms): Promise<DeviceRecord> => {
  const own = await newDeviceHalf()
  const byServer = await sealBytes(await jointKey(own, 'server', bytesOf(half)), randomBytes())
  const now = deviceNow()
  return { account, device, half: own, byServer, byCode: null, contactAt: now, latestSeen: now, terms }
}

/** Opens with the half that the server has just given; the first time makes the device's half and the data key. */
export const openWithServer = async (account: string, device: string, given: ServerHalf & { half: string }): Promise<Vault> => {
  const { half, keepDays, pinDigits, pinTries } = given
  const terms = { keepDays, pinDigits, pinTries }
  const known = await readDevice(account)
  const record = known ?? (await firstRecord(account, device, half, terms))
  const key = await dataKey(await rawByServer(record, half))
  const now = deviceNow()
  const byCode = record.byCode && { ...record.byCode, failures: 0 }
  const fresh = { ...record, byCode, terms, contactAt: now, latestSeen: now }
  // Only after it was opened: what is written must be openable. A vault is used only once it is written.
  await writeDevice(fresh)
  holdHalf(account, half)
  return vaultOf(fresh, key)
}

/** Opens without a network where this tab still holds the server's half; null otherwise. */
export const openWithHeld = async (account: string): Promise<Vault | null> => {
  const half = heldHalf(account)
  const record = await readDevice(account)
  if (half === null || record === null) return null
  return vaultOf(record, await dataKey(await rawByServer(record, half)))
}

/** What trying a code came to. `emptied`: too many wrong ones, what was kept is gone, unsent work stays sealed. */
export type CodeTry = { is: 'open'; vault: Vault } | { is: 'wrong'; left: number } | { is: 'emptied' } | { is: 'none' }

/** Opens by the code. A try is counted before it is made, so that ending the browser saves nobody a try. */
export const openWithCode = async (account: string, code: string): Promise<CodeTry> => {
  const record = await readDevice(account)
  if (record?.byCode == null) return { is: 'none' }
  const { byCode, terms } = record
  const failures = byCode.failures + 1
  await writeDevice({ ...record, byCode: { ...byCode, failures } })
  const secret = await codeSecret(code, byCode.salt, byCode.rounds)
  try {
    const key = await dataKey(await openBytes(await jointKey(record.half, 'code', secret), byCode.key))
    const fresh = { ...record, byCode: { ...byCode, failures: 0 } }
    await writeDevice(fresh)
    return { is: 'open', vault: vaultOf(fresh, key) }
  } catch {
    if (failures < terms.pinTries) return { is: 'wrong', left: terms.pinTries - failures }
    await emptyDevice(account)
    return { is: 'emptied' }
  }
}

/** Sets or removes the code. Needs the server's half, so only after signing in. False when this tab does not hold it. */
export const setCode = async (account: string, code: string | null): Promise<boolean> => {
  const record = await readDevice(account)
  if (record === null) return false
  if (code === null) {
    await writeDevice({ ...record, byCode: null })
    return true
  }
  const half = heldHalf(account)
  if (half === null) return false
  const salt = randomBytes()
  const key = await jointKey(record.half, 'code', await codeSecret(code, salt, codeRounds))
  const byCode = { salt, rounds: codeRounds, key: await sealBytes(key, await rawByServer(record, half)), failures: 0 }
  await writeDevice({ ...record, byCode })
  return true
}

/**
 * What stands on this device before it is opened. Empties it when the time to keep is over, and notes how late it is by
 * this clock.
 */
export const standingOf = async (account: string): Promise<{ record: DeviceRecord | null; wasOverdue: boolean }> => {
  const record = await readDevice(account)
  if (record === null) return { record, wasOverdue: false }
  const now = deviceNow()
  if (isOverdue(record, now)) {
    await emptyDevice(account)
    return { record: await readDevice(account), wasOverdue: true }
  }
  if (now > record.latestSeen) await writeDevice({ ...record, latestSeen: now })
  return { record, wasOverdue: false }
}

/** Notes an answer of the server: from here the time to keep runs anew. */
export const noteContact = async (account: string): Promise<void> => {
  const record = await readDevice(account)
  const now = deviceNow()
  if (record !== null) await writeDevice({ ...record, contactAt: now, latestSeen: now })
}
