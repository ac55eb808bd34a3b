import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faces } from '../../src/modules/fhir/index.ts'
import { checkCharacter } from '../../src/modules/residents/rules/id-number.ts'
import { testHouse } from '../harness/house.ts'
import { setStage } from '../harness/stage.ts'
import { fhirServer, ofTheFile, type Told } from './server.ts'

// `Patient/$match` (FHIR R4): how sure the index is of each, by the grades of HL7, and only the certain ones where that is asked for.

const house = await testHouse(ofTheFile)
const { villageDoctor } = await setStage(house)
const server = await fhirServer(ofTheFile, house, { villageDoctor }, faces)
const numberOf = (serial: string): string => `99010119700203${serial}${checkCharacter(`99010119700203${serial}`)}`
const known = {
  resourceType: 'Patient',
  identifier: [{ system: 'urn:oid:2.16.156.10011.1.3', value: numberOf('101') }],
  name: [{ text: '演示配对人' }],
  gender: 'male',
  birthDate: '1970-02-03',
  telecom: [{ system: 'phone', value: '13900004321' }],
}
const made = await server.ask('POST', 'Patient', { body: known })
assert.equal(made.status, 201, made.text)

const grade = 'http://hl7.org/fhir/StructureDefinition/match-grade'
const matched = async (resource: object, onlyCertainMatches?: boolean): Promise<{ grade: string; score: number }[]> => {
  const parameter = [
    { name: 'resource', resource },
    ...(onlyCertainMatches === undefined ? [] : [{ name: 'onlyCertainMatches', valueBoolean: onlyCertainMatches }]),
  ]
  const { status, json, text } = await server.ask('POST', 'Patient/$match', { body: { resourceType: 'Parameters', parameter } })
  assert.equal(status, 200, text)
  const entries: Told[] = json.entry ?? []
  assert.equal(json.total, entries.length)
  return entries.map(({ search }) => {
    assert.equal(search.mode, 'match')
    const named = search.extension.filter(({ url }: Told) => url === grade)
    assert.equal(named.length, 1)
    return { grade: named[0].valueCode, score: search.score }
  })
}
const { identifier, ...unnumbered } = known
const { telecom: _phone, ...bare } = unnumbered

// who                                              | grade       | why
const CASES: readonly (readonly [string, object, string])[] = [
  ['the identity number, with name and birth date', { ...bare, identifier }, 'certain'],
  ['name, birth date and telephone', unnumbered, 'probable'],
  ['name, sex and birth date alone are never certain', bare, 'probable'],
  ['the same with day and month exchanged', { ...bare, birthDate: '1970-03-02' }, 'possible'],
  ['a name and a telephone, no birth date', { resourceType: 'Patient', name: known.name, telecom: known.telecom }, 'possible'],
]

for (const [who, resource, expected] of CASES)
  test(`${who}: ${expected}`, async () => {
    const all = await matched(resource)
    assert.deepEqual(
      all.map((one) => one.grade),
      [expected],
    )
    assert.ok(all.every(({ score }) => score > 0 && score <= 1))
    assert.deepEqual((await matched(resource, false)).length, 1)
    assert.deepEqual(
      (await matched(resource, true)).map((one) => one.grade),
      expected === 'certain' ? ['certain'] : [],
      'only certain ones, where that is asked for',
    )
  })

test('a stranger of another name, day and number is no match', async () => {
  assert.deepEqual(
    await matched({ resourceType: 'Patient', name: [{ text: '无此人氏' }], gender: 'female', birthDate: '1999-09-09' }),
    [],
  )
})
