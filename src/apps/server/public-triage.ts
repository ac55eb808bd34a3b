import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { assessAlone, assessInput } from '../../modules/triage/index.ts'
import type { House } from '../../platform/house.ts'
import { sendInputFaults, sendRefusals } from '../../platform/http/app.ts'
import { checkInput } from '../../platform/http/input.ts'
import { jsonSchema } from '../../platform/http/openapi.ts'
import { tokenBuckets, type Allowance } from '../../platform/http/token-bucket.ts'

/**
 * Triage for anybody, signed in or not. The text comes as a body, so that it stands in no address and no log; nothing of it is kept.
 * Limited by address, as a look that needs no account; a larger model is not asked.
 */
export const addPublicTriage = (app: FastifyInstance, house: House, allowance: Allowance | null): void => {
  const buckets = allowance && tokenBuckets(allowance)
  app.post('/api/public/triage', (request, reply) => {
    const seconds = buckets?.take(request.ip) ?? 0
    if (seconds > 0) return sendRefusals(house, reply, [{ code: 'platform.too-many', detail: { seconds } }])
    const input = checkInput(assessInput, request.body ?? {})
    if (!input.ok) return sendInputFaults(house, reply, input.fields)
    const { text, ...about } = input.value as z.output<typeof assessInput>
    return reply.header('cache-control', 'no-store').send(assessAlone(text, about))
  })
}

/** How the route stands in the API's description. */
export const publicTriageDescribed = {
  '/api/public/triage': {
    post: {
      operationId: 'public.triage',
      tags: ['public'],
      summary: '预检分诊(不登录,不留存)',
      description:
        'From a person’s own words to departments with confidence, urgency, danger signs and at most three questions. Never a diagnosis. Nothing of the text is kept or logged.',
      security: [],
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(assessInput) } } },
      responses: {
        200: { description: 'Done', content: { 'application/json': { schema: {} } } },
        400: {
          description: 'The question does not fit',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
        429: {
          description: 'Too many from this address',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
    },
  },
}
