import { compactVerify, createLocalJWKSet, decodeJwt, type JSONWebKeySet } from 'jose'
import { asSystem } from '../../platform/database/as-system.ts'
import type { House } from '../../platform/house.ts'
import { askOutside } from '../../platform/http/ask-outside.ts'
import { policyOfToday } from '../security/index.ts'
import { judgeAssertion, type AssertionClaims } from './rules/judge-assertion.ts'
import type { Client, OAuthFault } from './smart.ts'
import * as store from './store.ts'

/** How an app proves who it is: a signed statement, or only its id where it can keep no key. */
export type ClientProof = {
  readonly client_id?: string | undefined
  readonly client_assertion?: string | undefined
  readonly client_assertion_type?: string | undefined
}

/** What the proof must name, and whether keys may be fetched from a private network. */
export type ProofPlace = { readonly audience: string; readonly mayBePrivate: boolean }

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** The two algorithms that SMART asks servers for. */
const ALGORITHMS = ['ES384', 'RS384']
const KEYS_TIMEOUT_MS = 3_000
const KEYS_BYTES_MOST = 65_536
const KEYS_KEPT_MS = 300_000
/** Keys are fetched again sooner when a statement names one that is not among them, but not for every such statement. */
const KEYS_ASKED_AGAIN_MS = 30_000
const KEPT_MOST = 1_000

const fault = (why: string): OAuthFault => ({ error: 'invalid_client', error_description: why })
const fetched = new Map<string, { readonly keys: JSONWebKeySet; readonly at: number }>()

const keysAt = async (uri: string, isUnknownKey: boolean, mayBePrivate: boolean): Promise<JSONWebKeySet> => {
  const known = fetched.get(uri)
  const age = known ? performance.now() - known.at : Infinity
  if (known && age < (isUnknownKey ? KEYS_ASKED_AGAIN_MS : KEYS_KEPT_MS)) return known.keys
  const { status, text } = await askOutside(uri, { timeoutMs: KEYS_TIMEOUT_MS, bytesMost: KEYS_BYTES_MOST, mayBePrivate })
  const keys = JSON.parse(text) as JSONWebKeySet
  if (status !== 200 || !Array.isArray(keys.keys)) throw new Error('no key set')
  if (fetched.size >= KEPT_MOST) fetched.clear()
  fetched.set(uri, { keys, at: performance.now() })
  return keys
}

const verifiedBy = async (assertion: string, keys: JSONWebKeySet): Promise<AssertionClaims> => {
  const { payload } = await compactVerify(assertion, createLocalJWKSet(keys), { algorithms: ALGORITHMS })
  return JSON.parse(new TextDecoder().decode(payload)) as AssertionClaims
}

/** The claims of a statement whose signature is good, by the app's registered keys; null when it is not. */
const claimsOf = async (assertion: string, client: Client, mayBePrivate: boolean): Promise<AssertionClaims | null> => {
  try {
    if (client.jwks) return await verifiedBy(assertion, client.jwks as JSONWebKeySet)
    const uri = client.jwksUri as string
    const keys = await keysAt(uri, false, mayBePrivate)
    try {
      return await verifiedBy(assertion, keys)
    } catch {
      const anew = await keysAt(uri, true, mayBePrivate)
      return anew === keys ? null : await verifiedBy(assertion, anew)
    }
  } catch {
    return null
  }
}

const issuerOf = (assertion: string): string | null => {
  try {
    const { iss } = decodeJwt(assertion)
    return typeof iss === 'string' ? iss : null
  } catch {
    return null
  }
}

const proveBySignature = async (house: House, proof: ClientProof, place: ProofPlace): Promise<Client | OAuthFault> => {
  const assertion = proof.client_assertion ?? ''
  if (proof.client_assertion_type !== ASSERTION_TYPE) return fault(`client_assertion_type must be ${ASSERTION_TYPE}`)
  const id = issuerOf(assertion)
  const client = id === null ? null : await store.findClient(asSystem(house.database), id)
  if (
    !client ||
    client.disabledAt ||
    client.kind !== 'server' ||
    (proof.client_id !== undefined && proof.client_id !== client.id)
  )
    return fault('unknown app, or no app that signs')
  const claims = await claimsOf(assertion, client, place.mayBePrivate)
  if (!claims) return fault('the signature is not by a registered key (ES384 or RS384)')
  const policy = await policyOfToday(house)
  return asSystem(house.database).transaction(async (tx) => {
    const judged = judgeAssertion(claims, {
      client: client.id,
      audience: place.audience,
      nowSeconds: await store.trueSeconds(tx),
      secondsMost: policy('smart.assertion-seconds-most'),
      driftSeconds: policy('smart.drift-seconds'),
    })
    if ('why' in judged) return fault(judged.why)
    const isFirst = await store.saveAssertion(tx, client.id, judged.jti, judged.rememberSeconds)
    return isFirst ? client : fault('this statement was used before (jti)')
  })
}

/** The app that shows itself, or why it is not believed. One that signs must sign; a public one has only its id, and PKCE beside it. */
export const proveClient = async (house: House, proof: ClientProof, place: ProofPlace): Promise<Client | OAuthFault> => {
  if (proof.client_assertion !== undefined || proof.client_assertion_type !== undefined)
    return proveBySignature(house, proof, place)
  const client = proof.client_id ? await store.findClient(asSystem(house.database), proof.client_id) : null
  if (!client || client.disabledAt) return fault('unknown app')
  return client.kind === 'public' ? client : fault('this app must sign (client_assertion)')
}
