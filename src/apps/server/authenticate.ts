import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../../platform/access.ts'
import type { House } from '../../platform/house.ts'
import type { IsSecure } from '../../platform/http/headers.ts'
import { actorOfLogin, actorOfToken, tokenReader } from '../../modules/security/index.ts'
import { tokenOf } from './session-cookie.ts'

/** How long one process may believe that a session still stands: far below the minute in which a revoked one must be refused. */
const BELIEVED_MS = 5_000
const SESSIONS_MOST = 20_000

/** Finds out who asks: by session cookie, or the operator on this machine acting as an account. */
export type Authentication = {
  readonly authenticate: (request: FastifyRequest) => Promise<Actor | null>
  /** Asks the database, without belief: for long streams. */
  readonly check: (request: FastifyRequest) => Promise<Actor | null>
  readonly forget: (token: string) => void
}

export const authentication = (house: House, operatorToken: string, isSecure: IsSecure = () => false): Authentication => {
  const believed = new Map<string, { actor: Actor; until: number }>()
  const read = tokenReader(house)
  const ofToken = async (token: string): Promise<Actor | null> => {
    const known = believed.get(token)
    if (known && known.until > performance.now()) return known.actor
    const actor = await read(token)
    if (believed.size >= SESSIONS_MOST) believed.clear()
    if (actor) believed.set(token, { actor, until: performance.now() + BELIEVED_MS })
    else believed.delete(token)
    return actor
  }
  const ofOperator = async (request: FastifyRequest): Promise<Actor | null> => {
    const token = /^Local (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
    const login = request.headers['x-jieli-as']
    return token && typeof login === 'string' && isSame(token, operatorToken) ? actorOfLogin(house, login) : null
  }
  return {
    authenticate: async (request) => {
      const token = tokenOf(request, isSecure)
      return token ? ofToken(token) : ofOperator(request)
    },
    check: async (request) => {
      const token = tokenOf(request, isSecure)
      return token ? actorOfToken(house, token) : ofOperator(request)
    },
    forget: (token) => void believed.delete(token),
  }
}

// Hashes are compared: they have one length, whatever bytes a header holds.
const isSame = (one: string, other: string): boolean => timingSafeEqual(hashOf(one), hashOf(other))
const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()
