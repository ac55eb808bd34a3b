import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { definitionsFolder } from './index-file.ts'
import { addProfile, forgetProfile, validateResource } from './index.ts'
import { buildSnapshot, elementsOfR4, type SnapshotElement } from './snapshot.ts'
import type { Fields } from './walking.ts'

type Definition = Fields & {
  readonly id: string
  readonly baseDefinition: string
  readonly differential: { readonly element: SnapshotElement[] }
  readonly snapshot: { readonly element: SnapshotElement[] }
}

const published = (file: string): Definition[] =>
  (JSON.parse(readFileSync(join(definitionsFolder(), file), 'utf8')) as { entry: { resource: Definition }[] }).entry
    .map(({ resource }) => resource)
    .filter((one) => one['resourceType'] === 'StructureDefinition' && one['derivation'] === 'constraint')

// Ids of elements are FHIRPath strings in the published snapshots and strings in the index.
const types = ({ type }: SnapshotElement): string[] =>
  (type ?? [])
    .map(({ code }) => code)
    .filter((code) => !code.includes('fhirpath') && code !== 'string')
    .toSorted()
const fixed = (element: SnapshotElement): [string, unknown][] =>
  Object.entries(element).filter(([key]) => /^(?:fixed|pattern)[A-Z]/.test(key))

// The package of the definitions has its EvidenceVariable from R5, and this profile of R4's is about R4's.
const OF_ANOTHER_BASE = new Set(['picoelement'])

test('what is built from the differential is what HL7 publishes as snapshot, for every profile and extension of R4', () => {
  let compared = 0
  for (const file of ['profiles-others.json', 'extension-definitions.json'])
    for (const { id, baseDefinition, differential, snapshot } of published(file)) {
      if (OF_ANOTHER_BASE.has(id)) continue
      const base = elementsOfR4(baseDefinition)
      assert.ok(base, `${id}: ${baseDefinition}`)
      const made = buildSnapshot(base, differential.element)
      assert.ok('elements' in made, `${id}: ${JSON.stringify(made)}`)
      const ours = new Map(made.elements.map((one) => [one.id, one]))
      const named = new Set(differential.element.map((one) => one.id))
      for (const theirs of snapshot.element) {
        const own = ours.get(theirs.id)
        assert.ok(own || !named.has(theirs.id), `${id}: ${theirs.id} is missing`)
        if (!own) continue
        compared++
        assert.deepEqual([own.min, own.max, fixed(own)], [theirs.min, theirs.max, fixed(theirs)], `${id}: ${theirs.id}`)
        if (types(theirs).length > 0 && !types(theirs)[0]?.endsWith('Element'))
          assert.deepEqual(types(own), types(theirs), `${id}: ${theirs.id}`)
      }
    }
  assert.ok(compared > 4_000, String(compared))
})

const R4 = 'http://hl7.org/fhir/StructureDefinition'
const URL = 'http://example.org/StructureDefinition'
const profile = (name: string, type: string, baseDefinition: string, element: readonly object[]): object => ({
  resourceType: 'StructureDefinition',
  url: `${URL}/${name}`,
  name,
  status: 'active',
  kind: 'resource',
  abstract: false,
  type,
  baseDefinition,
  derivation: 'constraint',
  differential: { element },
})
const errorsOf = (resource: unknown): string[] =>
  validateResource(resource)
    .filter(({ severity }) => severity === 'error')
    .map(({ path }) => path)
const glucose = (change: Fields = {}): object => ({
  resourceType: 'Observation',
  meta: { profile: [`${URL}/glucose`] },
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '15074-8' }] },
  subject: { reference: 'Patient/1' },
  valueQuantity: { value: 5.5, unit: 'mmol/L' },
  ...change,
})
after(() => {
  for (const name of ['glucose', 'fasting', 'colour']) forgetProfile(`${URL}/${name}`)
})

test('a profile that brings its differential alone binds like one with a snapshot, and so does one that builds on it', () => {
  const own = profile('glucose', 'Observation', `${R4}/Observation`, [
    { id: 'Observation', path: 'Observation' },
    { id: 'Observation.status', path: 'Observation.status', fixedCode: 'final' },
    { id: 'Observation.subject', path: 'Observation.subject', min: 1 },
    { id: 'Observation.code.coding.system', path: 'Observation.code.coding.system', min: 1 },
    { id: 'Observation.valueQuantity', path: 'Observation.valueQuantity', min: 1 },
    { id: 'Observation.valueQuantity.unit', path: 'Observation.valueQuantity.unit', min: 1 },
    { id: 'Observation.component', path: 'Observation.component', max: '0' },
  ])
  assert.deepEqual(errorsOf(own), [])
  assert.equal(addProfile(own), true)
  assert.deepEqual(errorsOf(glucose()), [])
  assert.deepEqual(errorsOf(glucose({ status: 'preliminary' })), ['Observation.status'])
  assert.deepEqual(errorsOf(glucose({ subject: undefined })), ['Observation.subject'])
  assert.notDeepEqual(errorsOf(glucose({ code: { coding: [{ code: 'x' }] } })), [])
  assert.notDeepEqual(errorsOf(glucose({ valueQuantity: undefined, valueString: 'x' })), [])
  assert.notDeepEqual(errorsOf(glucose({ component: [{ code: { text: 'x' }, valueString: 'y' }] })), [])

  const finer = profile('fasting', 'Observation', `${URL}/glucose`, [
    { id: 'Observation.effective[x]', path: 'Observation.effective[x]', min: 1 },
  ])
  assert.deepEqual(errorsOf(finer), [])
  assert.equal(addProfile(finer), true)
  const meta = { profile: [`${URL}/fasting`] }
  assert.deepEqual(errorsOf(glucose({ meta })), ['Observation.effective[x]'])
  assert.deepEqual(errorsOf(glucose({ meta, effectiveDateTime: '2026-03-01' })), [])
  assert.deepEqual(errorsOf(glucose({ meta, effectiveDateTime: '2026-03-01', status: 'amended' })), ['Observation.status'])
})

test('a profile from which no snapshot can be built is refused, and the reason said', () => {
  const orphan = profile('orphan', 'Observation', `${URL}/nobody-knows`, [{ id: 'Observation', path: 'Observation' }])
  assert.deepEqual(errorsOf(orphan), ['StructureDefinition.baseDefinition'])
  const astray = profile('astray', 'Observation', `${R4}/Observation`, [
    { id: 'Observation.mood', path: 'Observation.mood', min: 1 },
  ])
  assert.deepEqual(errorsOf(astray), ['StructureDefinition.differential'])
})

test('a profile whose base went away is said not to be checked', () => {
  addProfile(profile('colour', 'Patient', `${URL}/gone`, [{ id: 'Patient.name', path: 'Patient.name', min: 1 }]))
  const issues = validateResource({ resourceType: 'Patient', active: true, meta: { profile: [`${URL}/colour`] } })
  assert.deepEqual(
    issues.map(({ severity, code }) => [severity, code]),
    [['warning', 'not-found']],
  )
})

test('an extension whose definition was loaded is known: a modifier only as a modifier', () => {
  const url = `${URL}/not`
  const patient = (kind: string): object => ({ resourceType: 'Patient', [kind]: [{ url, valueBoolean: true }] })
  assert.deepEqual(errorsOf(patient('modifierExtension')), ['Patient.modifierExtension[0].url'])
  const definition = {
    ...profile('not', 'Extension', `${R4}/Extension`, [
      { id: 'Extension', path: 'Extension', isModifier: true, isModifierReason: 'It turns the meaning round.' },
      { id: 'Extension.url', path: 'Extension.url', fixedUri: url },
    ]),
    kind: 'complex-type',
    context: [{ type: 'element', expression: 'Patient' }],
  }
  assert.deepEqual(errorsOf(definition), [])
  assert.equal(addProfile(definition), true)
  assert.deepEqual(errorsOf(patient('modifierExtension')), [])
  assert.deepEqual(errorsOf(patient('extension')), ['Patient.extension[0]'])
  forgetProfile(url)
  assert.deepEqual(errorsOf(patient('modifierExtension')), ['Patient.modifierExtension[0].url'])
})
