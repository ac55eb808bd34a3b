import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changed, SAMPLES } from '../../../../tests/harness/fhir-samples.ts'
import { TWINS } from '../../../../tests/harness/fhir-twins.ts'
import { WRONG } from '../../../../tests/harness/fhir-wrong.ts'
import { validateResource } from './index.ts'

const errorsOf = (resource: unknown): string[] =>
  validateResource(resource)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, path }) => `${code} ${path}`)

test('a sound resource of every type is taken', () => {
  for (const [type, resource] of Object.entries(SAMPLES)) assert.deepEqual(validateResource(resource), [], type)
})

test('what is wrong is refused and the path of it named', async (t) => {
  for (const [title, resource, expected] of WRONG)
    await t.test(title, () => {
      const bare = JSON.parse(JSON.stringify(resource)) as unknown
      const found = errorsOf(title.includes('surrogate') ? resource : bare)
      assert.ok(found.includes(expected), `${expected} is not among ${found.join(' · ')}`)
    })
})

test('of two that differ in one fault only the sound one is taken', async (t) => {
  for (const [title, wrong, right, path] of TWINS)
    await t.test(title, () => {
      const found = errorsOf(wrong)
      assert.ok(
        found.some((one) => one.endsWith(` ${path}`)),
        `${path} is not among ${found.join(' · ')}`,
      )
      assert.deepEqual(errorsOf(right), [])
    })
})

test('an issue speaks both languages and shows no value of the body', () => {
  const issues = validateResource(changed('Patient', { gender: 'SECRET', birthDate: 'SECRET', name: [{ SECRET张: 1 }] }))
  assert.equal(issues.length, 3)
  for (const { zh, en, path } of issues) {
    assert.match(zh, /\p{Script=Han}/u)
    assert.match(en, /^[A-Z].*\.$/)
    assert.ok(!`${zh}${en}`.includes('SECRET'), path)
  }
})

test('a hostile body is answered: deep nesting, ten thousand faults', () => {
  let deep: Record<string, unknown> = { url: 'http://a', valueString: 'x' }
  for (let level = 0; level < 500; level++) deep = { url: 'http://a', extension: [deep] }
  assert.ok(errorsOf({ resourceType: 'Patient', extension: [deep] }).some((one) => one.startsWith('too-costly')))
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`x${at}`, 1]))
  assert.equal(validateResource({ resourceType: 'Patient', ...many }).length, 100)
})
