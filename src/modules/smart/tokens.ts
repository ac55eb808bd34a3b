import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { newId } from '../../kernel/id.ts'
import { asSystem } from '../../platform/database/as-system.ts'
import type { Tx } from '../../platform/database/pool.ts'
import type { House } from '../../platform/house.ts'
import { actorsOfAccounts, hashOfToken, policyOfToday } from '../security/index.ts'
import { identityToken } from './identity.ts'
import { narrowScopes, ofLevels, readScopes, scopesText, type Scopes } from './rules/scopes.ts'
import type { Client, OAuthFault } from './smart.ts'
import * as store from './store.ts'

/** What an app gets for its code, its refresh token or its signature. Tokens are shown once and kept as hashes. */
export type TokenAnswer = {
  readonly access_token: string
  readonly token_type: 'Bearer'
  readonly expires_in: number
  readonly scope: string
  readonly refresh_token?: string
  readonly id_token?: string
  readonly patient?: string
  readonly need_patient_banner?: boolean
  readonly appContext?: string
}

/** The request's number for the audit, and the FHIR address that tokens are for. */
export type TokenPlace = { readonly request: string; readonly issuer: string }

const fault = (error: OAuthFault['error'], why: string): OAuthFault => ({ error, error_description: why })
const SECRET_BYTES = 32
/** A token that nobody can guess; only its hash is kept. */
export const newToken = (): string => randomBytes(SECRET_BYTES).toString('base64url')

// One answer for every way in which a code or a token is not good: whoever tries some learns nothing.
const NOT_GOOD = fault('invalid_grant', 'the code or token is not good, has run out or was used before')

const isVerifier = (verifier: string | undefined, challenge: string | null): boolean => {
  if (verifier === undefined || challenge === null || !/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false
  const [one, other] = [createHash('sha256').update(verifier).digest(), Buffer.from(challenge, 'base64url')]
  return one.length === other.length && timingSafeEqual(one, other)
}

// The rulebook is read before a transaction begins: inside one, no second connection is waited for.
type Policy = Awaited<ReturnType<typeof policyOfToday>>
type Given = {
  readonly allowance: store.Allowance & { readonly secondsLeft: number }
  readonly scopes: Scopes
  readonly kind: 'person' | 'server'
}

/** Writes an access token, and a refresh token where the allowance lasts beyond it. */
const give = async (tx: Tx, policy: Policy, { allowance, scopes, kind }: Given): Promise<TokenAnswer> => {
  const seconds = Math.min(policy('smart.access-minutes', kind) * 60, allowance.secondsLeft)
  const scope = scopesText(scopes)
  const token = newToken()
  await store.saveToken(tx, { hash: hashOfToken(token), allowance: allowance.id, kind: 'access', scopes: scope, seconds })
  const answer: TokenAnswer = { access_token: token, token_type: 'Bearer', expires_in: seconds, scope }
  const lasts = scopes.plain.some((word) => word === 'offline_access' || word === 'online_access')
  if (kind === 'server' || !lasts) return answer
  const refresh = newToken()
  await store.saveToken(tx, {
    hash: hashOfToken(refresh),
    allowance: allowance.id,
    kind: 'refresh',
    scopes: scope,
    seconds: allowance.secondsLeft,
  })
  return { ...answer, refresh_token: refresh }
}

/**
 * What an app learns beside the token: whose record it was started for, what the start handed to it, and who signed in.
 * @source SMART App Launch 2.2, task-launch: as in a Link of CDS Hooks 2.0
 */
const context = async (
  house: House,
  allowance: store.Allowance,
  scopes: Scopes,
  place: TokenPlace,
): Promise<Partial<TokenAnswer>> => ({
  ...(allowance.person ? { patient: allowance.person, need_patient_banner: true } : {}),
  ...(allowance.appContext === null ? {} : { appContext: allowance.appContext }),
  ...(scopes.plain.includes('openid') ? { id_token: await identityToken(house, allowance, scopes, place.issuer) } : {}),
})

export type CodeGiven = {
  readonly code?: string | undefined
  readonly redirect_uri?: string | undefined
  readonly code_verifier?: string | undefined
}

/** Exchanges a code. It counts once: shown again, or with a wrong verifier, it ends the allowance and every token of it. */
export const exchangeCode = async (
  house: House,
  client: Client,
  given: CodeGiven,
  place: TokenPlace,
): Promise<TokenAnswer | OAuthFault> => {
  if (!given.code || !given.redirect_uri) return fault('invalid_request', 'code and redirect_uri are needed')
  const hash = hashOfToken(given.code)
  const policy = await policyOfToday(house)
  const got = await asSystem(house.database).transaction(async (tx) => {
    const held = await store.lockToken(tx, hash)
    if (held?.kind !== 'code') return NOT_GOOD
    const allowance = await store.lockAllowance(tx, held.allowance)
    const isAgain = held.isUsed
    await store.saveTokenUsed(tx, hash)
    const fits =
      allowance?.client === client.id &&
      allowance.redirectUri === given.redirect_uri &&
      isVerifier(given.code_verifier, allowance.challenge)
    if (!allowance || isAgain || !held.isLive || !fits) {
      await store.endAllowance(tx, held.allowance, 'code-again')
      await store.saveTokenAudit(
        tx,
        allowance?.account ?? null,
        isAgain ? 'smart.code-again' : 'smart.code-not-good',
        place.request,
      )
      return NOT_GOOD
    }
    const scopes = readScopes(held.scopes)
    const answer = await give(tx, policy, { allowance, scopes, kind: 'person' })
    await store.saveTokenAudit(tx, allowance.account, null, place.request)
    return { answer, allowance, scopes }
  })
  return 'error' in got ? got : { ...got.answer, ...(await context(house, got.allowance, got.scopes, place)) }
}

export type RefreshGiven = { readonly refresh_token?: string | undefined; readonly scope?: string | undefined }

/**
 * The app of a refresh token that comes without an id, as one in a browser may send it: the token alone was its proof all along. An app that
 * has a key must sign, so that it is never found this way.
 */
export const clientOfRefresh = async (house: House, token: string): Promise<Client | null> =>
  asSystem(house.database).transaction(async (tx) => {
    const held = await store.lockToken(tx, hashOfToken(token))
    const allowance = held?.kind === 'refresh' ? await store.lockAllowance(tx, held.allowance) : null
    const client = allowance && (await store.findClient(tx, allowance.client))
    return client?.kind === 'public' && !client.disabledAt ? client : null
  })

/** Exchanges a refresh token for new ones. Each counts once: an old one in anybody's hands ends the whole allowance. */
export const refreshTokens = async (
  house: House,
  client: Client,
  given: RefreshGiven,
  place: TokenPlace,
): Promise<TokenAnswer | OAuthFault> => {
  if (!given.refresh_token) return fault('invalid_request', 'refresh_token is needed')
  const hash = hashOfToken(given.refresh_token)
  const policy = await policyOfToday(house)
  const got = await asSystem(house.database).transaction(async (tx) => {
    const held = await store.lockToken(tx, hash)
    if (held?.kind !== 'refresh') return NOT_GOOD
    const allowance = await store.lockAllowance(tx, held.allowance)
    if (allowance?.client !== client.id) return NOT_GOOD
    if (held.isUsed) {
      await store.endAllowance(tx, allowance.id, 'refresh-again')
      await store.saveTokenAudit(tx, allowance.account, 'smart.refresh-again', place.request)
      return NOT_GOOD
    }
    const known = (await actorsOfAccounts(tx, [allowance.account])).get(allowance.account)
    if (!held.isLive || !known || (known.sessionsFrom && known.sessionsFrom > allowance.begunAt)) return NOT_GOOD
    const all = readScopes(held.scopes)
    const scopes = given.scope ? narrowScopes(readScopes(given.scope), all) : all
    if (scopes.data.length + scopes.plain.length === 0) return fault('invalid_scope', 'none of these scopes was given')
    await store.saveTokenUsed(tx, hash)
    const answer = await give(tx, policy, { allowance, scopes, kind: 'person' })
    await store.saveTokenAudit(tx, allowance.account, null, place.request)
    return { answer, allowance, scopes }
  })
  return 'error' in got ? got : { ...got.answer, ...(await context(house, got.allowance, got.scopes, place)) }
}

/** An allowance that no browser asked for: nothing to go back to, and nobody's record in particular. */
export const NOBODY_ASKED = {
  redirectUri: null,
  challenge: null,
  state: null,
  nonce: null,
  person: null,
  appContext: null,
} as const

/** Lets a server in by its own signature, with the rights of its account and no more than its scopes; who names none gets those registered. */
export const serverToken = async (
  house: House,
  client: Client,
  scope: string | undefined,
  place: TokenPlace,
): Promise<TokenAnswer | OAuthFault> => {
  const { account } = client
  if (client.kind !== 'server' || account === null) return fault('unauthorized_client', 'this app has no account of its own')
  const registered = readScopes(client.scopes)
  const asked = ofLevels({ ...(scope === undefined ? registered : readScopes(scope)), plain: [] }, ['system'])
  const scopes = narrowScopes(asked, registered)
  if (scopes.data.length === 0) return fault('invalid_scope', 'none of the scopes (system/…) may be given to this app')
  if (!(await actorsOfAccounts(asSystem(house.database), [account])).has(account))
    return fault('unauthorized_client', 'the account of this app is closed')
  const policy = await policyOfToday(house)
  return asSystem(house.database).transaction(async (tx) => {
    const allowance = { ...NOBODY_ASKED, id: newId(), client: client.id, account, scopes: scopesText(scopes) }
    await store.saveAllowance(tx, { ...allowance, hours: policy('smart.refresh-hours', 'none') })
    await store.saveTokenAudit(tx, account, null, place.request)
    return give(tx, policy, {
      allowance: { ...allowance, secondsLeft: policy('smart.refresh-hours', 'none') * 3_600 },
      scopes,
      kind: 'server',
    })
  })
}

/** An app gives a token back: a refresh token ends all that it was given, an access token itself. A token of another app stays as it is. */
export const revokeToken = async (house: House, client: Client, token: string): Promise<void> =>
  asSystem(house.database).transaction(async (tx) => {
    const hash = hashOfToken(token)
    const held = await store.lockToken(tx, hash)
    const allowance = held && (await store.lockAllowance(tx, held.allowance))
    if (!held || allowance?.client !== client.id) return
    if (held.kind === 'access') await store.endToken(tx, hash)
    else await store.endAllowance(tx, allowance.id, 'by-app')
  })

/** Whether an access token counts, and what it opens; said to the app that holds it only. */
export const introspectToken = async (house: House, client: Client, token: string): Promise<object> => {
  const [bearer] = await store.findBearers(house.database, [hashOfToken(token)])
  const known = bearer && (await actorsOfAccounts(asSystem(house.database), [bearer.account])).get(bearer.account)
  if (!bearer || !known || bearer.client !== client.id || (known.sessionsFrom && known.sessionsFrom > bearer.begunAt))
    return { active: false }
  return {
    active: true,
    client_id: bearer.client,
    scope: bearer.scopes,
    sub: bearer.account,
    exp: bearer.expiresSeconds,
    token_type: 'Bearer',
    ...(bearer.person ? { patient: bearer.person } : {}),
  }
}

/** A fresh code for an allowance that the account gave a moment ago; null when there is none, or it has one. */
export const codeFor = async (
  house: House,
  allowance: string,
  account: store.Allowance['account'],
): Promise<{ code: string; redirectUri: string; state: string } | null> => {
  const policy = await policyOfToday(house)
  const seconds = policy('smart.code-seconds')
  return asSystem(house.database).transaction(async (tx) => {
    const found = await store.lockFreshAllowance(tx, allowance, account, seconds)
    if (!found?.redirectUri) return null
    const code = newToken()
    await store.saveToken(tx, { hash: hashOfToken(code), allowance, kind: 'code', scopes: found.scopes, seconds })
    return { code, redirectUri: found.redirectUri, state: found.state ?? '' }
  })
}
