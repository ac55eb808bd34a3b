import { millisecondsBetween, type Instant } from '../../kernel/clock.ts'
import { dayOf } from '../../kernel/day.ts'
import { refuse, type Result } from '../../kernel/result.ts'
import { valueOn } from '../../shapes/rulebook.ts'
import type { Actor } from '../../platform/access.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import { databaseNow, type Tx } from '../../platform/database/pool.ts'
import type { House } from '../../platform/house.ts'
import type { securityRefusals } from './contract.ts'
import { saveSignInAudit } from './factor-store.ts'
import { afterFailure } from './rules/lockout.ts'
import { endAllSessions } from './session-store.ts'
import * as store from './store.ts'

export type SecurityCode = keyof typeof securityRefusals
export type Policy = (id: string, by?: string) => number

export const actorOf = (account: store.Account): Actor => ({
  account: account.id,
  role: account.role,
  org: account.org,
  person: account.person,
  name: { zh: account.zh, en: account.en },
})

/** The rulebook of today, for what is no command. */
export const policyOfToday = async (house: House): Promise<Policy> => {
  const today = dayOf(await databaseNow(asSystem(house.database)), house.zone)
  return (id, by) => valueOn(house.rulebook, id, today, by)
}

/** The refusal of an account that rests after too many errors; null when it does not. */
export const restOf = (
  account: store.Account,
  now: Instant,
): { readonly ok: false; readonly refusals: readonly { code: SecurityCode }[] } | null => {
  const rest = account.lockedUntil ? millisecondsBetween(now, account.lockedUntil) : 0
  return rest > 0 ? refuse<SecurityCode>('security.locked', { minutes: Math.ceil(rest / 60_000) }) : null
}

/** What was tried, for the audit; `inSession` when whoever tried sits in a whole session already, which may be somebody else's screen. */
export type Attempt = { readonly form: string; readonly request: string; readonly inSession?: true }

/** Counts one more wrong password or code; too many in a row lock the account, and end its sessions when they came from one of them. Answers the refusal. */
export const countWrong = async (
  tx: Tx,
  account: store.Account,
  code: SecurityCode,
  policy: Policy,
  attempt: Attempt,
): Promise<Result<never, SecurityCode>> => {
  const next = afterFailure(account.failures, {
    failuresMost: policy('security.failures-most'),
    lockMinutes: policy('security.lock-minutes'),
  })
  await store.saveFailure(tx, account.id, next.failures, next.lockMinutes)
  const { lockMinutes } = next
  const isLocked = lockMinutes !== null
  if (isLocked && attempt.inSession) await endAllSessions(tx, account.id)
  await saveSignInAudit(tx, actorOf(account), attempt.form, isLocked ? 'security.locked' : code, attempt.request)
  return isLocked ? refuse('security.locked', { minutes: lockMinutes }) : refuse(code)
}
