import assert from 'node:assert/strict'
import test from 'node:test'
import type { OrgId } from '../../../kernel/id.ts'
import { readCatalogue } from '../catalogue/read-catalogue.ts'
import { timeCriticalConditions } from '../finding/time-critical.ts'
import { personWeights } from './person-weights.ts'
import type { Weights } from './rank-places.ts'
import { steeringOf } from './steering.ts'
import { clockFor, inOrderOfTime, TIMED_TREATMENTS } from './time-critical.ts'
import { kilometresFor, travelMinutes } from './travel-minutes.ts'

const [pci, lysis] = TIMED_TREATMENTS['chest-pain']
const minutesOf = (target: string): number =>
  ({ 'door-to-balloon': 90, 'door-to-needle': 30, 'contact-to-device': 120 })[target] ?? NaN

// travel   treatment  total  within | why
const CLOCKS = [
  [30, pci, 120, true, 'exactly the target is within it'],
  [31, pci, 121, false, 'one minute more is not'],
  [29, pci, 119, true, 'one minute less is'],
  [200, lysis, 230, true, 'no target of the whole way'],
] as const

test('the clock is the way and the door against the target', () => {
  for (const [travel, treatment, total, isWithin, why] of CLOCKS) {
    const clock = clockFor(treatment as NonNullable<typeof pci>, travel, minutesOf)
    assert.deepEqual([clock.totalMinutes, clock.isWithin], [total, isWithin], why)
  }
})

test('in time before late, the better treatment before the nearer, and each centre once', () => {
  const at = (id: string, treatment: typeof pci, travel: number) => ({
    centre: { id },
    clock: clockFor(treatment as NonNullable<typeof pci>, travel, minutesOf),
  })
  const ordered = inOrderOfTime([
    [at('far-pci', pci, 60), at('pci', pci, 25), at('near-pci', pci, 20)],
    [at('lysis', lysis, 5), at('pci', lysis, 25)],
  ])
  assert.deepEqual(ordered.map(({ centre }) => centre.id), ['near-pci', 'pci', 'lysis', 'far-pci']) // prettier-ignore
})

test('minutes and kilometres are each other’s way back', () => {
  const pace = { roadFactor: 1.4, kmPerHour: 40 }
  assert.equal(travelMinutes(10, pace), 21)
  assert.equal(kilometresFor(21, pace), 10)
})

test('a preference multiplies its own weight and no other', () => {
  const weights = { kilometre: 0.3, 'wait-day': 2, 'tier-step': 12 } as Weights
  const times = (key: string): number => ({ 'nearest-kilometre': 10, 'earliest-wait-day': 5, 'limited-kilometre': 3 })[key] ?? NaN
  assert.deepEqual(personWeights(weights, 'nearest', 'limited', times), { kilometre: 9, 'wait-day': 2, 'tier-step': 12 })
  assert.deepEqual(personWeights(weights, 'earliest', 'easy', times), { kilometre: 0.3, 'wait-day': 10, 'tier-step': 12 })
  assert.deepEqual(personWeights(weights, 'cheapest', 'easy', times), weights)
})

test('every condition of a green channel stands in the catalogue as an emergency', () => {
  const rows = new Map(readCatalogue().rows.map((row) => [row.key, row]))
  const wrong = [...timeCriticalConditions().keys()].filter((key) => rows.get(key)?.urgency !== 'emergency')
  assert.deepEqual(wrong, [])
  assert.ok(timeCriticalConditions().size >= 20)
})

test('starved: offered often and never chosen, never offered where there is demand, a tier far below its offers', () => {
  const [a, b, c, village] = ['1', '2', '3', '4'] as OrgId[] as [OrgId, OrgId, OrgId, OrgId]
  const places = [
    { id: a, tier: 'county', county: '430399' }, { id: b, tier: 'city', county: '430301' },
    { id: c, tier: 'township', county: '430399' }, { id: village, tier: 'village', county: '430399' },
  ] as const // prettier-ignore
  const choice = { org: a, county: '430399', position: 1, offered: [a, b] }
  const thresholds = { offeredLeast: 3, chosenShareLeast: 2_500 }
  const few = steeringOf([choice, choice], places, thresholds)
  assert.deepEqual(few.starved, [], 'below the threshold nobody is starved')
  const enough = steeringOf([choice, choice, choice], places, thresholds)
  assert.deepEqual(enough.starved, [
    { id: b, why: 'never-chosen', offered: 3 },
    { id: c, why: 'never-offered', offered: 0 },
  ])
  assert.deepEqual(enough.tiers.map(({ tier, isStarved }) => [tier, isStarved]), [['county', false], ['city', true]]) // prettier-ignore
  assert.equal(steeringOf([], places, thresholds).firstTaken, null)
})
