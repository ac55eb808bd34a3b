import { createHash, randomBytes } from 'node:crypto'
import { millisecondsBetween } from '../../kernel/clock.ts'
import { dayOf } from '../../kernel/day.ts'
import { ok, refuse, type Result } from '../../kernel/result.ts'
import { valueOn } from '../../shapes/rulebook.ts'
import type { Actor } from '../../platform/access.ts'
import { databaseNow, sql } from '../../platform/database/pool.ts'
import type { House } from '../../platform/house.ts'
import type { securityRefusals } from './contract.ts'
import { hashPassword, isPassword } from './password.ts'
import { afterFailure } from './rules/lockout.ts'
import * as store from './store.ts'

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

export const actorOf = (account: store.Account): Actor => ({
  account: account.id,
  role: account.role,
  org: account.org,
  person: account.person,
  name: { zh: account.zh, en: account.en },
})

// An unknown account costs the same time as a wrong password, so that nobody learns which accounts exist.
let decoy: Promise<string> | null = null

/** Signs in: a new session token, or why not. The token is shown once; the database keeps only its hash. */
export const signIn = async (
  house: House,
  login: string,
  password: string,
): Promise<Result<{ token: string; hours: number; actor: Actor }, keyof typeof securityRefusals>> => {
  const today = dayOf(await databaseNow(house.database), house.zone)
  const policy = (id: string): number => valueOn(house.rulebook, id, today)
  const known = await store.findAccount(house.database, login)
  decoy ??= hashPassword(randomBytes(16).toString('hex'))
  const right = await isPassword(password, known?.passwordHash ?? (await decoy))
  return house.database.transaction(async (tx) => {
    const account = await store.lockAccount(tx, login)
    if (!account || account.disabledAt) return refuse('security.wrong-account-or-password')
    const now = await tx.row<{ now: typeof account.lockedUntil }>(sql`select now() as now`)
    const rest = account.lockedUntil && now?.now ? millisecondsBetween(now.now, account.lockedUntil) : 0
    if (rest > 0) return refuse('security.locked', { minutes: Math.ceil(rest / 60_000) })
    if (!right || account.passwordHash !== known?.passwordHash) {
      const next = afterFailure(account.failures, { failuresMost: policy('security.failures-most'), lockMinutes: policy('security.lock-minutes') })
      await store.saveFailure(tx, account.id, next.failures, next.lockMinutes)
      return next.lockMinutes === null ? refuse('security.wrong-account-or-password') : refuse('security.locked', { minutes: next.lockMinutes })
    }
    const token = randomBytes(32).toString('base64url')
    const hours = policy('security.session-hours')
    await store.saveSuccess(tx, account.id)
    await store.saveSession(tx, hashOf(token), account.id, hours)
    return ok({ token, hours, actor: actorOf(account) })
  })
}

/** Who holds a token, or null when the session has ended. */
export const actorOfToken = async (house: House, token: string): Promise<Actor | null> => {
  const account = await store.findBySession(house.database, hashOf(token))
  return account && actorOf(account)
}

/** The actor of a login, for the operator on the machine itself. */
export const actorOfLogin = async (house: House, login: string): Promise<Actor | null> => {
  const account = await store.findAccount(house.database, login)
  return account && !account.disabledAt ? actorOf(account) : null
}

/** Ends one session. */
export const signOut = async (house: House, token: string): Promise<void> => void (await store.endSession(house.database, hashOf(token)))
