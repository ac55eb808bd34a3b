import type { Client } from '../smart.ts'
import { narrowScopes, ofLevels, readScopes, type Scopes } from './scopes.ts'

/** What an app asks at the authorisation end point, as it stands in the address. */
export type Asking = {
  readonly response_type?: string | undefined
  readonly client_id?: string | undefined
  readonly redirect_uri?: string | undefined
  readonly scope?: string | undefined
  readonly state?: string | undefined
  readonly aud?: string | undefined
  readonly code_challenge?: string | undefined
  readonly code_challenge_method?: string | undefined
  readonly launch?: string | undefined
  readonly nonce?: string | undefined
}

/** What the end point makes of it: nothing that may be sent back to the app, a fault that may, or scopes to be allowed. */
export type Judged =
  | { readonly kind: 'unknown-app' }
  | { readonly kind: 'wrong-address' }
  | { readonly kind: 'fault'; readonly redirectUri: string; readonly error: string; readonly why: string }
  | {
      readonly kind: 'fits'
      readonly redirectUri: string
      readonly scopes: Scopes
      readonly challenge: string
      readonly state: string
    }

// The form of a SHA-256 in base64url. Source: RFC 7636 §4.2.
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/
// Longer ones are refused rather than kept. Nobody needs more to tell requests apart.
const WORD_MOST = 500

/**
 * Whether an app may ask what it asks. An unknown app and an address that is not exactly a registered one are never answered by sending the
 * browser there. @source SMART App Launch 2.2; RFC 6749 §4.1.2.1; RFC 7636; RFC 9700 §2.1
 */
export const judgeAsking = (asking: Asking, client: Client | null, audiences: readonly string[]): Judged => {
  if (!client || client.disabledAt) return { kind: 'unknown-app' }
  const redirectUri = asking.redirect_uri
  if (!redirectUri || !client.redirectUris.includes(redirectUri)) return { kind: 'wrong-address' }
  const fault = (error: string, why: string): Judged => ({ kind: 'fault', redirectUri, error, why })
  if (asking.response_type !== 'code') return fault('unsupported_response_type', 'only response_type=code')
  if (!asking.state || asking.state.length > WORD_MOST) return fault('invalid_request', 'state is needed')
  if ((asking.nonce?.length ?? 0) > WORD_MOST) return fault('invalid_request', 'nonce is too long')
  if (asking.code_challenge_method !== 'S256' || !CHALLENGE.test(asking.code_challenge ?? ''))
    return fault('invalid_request', 'PKCE with code_challenge_method=S256 is needed')
  if (!asking.aud || !audiences.includes(asking.aud.replace(/\/$/, '')))
    return fault('invalid_request', 'aud must be the address of this FHIR server')
  const scopes = narrowScopes(ofLevels(readScopes(asking.scope ?? ''), ['patient', 'user']), readScopes(client.scopes))
  if (scopes.data.length === 0 && !scopes.plain.includes('openid'))
    return fault('invalid_scope', 'none of the scopes may be given to this app')
  if (scopes.plain.includes('launch') && !asking.launch)
    return fault('invalid_request', 'the scope launch needs the parameter launch')
  return { kind: 'fits', redirectUri, scopes, challenge: asking.code_challenge as string, state: asking.state }
}

/** The address that the browser goes back to, with what it brings along. */
export const backTo = (redirectUri: string, brings: Readonly<Record<string, string | undefined>>): string => {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(brings)) if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}

/** Whether an address may be registered for an app: by TLS, this machine in the clear, or an app's own scheme; never with a fragment. */
export const mayBeRedirect = (address: string): boolean => {
  const url = URL.parse(address)
  if (!url || address.includes('#') || url.username !== '' || url.password !== '') return false
  if (url.protocol === 'https:') return true
  if (url.protocol === 'http:') return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  // A private-use scheme is a reversed domain name and so has a dot. Source: RFC 8252 §7.1.
  return /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/.test(url.protocol)
}
