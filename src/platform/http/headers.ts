import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

// No inline script and no inline style: React sets styles through the object model, which this does not hinder.
const CONTENT_SECURITY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ')

/** What every answer carries. */
export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'content-security-policy': CONTENT_SECURITY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()',
} as const

/** One year: after a first visit by TLS a browser never asks this host in the clear again. */
const STRICT_TRANSPORT = 'max-age=31536000; includeSubDomains'

/** Whether the browser speaks TLS with us, by our own setting or by the word of a trusted proxy. */
export type IsSecure = (request: FastifyRequest) => boolean

/** Puts the headers on every answer; what the API answers is kept by nobody. */
export const addSecurityHeaders = (app: FastifyInstance, isSecure: IsSecure): void => {
  app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    reply.headers(SECURITY_HEADERS)
    if (isSecure(request)) reply.header('strict-transport-security', STRICT_TRANSPORT)
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
}

/** Whether a browser says that a page of another site sent this. The session's cookie would not come along anyway (SameSite). */
export const comesFromElsewhere = ({ method, headers }: FastifyRequest): boolean =>
  method !== 'GET' && method !== 'HEAD' && ['cross-site', 'same-site'].includes(String(headers['sec-fetch-site'] ?? ''))
