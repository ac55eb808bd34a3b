import assert from 'node:assert/strict'
import test from 'node:test'
import { readSpecialties } from '../../organisations/index.ts'
import { readCatalogue } from '../catalogue/read-catalogue.ts'
import { heightOf } from '../../organisations/index.ts'
import { readRequirements } from './requirements.ts'

const { rows } = readCatalogue()
const requirements = readRequirements()
const keys = new Set(rows.map(({ key }) => key))

test('every row of the requirements is about a condition of the catalogue, and no condition has two', () => {
  assert.deepEqual(
    requirements.own.filter((key) => !keys.has(key)),
    [],
  )
  assert.equal(new Set(requirements.own).size, requirements.own.length)
})

test('every condition that belongs to the county or above has a doctor’s rank, and needs unless it is of Chinese medicine', () => {
  const high = rows.filter(({ lowestTier }) => heightOf(lowestTier) >= heightOf('county'))
  assert.ok(high.length > 400)
  const bare = high.filter((row) => requirements.of(row).needs.length === 0)
  assert.deepEqual(
    bare.map(({ key, specialty }) => `${key} ${specialty}`),
    [],
  )
  assert.deepEqual(
    high.filter((row) => requirements.of(row).doctor === 'any').map(({ key }) => key),
    [],
  )
})

test('the diseases of the up-referral rules and of the five centres have rows of their own', () => {
  const asked = ['hypertension', 'type-2-diabetes', 'copd', 'coronary-heart-disease', 'stroke', 'stroke-hyperacute', 'high-risk-pregnancy', 'acute-myocardial-infarction', 'multiple-trauma', 'neonatal-critical', 'severe-mental-disorder', 'tuberculosis'] // prettier-ignore
  assert.deepEqual(
    asked.filter((key) => !requirements.own.includes(key)),
    [],
  )
  assert.deepEqual(requirements.of({ key: 'stroke-hyperacute', specialty: '0303', lowestTier: 'county' }), {
    doctor: 'associate-chief',
    anySpecialty: false,
    needs: ['ct', 'thrombolysis', 'thrombolytic'],
  })
})

test('a higher tier asks for more than a lower one of the same specialty, and no primary condition for more than its row', () => {
  const county = requirements.of({ key: 'unlisted', specialty: '0304', lowestTier: 'county' })
  const city = requirements.of({ key: 'unlisted', specialty: '0304', lowestTier: 'city' })
  assert.deepEqual(city.needs.slice(0, county.needs.length), county.needs)
  assert.ok(city.needs.length > county.needs.length)
  assert.deepEqual(requirements.of({ key: 'unlisted', specialty: '0304', lowestTier: 'township' }).needs, [])
  assert.ok(readSpecialties().length > 60)
})
