import { createHash, randomBytes } from 'node:crypto'
import type { Instant } from '../../kernel/clock.ts'
import { newId, type AccountId } from '../../kernel/id.ts'
import { ok, refuse, type Result } from '../../kernel/result.ts'
import type { Actor } from '../../platform/access.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import { gather } from '../../platform/gather.ts'
import type { House } from '../../platform/house.ts'
import { findFactor, isRequiredBy, saveSignInAudit } from './factor-store.ts'
import { hashPassword, isPassword } from './password.ts'
import * as sessions from './session-store.ts'
import * as store from './store.ts'
import { actorOf, countWrong, policyOfToday, restOf, type Policy, type SecurityCode } from './tries.ts'

export { actorOf } from './tries.ts'

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** What a finished step of signing in gives: the token, shown once, how long it lasts, and what is still asked. */
export type Begun = { readonly token: string; readonly minutes: number; readonly next: sessions.Stage; readonly actor: Actor }

/** Where a sign-in comes from: the request's number and the device as its browser names itself. */
export type From = { readonly request: string; readonly device: string }

// An unknown account costs the same time as a wrong password, so that nobody learns which accounts exist.
let decoy: Promise<string> | null = null

/** Signs in with the password: a whole session, or half a one that only the second factor makes whole, or why not. */
export const signIn = async (
  house: House,
  login: string,
  password: string,
  from: From = { request: newId(), device: '' },
): Promise<Result<Begun, SecurityCode>> => {
  const policy = await policyOfToday(house)
  const known = await store.findAccount(asSystem(house.database), login)
  decoy ??= hashPassword(randomBytes(16).toString('hex'))
  const right = await isPassword(password, known?.passwordHash ?? (await decoy))
  return asSystem(house.database).transaction(async (tx) => {
    const account = await store.lockAccount(tx, login)
    if (!account || account.disabledAt) return refuse('security.wrong-account-or-password')
    const attempt = { form: 'security.sign-in', request: from.request }
    const rest = restOf(account, await trueNow(tx))
    if (rest) {
      await saveSignInAudit(tx, actorOf(account), attempt.form, 'security.locked', attempt.request)
      return rest
    }
    if (!right || account.passwordHash !== known?.passwordHash)
      return countWrong(tx, account, 'security.wrong-account-or-password', policy, attempt)
    const stage = await nextStage(tx, account, policy)
    await saveSignInAudit(tx, actorOf(account), attempt.form, null, attempt.request)
    return ok(await beginSession(tx, account, stage, policy, { device: from.device, isProved: false }))
  })
}

/** True time, which no demo moves. */
export const trueNow = async (tx: Tx): Promise<Instant> =>
  ((await tx.row<{ now: Instant }>(sql`select now() as now`)) as { now: Instant }).now

const nextStage = async (tx: Tx, account: store.Account, policy: Policy): Promise<sessions.Stage> => {
  if (await findFactor(tx, account.id)) return 'factor'
  return (await isFactorRequired(tx, account, policy)) ? 'enrol' : 'whole'
}

/** Whether an account must have a second factor: by its role, or because its institution asks all of its staff. */
export const isFactorRequired = async (tx: Tx, account: Pick<store.Account, 'role' | 'org'>, policy: Policy): Promise<boolean> =>
  policy('security.factor-required', account.role) > 0 || (await isRequiredBy(tx, account.org))

/** Opens a session. Errors are forgotten only with a whole one: a known password gives no more guesses at the code. */
export const beginSession = async (
  tx: Tx,
  account: store.Account,
  stage: sessions.Stage,
  policy: Policy,
  { device, isProved }: { readonly device: string; readonly isProved: boolean },
): Promise<Begun> => {
  const isWhole = stage === 'whole'
  const token = randomBytes(32).toString('base64url')
  const minutes = isWhole ? policy('security.session-hours') * 60 : policy('security.half-session-minutes')
  if (isWhole) await store.saveSuccess(tx, account.id)
  const idleMinutes = isWhole ? policy('security.idle-minutes', account.role) : null
  await sessions.saveSession(tx, { tokenHash: hashOf(token), account: account.id, stage, minutes, idleMinutes, isProved, device })
  return { token, minutes, next: stage, actor: actorOf(account) }
}

/** Who holds the token of a whole session, or null when it has ended. */
export const actorOfToken = async (house: House, token: string): Promise<Actor | null> =>
  actorOfSession((await sessions.findBySessions(house.database, [hashOf(token)]))[0] ?? null)

const actorOfSession = (found: sessions.SignedIn | null): Actor | null =>
  found?.stage === 'whole'
    ? { ...actorOf(found), session: { id: found.session, provedSecondsAgo: found.provedSecondsAgo } }
    : null

/** So many tokens are looked up together at most. */
const TOKENS_AT_ONCE = 512
const USE_NOTED_EVERY_SECONDS = 60

/**
 * The same for every request of a process: thousands who come at one moment are looked up by few statements. A session that is asked
 * for in this way is used, which keeps it from ending idle.
 */
export const tokenReader = (house: House): ((token: string) => Promise<Actor | null>) =>
  gather(TOKENS_AT_ONCE, async (tokens) => {
    const hashes = tokens.map(hashOf)
    const byHash = new Map(hashes.map((hash, at) => [hash.toString('hex'), tokens[at] as string]))
    const found = await sessions.findBySessions(house.database, hashes)
    const stale = found.filter(({ stage, usedSecondsAgo }) => stage === 'whole' && usedSecondsAgo >= USE_NOTED_EVERY_SECONDS)
    if (stale.length > 0)
      await sessions.saveUses(
        house.database,
        stale.map(({ tokenHash }) => tokenHash),
      )
    return new Map(
      found.flatMap((session) => {
        const actor = actorOfSession(session)
        return actor ? [[byHash.get(session.tokenHash.toString('hex')) as string, actor] as const] : []
      }),
    )
  })

/** The actor of a login, for the operator on the machine itself. */
export const actorOfLogin = async (house: House, login: string): Promise<Actor | null> => {
  const account = await store.findAccount(asSystem(house.database), login)
  return account && !account.disabledAt ? actorOf(account) : null
}

/** The actors of accounts that are open, each with the moment from which its sessions count: what was let in before that no longer is. */
export const actorsOfAccounts = async (
  db: Queryable,
  accounts: readonly AccountId[],
): Promise<Map<AccountId, { readonly actor: Actor; readonly sessionsFrom: Instant | null }>> => {
  const found = await store.findAccounts(db, accounts)
  return new Map(found.flatMap((account) => (account.disabledAt ? [] : [[account.id, { actor: actorOf(account), sessionsFrom: account.sessionsFrom }]])))
}

/** Ends one session. */
export const signOut = async (house: House, token: string): Promise<void> =>
  void (await sessions.endSession(asSystem(house.database), hashOf(token)))
