import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SAMPLES } from '../harness/fhir-samples.ts'
import { testHouse } from '../harness/house.ts'
import { setStage } from '../harness/stage.ts'
import { fhirServer, ofTheFile, type Told } from './server.ts'

const house = await testHouse(ofTheFile)
const stage = await setStage(house)
const person = await stage.person('演示往返', '1961-05-06')
const { desk } = stage
const server = await fhirServer(ofTheFile, house, { desk })

/** Everything of a resource that is the client's own, as text with every digit. */
const ownPart = (text: string): string =>
  text.replace(
    /^\{"resourceType":"(\w+)","id":"[^"]*","meta":\{"versionId":"\d+","lastUpdated":"[^"]*"/,
    '{"resourceType":"$1","meta":{',
  )

/** Parameters have no address; of a Subscription the server itself sets the status. */
const NOT_EQUAL = new Set(['Parameters', 'Subscription'])

test('A sound resource of every type comes back equal, by create and by update under its own id', async () => {
  for (const [type, sample] of Object.entries(SAMPLES).filter(([name]) => !NOT_EQUAL.has(name))) {
    const { id: _id, meta: whole, ...rest } = sample as { id?: string; meta?: Told; resourceType: string }
    // Version and time are the server's.
    const { versionId: _own, lastUpdated: _when, ...meta } = whole ?? {}
    const made = await server.ask('POST', type, { body: { ...(Object.keys(meta).length > 0 ? { meta } : {}), ...rest } })
    assert.equal(made.status, 201, `${type}: ${made.text}`)
    // A Binary is answered as what it holds unless FHIR is asked for.
    const found = await server.ask('GET', `${type}/${made.json.id}`, { headers: { accept: 'application/fhir+json' } })
    assert.equal(found.status, 200, type)
    const { id, meta: shown, ...back } = found.json
    assert.deepEqual(back, rest, type)
    const { versionId: _version, lastUpdated: _at, ...more } = shown
    assert.deepEqual(more, meta, type)
    const again = await server.ask('PUT', `${type}/${id}`, { body: { ...rest, id } })
    assert.equal(again.json.meta.versionId, '2', `${type}: ${again.text}`)
    const own = await server.ask('PUT', `${type}/own-${type.toLowerCase()}`, {
      body: { ...rest, id: `own-${type.toLowerCase()}` },
    })
    assert.equal(own.status, 201, `${type}: ${own.text}`)
  }
})

const digits = fc
  .tuple(fc.boolean(), fc.stringMatching(/^(0|[1-9]\d{0,5})$/), fc.stringMatching(/^\d{1,14}$/))
  .map(([isNegative, whole, part]) => `${isNegative ? '-' : ''}${whole}.${part}`)
const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .filter((text) => text.trim() !== '' && !/\p{Cc}/u.test(text))

test('Decimals keep their digits, and texts their rare characters', async () => {
  await fc.assert(
    fc.asyncProperty(digits, words, fc.constantFrom('𠮷野', '😀👩‍👩‍👧', '᠋龘', 'e\u0301', '\u200d'), async (value, text, rare) => {
      const body = `{"resourceType":"Observation","status":"final","code":{"text":${JSON.stringify(`x${text}${rare}`)}},"subject":{"reference":"Patient/${person}"},"valueQuantity":{"value":${value}}}`
      const made = await server.ask('POST', 'Observation', { body })
      assert.equal(made.status, 201, made.text)
      const found = await server.ask('GET', `Observation/${made.json.id}`)
      assert.equal(ownPart(found.text).replace(',"meta":{}', ''), body)
    }),
    { numRuns: 60 },
  )
})
