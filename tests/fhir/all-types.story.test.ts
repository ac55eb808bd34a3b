import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { SERVED_TYPES } from '../../src/modules/fhir/capability/served-types.ts'
import { definitionsFolder } from '../../src/modules/fhir/validation/index-file.ts'
import { fullResource } from '../harness/fhir-full.ts'
import { testHouse } from '../harness/house.ts'
import { setStage } from '../harness/stage.ts'
import { fhirServer, ofTheFile, type Told } from './server.ts'

const house = await testHouse(ofTheFile)
const { desk } = await setStage(house)
const server = await fhirServer(ofTheFile, house, { desk })
const { evalFhirPath } = createRequire(import.meta.url)('@medplum/core') as typeof import('@medplum/core')

type Parameter = { readonly code: string; readonly base: readonly string[]; readonly type: string; readonly expression?: string }
const parameters = (
  JSON.parse(readFileSync(join(definitionsFolder(), 'search-parameters.json'), 'utf8')) as { entry: { resource: Parameter }[] }
).entry.map(({ resource }) => resource)

const escaped = (text: string): string => text.replace(/[\\,|$]/g, '\\$&')
const token = ({ system, code, value, coding }: Told): string | null => {
  if (coding) return coding[0] ? token(coding[0]) : null
  const said = code ?? value
  return typeof said === 'string' ? `${system?.includes('://') ? `${escaped(system)}|` : ''}${escaped(said)}` : null
}

/** How a client would ask for a value that stands in a resource; null when this test does not know how. */
const asked = (type: string, value: Told): string | null => {
  switch (type) {
    case 'token':
      return typeof value === 'object' ? token(value) : escaped(String(value))
    case 'reference':
      return typeof value === 'object' ? (value.reference ?? null) : null
    case 'date':
      return typeof value === 'string' ? value : value.start ? `ge${value.start}` : null
    case 'string':
      return typeof value === 'string' ? escaped(value) : (value.family ?? value.text ?? value.city ?? null)
    case 'uri':
      return typeof value === 'string' ? value : null
    case 'quantity':
    case 'number':
      return typeof value === 'number' ? String(value) : typeof value.value === 'number' ? String(value.value) : null
    default:
      return null
  }
}

/** Searches by parameters of R4 that find a resource by what stands in it, evaluated here by another program's FHIRPath. */
const searchesFor = (resource: Told): { readonly name: string; readonly value: string }[] =>
  parameters
    .filter(({ base, expression }) => base.includes(resource.resourceType) && expression && !expression.includes('resolve()'))
    .flatMap(({ code, type, expression }) => {
      const [value] = evalFhirPath(expression as string, resource) as Told[]
      const said = value === undefined || value === null ? null : asked(type, value)
      return said === null || /[#?]/.test(said) ? [] : [{ name: code, value: said }]
    })

const asJson = { accept: 'application/fhir+json' }
const body = (json: Told): Told => {
  const { id: _id, meta, ...rest } = json
  const { versionId: _version, lastUpdated: _at, ...more } = meta
  return { ...rest, meta: more }
}

// Of a Subscription the server itself sets the status.
const NOT_EQUAL = new Set(['Subscription'])
const TYPES = SERVED_TYPES.filter((type) => !NOT_EQUAL.has(type))

test('every type that is served, with its elements filled, is kept whole', async (t) => {
  const left: string[] = []
  for (const type of TYPES) {
    const full = fullResource(type)
    left.push(...full.left)
    await t.test(type, async () => {
      const { resource } = full
      const made = await server.ask('POST', type, { body: resource })
      assert.equal(made.status, 201, made.text)
      const at = `${type}/${made.json.id}`
      const found = await server.ask('GET', at, { headers: asJson })
      assert.deepEqual(body(found.json), resource, 'JSON reads back equal')

      const xml = await server.ask('GET', at, { headers: { accept: 'application/fhir+xml' } })
      const again = await server.ask('POST', type, {
        body: xml.text,
        headers: { 'content-type': 'application/fhir+xml', ...asJson },
      })
      assert.equal(again.status, 201, again.text)
      const second = await server.ask('GET', `${type}/${again.json.id}`, { headers: asJson })
      assert.deepEqual(body(second.json), resource, 'what went through XML is equal')

      const searches = searchesFor(resource)
      const own = searches.slice(0, 2)
      for (const { name, value } of [...own, { name: '_tag', value: 'http://example.org/tags|full' }].slice(0, 2)) {
        const query = `${type}?_id=${made.json.id}&${name}=${encodeURIComponent(value)}`
        const answer = await server.ask('GET', query, { headers: asJson })
        assert.equal(answer.status, 200, `${query}: ${answer.text}`)
        assert.deepEqual(
          (answer.json.entry ?? []).map((one: Told) => one.resource.id),
          [made.json.id],
          query,
        )
      }

      const changed = { ...resource, id: made.json.id, meta: { tag: [{ system: 'http://example.org/tags', code: 'changed' }] } }
      const updated = await server.ask('PUT', at, { body: changed, headers: asJson })
      assert.equal(updated.json.meta.versionId, '2', updated.text)
      const first = await server.ask('GET', `${at}/_history/1`, { headers: asJson })
      assert.deepEqual(body(first.json), resource, 'the first version stays as it was')
      const next = await server.ask('GET', `${at}/_history/2`, { headers: asJson })
      const { id: _id, ...rest } = changed
      assert.deepEqual(body(next.json), rest)
    })
  }
  t.diagnostic(`not filled because of constraints: ${left.join(' ')}`)
  assert.ok(left.length <= 40, `${left.length} elements could not be filled: ${left.join(' ')}`)
})
