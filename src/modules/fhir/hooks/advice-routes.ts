import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor, Role } from '../../../platform/access.ts'
import { asSystem } from '../../../platform/database/as-system.ts'
import type { House } from '../../../platform/house.ts'
import { sendInputFaults, sendRefusals } from '../../../platform/http/app.ts'
import { checkInput } from '../../../platform/http/input.ts'
import { databaseNow } from '../../../platform/database/pool.ts'
import { findAdviser } from '../../smart/index.ts'
import type { Faces } from '../server/face.ts'
import type { Intent } from './advice.ts'
import { askAdvisers } from './ask-advisers.ts'
import { HOOKS } from './hooks.ts'
import { tellService } from './outside-adviser.ts'

const key = z.string().regex(/^\d{1,18}$/)
const asking = z.strictObject({
  hook: z.enum(HOOKS),
  person: key,
  place: key,
  condition: z.strictObject({ key: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,59}$/), zh: z.string().max(200) }).nullish(),
  startsAt: z.iso.datetime({ offset: true }).nullish(),
})
const remark = z.strictObject({
  adviser: z.string().max(80),
  service: z.string().regex(/^[A-Za-z0-9._~-]{1,200}$/),
  card: z.string().min(1).max(200),
  outcome: z.enum(['accepted', 'overridden']),
  suggestion: z.string().max(200).nullish(),
  reason: z
    .strictObject({ code: z.string().max(200), system: z.string().max(300).nullish(), display: z.string().max(100) })
    .nullish(),
  comment: z.string().trim().max(500).nullish(),
})
type Remark = z.output<typeof remark>

/** What the routes need of the house around them. */
export type AdviceOptions = {
  readonly house: House
  readonly faces: Faces
  readonly baseUrl: (request: FastifyRequest) => string
  readonly mayBePrivate: boolean
  /** Who is signed in; an app's token does not count here. */
  readonly actor: (request: FastifyRequest) => Promise<Actor | null>
  readonly hold: (request: FastifyRequest, actor: Actor) => Parameters<typeof sendRefusals>[2][number] | null
}

/** Who orders and books for others. */
const ORDERING: readonly Role[] = ['village-doctor', 'family-doctor', 'referral-desk', 'ward']

const feedbackOf = ({ card, outcome, suggestion, reason, comment }: Remark, at: string): object => ({
  feedback: [
    {
      card,
      outcome,
      outcomeTimestamp: at,
      ...(outcome === 'accepted' && suggestion ? { acceptedSuggestions: [{ id: suggestion }] } : {}),
      ...(outcome === 'overridden' && (reason || comment)
        ? {
            overrideReason: {
              ...(reason ? { reason: { code: reason.code, system: reason.system ?? undefined, display: reason.display } } : {}),
              ...(comment ? { userComment: comment } : {}),
            },
          }
        : {}),
    },
  ],
})

/** What desks ask before they order or book, and what becomes of the cards. Advice never holds anybody up: these routes only answer. */
export const addAdviceRoutes = (app: FastifyInstance, options: AdviceOptions): void => {
  const { house, faces, baseUrl, mayBePrivate } = options
  const orderingActor = async (request: FastifyRequest, reply: FastifyReply): Promise<Actor | null> => {
    const actor = await options.actor(request)
    const held = actor && options.hold(request, actor)
    if (!actor) sendRefusals(house, reply, [{ code: 'platform.sign-in-first' }])
    else if (held) sendRefusals(house, reply, [held])
    else if (!ORDERING.includes(actor.role) || actor.org === null) sendRefusals(house, reply, [{ code: 'platform.role-may-not' }])
    else return actor
    return null
  }
  app.post('/hooks/ask', async (request, reply) => {
    const actor = await orderingActor(request, reply)
    if (!actor) return reply
    const input = checkInput(asking, request.body ?? {})
    if (!input.ok) return sendInputFaults(house, reply, input.fields)
    const { condition = null, startsAt = null, ...rest } = input.value as z.output<typeof asking>
    const intent: Intent = { ...rest, condition, startsAt }
    const asked = { actor, request: request.id, faces, base: baseUrl(request), mayBePrivate }
    const advice = await askAdvisers(house, intent, asked)
    return advice
      ? reply.header('cache-control', 'no-store').send(advice)
      : sendRefusals(house, reply, [{ code: 'platform.not-found' }])
  })
  app.post('/hooks/feedback', async (request, reply) => {
    if (!(await orderingActor(request, reply))) return reply
    const input = checkInput(remark, request.body ?? {})
    if (!input.ok) return sendInputFaults(house, reply, input.fields)
    const said = input.value as Remark
    const adviser = await findAdviser(asSystem(house.database), said.adviser)
    if (!adviser || adviser.stoppedAt) return sendRefusals(house, reply, [{ code: 'platform.not-found' }])
    house.log('info', 'hooks.remark', { adviser: adviser.id, outcome: said.outcome })
    const feedback = feedbackOf(said, await databaseNow(house.database))
    const isTold =
      adviser.url === null ||
      (await tellService(house, adviser, said.service, feedback, { base: baseUrl(request), mayBePrivate }))
    return reply.header('cache-control', 'no-store').send({ told: isTold })
  })
}
