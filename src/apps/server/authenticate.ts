import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../platform/access.ts'
import type { House } from '../../platform/house.ts'
import type { IsSecure } from '../../platform/http/headers.ts'
import type { PersonId } from '../../kernel/id.ts'
import { actorOfLogin, actorOfToken, tokenReader } from '../../modules/security/index.ts'
import { actorOfBearer, type BearerCaller, type Scopes } from '../../modules/smart/index.ts'
import { tokenOf } from './session-cookie.ts'

/** How long one process may believe that a session still stands: far below the minute in which a revoked one must be refused. */
const BELIEVED_MS = 5_000
const SESSIONS_MOST = 20_000
/** A token of an app as RFC 6750 sends it. */
const BEARER = /^Bearer ([A-Za-z0-9._~+/-]{1,2000}=*)$/i

/**
 * Who asks for the record by FHIR: a person at a desk, whose role and relation decide alone (`scopes` null), or an app, which may do no more
 * than its scopes say of what its account may, and with a scope of a patient only about `patient`.
 */
export type FhirCaller = {
  readonly actor: Actor
  readonly scopes: Scopes | null
  readonly patient: PersonId | null
  readonly client: string | null
}

/** Finds out who asks: by session cookie, or the operator on this machine acting as an account. */
export type Authentication = {
  readonly authenticate: (request: FastifyRequest) => Promise<Actor | null>
  /** Asks the database, without belief: for long streams. */
  readonly check: (request: FastifyRequest) => Promise<Actor | null>
  /** The same for FHIR, where apps come by a token of theirs as well; a request with a token is never taken for its browser's session. */
  readonly fhirCaller: (request: FastifyRequest) => Promise<FhirCaller | null>
  readonly forget: (token: string) => void
}

export const authentication = (house: House, operatorToken: string, isSecure: IsSecure = () => false): Authentication => {
  const { of: ofToken, forget } = believing(tokenReader(house))
  const { of: ofBearer } = believing(actorOfBearer(house))
  const ofOperator = async (request: FastifyRequest): Promise<Actor | null> => {
    const token = /^Local (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
    const login = request.headers['x-jieli-as']
    return token && typeof login === 'string' && isSame(token, operatorToken) ? actorOfLogin(house, login) : null
  }
  const authenticate = async (request: FastifyRequest): Promise<Actor | null> => {
    const token = tokenOf(request, isSecure)
    return token ? ofToken(token) : ofOperator(request)
  }
  return {
    authenticate,
    fhirCaller: async (request) => {
      const bearer = BEARER.exec(request.headers.authorization ?? '')
      if (bearer) return callerOf(await ofBearer(bearer[1] as string))
      const actor = await authenticate(request)
      return actor && { actor, scopes: null, patient: null, client: null }
    },
    check: async (request) => {
      const token = tokenOf(request, isSecure)
      return token ? actorOfToken(house, token) : ofOperator(request)
    },
    forget,
  }
}

const callerOf = (caller: BearerCaller | null): FhirCaller | null =>
  caller && { actor: caller.actor, scopes: caller.scopes, patient: caller.patient, client: caller.client }

type Believing<Who> = { readonly of: (token: string) => Promise<Who | null>; readonly forget: (token: string) => void }

const believing = <Who>(read: (token: string) => Promise<Who | null>): Believing<Who> => {
  const believed = new Map<string, { who: Who; until: number }>()
  return {
    of: async (token) => {
      const known = believed.get(token)
      if (known && known.until > performance.now()) return known.who
      const who = await read(token)
      if (believed.size >= SESSIONS_MOST) believed.clear()
      if (who) believed.set(token, { who, until: performance.now() + BELIEVED_MS })
      else believed.delete(token)
      return who
    },
    forget: (token) => void believed.delete(token),
  }
}

// Hashes are compared: they have one length, whatever bytes a header holds.
const isSame = (one: string, other: string): boolean => timingSafeEqual(hashOf(one), hashOf(other))
const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()
