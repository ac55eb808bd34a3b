import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '../../../kernel/clock.ts'
import type { Day } from '../../../kernel/day.ts'
import { newId, type PersonId } from '../../../kernel/id.ts'
import { buildPackage, type PackageFacts, type StoredResource } from './build-package.ts'
import { referencesIn } from './references.ts'

const stored = (
  id: string,
  sourceId: string,
  fields: { resourceType: string; [element: string]: unknown },
  raw = '',
): StoredResource => {
  const text = JSON.stringify({ ...fields, id: sourceId, subject: { reference: 'Patient/p1' } })
  return { id, type: fields.resourceType, source: 'a', sourceId, body: raw ? `{${raw},${text.slice(1)}` : text }
}
const [c, m, o, r, e] = Array.from({ length: 5 }, () => newId()) as [string, string, string, string, string]

const facts: PackageFacts = {
  person: {
    id: '1000001' as PersonId,
    zh: '林小满',
    en: null,
    sex: 'female',
    bornOn: '1950-05-01' as Day,
    diedOn: null,
    address: null,
    synthetic: true,
  },
  chosen: { problems: [c], medicines: [m], allergies: [], observations: [o], reports: [r] },
  resources: [
    stored(c, 'c1', { resourceType: 'Condition', code: { text: '高血压 <3 级>' } }),
    stored(m, 'm1', {
      resourceType: 'MedicationRequest',
      requester: { reference: 'Practitioner?identifier=npi|77', display: 'Dr. A' },
      reasonReference: [{ reference: 'Condition/c1' }],
    }),
    stored(
      o,
      'o1',
      { resourceType: 'Observation', encounter: { reference: 'Encounter/e1' } },
      '"valueQuantity":{"value":5.50,"unit":"mmol/L"}',
    ),
    stored(r, 'r1', {
      resourceType: 'DiagnosticReport',
      result: [{ reference: 'urn:uuid:o1o1o1o1-0000-4000-8000-000000000000' }, { reference: 'Observation/o1' }],
    }),
    stored(e, 'e1', { resourceType: 'Encounter', serviceProvider: { reference: 'Organization/gone' } }),
  ],
  letter: { reason: '血压 > 180 & 头痛', sender: { institution: { zh: '村卫生室' }, doctor: { zh: '王医生', en: 'Dr Wang' } } },
  case: newId(),
  at: '2026-11-22T04:00:00.000Z' as Instant,
  zone: 'Asia/Shanghai',
  newId,
}
const text = JSON.stringify(buildPackage(facts))
type Entry = { fullUrl: string; resource: { resourceType: string; [element: string]: any } } // oxlint-disable-line no-explicit-any
const bundle = JSON.parse(text) as { type: string; identifier: object; timestamp: string; entry: Entry[] }
const find = (type: string): Entry => bundle.entry.find(({ resource }) => resource.resourceType === type) as Entry

test('A package is a FHIR document: identified, dated, the Composition first, every entry once', () => {
  assert.equal(bundle.type, 'document')
  assert.ok(bundle.identifier && bundle.timestamp)
  assert.equal(bundle.entry[0]?.resource.resourceType, 'Composition')
  assert.equal(bundle.entry[0]?.resource['type'].coding[0].code, '57133-1')
  assert.equal(new Set(bundle.entry.map(({ fullUrl }) => fullUrl)).size, bundle.entry.length)
})

test('Every reference of the document leads to an entry of it', () => {
  const urls = new Set(bundle.entry.map(({ fullUrl }) => fullUrl))
  const references = bundle.entry.flatMap(({ resource }) => referencesIn(resource))
  assert.ok(references.length >= 15)
  for (const reference of references) assert.ok(urls.has(reference), reference)
})

test('Subjects lead to the patient, reasons and results to their resources, in whichever form they were written', () => {
  const patient = find('Patient').fullUrl
  for (const type of ['Composition', 'Condition', 'MedicationRequest', 'Observation', 'DiagnosticReport', 'Encounter'])
    assert.equal(find(type).resource['subject'].reference, patient, type)
  assert.equal(find('MedicationRequest').resource['reasonReference'][0].reference, find('Condition').fullUrl)
  assert.equal(find('DiagnosticReport').resource['result'][1].reference, find('Observation').fullUrl)
  assert.equal(find('Observation').resource['encounter'].reference, find('Encounter').fullUrl)
})

test('What lies outside is named by its identifier and keeps its display', () => {
  assert.deepEqual(find('MedicationRequest').resource['requester'], {
    display: 'Dr. A',
    type: 'Practitioner',
    identifier: { system: 'npi', value: '77' },
  })
  assert.deepEqual(find('Encounter').resource['serviceProvider'], {
    type: 'Organization',
    identifier: { system: 'urn:ietf:rfc:3986', value: 'Organization/gone' },
  })
})

test('Numbers keep their digits', () => assert.match(text, /"value":5\.50,/))

test('Each section names what was chosen, or says that nothing is on record', () => {
  const sections = find('Composition').resource['section'] as { title: string; entry?: unknown[]; emptyReason?: unknown }[]
  assert.deepEqual(
    sections.map(({ entry, emptyReason }) => [entry?.length ?? 0, emptyReason !== undefined]),
    [
      [0, false],
      [1, false],
      [1, false],
      [0, true],
      [1, false],
      [1, false],
    ],
  )
})

test('The letter and names are escaped in what people read', () => {
  const [letter, problems] = find('Composition').resource['section'] as { text: { div: string } }[]
  assert.match(letter?.text.div ?? '', /血压 &#62; 180 &#38; 头痛/)
  assert.match(problems?.text.div ?? '', /高血压 &#60;3 级&#62;/)
})

test('A synthetic person’s package is marked as test data, and no identity number travels', () => {
  assert.match(text, /HTEST/)
  assert.deepEqual(find('Patient').resource['identifier'], [{ type: { text: '居民编号' }, value: '1000001' }])
})
