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

const text = { type: 'string' }
const reason = { type: 'object', properties: { code: text, zh: text, en: text } }
const place = {
  type: 'object',
  properties: {
    id: text,
    tier: text,
    distanceKm: { type: 'number' },
    free: { type: 'integer' },
    firstFreeAt: { type: 'string', nullable: true },
    points: { type: 'number' },
    reasons: { type: 'array', items: reason },
  },
}
const NUMBER = { type: 'object', required: ['nr'], properties: { nr: { type: 'integer', minimum: 0 } } } as const
const response = { 200: { type: 'object', properties: { places: { type: 'array', items: place } } } }

const app = fastify()
app.get('/empty', async (_request, reply) => reply.type('application/json; charset=utf-8').send('{}'))
app.get<{ Querystring: { nr: number } }>('/find', { schema: { querystring: NUMBER, response } }, async ({ query }) => {
  const question = questions[query.nr % questions.length] as (typeof questions)[number]
  return { places: explain(engine.rank(question), question) }
})
await app.listen({ port: Number(PORT), host: '127.0.0.1' })
process.send?.('ready')
process.once('disconnect', () => process.exit(0))
