import { useCallback, useEffect, useState } from 'react'
import { ApiError } from './api-error.ts'
import { call, fetchQuery } from './client.ts'
import { contactNow, watchContact } from './contact.ts'
import { emptyDevice } from './device-database.ts'
import { maySeal } from './sealing.ts'
import { noteContact, openWithCode, openWithHeld, openWithServer, standingOf, type CodeTry, type Vault } from './vault.ts'

/**
 * How this device's place for an account stands. `open` with a null vault: a plain-HTTP address, where nothing is kept.
 * `locked`: no server to ask; a code may open it. `revoked`: it was emptied by order.
 */
export type VaultState =
  | { is: 'opening' }
  | { is: 'open'; vault: Vault | null }
  | { is: 'locked'; hasCode: boolean; wasOverdue: boolean }
  | { is: 'revoked' }
  | { is: 'failed'; error: ApiError }

const deviceLabel = (): string => {
  const { userAgent } = navigator
  const system = /Android|iPhone|iPad|Windows|Mac OS X|Linux|HarmonyOS/.exec(userAgent)?.[0] ?? 'browser'
  const browser = /Edg|Firefox|Chrome|Safari|MicroMessenger/.exec(userAgent)?.[0] ?? ''
  return `${system} ${browser}`.trim()
}

/** Empties the device by order of the server and says so. */
const obeyRevocation = async (account: string, device: string): Promise<VaultState> => {
  await emptyDevice(account)
  await fetch('/api/security.device-wiped', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ device }),
  }).catch(() => undefined)
  return { is: 'revoked' }
}

/** Asks the server for its half; the first time registers this browser under a number of its own. */
const openOnline = async (account: string, known: string | null, again: boolean): Promise<VaultState> => {
  const device = known ?? crypto.randomUUID()
  const { state } = await call('security.register-device', { device, label: deviceLabel(), again })
  if (state !== 'active') return obeyRevocation(account, device)
  const given = await fetchQuery('security.device-half', { device })
  if (given.half === null) return obeyRevocation(account, device)
  return { is: 'open', vault: await openWithServer(account, device, { ...given, half: given.half }) }
}

/** A revoked device's session has ended: it asks by its number how it stands. */
const isRevoked = async (device: string): Promise<boolean> => {
  try {
    const response = await fetch(`/api/security.device-standing?device=${device}`)
    return response.ok && ((await response.json()) as { state: string }).state === 'revoked'
  } catch {
    return false
  }
}

// One after the other, also across screens: an emptying that was still under way when its owner took the device into use
// again would empty it once more.
let last: Promise<unknown> = Promise.resolve()
const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const turn = last.then(work, work)
  last = turn
  return turn
}

const opened = async (account: string, again: boolean): Promise<VaultState> => {
  if (!maySeal()) return { is: 'open', vault: null }
  const { record, wasOverdue } = await standingOf(account)
  const held = wasOverdue ? null : await openWithHeld(account).catch(() => null)
  if (held !== null && !again) return { is: 'open', vault: held }
  try {
    return await openOnline(account, record?.device ?? null, again)
  } catch (thrown) {
    if (!(thrown instanceof ApiError)) throw thrown
    if (thrown.status === 401 && record !== null && (await isRevoked(record.device)))
      return obeyRevocation(account, record.device)
    if (thrown.status !== 0 && thrown.status !== 401 && thrown.status < 500) return { is: 'failed', error: thrown }
    return { is: 'locked', hasCode: record?.byCode != null, wasOverdue }
  }
}

/**
 * What the server says of an open device whenever the line is found again: it is emptied when it was revoked, and the
 * time to keep runs anew when it was not.
 */
const checked = async (vault: Vault): Promise<VaultState | null> => {
  try {
    const { state } = await fetchQuery('security.device-half', { device: vault.device })
    if (state !== 'active') return await obeyRevocation(vault.account, vault.device)
    await noteContact(vault.account)
    return null
  } catch {
    return (await isRevoked(vault.device)) ? obeyRevocation(vault.account, vault.device) : null
  }
}

const checkEveryMs = 5 * 60_000

/** Opens this device's place for an account and watches over it. */
export const useVault = (account: string) => {
  const [state, setState] = useState<VaultState>({ is: 'opening' })
  const begin = useCallback(
    (again: boolean) => void inTurn(() => opened(account, again)).then(setState, () => setState({ is: 'open', vault: null })),
    [account],
  )
  useEffect(() => begin(false), [begin])
  const { is } = state
  const vault = state.is === 'open' ? state.vault : null
  // A locked device asks again as soon as the line is there; an open one learns then whether it may go on.
  useEffect(() => {
    const ask = () => {
      if (is === 'locked') begin(false)
      if (vault !== null) void inTurn(() => checked(vault)).then((next) => next !== null && setState(next))
    }
    if (vault !== null && contactNow() === 'answered') ask()
    const timer = setInterval(ask, checkEveryMs)
    window.addEventListener('online', ask)
    const stop = watchContact(() => contactNow() === 'answered' && ask())
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', ask)
      stop()
    }
  }, [is, vault, begin])
  const tryCode = useCallback(
    async (code: string): Promise<CodeTry> => {
      const tried = await openWithCode(account, code)
      if (tried.is === 'open') setState({ is: 'open', vault: tried.vault })
      if (tried.is === 'emptied') setState({ is: 'locked', hasCode: false, wasOverdue: false })
      return tried
    },
    [account],
  )
  return { state, tryCode, retry: () => begin(false), useAgain: () => begin(true) }
}
