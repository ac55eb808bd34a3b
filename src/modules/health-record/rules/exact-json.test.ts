import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UnreadableJson } from '../../../platform/http/strict-json.ts'
import { parseExact, parseFhirJson } from './exact-json.ts'

test('Numbers are written again with the digits that they came with', () => {
  const text = '{"a":1.50,"b":[0.1000,-97.32063777913324123],"c":{"d":1e3,"e":7},"f":"1.50"}'
  assert.equal(JSON.stringify(parseExact(text)), text)
  assert.notEqual(JSON.stringify(JSON.parse(text)), text)
})

// text                                      taken   why
const TABLE: [string, boolean, string][] = [
  ['{"a":3.8227768159088433}', true, 'a decimal of 17 digits, as generators write it'],
  ['{"a":-97.320637779133240000001}', true, 'a decimal of any length'],
  ['{"a":999999999999999}', true, 'a whole number of 15 digits'],
  ['{"a":9007199254740993}', false, 'a whole number that would be changed in silence'],
  ['{"a":9007199254740993.5}', false, 'neither can its whole part be kept'],
  ['{"a":"9007199254740993.12345678901234567890"}', true, 'a text is no number'],
  ['{"a":1,"a":2}', false, 'which of the two is meant?'],
  [String.raw`{"a":"\u0000"}`, false, 'NUL cannot be stored'],
  [String.raw`{"a":"\ud842"}`, false, 'half a character cannot be stored'],
  ['{"a":1', false, 'a text that was cut'],
]
for (const [text, isTaken, why] of TABLE)
  test(`FHIR text: ${why}`, () =>
    isTaken ? assert.deepEqual(parseFhirJson(text), JSON.parse(text)) : assert.throws(() => parseFhirJson(text), UnreadableJson))
