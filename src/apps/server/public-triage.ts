import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { openTriage, VITAL_NAMES, type TriageAbout } from '../../modules/triage/index.ts'
import type { House } from '../../platform/house.ts'
import { sendInputFaults } from '../../platform/http/app.ts'
import { checkInput } from '../../platform/http/input.ts'

const TEXT_CHARACTERS_MOST = 2_000
const AGE_YEARS_MOST = 120
const ANSWERS_MOST = 3

/** A complaint and what is known of the person; ages in years, vitals in the units of triage. Nothing that names anybody. */
export const publicTriageInput = z.strictObject({
  text: z.string().trim().min(1).max(TEXT_CHARACTERS_MOST),
  age: z.number().min(0).max(AGE_YEARS_MOST).optional(),
  sex: z.enum(['male', 'female']).optional(),
  pregnant: z.boolean().optional(),
  vitals: z.partialRecord(z.enum(VITAL_NAMES), z.number()).optional(),
  answers: z
    .record(z.string().max(80), z.string().max(80))
    .refine((answers) => Object.keys(answers).length <= ANSWERS_MOST, '最多三个回答|At most three answers')
    .optional(),
})
type Asked = { readonly text: string } & TriageAbout

/**
 * Triage for anybody, signed in or not. The text comes as a body, so that it stands in no address and no log; nothing of it is kept.
 * Limited by address like every other route.
 */
export const addPublicTriage = (app: FastifyInstance, house: House): void => {
  app.post('/api/public/triage', (request, reply) => {
    const input = checkInput(publicTriageInput, request.body)
    if (!input.ok) return sendInputFaults(house, reply, input.fields)
    const { text, ...about } = input.value as Asked
    return reply.header('cache-control', 'no-store').send(openTriage()(text, about))
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
      requestBody: { required: true, content: { 'application/json': { schema: z.toJSONSchema(publicTriageInput) } } },
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
