import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SAMPLES } from '../../../../tests/harness/fhir-samples.ts'
import { formatOfAnswer, formatOfBody, readBody, writeBody } from './index.ts'

const XML = 'application/fhir+xml; charset=utf-8'
const there = (text: string): string => {
  const read = readBody(writeBody(text, 'xml'), XML)
  assert.ok('text' in read, JSON.stringify(read))
  return read.text
}

test('a resource of every type goes to XML and comes back equal', () => {
  for (const [type, resource] of Object.entries(SAMPLES))
    assert.deepEqual(JSON.parse(there(JSON.stringify(resource))), resource, type)
})

test('decimals keep their digits on the way through XML', () => {
  for (const digits of ['1.50', '0.00', '-0.0', '1e5', '1.20E-3', '123456789.123456789123456789'])
    assert.ok(
      there(`{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":${digits}}}`).includes(
        `"value":${digits}}`,
      ),
      digits,
    )
})

test('any text comes back equal: rare characters, quotes, line ends', () => {
  const text = fc.string({
    unit: fc.constantFrom('𠮷', '䶮', '&', '<', '>', '"', "'", '\n', '\t', '\\', '　', '😀', 'a', ']]>', '&#10;', '&lt;'),
    minLength: 1,
    maxLength: 30,
  })
  fc.assert(
    fc.property(text, (value) => {
      const resource = { resourceType: 'Patient', name: [{ text: value }] }
      assert.deepEqual(JSON.parse(there(JSON.stringify(resource))), resource)
    }),
    { numRuns: 300, seed: 20_260_302 },
  )
})

test('a narrative comes back with its line ends', () => {
  const div =
    '<div xmlns="http://www.w3.org/1999/xhtml"><p>一\r\n二\n三\r</p>\r\n<table class="a"><tr><td>&amp; &lt;</td></tr></table></div>'
  const resource = { resourceType: 'Patient', text: { status: 'generated', div } }
  assert.deepEqual(JSON.parse(there(JSON.stringify(resource))), resource)
})

test('a prefix of the namespace, comments and another order are read', () => {
  const xml =
    '<?xml version="1.0"?><!-- x --><f:Patient xmlns:f="http://hl7.org/fhir"><f:gender value="male"/><f:name><f:given value="a"/><!-- y --><f:given value="b"/></f:name></f:Patient>'
  assert.deepEqual(JSON.parse((readBody(xml, XML) as { text: string }).text), {
    resourceType: 'Patient',
    gender: 'male',
    name: [{ given: ['a', 'b'] }],
  })
})

const BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
const patient = (inside: string): string => `<Patient xmlns="http://hl7.org/fhir">${inside}</Patient>`

// what is refused | body | content type
const REFUSED: readonly (readonly [string, string, string, number])[] = [
  ['a document type', `${BOMB}${patient('')}`, XML, 400],
  ['an entity of one’s own', patient('<gender value="&b;"/>'), XML, 400],
  ['an element that R4 does not know', patient('<foo value="1"/>'), XML, 400],
  ['an attribute that R4 does not know', patient('<gender values="1"/>'), XML, 400],
  ['another namespace', '<Patient xmlns="urn:x"/>', XML, 400],
  ['text between elements', patient('male'), XML, 400],
  ['an element twice', patient('<gender value="male"/><gender value="female"/>'), XML, 400],
  ['two roots', `${patient('')}${patient('')}`, XML, 400],
  ['half of XML', '<Patient xmlns="http://hl7.org/fhir">', XML, 400],
  ['nothing', '', XML, 400],
  ['half of JSON', '{"resourceType":', 'application/json', 400],
  ['a key twice', '{"resourceType":"Patient","id":"a","id":"b"}', 'application/json', 400],
  ['a key twice, once escaped', '{"resourceType":"Patient","id":"a","\\u0069d":"b"}', 'application/json', 400],
  ['half of a surrogate pair', '{"resourceType":"Patient","id":"\\ud842"}', 'application/json', 400],
  ['NUL', '{"resourceType":"Patient","id":"\\u0000"}', 'application/json', 400],
  ['__proto__', '{"__proto__":{"resourceType":"Patient"}}', 'application/json', 400],
  ['a number beyond reach', '{"resourceType":"Patient","x":1e999}', 'application/json', 400],
  ['a whole number that loses digits', '{"x":12345678901234567890}', 'application/json', 400],
  ['nesting of a thousand', `${'['.repeat(1000)}${']'.repeat(1000)}`, 'application/json', 400],
  ['another kind of content', '{}', 'text/csv', 415],
  ['another character set', '{}', 'application/json; charset=gbk', 415],
]

test('what could not be kept is refused, with a reason in both languages', () => {
  for (const [title, body, type, status] of REFUSED) {
    const read = readBody(body, type)
    assert.ok('status' in read, title)
    assert.equal(read.status, status, title)
    assert.match(`${read.issues[0]?.zh}${read.issues[0]?.en}`, /[\u4e00-\u9fff].*[a-z]/, title)
  }
})

test('JSON passes through untouched', () => {
  const text = ' { "resourceType" : "Patient", "x": [1.500, 2.0e3, "a\\u00e9\\"b\\\\" ] } '
  assert.deepEqual(readBody(text, 'application/fhir+json'), { resource: JSON.parse(text), text })
})

test('the format of bodies and answers follows their headers', () => {
  assert.deepEqual(
    [
      formatOfBody(undefined),
      formatOfBody('text/xml'),
      formatOfBody('application/fhir+json;charset=UTF-8'),
      formatOfBody('image/png'),
    ],
    ['json', 'xml', 'json', null],
  )
  const answers: readonly (readonly [string | undefined, string | undefined, 'json' | 'xml' | null])[] = [
    [undefined, undefined, 'json'],
    ['application/fhir+xml', undefined, 'xml'],
    ['application/fhir+xml', 'json', 'json'],
    ['*/*', undefined, 'json'],
    ['application/fhir+json;q=0.5, application/fhir+xml', undefined, 'xml'],
    ['text/turtle', undefined, null],
    [undefined, 'application/fhir xml', 'xml'],
    [undefined, 'ttl', null],
    ['text/html,application/xhtml+xml,*/*;q=0.8', undefined, 'json'],
  ]
  for (const [accept, format, expected] of answers) assert.equal(formatOfAnswer(accept, format), expected, `${accept} ${format}`)
})
