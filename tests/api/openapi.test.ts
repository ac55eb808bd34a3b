import assert from 'node:assert/strict'
import test from 'node:test'
import { formsByName } from '../../src/apps/api.ts'
import { describeSessionRoutes } from '../../src/apps/server/session-routes.ts'
import { describePublicRoutes } from '../../src/apps/server/public-routes.ts'
import { openApi } from '../../src/platform/http/openapi.ts'

type Json = Record<string, unknown>
const document = describePublicRoutes(describeSessionRoutes(openApi(formsByName().values(), '0.1.0')))
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer']
const SCHEMA_WORDS = new Set([
  '$ref', '$defs', 'type', 'properties', 'required', 'additionalProperties', 'items', 'prefixItems', 'enum', 'const', 'anyOf', 'oneOf', 'allOf', 'not', 'pattern', 'format', 'minLength',
  'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minItems', 'maxItems', 'uniqueItems', 'default', 'description', 'title', 'propertyNames', 'examples',
]) // prettier-ignore

/** What is wrong with a JSON Schema of draft 2020-12, as far as we write any. */
const faultsOfSchema = (schema: unknown, at: string): string[] => {
  if (typeof schema === 'boolean') return []
  if (!isObject(schema)) return [`${at} is no schema`]
  const faults = Object.keys(schema).flatMap((word) => (SCHEMA_WORDS.has(word) ? [] : [`${at} has the unknown word ${word}`]))
  for (const type of [schema['type'] ?? []].flat())
    if (!TYPES.includes(String(type))) faults.push(`${at} has the type ${String(type)}`)
  if (typeof schema['pattern'] === 'string') new RegExp(schema['pattern'], 'u')
  const properties = (schema['properties'] ?? {}) as Json
  for (const name of (schema['required'] ?? []) as string[])
    if (!(name in properties)) faults.push(`${at} requires ${name}, which it does not describe`)
  for (const [name, inner] of Object.entries(properties)) faults.push(...faultsOfSchema(inner, `${at}.${name}`))
  for (const word of ['anyOf', 'oneOf', 'allOf', 'prefixItems'])
    for (const inner of (schema[word] ?? []) as unknown[]) faults.push(...faultsOfSchema(inner, `${at}.${word}`))
  for (const word of ['items', 'additionalProperties', 'not', 'propertyNames'])
    if (word in schema) faults.push(...faultsOfSchema(schema[word], `${at}.${word}`))
  return faults
}

const faultsOfOperation = (of: Json, at: string): string[] => {
  const faults: string[] = []
  const responses = of['responses']
  if (!isObject(responses) || !isObject(responses['200'])) faults.push(`${at} says nothing about 200`)
  for (const [status, response] of Object.entries((responses ?? {}) as Json)) {
    if (!/^[1-5]\d\d$/.test(status) || !isObject(response) || typeof response['description'] !== 'string')
      faults.push(`${at} ${status} is no response`)
    else
      for (const media of Object.values((response['content'] ?? {}) as Json))
        faults.push(...faultsOfSchema((media as Json)['schema'], `${at} ${status}`))
  }
  const parameters = (of['parameters'] ?? []) as Json[]
  const names = parameters.map((parameter) => `${String(parameter['in'])} ${String(parameter['name'])}`)
  if (new Set(names).size < names.length) faults.push(`${at} has a parameter twice`)
  for (const parameter of parameters) {
    if (!['query', 'header', 'path', 'cookie'].includes(String(parameter['in']))) faults.push(`${at} has a parameter nowhere`)
    faults.push(...faultsOfSchema(parameter['schema'], `${at} ${String(parameter['name'])}`))
  }
  const content = (of['requestBody'] as Json | undefined)?.['content'] as Json | undefined
  for (const media of Object.values(content ?? {})) faults.push(...faultsOfSchema((media as Json)['schema'], `${at} body`))
  for (const word of ['operationId', 'summary', 'description'])
    if (typeof of[word] !== 'string' || of[word] === '') faults.push(`${at} lacks ${word}`)
  return faults
}

const refsIn = (value: unknown): string[] =>
  isObject(value)
    ? Object.entries(value).flatMap(([key, inner]) => (key === '$ref' ? [String(inner)] : refsIn(inner)))
    : Array.isArray(value)
      ? value.flatMap(refsIn)
      : []

const faultsOf = (whole: Json): string[] => {
  const faults: string[] = []
  const { openapi, info, paths, components, security } = whole as {
    openapi: string
    info: Json
    paths: Json
    components: Json
    security: Json[]
  }
  if (!/^3\.1\.\d+$/.test(openapi)) faults.push(`openapi ${openapi}`)
  for (const word of ['title', 'version']) if (typeof info?.[word] !== 'string') faults.push(`info lacks ${word}`)
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Json).map(([method, of]) => ({ path, method, of: of as Json })),
  )
  for (const { path, method, of } of operations) {
    if (!path.startsWith('/') || !['get', 'post'].includes(method)) faults.push(`${method} ${path}`)
    faults.push(...faultsOfOperation(of, `${method} ${path}`))
  }
  const ids = operations.map(({ of }) => of['operationId'])
  if (new Set(ids).size < ids.length) faults.push('an operationId stands twice')
  for (const ref of refsIn(whole)) {
    const target = ref.startsWith('#/')
      ? ref
          .slice(2)
          .split('/')
          .reduce<unknown>((from, word) => (isObject(from) ? from[word] : undefined), whole)
      : undefined
    if (target === undefined) faults.push(`${ref} points nowhere`)
  }
  for (const scheme of security.flatMap(Object.keys))
    if (!(scheme in ((components['securitySchemes'] ?? {}) as Json))) faults.push(`no scheme ${scheme}`)
  return faults
}

test('the description is OpenAPI 3.1', () => assert.deepEqual(faultsOf(document), []))

test('it lists every form once, with its method, words in both languages, and no body that takes unknown fields', () => {
  const paths = document['paths'] as Record<string, Record<string, Json>>
  for (const form of formsByName().values()) {
    const item = paths[`/api/${form.name}`]
    assert.deepEqual(Object.keys(item ?? {}), [form.kind === 'command' ? 'post' : 'get'], form.name)
    const of = item?.[form.kind === 'command' ? 'post' : 'get'] as Json
    assert.match(String(of['summary']), /[\u4e00-\u9fff]/, form.name)
    assert.match(String(of['description']), /^[A-Z][^\u4e00-\u9fff]{5,}/, form.name)
    if (form.kind === 'query') continue
    const { content } = of['requestBody'] as { content: { 'application/json': { schema: Json } } }
    const { schema } = content['application/json']
    const branches = (schema['anyOf'] ?? schema['oneOf'] ?? [schema]) as Json[]
    for (const branch of branches) assert.equal(branch['additionalProperties'], false, form.name)
  }
})

test('every input of a query is flat: a query string can say it', () => {
  const paths = document['paths'] as Record<string, { get?: { parameters?: { name: string; schema: Json }[] } }>
  for (const [path, { get }] of Object.entries(paths))
    for (const { name, schema } of get?.parameters ?? [])
      assert.ok(schema['type'] !== 'object' && !('properties' in schema), `${path} ${name}`)
})

test('the check finds planted faults', () => {
  const path = '/api/referral.accept'
  const plants: readonly ((of: Json, whole: Json) => void)[] = [
    (_of, whole) => (whole['openapi'] = '3.0.0'),
    (of) => delete of['responses'],
    (of) => (of['operationId'] = 'referral.send'),
    (of) => (of['requestBody'] = { content: { 'application/json': { schema: { type: 'text' } } } }),
    (of) => (of['requestBody'] = { content: { 'application/json': { schema: { $ref: '#/components/schemas/None' } } } }),
    (of) => (of['requestBody'] = { content: { 'application/json': { schema: { required: ['a'], properties: {} } } } }),
    (of) =>
      (of['parameters'] = [
        { name: 'a', in: 'query', schema: {} },
        { name: 'a', in: 'query', schema: {} },
      ]),
  ]
  for (const plant of plants) {
    const copy = structuredClone(document)
    plant((copy['paths'] as Record<string, { post: Json }>)[path]?.post as Json, copy)
    assert.notDeepEqual(faultsOf(copy), [], String(plant))
  }
})
