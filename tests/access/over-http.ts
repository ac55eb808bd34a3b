import type { TestContext } from 'node:test'
import type { FastifyBaseLogger } from 'fastify'
import { pino } from 'pino'
import { authentication } from '../../src/apps/server/authenticate.ts'
import type { AnyForm } from '../../src/platform/forms/form.ts'
import { createApp, SESSION_COOKIE } from '../../src/platform/http/app.ts'
import { createMetrics } from '../../src/platform/metrics.ts'
import type { Placed } from './actors.ts'
import type { World } from './world.ts'

/** A whole answer, with the two things taken out that belong to the one request: its number and the time of day. */
export type WholeAnswer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: unknown }
export type Over = (form: AnyForm, placed: Placed, input: object) => Promise<WholeAnswer>

/** The world's house over real HTTP, asked with the session of whoever is probed. */
export const serveWorld = async (t: Pick<TestContext, 'after'>, { house: { house } }: World): Promise<Over> => {
  const { authenticate } = authentication(house, 'no operator in this test')
  const logger = pino({ level: 'silent' }) as unknown as FastifyBaseLogger
  const app = await createApp({ house, metrics: createMetrics(), logger, authenticate })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  t.after(() => app.close())
  return async (form, { token }, input) => {
    const cookie = `${SESSION_COOKIE}=${token}`
    const isCommand = form.kind === 'command'
    const response = await fetch(`${address}/api/${form.name}${isCommand ? '' : asAddress(input)}`, {
      method: isCommand ? 'POST' : 'GET',
      headers: isCommand ? { cookie, 'content-type': 'application/json' } : { cookie },
      ...(isCommand ? { body: JSON.stringify(input) } : {}),
    })
    const { date: _date, ...headers } = Object.fromEntries(response.headers)
    return { status: response.status, headers, body: withoutNumber(JSON.parse(await response.text())) }
  }
}

const asAddress = (input: object): string => {
  const given = Object.entries(input).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}

const withoutNumber = (body: { error?: { request?: string } }): unknown =>
  body.error ? { ...body, error: { ...body.error, request: typeof body.error.request } } : body
