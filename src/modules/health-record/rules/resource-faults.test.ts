import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultOfResource, patientOf } from './resource-faults.ts'
import type { Resource } from './fhir-reading.ts'

const condition = { resourceType: 'Condition', id: 'c-1', subject: { reference: 'Patient/1' } }
const observation = { resourceType: 'Observation', id: 'o.1', status: 'final', code: { text: '血压' } }

// value                                                                 fault                        why
const TABLE: [unknown, string | null, string][] = [
  [condition, null, 'a condition needs a subject and nothing more'],
  [observation, null, 'an observation needs status and code; its subject may be absent'],
  [{ ...observation, id: 'x'.repeat(64) }, null, 'an id has up to 64 characters'],
  [{ ...observation, id: 'x'.repeat(65) }, 'id-malformed', '65 are too many'],
  [{ ...observation, id: 'a_b' }, 'id-malformed', 'an underscore is none of them'],
  [{ ...observation, id: 7 }, 'id-malformed', 'a number is no id'],
  [{ ...observation, id: undefined }, 'id-missing', 'without an id a second run would not know it again'],
  [{ ...observation, resourceType: 'ObservationSheet' }, 'type-unknown', 'the list of types is closed'],
  [{ id: '1' }, 'not-a-resource', 'something that does not say its type'],
  [[observation], 'not-a-resource', 'a list is no resource'],
  ['Observation', 'not-a-resource', 'neither is a text'],
  [null, 'not-a-resource', 'neither is null'],
  [{ ...observation, code: {} }, 'element-missing', 'an empty element is an absent one'],
  [{ ...observation, code: 'blood pressure' }, 'element-malformed', 'a code is a concept, not a text'],
  [{ ...observation, status: 'done' }, 'element-malformed', 'the status comes from the list of R4'],
  [{ ...condition, subject: undefined }, 'element-missing', 'whose condition?'],
  [{ ...condition, onsetDateTime: '2025-02-29' }, 'element-malformed', '29 February 2025 never was'],
  [{ ...condition, onsetDateTime: '2025-02' }, null, 'a month is a date in FHIR'],
  [{ ...condition, recordedDate: '2025-02-03T10:00:00' }, 'element-malformed', 'a time needs its zone'],
  [
    { resourceType: 'MedicationRequest', id: '1', status: 'active', intent: 'order', subject: {} },
    'element-missing',
    'medication[x] must be one of its kinds',
  ],
  [
    {
      resourceType: 'MedicationRequest',
      id: '1',
      status: 'active',
      intent: 'order',
      medicationReference: { reference: '#m' },
      subject: { display: '?' },
    },
    null,
    'a medication by reference is one',
  ],
]

for (const [value, code, why] of TABLE)
  test(`Taking a resource: ${why}`, () => assert.equal(faultOfResource(value)?.code ?? null, code))

test('In a Bundle, an address of the entry stands in for a missing id', () => {
  const { id: _none, ...rest } = observation
  assert.equal(faultOfResource(rest, '0b8f2c9e-0000-4000-8000-000000000001'), null)
})

// reference                                       about whom
const SUBJECTS: [Record<string, unknown>, ReturnType<typeof patientOf>][] = [
  [{ subject: { reference: 'Patient/1' } }, { reference: 'Patient/1' }],
  [{ patient: { reference: 'urn:uuid:1' } }, { reference: 'urn:uuid:1' }],
  [
    { beneficiary: { reference: 'https://a.example/FHIR/Patient/1/_history/2' } },
    { reference: 'https://a.example/FHIR/Patient/1/_history/2' },
  ],
  [{ subject: { reference: 'Patient?identifier=a|1' } }, { reference: 'Patient?identifier=a|1' }],
  [{ subject: { identifier: { system: 'a', value: '1' } } }, { identifier: 'a|1' }],
  [{ subject: { reference: 'Group/1' } }, 'nobody'],
  [{ subject: { reference: 'https://a.example/Device/1' } }, 'nobody'],
  [{ subject: { reference: 'Location?identifier=a|1' } }, 'nobody'],
  [{}, 'nobody'],
]
for (const [elements, about] of SUBJECTS)
  test(`A resource with ${JSON.stringify(elements)} is about ${JSON.stringify(about)}`, () =>
    assert.deepEqual(patientOf({ resourceType: 'Observation', ...elements } as Resource), about))
