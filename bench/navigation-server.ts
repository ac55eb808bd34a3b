import fastify from 'fastify'
import { questionsOf } from '../sim/navigation/questions.ts'
import { fillCapacity, makeWorld, PROVINCE_SIZE } from '../sim/navigation/world.ts'
import { openEngine } from '../src/modules/navigation/engine/index.ts'
import { needsOf } from './navigation-needs.ts'
import { explain } from './navigation-reasons.ts'

// The engine of a whole province behind Fastify, and beside it a route that answers nothing: `PORT` and `SEED` say where and which.

const { PORT, SEED = 'province', ASKED = '5000' } = process.env
const world = makeWorld(SEED, PROVINCE_SIZE)
const engine = openEngine(world)
fillCapacity(world, engine.capacity)
/** Questions of the mix; the address names one, and the person's point. */
const questions = questionsOf(world, needsOf(world, 'mix'), `${SEED}/http`, Number(ASKED))

const NUMBER = { type: 'object', required: ['nr'], properties: { nr: { type: 'integer', minimum: 0 } } } as const
const JSON_TYPE = 'application/json; charset=utf-8'

const app = fastify()
app.get('/empty', async (_request, reply) => reply.type(JSON_TYPE).send('{}'))
app.get<{ Querystring: { nr: number } }>('/find', { schema: { querystring: NUMBER } }, async ({ query }, reply) => {
  const question = questions[query.nr % questions.length] as (typeof questions)[number]
  // As the forms of the product answer: one text.
  return reply.type(JSON_TYPE).send(JSON.stringify({ places: explain(engine.rank(question), question) }))
})
await app.listen({ port: Number(PORT), host: '127.0.0.1' })
process.send?.('ready')
process.once('disconnect', () => process.exit(0))
