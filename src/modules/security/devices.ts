import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { AccountId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import type { Actor, Party, Relation } from '../../platform/access.ts'
import { command, query, type Act } from '../../platform/forms/form.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import type { House } from '../../platform/house.ts'
import { GIVEN_ROLES } from './contract.ts'
import * as store from './device-store.ts'
import { relationsToAccountOf } from './rules/keeps-accounts-of.ts'
import { endAllSessions } from './session-store.ts'

const device = z.uuid()
const label = z.string().trim().min(1).max(80)
const registerInput = z.strictObject({
  device,
  /** What the person calls it by, for instance “Android · Chrome”. */
  label,
  /** Takes a revoked and emptied device of one's own into use once more. */
  again: z.boolean().default(false),
})
const deviceInput = z.strictObject({ device })
const listInput = z.strictObject({
  /** `own` lists the account's own; `institution` is for its administrator. */
  which: z.enum(['own', 'institution']).default('own'),
})
const revokeInput = z.strictObject({ device, reason: z.string().trim().min(2).max(200) })

const HALF_BYTES = 32
const holders: readonly Party[] = GIVEN_ROLES.map((role): Party => `${role}@self`)
const anyAccount: readonly Party[] = GIVEN_ROLES.map((role): Party => `${role}@anyone`)

const relationsToDevice = (found: store.Device, { actor }: { actor: Actor }): Relation[] => {
  const relations: Relation[] = found.account === actor.account ? ['self'] : []
  return [...relations, ...relationsToAccountOf(actor, found.org)]
}

/** A device as its owner and administrator see it. Real time, like sessions. */
export type ShownDevice = {
  device: string
  login: string
  label: string
  registeredAt: string
  lastSeenAt: string
  state: 'active' | 'revoked' | 'wiped'
}

const stateOf = ({ revokedAt, wipedAt }: Pick<store.Device, 'revokedAt' | 'wipedAt'>): ShownDevice['state'] =>
  revokedAt === null ? 'active' : wipedAt === null ? 'revoked' : 'wiped'

const newHalf = (id: string, { device: key, label: words }: { device: string; label: string }, act: Act): store.NewDevice => {
  const halfKey = act.cipher.newPersonKey()
  return {
    id: key,
    account: id as AccountId,
    label: words,
    halfKey,
    halfSealed: act.cipher.encrypt(halfKey, randomBytes(HALF_BYTES).toString('base64')),
  }
}

export const registerDevice = command({
  name: 'security.register-device',
  by: anyAccount,
  basis: '离线诊室:设备须登记,随时可停用',
  does: {
    zh: '登记本浏览器,以便在没有网络时加密保存资料;已停用的设备在清除后可由本人重新启用。',
    en: 'Registers this browser so that it may keep sealed data for work without a network; a revoked and emptied one may be taken into use again by its owner.',
  },
  input: registerInput,
  read: async (tx, input) => ({ known: await store.lockDevice(tx, input.device) }),
  decide: ({ known }, input, act) => {
    const { account } = act.actor
    if (account === null || (known && known.account !== account)) return refuse('security.device-of-another')
    const state = known ? stateOf(known) : 'active'
    const again = input.again && state === 'wiped'
    const fresh = known ? null : newHalf(account, input, act)
    return ok({ change: { fresh, input, again }, answer: { state: again ? ('active' as const) : state } })
  },
  write: async (tx, { fresh, input, again }) =>
    void (await (fresh ? store.saveDevice(tx, fresh) : store.saveSeen(tx, input.device, input.label, again))),
})

export const deviceHalf = query({
  name: 'security.device-half',
  by: holders,
  basis: '离线诊室:本机资料须登录后才能解开',
  does: {
    zh: '本人登录后取得本设备密钥的服务器一半;已停用的设备取不到。',
    en: 'The server’s half of the key of one’s own device, for one who is signed in; none for a revoked one.',
  },
  input: deviceInput,
  read: (tx, input) => store.findDevice(tx, input.device),
  relation: (found, act) => relationsToDevice(found, act),
  answer: (found, _input, act) => ({
    state: stateOf(found),
    half: found.revokedAt === null ? act.cipher.decrypt(found.halfKey, found.halfSealed) : null,
    keepDays: act.policy('security.offline-keep-days'),
    pinDigits: act.policy('security.offline-pin-digits'),
    pinTries: act.policy('security.offline-pin-tries'),
  }),
})

export const devices = query({
  name: 'security.devices',
  by: anyAccount,
  basis: '离线诊室:本人和机构管理员可查可停',
  does: { zh: '本人的设备;管理员可查本机构全部设备。', en: 'One’s own devices; for an administrator, those of the institution.' },
  input: listInput,
  read: (tx, input, { actor }) =>
    input.which === 'institution' && actor.role === 'administrator'
      ? store.devicesOfInstitution(tx, actor.org)
      : store.devicesOf(tx, actor.account),
  answer: (found) => ({
    devices: found.map((one): ShownDevice => ({
      device: one.id, login: one.login, label: one.label, registeredAt: one.registeredAt, lastSeenAt: one.lastSeenAt, state: stateOf(one),
    })), // prettier-ignore
  }),
})

export const revokeDevice = command({
  name: 'security.revoke-device',
  by: [...holders, 'administrator@own'],
  basis: '设备遗失即停用并清除',
  does: {
    zh: '停用一台设备:该账号所有登录立即失效,设备下次联网时清除保存的资料。',
    en: 'Revokes a device: all sessions of its account end at once, and it removes what it keeps at its next contact.',
  },
  input: revokeInput,
  read: (tx, input) => store.lockDevice(tx, input.device),
  relation: (found, act) => relationsToDevice(found, act),
  decide: (found, input, act) =>
    found.revokedAt
      ? refuse('security.device-revoked-already')
      : ok({ change: { found, by: act.actor.account, reason: input.reason }, answer: { device: found.id } }),
  write: async (tx, { found, by, reason }) => {
    await store.saveRevoked(tx, found.id, by, reason)
    await endAllSessions(tx, found.account)
  },
})

/** How a device stands, for the device itself, which knows its own number and may have no session any more. */
export const deviceStanding = async (house: House, id: string): Promise<ShownDevice['state'] | 'unknown'> => {
  const found = await store.findDevice(asSystem(house.database), id)
  return found ? stateOf(found) : 'unknown'
}

/** Notes that a revoked device has removed what it kept. */
export const noteDeviceWiped = async (house: House, id: string): Promise<void> =>
  void (await store.saveWiped(asSystem(house.database), id))
