import type { FastifyInstance } from 'fastify'
import { answerInterface } from '../../modules/health-card/index.ts'
import type { House } from '../../platform/house.ts'
import { sendRefusals } from '../../platform/http/app.ts'
import type { RateLimits } from '../../platform/http/rate-limit.ts'

/**
 * The e-health card's interface for programs of hospitals and payment apps. Every answer is HTTP 200 with a `returnCode`, as its callers
 * know it; what may be asked stands in docs/health-card.md.
 */
export const addCardRoutes = (app: FastifyInstance, house: House, limits: RateLimits | null): void => {
  app.post<{ Params: { method: string } }>('/erhc/v2/:method', async (request, reply) => {
    const tooMany = limits?.byAddress(request.ip)
    if (tooMany) return sendRefusals(house, reply, [tooMany])
    return reply.header('cache-control', 'no-store').send(await answerInterface(house, request.params.method, request.body))
  })
  // Whoever has these checks a static code without asking anybody.
  app.get('/erhc/v2/public-keys', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=3600').send({
      keys: house.cipher.room
        .publicKeys('card')
        .map(({ key, suite, publicKey }) => ({ key, suite, publicKey: publicKey.toString('base64url') })),
    }),
  )
}
