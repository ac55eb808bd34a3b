import type { Instant } from '../../kernel/clock.ts'
import type { AccountId, PersonId } from '../../kernel/id.ts'
import type { Actor } from '../../platform/access.ts'
import type { Scopes } from './rules/scopes.ts'

/** An app that may ask to be let at the record: one in a browser or on a phone, or a server with a key of its own. */
export type Client = {
  readonly id: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly kind: 'public' | 'server'
  readonly redirectUris: readonly string[]
  readonly launchUrl: string | null
  readonly scopes: string
  readonly jwks: object | null
  readonly jwksUri: string | null
  /** The account whose rights a server has when nobody is signed in. */
  readonly account: AccountId | null
  readonly disabledAt: Instant | null
}

/** Who stands behind a token: the account whose rights count, what the app was given of them, and the patient that it was given for. */
export type BearerCaller = {
  readonly actor: Actor
  readonly scopes: Scopes
  readonly patient: PersonId | null
  readonly client: string
  readonly allowance: string
}

/** A service of decision support that desks ask; without `url` it is the house's own. */
export type Adviser = {
  readonly id: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly url: string | null
  readonly hooks: readonly string[]
  /** Types of resources that may be sent along when it wants them. */
  readonly shares: readonly string[]
  readonly waitMs: number
  readonly registeredAt: Instant
  readonly stoppedAt: Instant | null
}

/** Why a token end point refuses, in the words of OAuth 2.0 (RFC 6749 §5.2). */
export type OAuthFault = {
  readonly error:
    | 'invalid_request'
    | 'invalid_client'
    | 'invalid_grant'
    | 'unauthorized_client'
    | 'unsupported_grant_type'
    | 'invalid_scope'
  readonly error_description: string
}
