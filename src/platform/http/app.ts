import type { Socket } from 'node:net'
import { gunzipSync } from 'node:zlib'
import cookie from '@fastify/cookie'
import fastify, { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { newId } from '../../kernel/id.ts'
import { isPassing } from '../database/pool.ts'
import type { AnyForm } from '../forms/form.ts'
import type { House } from '../house.ts'
import type { Metrics } from '../metrics.ts'
import { runAdmitted } from './admitted.ts'
import { addBatchRoute } from './batch.ts'
import { limitConnections, PATIENCE } from './connections.ts'
import { addSecurityHeaders, comesFromElsewhere, SECURITY_HEADERS } from './headers.ts'
import { KEY, type HttpOptions } from './http-options.ts'
import { checkInput, inputOfQuery } from './input.ts'
import { errorBody, sendInputFaults, sendRefusals } from './send-refusals.ts'
import { parseStrictJson, UnreadableJson } from './strict-json.ts'

export { SESSION_COOKIE } from './http-options.ts'
export { errorBody, sendInputFaults, sendRefusals } from './send-refusals.ts'

const BODY_LIMIT = 1_048_576
const STRICT_UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Fastify with our parser, our errors and one route for each form; screens and sign-in are added by the app. */
export const createApp = async (options: HttpOptions): Promise<FastifyInstance> => {
  const { house, metrics, patience = PATIENCE } = options
  const app = fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    genReqId: () => newId(),
    requestIdHeader: false,
    requestTimeout: patience.request,
    connectionTimeout: 0,
    keepAliveTimeout: patience.keepAlive,
    http: { headersTimeout: patience.headers, connectionsCheckingInterval: patience.checkEvery },
    trustProxy: options.trustProxy ?? false,
    routerOptions: { maxParamLength: 200 },
    // An address that cannot be decoded meets no route, and so none of the hooks below.
    frameworkErrors: (error: Error & { code?: string }, _request: FastifyRequest, reply: FastifyReply) =>
      sendRefusals(house, reply.headers({ ...SECURITY_HEADERS, 'cache-control': 'no-store' }), [
        { code: 'platform.request-unreadable', detail: { why: error.code ?? 'bad address' } },
      ]),
    clientErrorHandler: (error: Error & { code?: string }, socket: Socket) => endUnreadable(house, error, socket),
  })
  await app.register(cookie)
  takeOnlyStrictJson(app)
  answerErrors(app, options)
  countRequests(app, metrics)
  addSecurityHeaders(app, options.isSecure ?? (() => false))
  refuseAtTheDoor(app, options)
  limitConnections(app.server, options.trustProxy ? null : (options.connectionsPerAddress ?? null))
  for (const form of house.forms.values()) addRoute(app, options, form)
  addBatchRoute(app, options)
  return app
}

// What the parser of HTTP refuses never becomes a request: it is answered on the socket, in the same shape, and the line is ended.
const endUnreadable = (house: House, error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const { status, body } = errorBody(
    house,
    [{ code: 'platform.request-unreadable', detail: { why: error.code ?? 'not HTTP' } }],
    newId(),
  )
  const text = JSON.stringify(body)
  const head = [
    `HTTP/1.1 ${error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : `${status} Bad Request`}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(text)}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`)
}

/** What costs nothing to refuse is refused before anything is read: other sites' pages, and an address that asks without end. */
const refuseAtTheDoor = (app: FastifyInstance, { house, limits }: HttpOptions): void => {
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return
    const refusal = comesFromElsewhere(request) ? { code: 'platform.other-site' } : (limits?.byAddress(request.ip) ?? null)
    if (refusal) return sendRefusals(house, reply, [refusal])
  })
}

const takeOnlyStrictJson = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      const plain = unpacked(body as Buffer, request.headers['content-encoding'])
      done(null, parseStrictJson(STRICT_UTF_8.decode(plain)))
    } catch (error) {
      done(error instanceof UnreadableJson ? error : new UnreadableJson('not UTF-8'))
    }
  })
}

/** A slow line sends its body packed; what would unpack beyond the limit is refused before it fills the memory. */
const unpacked = (body: Buffer, encoding: string | undefined): Buffer => {
  if (encoding === undefined || encoding === 'identity') return body
  if (encoding !== 'gzip') throw new UnreadableJson('only gzip may pack a body')
  try {
    return gunzipSync(body, { maxOutputLength: BODY_LIMIT })
  } catch {
    throw new UnreadableJson('not sound gzip, or larger than 1 MB when unpacked')
  }
}

const answerErrors = (app: FastifyInstance, { house, page }: HttpOptions): void => {
  app.setNotFoundHandler((request, reply) => {
    const text = page?.(request) ?? null
    if (text === null) return sendRefusals(house, reply, [{ code: 'platform.no-such-route' }])
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(text)
  })
  app.setErrorHandler((error: Error & { code?: string; statusCode?: number }, request, reply) => {
    if (error instanceof UnreadableJson)
      return sendRefusals(house, reply, [{ code: 'platform.body-unreadable', detail: { why: error.message } }])
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return sendRefusals(house, reply, [{ code: 'platform.body-too-large' }])
    if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
      return sendRefusals(house, reply, [{ code: 'platform.content-type-unknown' }])
    if (error.statusCode && error.statusCode < 500)
      return sendRefusals(house, reply, [{ code: 'platform.request-unreadable', detail: { why: error.code ?? 'bad request' } }])
    // The database went away under a look-up before any act: the client asks again with the same key.
    if (isPassing(error)) return sendRefusals(house, reply, [{ code: 'platform.busy' }])
    house.log('error', 'http.bug', {
      request: request.id,
      route: request.routeOptions.url,
      error: error.message,
      stack: error.stack,
    })
    return sendRefusals(house, reply, [{ code: 'platform.bug' }])
  })
}

const countRequests = (app: FastifyInstance, metrics: Metrics): void => {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    metrics.request(request.method, route, reply.statusCode, reply.elapsedTime)
    request.log.info(
      { request: request.id, method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'http.answered',
    )
  })
}

const addRoute = (app: FastifyInstance, options: HttpOptions, form: AnyForm): void => {
  const handler = (request: FastifyRequest, reply: FastifyReply) => answer(options, form, request, reply)
  if (form.kind === 'command') app.post(`/api/${form.name}`, handler)
  else app.get(`/api/${form.name}`, handler)
}

const answer = async (
  options: HttpOptions,
  form: AnyForm,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const { house } = options
  const actor = await options.authenticate(request)
  if (!actor) return sendRefusals(house, reply, [{ code: 'platform.sign-in-first' }])
  const key = request.headers['idempotency-key']
  if (key !== undefined && (typeof key !== 'string' || !KEY.test(key)))
    return sendRefusals(house, reply, [{ code: 'platform.key-invalid' }])
  const raw =
    form.kind === 'command'
      ? request.body === undefined
        ? {}
        : request.body
      : inputOfQuery(form.input, request.query as Record<string, string>)
  const input = checkInput(form.input, raw)
  if (!input.ok) return sendInputFaults(house, reply, input.fields)
  const asked = { actor, request: request.id, ...(form.kind === 'command' ? { key: key ?? newId() } : {}) }
  const outcome = await runAdmitted(options, form, input.value, asked)
  if (!outcome.ok) return sendRefusals(house, reply, outcome.refusals)
  if (outcome.value.replayed) reply.header('idempotent-replayed', 'true')
  return reply.type('application/json; charset=utf-8').header('cache-control', 'no-store').send(outcome.value.text)
}
