import fastify from 'fastify'
import pg from 'pg'

// The smallest server that keeps resources: one prepared statement a request, the text passed through, and no house around it: nobody is
// asked who they are, nothing is checked, noted or kept of earlier versions. `DATABASE_URL` says where.

const CONNECTIONS = 8
const FOUND_MOST = 20
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: CONNECTIONS })
pool.on('error', () => {})

const ADD = {
  name: 'add',
  text: `insert into bench.one (id, patient, at, body) values ($1, $2::jsonb #>> '{subject,reference}', ($2::jsonb ->> 'effectiveDateTime')::timestamptz, $2::jsonb)`,
}
const READ = { name: 'read', text: 'select body::text as body from bench.one where id = $1' }
const FIND = {
  name: 'find',
  text: `select body::text as body from bench.one where patient = $1 order by at desc limit ${FOUND_MOST}`,
}
const JSON_TYPE = 'application/fhir+json; charset=utf-8'

const app = fastify()
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
app.post('/Observation', async (request, reply) => {
  await pool.query({ ...ADD, values: [crypto.randomUUID(), request.body] })
  return reply.code(201).type(JSON_TYPE).send(request.body)
})
app.get<{ Params: { id: string } }>('/Observation/:id', async (request, reply) => {
  const { rows } = await pool.query({ ...READ, values: [request.params.id] })
  return reply.type(JSON_TYPE).send(rows[0].body)
})
app.get<{ Querystring: { patient: string } }>('/Observation', async (request, reply) => {
  const { rows } = await pool.query({ ...FIND, values: [request.query.patient] })
  const entries = rows.map(({ body }) => `{"resource":${body}}`).join(',')
  return reply.type(JSON_TYPE).send(`{"resourceType":"Bundle","type":"searchset","entry":[${entries}]}`)
})
app.post('/', async (request, reply) => {
  const { entry } = JSON.parse(request.body as string) as { entry: { resource: object }[] }
  const client = await pool.connect()
  try {
    await client.query('begin')
    for (const { resource } of entry) await client.query({ ...ADD, values: [crypto.randomUUID(), JSON.stringify(resource)] })
    await client.query('commit')
  } finally {
    client.release()
  }
  return reply.type(JSON_TYPE).send('{"resourceType":"Bundle","type":"transaction-response"}')
})

await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' })
process.send?.('ready')
process.once('disconnect', () => process.exit(0))
