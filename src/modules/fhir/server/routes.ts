import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { httpDate } from '../../../kernel/clock.ts'
import type { Refusal } from '../../../kernel/result.ts'
import { databaseNow } from '../../../platform/database/pool.ts'
import type { House } from '../../../platform/house.ts'
import { isRawBinary, rawOfBinary, wrapBinary, type RawBinary } from '../binary/index.ts'
import { addBulkRoutes } from '../bulk/index.ts'
import { capabilityStatement } from '../capability/statement.ts'
import { CONTENT_TYPE, formatOfAnswer, writeBody, type Format } from '../formats/index.ts'
import type { FhirCaller } from './caller.ts'
import { addCrossOrigin, type MayAskFrom } from './cross-origin.ts'
import type { FhirAnswer, FhirRequest } from './exchange.ts'
import type { Faces } from './face.ts'
import { handle, type FhirServer } from './handle.ts'
import { outcomeOf } from './refusal.ts'

/** What the routes need of the app around them. */
export type FhirOptions = {
  readonly house: House
  readonly caller: (request: FastifyRequest) => Promise<FhirCaller | null>
  /** Why a request may not be carried out now: too many, or another site's page; null lets it pass. */
  readonly hold: (request: FastifyRequest, caller: FhirCaller | null) => Refusal | null
  /** The server's address without a path. */
  readonly baseUrl: (request: FastifyRequest) => string
  readonly faces: Faces
  readonly version: string
  /** Pages elsewhere that may ask from their browser; without it none may. */
  readonly mayAskFrom?: MayAskFrom
}

const PREFIX = '/fhir/R4'
const BODY_LIMIT = 33_554_432
const STRICT_UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

class NotUtf8 extends Error {}

const serverOf = ({ house, faces, version }: FhirOptions): FhirServer => ({
  house,
  faces,
  statement: async (base) => capabilityStatement(base, faces, { version, at: await databaseNow(house.database) }),
})

const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

const requestOf = (request: FastifyRequest, caller: FhirCaller, base: string): FhirRequest => {
  const question = request.url.indexOf('?')
  const path = decodeURIComponent((question < 0 ? request.url : request.url.slice(0, question)).slice(PREFIX.length + 1))
  return {
    method: request.method,
    path,
    query: question < 0 ? [] : [...new URLSearchParams(request.url.slice(question + 1))],
    ...bodyOf(request, path),
    ifMatch: headerOf(request, 'if-match'),
    ifNoneMatch: headerOf(request, 'if-none-match'),
    ifNoneExist: headerOf(request, 'if-none-exist'),
    prefer: headerOf(request, 'prefer') ?? '',
    caller,
    id: request.id,
    base,
  }
}

/** The body as text; bytes that are sent as a Binary become the resource that holds them. */
const bodyOf = (request: FastifyRequest, path: string): Pick<FhirRequest, 'body' | 'contentType'> => {
  const { body } = request
  const contentType = headerOf(request, 'content-type')
  if (!Buffer.isBuffer(body)) return { body: typeof body === 'string' ? body : '', contentType }
  const text = wrapBinary(
    body,
    contentType ?? 'application/octet-stream',
    headerOf(request, 'x-security-context'),
    path.split('/')[1] ?? null,
  )
  return { body: text, contentType: 'application/fhir+json' }
}

const send = (reply: FastifyReply, answer: FhirAnswer, format: Format): FastifyReply => {
  const { status, text, etag, lastModified, location, allow } = answer
  reply.code(status).header('cache-control', 'no-store')
  if (etag) reply.header('etag', etag)
  if (lastModified) reply.header('last-modified', httpDate(lastModified))
  if (location) reply.header('location', location)
  if (allow) reply.header('allow', allow)
  return text === null ? reply.send() : reply.type(CONTENT_TYPE[format]).send(writeBody(text, format))
}

const formatFor = (request: FastifyRequest): Format | null => {
  const asked = (request.query as Record<string, string | string[] | undefined>)['_format']
  return formatOfAnswer(headerOf(request, 'accept'), typeof asked === 'string' ? asked : undefined)
}

/** Adds the FHIR server under /fhir/R4, with its own reading of bodies and its own errors. */
export const addFhirRoutes = async (app: FastifyInstance, options: FhirOptions): Promise<void> => {
  const server = serverOf(options)
  const { house } = options
  await app.register(
    async (fhir) => {
      if (options.mayAskFrom) addCrossOrigin(fhir, options.mayAskFrom)
      fhir.removeAllContentTypeParsers()
      fhir.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (request, body, done) => {
        if (isRawBinary(request.url, headerOf(request, 'content-type'))) return done(null, body)
        try {
          done(null, STRICT_UTF_8.decode(body as Buffer))
        } catch {
          done(new NotUtf8('not UTF-8'))
        }
      })
      fhir.setErrorHandler((error: Error & { code?: string }, request, reply) => {
        const code = error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' ? 'platform.body-too-large' : 'fhir.body-unreadable'
        const isKnown = error instanceof NotUtf8 || error.code?.startsWith('FST_')
        if (!isKnown) house.log('error', 'fhir.bug', { request: request.id, error: error.message, stack: error.stack })
        return send(
          reply,
          outcomeOf(house, [isKnown ? { code, detail: { why: error.message.slice(0, 80) } } : { code: 'platform.bug' }]),
          'json',
        )
      })
      fhir.get('/metadata', async (request, reply) =>
        send(
          reply,
          { status: 200, text: await server.statement(`${options.baseUrl(request)}${PREFIX}`) },
          formatFor(request) ?? 'json',
        ),
      )
      addBulkRoutes(fhir, options)
      const answer = (request: FastifyRequest, reply: FastifyReply) => answerOne(server, options, request, reply)
      fhir.route({ method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url: '/*', bodyLimit: BODY_LIMIT, handler: answer })
      fhir.route({ method: ['POST'], url: '/', bodyLimit: BODY_LIMIT, handler: answer })
    },
    { prefix: PREFIX },
  )
}

const answerOne = async (
  server: FhirServer,
  options: FhirOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const { house } = options
  const isBinary = request.method === 'GET' && BINARY.test(request.url)
  // A Binary is wanted in its own content type, whatever that is.
  const format = formatFor(request) ?? (isBinary ? 'json' : null)
  if (!format) return send(reply, { ...outcomeOf(house, [{ code: 'fhir.content-type-unknown' }]), status: 406 }, 'json')
  const caller = await options.caller(request)
  const held = options.hold(request, caller)
  if (held) return send(reply, outcomeOf(house, [held]), format)
  if (!caller) {
    reply.header('www-authenticate', 'Bearer')
    return send(reply, outcomeOf(house, [{ code: 'platform.sign-in-first' }]), format)
  }
  const asked = requestOf(request, caller, `${options.baseUrl(request)}${PREFIX}`)
  const answer = await handle(server, asked)
  const raw = isBinary && answer.status === 200 && answer.text ? rawOfBinary(answer.text, headerOf(request, 'accept')) : null
  return raw ? sendRaw(reply, raw, answer) : send(reply, answer, format)
}

const BINARY = /^\/fhir\/R4\/Binary\/[^/?]+(?:\?|$)/

/** Bytes of others are handed out as they are, and never run as a page of ours. */
const sendRaw = (reply: FastifyReply, { contentType, bytes }: RawBinary, { etag }: FhirAnswer): FastifyReply =>
  reply
    .headers({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    })
    .header('etag', etag)
    .type(contentType)
    .send(bytes)
