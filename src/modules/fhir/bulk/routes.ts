import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isUuid } from '../../../kernel/id.ts'
import type { Refusal } from '../../../kernel/result.ts'
import type { House } from '../../../platform/house.ts'
import { Refused } from '../../../platform/forms/form.ts'
import { formatOfBody } from '../formats/index.ts'
import type { FhirCaller } from '../server/caller.ts'
import { FhirRefusal, outcomeOf } from '../server/refusal.ts'
import { approveExport, askExport, askImport, dropJob, listJobs, seenJob, type ExportOf } from './ask.ts'
import { bytesOf, filesOf, manifest } from './files.ts'
import type { BulkJob } from './job.ts'

/** What the bulk routes need of the FHIR server around them. */
export type BulkPlace = {
  readonly house: House
  readonly caller: (request: FastifyRequest) => Promise<FhirCaller | null>
  readonly hold: (request: FastifyRequest, caller: FhirCaller | null) => Refusal | null
  readonly baseUrl: (request: FastifyRequest) => string
}

const NDJSON = 'application/fhir+ndjson'
const IMPORT_BYTES_MOST = 134_217_728
const ASK_AGAIN_SECONDS = 2
const PREFIX = '/fhir/R4'

type Carry = (request: FastifyRequest, reply: FastifyReply, caller: FhirCaller) => Promise<FastifyReply>
type Named = { readonly id: string; readonly file: string }

const json = (reply: FastifyReply, text: string): FastifyReply =>
  reply.header('cache-control', 'no-store').type('application/json; charset=utf-8').send(text)

/** Adds $export, $import and the pages of their jobs, inside the scope of the FHIR server. */
export const addBulkRoutes = (app: FastifyInstance, place: BulkPlace): void => {
  const { house } = place
  const base = (request: FastifyRequest): string => place.baseUrl(request) + PREFIX
  const guarded = guardOf(place)
  for (const [url, of] of EXPORTS) app.route({ method: ['GET', 'POST'], url, handler: guarded(beginExport(house, base, of)) })
  app.post('/$import', { bodyLimit: IMPORT_BYTES_MOST }, guarded(beginImport(house, base)))
  app.get(
    '/$bulk',
    guarded(async (_request, reply, caller) =>
      json(reply, JSON.stringify({ jobs: (await listJobs(house, caller)).map((job) => shownJob(job, caller)) })),
    ),
  )
  app.get('/$bulk/:id', guarded(showStatus(house, base)))
  app.delete(
    '/$bulk/:id',
    guarded(async (request, reply, caller) => {
      await dropJob(house, caller, idOf(request))
      return reply.code(202).send()
    }),
  )
  app.post(
    '/$bulk/:id/$approve',
    guarded(async (request, reply, caller) => {
      await approveExport(house, caller, idOf(request))
      return reply.code(204).send()
    }),
  )
  app.get('/$bulk/:id/:file', guarded(sendFile(house)))
}

const EXPORTS: readonly (readonly [string, (request: FastifyRequest) => ExportOf])[] = [
  ['/$export', () => ({ kind: 'system' })],
  ['/Patient/$export', () => ({ kind: 'patient' })],
  ['/Group/:id/$export', (request) => ({ kind: 'group', id: (request.params as Named).id })],
]

const guardOf =
  ({ house, caller: callerOf, hold }: BulkPlace) =>
  (carry: Carry) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const refuse = (refusals: readonly Refusal[]): FastifyReply => {
      const { status, text } = outcomeOf(house, refusals)
      return reply.code(status).header('cache-control', 'no-store').type('application/fhir+json; charset=utf-8').send(text)
    }
    const caller = await callerOf(request)
    const held = hold(request, caller)
    if (held) return refuse([held])
    if (!caller) {
      reply.header('www-authenticate', 'Bearer')
      return refuse([{ code: 'platform.sign-in-first' }])
    }
    try {
      return await carry(request, reply, caller)
    } catch (error) {
      if (error instanceof Refused) return refuse(error.refusals)
      throw error
    }
  }

const idOf = (request: FastifyRequest): string => {
  const { id } = request.params as Named
  if (!isUuid(id)) throw new FhirRefusal('fhir.not-found')
  return id
}

const queryOf = (request: FastifyRequest): URLSearchParams => {
  const at = request.url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : request.url.slice(at + 1))
}

/** Parameters of a POST, as a Parameters resource, beside those of the address. */
const parametersOf = (request: FastifyRequest): URLSearchParams => {
  const query = queryOf(request)
  if (request.method !== 'POST' || typeof request.body !== 'string' || request.body === '') return query
  try {
    const { parameter = [] } = JSON.parse(request.body) as { parameter?: Record<string, unknown>[] }
    for (const one of parameter) {
      const value = Object.entries(one).find(([key]) => key.startsWith('value'))?.[1]
      if (typeof one['name'] === 'string' && typeof value === 'string') query.append(one['name'], value)
    }
    return query
  } catch {
    throw new FhirRefusal('fhir.body-unreadable', { why: 'Parameters' })
  }
}

const accepted = (reply: FastifyReply, base: string, id: string): FastifyReply =>
  reply.code(202).header('content-location', `${base}/$bulk/${id}`).send()

const beginExport =
  (house: House, base: (request: FastifyRequest) => string, of: (request: FastifyRequest) => ExportOf): Carry =>
  async (request, reply, caller) => {
    if (!String(request.headers.prefer ?? '').includes('respond-async')) throw new FhirRefusal('fhir.async-only')
    const id = await askExport(house, caller, of(request), {
      query: parametersOf(request),
      request: base(request) + request.url.slice(PREFIX.length),
    })
    return accepted(reply, base(request), id)
  }

const NDJSON_TYPES = ['application/fhir+ndjson', 'application/ndjson', 'application/x-ndjson', 'application/jsonl']

const beginImport =
  (house: House, base: (request: FastifyRequest) => string): Carry =>
  async (request, reply, caller) => {
    const type =
      String(request.headers['content-type'] ?? '')
        .split(';')[0]
        ?.trim()
        .toLowerCase() ?? ''
    if (
      !NDJSON_TYPES.includes(type) ||
      formatOfBody(`application/json;${String(request.headers['content-type']).split(';')[1] ?? ''}`) === null
    )
      throw new FhirRefusal('fhir.content-type-unknown')
    const key = request.headers['idempotency-key']
    const text = typeof request.body === 'string' ? request.body : ''
    const id = await askImport(house, caller, {
      text,
      request: base(request) + request.url.slice(PREFIX.length),
      key: typeof key === 'string' ? key.slice(0, 200) : null,
    })
    return accepted(reply, base(request), id)
  }

const shownJob = (job: BulkJob, { actor }: FhirCaller): object => ({
  id: job.id,
  kind: job.kind,
  state: job.state,
  persons: job.persons,
  done: job.done,
  faults: job.faults,
  askedAt: job.askedAt,
  expiresAt: job.expiresAt,
  isMine: job.account === actor.account,
  request: job.account === actor.account ? job.request : undefined,
})

const progressOf = ({ state, kind, done, total, persons }: BulkJob): string => {
  if (state === 'awaiting-approval') return 'awaiting the agreement of a second person'
  return kind === 'import' ? `${done} of ${total} lines` : `${done} resources, of ${persons} persons at most`
}

const showStatus =
  (house: House, base: (request: FastifyRequest) => string): Carry =>
  async (request, reply, caller) => {
    const { job, heads } = await seenJob(house, caller, idOf(request), true)
    if (job.state !== 'done')
      return reply
        .code(202)
        .headers({ 'x-progress': progressOf(job), 'retry-after': ASK_AGAIN_SECONDS })
        .send()
    return json(reply, manifest(job, filesOf(heads), base(request)))
  }

/** One range of bytes; null when the header asks for none or in a way that is not served; `out` when it lies outside. */
const rangeOf = (header: string | undefined, bytes: number): { from: number; to: number } | 'out' | null => {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return null
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first)
  const to = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1)
  return from > to || from >= bytes ? 'out' : { from, to }
}

const sendFile =
  (house: House): Carry =>
  async (request, reply, caller) => {
    const { job, heads } = await seenJob(house, caller, idOf(request), true)
    const file = job.state === 'done' ? filesOf(heads).find(({ name }) => name === (request.params as Named).file) : undefined
    if (!file) throw new FhirRefusal('fhir.not-found')
    const etag = `"${job.id}-${file.name}"`
    const ifRange = request.headers['if-range']
    const asked = rangeOf(ifRange && ifRange !== etag ? undefined : request.headers.range, file.bytes)
    reply.headers({ 'accept-ranges': 'bytes', etag, 'cache-control': 'no-store' }).type(NDJSON)
    if (asked === 'out') return reply.code(416).header('content-range', `bytes */${file.bytes}`).send()
    const { from, to } = asked ?? { from: 0, to: file.bytes - 1 }
    if (asked) reply.code(206).header('content-range', `bytes ${from}-${to}/${file.bytes}`)
    return reply.header('content-length', to - from + 1).send(Readable.from(bytesOf(house, caller, job, file, from, to)))
  }
