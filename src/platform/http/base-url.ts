import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'

const OURSELVES = /^(localhost|127\.0\.0\.1|\[[0-9a-f:.]+\]|\d{1,3}(\.\d{1,3}){3})(:\d{1,5})?$/i

/**
 * The address under which this server is known, without a slash at the end: the setting, or else what the request was sent to when that is
 * this machine's name or a bare address. A foreign name in the Host header is never taken: signed statements name this address, and one
 * made for another server must not count here.
 */
export const baseUrlOf = (request: FastifyRequest, config: Pick<Config, 'publicUrl' | 'port'>): string => {
  if (config.publicUrl) return config.publicUrl
  const host = OURSELVES.test(request.host) ? request.host : `localhost:${config.port}`
  return `${request.protocol}://${host}`
}
