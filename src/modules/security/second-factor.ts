import { ok, refuse, type Result } from '../../kernel/result.ts'
import type { Cipher } from '../../platform/cipher.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import type { Tx } from '../../platform/database/pool.ts'
import type { House } from '../../platform/house.ts'
import * as factors from './factor-store.ts'
import { keyUri, base32, newRecoveryCode, newSecret, plainRecoveryCode, stepAt, stepOfCode } from './one-time-code.ts'
import { isPassword } from './password.ts'
import { lockBySession, endAllSessions, endSession, saveProof, type SignedIn } from './session-store.ts'
import { beginSession, hashOf, trueNow, type Begun, type From } from './sessions.ts'
import { actorOf, countWrong, policyOfToday, restOf, type Policy, type SecurityCode } from './tries.ts'

const secretOf = (cipher: Cipher, factor: factors.Factor): Buffer =>
  Buffer.from(cipher.decrypt(factor.keyWrapped, factor.secretSealed), 'base64')
const recoveryHash = (cipher: Cipher, account: string, code: string): Buffer =>
  cipher.blindIndex(`recovery-code ${account}`, plainRecoveryCode(code))

const stepNow = async (tx: Tx): Promise<number> => stepAt(Date.parse(await trueNow(tx)) / 1_000)

/** Whether a code is right now; a right one is used up: neither a one-time code nor a recovery code counts twice. */
const takeCode = async (tx: Tx, house: House, account: SignedIn, code: string, policy: Policy): Promise<boolean> => {
  const factor = await factors.findFactor(tx, account.id)
  if (!factor) return false
  const drift = policy('security.code-drift-steps')
  const step = stepOfCode(secretOf(house.cipher, factor), code.replaceAll(/\s/g, ''), {
    now: await stepNow(tx),
    last: factor.lastStep,
    drift,
  })
  if (step !== null) return (await factors.saveUsedStep(tx, factor.id, step)) === 1
  const isRecovery = (await factors.useRecoveryCode(tx, account.id, recoveryHash(house.cipher, account.id, code))) === 1
  if (isRecovery) await factors.saveNotice(tx, account.id, 'recovery-code-used')
  return isRecovery
}

type Found = { readonly tx: Tx; readonly held: SignedIn; readonly policy: Policy }

/** Finds the session of a token with its account locked, and lets nothing happen to an account that rests. */
const withSession = async <Value>(
  house: House,
  token: string,
  work: (found: Found) => Promise<Result<Value, SecurityCode>>,
): Promise<Result<Value, SecurityCode>> => {
  const policy = await policyOfToday(house)
  return asSystem(house.database).transaction(async (tx) => {
    const held = await lockBySession(tx, hashOf(token))
    if (!held) return refuse('security.sign-in-anew')
    return restOf(held, await trueNow(tx)) ?? work({ tx, held, policy })
  })
}

/** The second step of signing in: the code makes half a session a whole one, under a new token. */
export const signInWithCode = (house: House, token: string, code: string, from: From): Promise<Result<Begun, SecurityCode>> =>
  withSession<Begun>(house, token, async ({ tx, held, policy }) => {
    if (held.stage !== 'factor') return refuse('security.sign-in-anew')
    const attempt = { form: 'security.sign-in-code', request: from.request }
    if (!(await takeCode(tx, house, held, code, policy))) return countWrong(tx, held, 'security.wrong-code', policy, attempt)
    await endSession(tx, hashOf(token))
    await factors.saveSignInAudit(tx, actorOf(held), attempt.form, null, attempt.request)
    return ok(await beginSession(tx, held, 'whole', policy, { device: from.device, isProved: true }))
  })

export type Enrolment = { readonly secret: string; readonly uri: string }

/** Begins a second factor: its secret is shown once and counts only when a code has confirmed it. */
export const beginFactor = (house: House, token: string): Promise<Result<Enrolment, SecurityCode>> =>
  withSession<Enrolment>(house, token, async ({ tx, held, policy }) => {
    const refused = await mayEnrol(tx, held, policy)
    if (refused) return refused
    const secret = newSecret()
    const key = house.cipher.newPersonKey()
    await factors.saveBegunFactor(tx, held.id, key, house.cipher.encrypt(key, secret.toString('base64')))
    return ok({ secret: base32(secret), uri: keyUri(secret, held.login) })
  })

// Whoever finds a signed-in screen must not be able to put a factor of their own in the place of the owner's.
const mayEnrol = async (tx: Tx, held: SignedIn, policy: Policy): Promise<Result<never, SecurityCode> | null> => {
  if (held.stage === 'enrol') return null
  if (held.stage === 'factor') return refuse('security.sign-in-anew')
  return isFresh(held.provedSecondsAgo, policy) ? null : refuse('security.prove-again')
}

/** Whether a proof of identity is fresh enough for a dangerous act. */
export const isFresh = (provedSecondsAgo: number | null, policy: Policy): boolean =>
  provedSecondsAgo !== null && provedSecondsAgo <= policy('security.factor-fresh-minutes') * 60

export type Enrolled = Begun & { readonly recoveryCodes: readonly string[] }

/** Confirms a begun factor by its first code: every other session ends, and the recovery codes are shown once. */
export const confirmFactor = (house: House, token: string, code: string, from: From): Promise<Result<Enrolled, SecurityCode>> =>
  withSession<Enrolled>(house, token, async ({ tx, held, policy }) => {
    const refused = await mayEnrol(tx, held, policy)
    if (refused) return refused
    const begun = await factors.findBegunFactor(tx, held.id)
    if (!begun) return refuse('security.begin-factor-first')
    const attempt = { form: 'security.confirm-factor', request: from.request, inSession: true } as const
    const drift = policy('security.code-drift-steps')
    const step = stepOfCode(secretOf(house.cipher, begun), code.replaceAll(/\s/g, ''), { now: await stepNow(tx), last: 0, drift })
    if (step === null) return countWrong(tx, held, 'security.wrong-code', policy, attempt)
    const recoveryCodes = Array.from({ length: policy('security.recovery-codes') }, newRecoveryCode)
    const hashes = recoveryCodes.map((each) => recoveryHash(house.cipher, held.id, each))
    await factors.saveConfirmedFactor(tx, held.id, begun.id, step, hashes)
    await factors.saveNotice(tx, held.id, 'factor-enrolled')
    await factors.saveSignInAudit(tx, actorOf(held), attempt.form, null, attempt.request)
    await endAllSessions(tx, held.id)
    return ok({ ...(await beginSession(tx, held, 'whole', policy, { device: from.device, isProved: true })), recoveryCodes })
  })

/** Proves once more who sits here, before a dangerous act: by a code, or by the password where there is no second factor. */
export const proveAgain = async (
  house: House,
  token: string,
  proof: string,
  from: From,
): Promise<Result<{ proved: true }, SecurityCode>> =>
  withSession<{ proved: true }>(house, token, async ({ tx, held, policy }) => {
    if (held.stage !== 'whole') return refuse('security.sign-in-anew')
    const attempt = { form: 'security.prove', request: from.request, inSession: true } as const
    const hasFactor = (await factors.findFactor(tx, held.id)) !== null
    const isRight = hasFactor ? await takeCode(tx, house, held, proof, policy) : await isPassword(proof, held.passwordHash)
    if (!isRight)
      return countWrong(tx, held, hasFactor ? 'security.wrong-code' : 'security.wrong-account-or-password', policy, attempt)
    await saveProof(tx, hashOf(token))
    await factors.saveSignInAudit(tx, actorOf(held), attempt.form, null, attempt.request)
    return ok({ proved: true })
  })
