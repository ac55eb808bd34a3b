import { Ajv2020 } from 'ajv/dist/2020.js'
import type { AnyForm } from '../../src/platform/forms/form.ts'
import { openApi } from '../../src/platform/http/openapi.ts'

// A second reader of the published description, written by other people: what it refuses, the API must refuse too.
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false })

export type Schema = { readonly [word: string]: unknown }

type Operation = {
  parameters?: { name: string; required?: boolean; schema: Schema }[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
}

/** What the API says of a form's input: one schema of the body, or of the query's parameters. */
export const publishedSchema = (form: AnyForm): Schema => {
  const { paths } = openApi([form], 'oracle') as { paths: Record<string, Record<string, Operation>> }
  const operation = paths[`/api/${form.name}`]?.[form.kind === 'command' ? 'post' : 'get']
  const body = operation?.requestBody?.content['application/json'].schema
  if (body) return body
  const parameters = operation?.parameters ?? []
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  }
}

/** Whether an input fits the published schema of its form; spaces at the ends of texts are taken off first, as the API says it does. */
export const oracleOf = (form: AnyForm): ((input: unknown) => boolean) => {
  const schema = publishedSchema(form)
  const fits = ajv.compile(schema)
  return (input) => {
    const sent = form.kind === 'query' ? asSeen(input as Record<string, unknown>, schema) : input
    return fits(sent) || fits(trimmed(sent))
  }
}

const trimmed = (value: unknown): unknown => {
  if (typeof value === 'string') return value.trim()
  if (Array.isArray(value)) return value.map(trimmed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, trimmed(inner)]))
}

/** A query as it stands in an address: all texts, which the API reads as what the parameter is declared to be. */
const asSeen = (input: Readonly<Record<string, unknown>>, schema: Schema): Record<string, unknown> => {
  const declared = schema['properties'] as Record<string, Schema>
  const seen: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(input)) {
    const type = typeOf(declared[name])
    const texts = [value].flat().map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one)))
    if (texts.length === 0) continue
    const values = texts.map((text) => readAs(type === 'array' ? typeOf(declared[name]?.['items'] as Schema) : type, text))
    seen[name] = type === 'array' || values.length > 1 ? values : values[0]
  }
  return seen
}

const typeOf = (schema: Schema | undefined): unknown =>
  schema?.['type'] ?? ((schema?.['anyOf'] as Schema[] | undefined) ?? []).map(typeOf).find((type) => type !== 'null')

const readAs = (type: unknown, text: string): unknown => {
  if ((type === 'number' || type === 'integer') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true'
  return text
}
