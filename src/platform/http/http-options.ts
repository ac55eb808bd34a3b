import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import type { Actor } from '../access.ts'
import type { House } from '../house.ts'
import type { Metrics } from '../metrics.ts'
import type { Gate } from './admitted.ts'
import type { Patience } from './connections.ts'
import type { IsSecure } from './headers.ts'
import type { RateLimits } from './rate-limit.ts'

export const SESSION_COOKIE = 'jieli_session'
/** What an Idempotency-Key may be. */
export const KEY = /^[\x21-\x7e]{1,200}$/

export type HttpOptions = {
  readonly house: House
  readonly metrics: Metrics
  readonly logger: FastifyBaseLogger
  /** Who asks, or null. */
  readonly authenticate: (request: FastifyRequest) => Promise<Actor | null>
  /** The page that a browser gets at an address that is no route, or null. */
  readonly page?: (request: FastifyRequest) => string | null
  /** What stands before every act; none in a house without sessions. */
  readonly gate?: Gate
  /** How much may be asked; without it nothing is counted. */
  readonly limits?: RateLimits
  /** Whether the browser speaks TLS with us. */
  readonly isSecure?: IsSecure
  /** Proxies whose word on address and protocol is taken, as addresses or networks. */
  readonly trustProxy?: string
  readonly connectionsPerAddress?: number
  readonly patience?: Patience
}
