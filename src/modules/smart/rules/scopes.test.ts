import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { mayFhir, narrowScopes, ofLevels, queriesFor, readScopes, scopesText } from './scopes.ts'

test('a scope of either version reads as letters; what is not understood is left out', () => {
  const rows: [asked: string, read: string, why: string][] = [
    ['patient/Observation.rs', 'patient/Observation.rs', 'second version'],
    ['patient/*.read', 'patient/*.rs', 'read of the first version is read and search'],
    ['user/Slot.write', 'user/Slot.cud', 'write of the first version changes'],
    ['system/*.*', 'system/*.cruds', 'a star is everything'],
    ['patient/Observation.sr', '', 'letters have an order'],
    ['patient/Observation.', '', 'no letter is no right'],
    ['patient/observation.rs', '', 'types begin with a capital'],
    ['patient/Observation.rs?category=laboratory', 'patient/Observation.rs?category=laboratory', 'a query narrows'],
    ['patient/Observation.cruds?category=laboratory', 'patient/Observation.rs?category=laboratory', 'no writing by a query'],
    ['patient/Observation.cud?category=laboratory', '', 'nothing is left of it'],
    ['patient/*.rs?category=laboratory', '', 'a query speaks of one type'],
    ['patient/Observation.rs?category', '', 'no query without a value'],
    ['patient/Observation.rs?_has:x=1', '', 'only plain parameters'],
    ['other/Observation.rs', '', 'no such level'],
    ['launch openid launch nothing', 'openid launch', 'each plain word once, unknown ones gone'],
    ['', '', 'nothing'],
  ]
  for (const [asked, read, why] of rows) assert.equal(scopesText(readScopes(asked)), read, why)
})

test('what is given is never more than what was asked nor than what is allowed', () => {
  const rows: [asked: string, allowed: string, given: string][] = [
    ['patient/*.rs', 'patient/Observation.cruds', 'patient/Observation.rs'],
    ['patient/Observation.cruds', 'patient/*.rs', 'patient/Observation.rs'],
    ['patient/Observation.rs', 'user/Observation.rs', ''],
    ['patient/Observation.rs patient/*.rs', 'patient/*.rs', 'patient/*.rs'],
    ['openid patient/Patient.r', 'launch patient/Patient.r', 'patient/Patient.r'],
    ['patient/Observation.rs?category=laboratory', 'patient/*.rs', 'patient/Observation.rs?category=laboratory'],
    ['patient/*.cruds', 'patient/Observation.rs?category=laboratory', 'patient/Observation.rs?category=laboratory'],
    ['patient/Observation.rs?code=1', 'patient/Observation.rs?category=lab', 'patient/Observation.rs?code=1&category=lab'],
    ['patient/Observation.rs patient/Observation.r?code=1', 'patient/*.rs', 'patient/Observation.rs'],
  ]
  for (const [asked, allowed, given] of rows)
    assert.equal(scopesText(narrowScopes(readScopes(asked), readScopes(allowed))), given, `${asked} within ${allowed}`)
})

test('an app may do what one of its scopes says, and with a scope of a patient only to that patient', () => {
  const rows: [scopes: string, interaction: string, type: string, may: 'all' | 'patient' | null][] = [
    ['patient/Observation.rs', 'read', 'Observation', 'patient'],
    ['patient/Observation.rs', 'create', 'Observation', null],
    ['patient/Observation.r', 'search-type', 'Observation', null],
    ['patient/Observation.s', 'read', 'Observation', null],
    ['patient/Observation.rs', 'read', 'Condition', null],
    ['patient/Observation.rs user/*.r', 'read', 'Observation', 'all'],
    ['system/*.rs', 'history-type', 'Slot', 'all'],
    ['user/Appointment.u', 'patch', 'Appointment', 'all'],
    ['user/*.cruds', 'some-operation', 'Patient', null],
    ['openid launch', 'read', 'Patient', null],
  ]
  for (const [scopes, interaction, type, may] of rows)
    assert.equal(mayFhir(readScopes(scopes), interaction, type), may, `${interaction} ${type} with ${scopes}`)
})

test('narrowing keeps within both sides, whatever is asked', () => {
  const letters = fc.subarray(['c', 'r', 'u', 'd', 's'], { minLength: 1 }).map((some) => some.join(''))
  const word = fc
    .tuple(fc.constantFrom('patient', 'user', 'system'), fc.constantFrom('*', 'Patient', 'Observation', 'Slot'), letters)
    .map(([level, type, may]) => `${level}/${type}.${may}`)
  const words = fc.array(word, { maxLength: 6 }).map((some) => readScopes(some.join(' ')))
  const interactions = ['read', 'search-type', 'create', 'update', 'delete']
  fc.assert(
    fc.property(words, words, (asked, allowed) => {
      const given = narrowScopes(asked, allowed)
      for (const level of ['patient', 'user', 'system'] as const)
        for (const type of ['Patient', 'Observation', 'Slot', 'Condition'])
          for (const interaction of interactions) {
            const may = (scopes: typeof given) => mayFhir(ofLevels(scopes, [level]), interaction, type) !== null
            assert.equal(may(given), may(asked) && may(allowed))
          }
    }),
  )
})

test('a scope with a query gives nothing by itself, and says what it opens only where no wider scope does', () => {
  const scopes = readScopes('patient/Observation.rs?category=laboratory')
  assert.equal(mayFhir(scopes, 'read', 'Observation'), null)
  assert.deepEqual(
    queriesFor(scopes, 'read', 'Observation').map(({ query }) => query),
    ['category=laboratory'],
  )
  assert.deepEqual(queriesFor(scopes, 'read', 'Condition'), [])
  assert.deepEqual(queriesFor(scopes, 'update', 'Observation'), [])
  assert.deepEqual(queriesFor(readScopes('user/Observation.rs patient/Observation.rs?code=1'), 'read', 'Observation'), [])
})
