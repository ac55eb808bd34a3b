import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  freshAnswers,
  publicFreeInput,
  publicSearch,
  screenKey,
  screenOf,
  TooSlow,
  type ShownScreen,
} from '../../modules/booking/index.ts'
import type { House } from '../../platform/house.ts'
import { sendInputFaults, sendRefusals } from '../../platform/http/app.ts'
import { checkInput, inputOfQuery } from '../../platform/http/input.ts'
import type { Allowance } from '../../platform/http/token-bucket.ts'
import { addPublicTriage, publicTriageDescribed } from './public-triage.ts'

/** A waiting room's screens ask every few seconds, all for the same: a second old is near enough. */
const SCREEN_OLDEST_MS = 1_000
const SCREENS_KEPT_MOST = 200

const monotonic = (): number => performance.now()

/**
 * What anybody may look at without signing in: free slots, and the screens of waiting rooms. Limited by address like everything else; no
 * answer holds anything of a person but a number and the first character of a name.
 */
export const addPublicRoutes = (app: FastifyInstance, house: House, triageAllowance: Allowance | null = null): void => {
  const search = publicSearch(house, monotonic)
  const screens = freshAnswers<ShownScreen | null>(SCREEN_OLDEST_MS, SCREENS_KEPT_MOST, monotonic)
  const send = (reply: FastifyReply, answer: object): FastifyReply => reply.header('cache-control', 'no-store').send(answer)
  const inTime = async (reply: FastifyReply, answering: Promise<FastifyReply>): Promise<FastifyReply> => {
    try {
      return await answering
    } catch (error) {
      if (error instanceof TooSlow) return sendRefusals(house, reply, [{ code: 'platform.busy' }])
      throw error
    }
  }
  addPublicTriage(app, house, triageAllowance)
  app.get('/api/public/free', (request: FastifyRequest, reply) => {
    const input = checkInput(publicFreeInput, inputOfQuery(publicFreeInput, request.query as Record<string, string>))
    if (!input.ok) return sendInputFaults(house, reply, input.fields)
    return inTime(reply, search.free(input.value as Parameters<typeof search.free>[0]).then((answer) => send(reply, answer))) // prettier-ignore
  })
  app.get('/api/public/places', (_request, reply) => inTime(reply, search.places().then((answer) => send(reply, answer)))) // prettier-ignore
  app.get('/api/public/waiting-room', (request, reply) => {
    const key = screenKey.safeParse((request.query as Record<string, unknown>)['screen'])
    if (!key.success) return sendRefusals(house, reply, [{ code: 'platform.not-found' }])
    const shown = screens.of(key.data, () => screenOf(house, key.data))
    return inTime(
      reply,
      shown.then((screen) => (screen ? send(reply, screen) : sendRefusals(house, reply, [{ code: 'platform.not-found' }]))),
    )
  })
}

type Described = Record<string, unknown>
const JSON_ANSWER = { description: 'Done', content: { 'application/json': { schema: {} } } }
const error = (description: string): Described => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
})
const asked = (name: string, schema: Described, required = false): Described => ({ name, in: 'query', required, schema })
const route = (name: string, zh: string, en: string, parameters: Described[], responses: Described): Described => ({
  [`/api/public/${name}`]: {
    get: {
      operationId: `public.${name}`,
      tags: ['public'],
      summary: zh,
      description: en,
      security: [],
      parameters,
      responses: { 200: JSON_ANSWER, 429: error('Too many from this address'), 503: error('Busy'), ...responses },
    },
  },
})

/** Adds the routes that need no account to the API's description. */
export const describePublicRoutes = (document: Described): Described => {
  const routes = {
    ...route(
      'free',
      '公开查询可约号源',
      'Slots of visits that anybody could book now, by service, place, day and doctor; `asOf` is at most a second ago. One of specialty, org and doctor is needed.',
      [
        asked('specialty', { type: 'string', pattern: '^\\d{4}$' }),
        asked('org', { type: 'string', pattern: '^\\d{1,18}$' }),
        asked('day', { type: 'string', format: 'date' }),
        asked('doctor', { type: 'string', minLength: 1, maxLength: 60 }),
      ],
      { 400: error('The question does not fit') },
    ),
    ...route('places', '可查询的科目和机构', 'Services and places that have slots in the next two weeks.', [], {}),
    ...route(
      'waiting-room',
      '候诊屏',
      'What a waiting-room screen shows: numbers and first characters of names. The key stands in the address that opening the screen answered.',
      [asked('screen', { type: 'string', pattern: '^\\d{1,18}-[A-Za-z0-9_-]{22}$' }, true)],
      { 404: error('No such screen, or it was closed') },
    ),
    ...publicTriageDescribed,
  }
  return { ...document, paths: { ...routes, ...(document['paths'] as object) } }
}
