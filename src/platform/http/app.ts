import type { Socket } from 'node:net'
import { gunzipSync } from 'node:zlib'
import cookie from '@fastify/cookie'
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { newId } from '../../kernel/id.ts'
import type { Refusal } from '../../kernel/result.ts'
import type { Actor } from '../access.ts'
import { run } from '../forms/run.ts'
import type { AnyForm } from '../forms/form.ts'
import type { House } from '../house.ts'
import { HTTP_STATUS, show, type ErrorBody } from '../refusals.ts'
import { addBatchRoute } from './batch.ts'
import { checkInput, inputOfQuery, type FieldFault } from './input.ts'
import { parseStrictJson, UnreadableJson } from './strict-json.ts'
import type { Metrics } from '../metrics.ts'

export const SESSION_COOKIE = 'jieli_session'
const BODY_LIMIT = 1_048_576
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
}

/** The refusals of an answer as one body: the first leads, all reasons follow. */
export const errorBody = (
  house: House,
  refusals: readonly Refusal[],
  request: string,
  fields: FieldFault[] = [],
): { status: number; body: ErrorBody } => {
  const reasons = refusals.map((refusal) => show(house.texts, refusal))
  const [first] = reasons as [ErrorBody['error']]
  const status = HTTP_STATUS[house.texts.get(first.code)?.kind ?? 'bug']
  const fieldsOfReasons = reasons.flatMap(({ field, zh, en }) => (field ? [{ path: field, zh, en }] : []))
  return { status, body: { error: { ...first, reasons, fields: [...fields, ...fieldsOfReasons], request } } }
}

/** Sends refusals in the one shape that every client knows. */
export const sendRefusals = (
  house: House,
  reply: FastifyReply,
  refusals: readonly Refusal[],
  fields: FieldFault[] = [],
): FastifyReply => {
  const { status, body } = errorBody(house, refusals, reply.request.id, fields)
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body))
}

/** Fastify with our parser, our errors and one route for each form; screens and sign-in are added by the app. */
export const createApp = async (options: HttpOptions): Promise<FastifyInstance> => {
  const { house, metrics } = options
  const app = fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    genReqId: () => newId(),
    requestIdHeader: false,
    requestTimeout: 60_000,
    connectionTimeout: 0,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 200 },
    // An address that cannot be decoded meets no route, and so none of the hooks below.
    frameworkErrors: (error: Error & { code?: string }, _request: FastifyRequest, reply: FastifyReply) =>
      sendRefusals(house, reply, [{ code: 'platform.request-unreadable', detail: { why: error.code ?? 'bad address' } }]),
    clientErrorHandler: (error: Error & { code?: string }, socket: Socket) => endUnreadable(house, error, socket),
  })
  await app.register(cookie)
  takeOnlyStrictJson(app)
  answerErrors(app, options)
  countRequests(app, metrics)
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(SECURITY_HEADERS)
  })
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
    `HTTP/1.1 ${status} Bad Request`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(text)}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`)
}

const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'same-origin',
  'content-security-policy':
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; connect-src 'self'; frame-ancestors 'self'; base-uri 'self'; form-action 'self'",
} as const

const takeOnlyStrictJson = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      const plain = unpacked(body as Buffer, request.headers['content-encoding'])
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain)
      done(null, parseStrictJson(text))
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
  const { house, metrics } = options
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
  if (!input.ok)
    return sendRefusals(house, reply, [{ code: 'platform.input-invalid', detail: { count: input.fields.length } }], input.fields)
  const asked = { actor, request: request.id, ...(form.kind === 'command' ? { key: key ?? newId() } : {}) }
  const outcome = await run(house, form, input.value, asked)
  metrics.act(form.name, outcome.ok ? 'done' : (outcome.refusals[0]?.code ?? 'refused'))
  if (!outcome.ok) return sendRefusals(house, reply, outcome.refusals)
  if (outcome.value.replayed) reply.header('idempotent-replayed', 'true')
  return reply.type('application/json; charset=utf-8').header('cache-control', 'no-store').send(outcome.value.text)
}
