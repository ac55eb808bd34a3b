import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { SAMPLES } from '../../../../tests/harness/fhir-samples.ts'
import { definitions } from './definitions.ts'
import { definitionsFolder } from './index-file.ts'
import { addProfile, forgetProfile, validateResource } from './index.ts'
import { isFields, type Fields } from './walking.ts'

type Place = { readonly path: string; readonly holder: Fields; readonly key: string }

/** Every object of a resource with its path, but not what stands in `_name`. */
const objectsOf = (value: unknown, path: string): { path: string; fields: Fields }[] => {
  if (Array.isArray(value)) return value.flatMap((one, at) => objectsOf(one, `${path}[${at}]`))
  if (!isFields(value)) return []
  const inner = Object.entries(value).flatMap(([key, one]) => (key.startsWith('_') ? [] : objectsOf(one, `${path}.${key}`)))
  return [{ path, fields: value }, ...inner]
}

const placesOf = (resource: Fields): Place[] =>
  objectsOf(resource, String(resource['resourceType'])).flatMap(({ path, fields }) =>
    Object.keys(fields)
      .filter((key) => key !== 'resourceType' && !key.startsWith('_'))
      .map((key) => ({ path: `${path}.${key}`, holder: fields, key })),
  )

/** Each kind of break: what it does to one key. All of them are wrong wherever they are done. */
const BREAKS: Readonly<Record<string, (place: Place) => void>> = {
  'set to null': ({ holder, key }) => (holder[key] = null),
  'an empty object': ({ holder, key }) => (holder[key] = Array.isArray(holder[key]) ? [{}] : {}),
  'an empty array': ({ holder, key }) => (holder[key] = []),
  'an array in an array': ({ holder, key }) => (holder[key] = [[holder[key]]]),
  'array for one, one for array': ({ holder, key }) =>
    (holder[key] = Array.isArray(holder[key]) ? holder[key][0] : [holder[key]]),
  'a neighbour that no type has': ({ holder, key }) => (holder[`${key}Xyz`] = 'x'),
  'an empty text': ({ holder, key }) => (holder[key] = Array.isArray(holder[key]) ? [''] : ''),
}

// `value[x]` stands in paths as `value.ofType(Quantity)`; here both are cut to the name before the type.
const plain = (path: string): string => path.replace(/\.ofType\([^)]*\)/g, '')
const stemmed = (path: string, found: string): boolean => {
  const [wanted, got] = [path.split('.'), plain(found).split('.')]
  return (
    got.length >= wanted.length - 1 &&
    got.slice(0, wanted.length - 1).every((part, at) => (wanted[at] ?? '').startsWith(part.replace(/\[\d+\]$/, '')))
  )
}

test('whatever is broken in a sound resource is refused, and the place is named', () => {
  const samples = Object.values(SAMPLES)
  const choose = fc.tuple(fc.nat(samples.length - 1), fc.nat(10_000), fc.constantFrom(...Object.keys(BREAKS)))
  fc.assert(
    fc.property(choose, ([which, where, kind]) => {
      const resource = structuredClone(samples[which]) as Fields
      const places = placesOf(resource)
      const place = places[where % places.length] as Place
      BREAKS[kind]?.(place)
      const errors = validateResource(resource).filter(({ severity }) => severity === 'error')
      assert.ok(errors.length > 0, `${kind} at ${place.path} was taken`)
      assert.ok(
        errors.some(({ path }) => stemmed(place.path, path)),
        `${kind} at ${place.path}: ${errors.map(({ path }) => path).join(' · ')}`,
      )
    }),
    { numRuns: 1_500, seed: 20_260_301 },
  )
})

test('a required element that is taken away is missed', () => {
  for (const resource of Object.values(SAMPLES)) {
    const type = resource.resourceType
    for (const { n, min, x } of definitions().types[type]?.e ?? []) {
      if (min === 0) continue
      const keys = Object.keys(resource).filter((key) => (x ? key.startsWith(n) : key === n))
      const rest = Object.fromEntries(Object.entries(resource).filter(([key]) => !keys.includes(key)))
      assert.ok(
        validateResource(rest).some(({ code, path }) => code === 'required' && path === `${type}.${n}`),
        `${type}.${n}`,
      )
    }
  }
})

test('the definitions of HL7 themselves are sound resources', () => {
  const sound = (file: string, every: number): void => {
    const { entry } = JSON.parse(readFileSync(join(definitionsFolder(), file), 'utf8')) as { entry: { resource: Fields }[] }
    for (let at = 0; at < entry.length; at += every) {
      const errors = validateResource(entry[at]?.resource).filter(({ severity }) => severity === 'error')
      assert.deepEqual(errors, [], `${file} ${String(entry[at]?.resource['id'])}`)
    }
  }
  sound('search-parameters.json', 60)
  sound('valuesets.json', 60)
  sound('conceptmaps.json', 20)
})

test('every constraint of the definitions that is not written out can be parsed', async () => {
  const { parseFhirPath } = await import('@medplum/core')
  for (const [key, expression] of Object.entries(definitions().constraints)) assert.ok(parseFhirPath(expression), key)
})

const PROFILE = 'http://example.org/StructureDefinition/final-observation'

test('a profile that is loaded binds; one that is not is a warning; one of another type is refused', () => {
  const element = (path: string, min: number, max: string, code: string, more: object = {}): object => ({
    id: path,
    path,
    min,
    max,
    base: { path, min: 0, max },
    type: [{ code }],
    ...more,
  })
  const profile = {
    resourceType: 'StructureDefinition',
    url: PROFILE,
    name: 'FinalObservation',
    status: 'active',
    kind: 'resource',
    abstract: false,
    type: 'Observation',
    derivation: 'constraint',
    snapshot: {
      element: [
        { id: 'Observation', path: 'Observation', min: 0, max: '*', base: { path: 'Observation', min: 0, max: '*' } },
        element('Observation.meta', 0, '1', 'Meta'),
        element('Observation.status', 1, '1', 'code', { fixedCode: 'final' }),
        element('Observation.code', 1, '1', 'CodeableConcept'),
        element('Observation.subject', 1, '1', 'Reference'),
      ],
    },
  }
  const observation = { resourceType: 'Observation', meta: { profile: [PROFILE] }, status: 'preliminary', code: { text: 'x' } }
  assert.deepEqual(
    validateResource(observation).map(({ severity, code }) => [severity, code]),
    [['warning', 'not-found']],
  )
  assert.equal(addProfile(profile), true)
  const errors = validateResource(observation)
    .filter(({ severity }) => severity === 'error')
    .map(({ path }) => path)
  assert.deepEqual(errors.sort(), ['Observation.status', 'Observation.subject'])
  assert.deepEqual(validateResource({ ...observation, status: 'final', subject: { reference: 'Patient/1' } }), [])
  assert.equal(validateResource({ resourceType: 'Patient', active: true }, [PROFILE])[0]?.severity, 'error')
  forgetProfile(PROFILE)
})

test('what a well-known library finds wrong is found here too', () => {
  const require = createRequire(import.meta.url)
  const core = require('@medplum/core') as typeof import('@medplum/core')
  const types = ['Patient', 'Observation', 'Encounter', 'Condition']
  core.indexStructureDefinitionBundle(JSON.parse(readFileSync(join(definitionsFolder(), 'profiles-types.json'), 'utf8')))
  const { entry } = JSON.parse(readFileSync(join(definitionsFolder(), 'profiles-resources.json'), 'utf8')) as {
    entry: { resource: { name: string; resourceType: string } }[]
  }
  core.indexStructureDefinitionBundle(
    entry
      .map(({ resource }) => resource)
      .filter(
        ({ name, resourceType }) => resourceType === 'StructureDefinition' && (types.includes(name) || name === 'Organization'),
      ) as never,
  )
  const theirs = (resource: Fields): boolean => {
    try {
      return core.validateResource(resource as never).some(({ severity }) => severity === 'error')
    } catch {
      return true
    }
  }
  let [both, ours] = [0, 0]
  for (const type of types) {
    assert.equal(theirs(structuredClone(SAMPLES[type]) as Fields), false, type)
    const places = placesOf(structuredClone(SAMPLES[type]) as Fields).length
    for (let where = 0; where < places; where++)
      for (const [kind, breakIt] of Object.entries(BREAKS)) {
        const resource = structuredClone(SAMPLES[type]) as Fields
        breakIt(placesOf(resource)[where] as Place)
        const isOurs = validateResource(resource).some(({ severity }) => severity === 'error')
        ours += isOurs ? 1 : 0
        if (!theirs(resource)) continue
        both++
        assert.ok(isOurs, `${type} ${where} ${kind}`)
      }
  }
  assert.ok(both > 100 && ours >= both)
})
