import { gzip } from 'node:zlib'
import { promisify } from 'node:util'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { newId } from '../../kernel/id.ts'
import type { Actor } from '../access.ts'
import { runAdmitted } from './admitted.ts'
import { KEY, type HttpOptions } from './http-options.ts'
import { checkInput } from './input.ts'
import { errorBody, sendInputFaults, sendRefusals } from './send-refusals.ts'

const COMMANDS_MOST = 100
/** Below this an answer is not worth packing. */
const PACK_FROM_BYTES = 1_024
const pack = promisify(gzip)

const batchInput = z.strictObject({
  commands: z
    .array(
      z.strictObject({
        name: z.string().max(100),
        key: z.string().regex(KEY, '应为 1 至 200 个可见 ASCII 字符|1 to 200 visible ASCII characters'),
        /** Commands of one line depend on one another, for instance all about one person. */
        line: z.string().max(100).nullish(),
        body: z.unknown(),
      }),
    )
    .min(1)
    .max(COMMANDS_MOST),
})
type Asked = z.output<typeof batchInput>['commands'][number]

/** What one command of a batch came to: the HTTP status and body that it would have had alone, as text. */
type Answered = { readonly key: string; readonly status: number; readonly text: string }

/**
 * Several commands in one request, for a device that comes back to a slow line. Each is carried out in its order as if
 * it had come alone: own authority, own transaction, own key, own answer. After one that was not done, later ones of the
 * same line are not tried.
 */
export const addBatchRoute = (app: FastifyInstance, options: HttpOptions): void => {
  const { house } = options
  app.post('/api/batch', async (request, reply) => {
    const actor = await options.authenticate(request)
    if (!actor) return sendRefusals(house, reply, [{ code: 'platform.sign-in-first' }])
    const input = checkInput(batchInput, request.body ?? {})
    if (!input.ok) return sendInputFaults(house, reply, input.fields)
    const { commands } = input.value as { commands: Asked[] }
    const answers = await inOrder(options, commands, actor, request.id)
    const text = `{"answers":[${answers.map(({ key, status, text: body }) => `{"key":${JSON.stringify(key)},"status":${status},"body":${body}}`).join(',')}]}`
    return sendPacked(reply, text, String(request.headers['accept-encoding'] ?? ''))
  })
}

const sendPacked = async (reply: FastifyReply, text: string, accepts: string): Promise<FastifyReply> => {
  reply.type('application/json; charset=utf-8').header('cache-control', 'no-store').header('vary', 'accept-encoding')
  if (text.length < PACK_FROM_BYTES || !/\bgzip\b/.test(accepts)) return reply.send(text)
  return reply.header('content-encoding', 'gzip').send(await pack(text))
}

const inOrder = async (options: HttpOptions, commands: readonly Asked[], actor: Actor, request: string): Promise<Answered[]> => {
  const answers: Answered[] = []
  const stuck = new Set<string>()
  for (const command of commands) {
    const line = command.line ?? null
    const answered =
      line !== null && stuck.has(line)
        ? refused(options, command.key, [{ code: 'platform.held-by-earlier' }], request)
        : await one(options, command, actor, request)
    if (line !== null && answered.status !== 200) stuck.add(line)
    answers.push(answered)
  }
  return answers
}

const refused = (
  { house }: HttpOptions,
  key: string,
  ...[refusals, request, fields]: Tail<Parameters<typeof errorBody>>
): Answered => {
  const { status, body } = errorBody(house, refusals, request, fields)
  return { key, status, text: JSON.stringify(body) }
}
type Tail<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Rest] ? Rest : never

const one = async (options: HttpOptions, command: Asked, actor: Actor, request: string): Promise<Answered> => {
  const { house } = options
  const { name, key } = command
  const form = house.forms.get(name)
  if (form?.kind !== 'command') return refused(options, key, [{ code: 'platform.no-such-route' }], request)
  const input = checkInput(form.input, command.body ?? {})
  if (!input.ok)
    return refused(
      options,
      key,
      [{ code: 'platform.input-invalid', detail: { count: input.fields.length } }],
      request,
      input.fields,
    )
  try {
    const outcome = await runAdmitted(options, form, input.value, { actor, request: newId(), key })
    return outcome.ok ? { key, status: 200, text: outcome.value.text } : refused(options, key, outcome.refusals, request)
  } catch (error) {
    // A bug in one command must not take the answers of the others with it.
    house.log('error', 'http.bug', { request, route: name, error: (error as Error).message, stack: (error as Error).stack })
    return refused(options, key, [{ code: 'platform.bug' }], request)
  }
}
