import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../platform/config.ts'
import { SESSION_COOKIE } from '../../platform/http/app.ts'
import type { IsSecure } from '../../platform/http/headers.ts'

/** Whether the browser speaks TLS with us: by the setting, or by the word of a proxy that the settings trust. */
export const isSecureBy =
  ({ secureCookie }: Pick<Config, 'secureCookie'>): IsSecure =>
  (request) =>
    secureCookie || request.protocol === 'https'

const SECURE_COOKIE = `__Host-${SESSION_COOKIE}`

// With TLS only the `__Host-` name counts: no page of a neighbouring host and nobody on a plain line can plant it.
const nameOf = (isSecure: boolean): string => (isSecure ? SECURE_COOKIE : SESSION_COOKIE)

/** The session's token of a request. */
export const tokenOf = (request: FastifyRequest, isSecure: IsSecure): string | undefined =>
  request.cookies[nameOf(isSecure(request))]

const attributes = (secure: boolean) => ({ path: '/', httpOnly: true, sameSite: 'strict', secure }) as const

/** Gives the browser its session. */
export const giveToken = (reply: FastifyReply, token: string, minutes: number, isSecure: IsSecure): void => {
  const secure = isSecure(reply.request)
  reply.setCookie(nameOf(secure), token, { ...attributes(secure), maxAge: minutes * 60 })
}

/** Takes the session from the browser. */
export const takeToken = (reply: FastifyReply, isSecure: IsSecure): void => {
  const secure = isSecure(reply.request)
  reply.clearCookie(nameOf(secure), attributes(secure))
}
