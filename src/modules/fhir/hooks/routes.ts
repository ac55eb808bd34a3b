import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { House } from '../../../platform/house.ts'
import { sendInputFaults, sendRefusals } from '../../../platform/http/app.ts'
import { checkInput } from '../../../platform/http/input.ts'
import { discovery, HOOKS, serviceId, type HookCall } from './hooks.ts'
import { lowerPlaceCards } from './lower-place.ts'

const call = z.looseObject({
  hook: z.enum(HOOKS),
  hookInstance: z.uuid(),
  context: z.record(z.string(), z.unknown()),
})
const feedback = z.looseObject({
  feedback: z
    .array(
      z.looseObject({
        card: z.string().max(100),
        outcome: z.enum(['accepted', 'overridden']),
        outcomeTimestamp: z.string().max(40),
      }),
    )
    .max(50),
})

export type HookOptions = {
  readonly house: House
  readonly baseUrl: (request: FastifyRequest) => string
  /** Whether too many come from one address; null lets it pass. */
  readonly hold: (request: FastifyRequest) => Parameters<typeof sendRefusals>[2][number] | null
}

/** Our services of clinical decision support: they answer what anybody may know of places, and open nobody's record. */
export const addHookRoutes = (app: FastifyInstance, { house, baseUrl, hold }: HookOptions): void => {
  const open = (reply: FastifyReply): FastifyReply =>
    reply.headers({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'no-store',
    })
  app.get('/cds-services', async (_request, reply) => open(reply).send(discovery()))
  for (const hook of HOOKS) {
    const path = `/cds-services/${serviceId(hook)}`
    for (const one of [path, `${path}/feedback`])
      app.options(one, async (_request, reply) =>
        open(reply)
          .headers({ 'access-control-allow-headers': 'authorization, content-type', 'access-control-allow-methods': 'POST' })
          .code(204)
          .send(),
      )
    app.post(path, async (request, reply) => {
      const held = hold(request)
      if (held) return sendRefusals(house, open(reply), [held])
      const input = checkInput(call, request.body ?? {})
      if (!input.ok) return sendInputFaults(house, open(reply), input.fields)
      const asked = input.value as HookCall
      if (asked.hook !== hook) return sendRefusals(house, open(reply), [{ code: 'platform.not-found' }])
      return open(reply).send({ cards: await lowerPlaceCards(house, baseUrl(request), asked) })
    })
    app.post(`${path}/feedback`, async (request, reply) => {
      const input = checkInput(feedback, request.body ?? {})
      if (!input.ok) return sendInputFaults(house, open(reply), input.fields)
      const { feedback: told } = input.value as z.output<typeof feedback>
      house.log('info', 'hooks.feedback', {
        hook,
        accepted: told.filter(({ outcome }) => outcome === 'accepted').length,
        of: told.length,
      })
      return open(reply).send({})
    })
  }
}
