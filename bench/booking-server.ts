import fastify, { type FastifyRequest } from 'fastify'
import pg from 'pg'
import { bookInFive, CALL_ONE } from './booking-rows.ts'

// The smallest server that books: a checked body, a pool of connections, and no house around it. `DATABASE_URL` says where.

const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
const text = { type: 'string', minLength: 1, maxLength: 200 }
const number = { type: 'string', pattern: '^[0-9]{1,18}$' }
const id = { type: 'string', pattern: UUID }
const body = {
  type: 'object',
  required: ['org', 'pool', 'person', 'account', 'key', 'hash', 'request'],
  additionalProperties: false,
  properties: { org: number, pool: id, person: number, account: id, key: text, hash: text, request: text },
}
type Body = Record<'org' | 'pool' | 'person' | 'account' | 'key' | 'hash' | 'request', string>

const CONFLICT = 409
const CONNECTIONS = 8
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: CONNECTIONS })
pool.on('error', () => {})

const valuesOf = ({
  body: { org, pool: slot, person, account, key, hash, request },
}: FastifyRequest<{ Body: Body }>): string[] => [org, slot, person, account, key, hash, request]

const app = fastify()
app.post<{ Body: Body }>('/empty', { schema: { body } }, async (_request, reply) =>
  reply.type('application/json; charset=utf-8').send('{"booked":true}'),
)
app.post<{ Body: Body }>('/one-function', { schema: { body } }, async (request, reply) => {
  const { rows } = await pool.query({ ...CALL_ONE, values: valuesOf(request) })
  if (rows[0].answer === null) return reply.code(CONFLICT).send({ code: 'booking.no-unit-left' })
  return reply.type('application/json; charset=utf-8').send(rows[0].answer)
})
app.post<{ Body: Body }>('/naive', { schema: { body } }, async (request, reply) => {
  const client = await pool.connect()
  try {
    return reply.type('application/json; charset=utf-8').send(await bookInFive(client, valuesOf(request)))
  } finally {
    client.release()
  }
})
app.setErrorHandler((error: Error, _request, reply) =>
  reply.code(error.message === 'booking.no-unit-left' ? 409 : 500).send({ code: error.message }),
)

await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' })
process.send?.('ready')
process.once('disconnect', () => process.exit(0))
