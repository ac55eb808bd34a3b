import { z } from 'zod'
import type { AnyForm } from '../forms/form.ts'
import { HTTP_STATUS } from '../refusals.ts'

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'zh', 'en', 'basis', 'reasons', 'fields', 'request'],
      properties: {
        code: { type: 'string', description: 'A code of a closed list.' },
        zh: { type: 'string' },
        en: { type: 'string' },
        basis: { type: ['string', 'null'], description: 'The clause, where there is one.' },
        reasons: { type: 'array', items: { type: 'object' }, description: 'Every reason, not only the first.' },
        fields: { type: 'array', items: { type: 'object' }, description: 'The fields that do not fit.' },
        request: { type: 'string' },
      },
    },
  },
}

const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: 'The input does not fit',
  401: 'Sign in first',
  403: 'The role may not',
  404: 'Not found, or not yours',
  409: 'Refused: the reasons say why',
  422: 'The idempotency key was used with another body',
  503: 'Away for a moment: repeat with the same key',
}

const responses = (): Record<string, unknown> => {
  const error = (status: number) => ({
    description: STATUS_WORDS[status] ?? '',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  })
  const statuses = [...new Set(Object.values(HTTP_STATUS))].filter((status) => status in STATUS_WORDS)
  return {
    200: { description: 'Done', content: { 'application/json': { schema: {} } } },
    ...Object.fromEntries(statuses.map((status) => [status, error(status)])),
  }
}

/** An input as JSON Schema, fit for a description of the API. */
export const jsonSchema = (schema: z.ZodType): Record<string, unknown> => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>
  return rest
}

const operation = (form: AnyForm): Record<string, unknown> => {
  const [tag] = form.name.split('.')
  const described = {
    operationId: form.name,
    tags: [tag],
    summary: form.does.zh,
    description: `${form.does.en}\n\nBy: ${form.by.join(', ')}. Basis: ${form.basis}.`,
    responses: responses(),
  }
  if (form.kind === 'query') return { ...described, parameters: parametersOf(form.input) }
  const key = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 } }
  return {
    ...described,
    parameters: [key],
    requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(form.input) } } },
  }
}

const parametersOf = (schema: z.ZodType): unknown[] => {
  const { properties = {}, required = [] } = jsonSchema(schema) as { properties?: Record<string, unknown>; required?: string[] }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: property,
  }))
}

/** The whole API as OpenAPI 3.1, written from the forms. */
export const openApi = (forms: Iterable<AnyForm>, version: string): Record<string, unknown> => ({
  openapi: '3.1.0',
  info: {
    title: 'Jieli 接力',
    version,
    description: 'Commands are POST, queries are GET. Sign in with POST /api/security.sign-in; the session is a cookie.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  components: {
    schemas: { Error: errorSchema },
    securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'jieli_session' } },
  },
  security: [{ session: [] }],
  paths: Object.fromEntries(
    [...forms].map((form) => [`/api/${form.name}`, { [form.kind === 'command' ? 'post' : 'get']: operation(form) }]),
  ),
})
