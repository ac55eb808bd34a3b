import assert from 'node:assert/strict'
import test from 'node:test'
import { instant, plusHours, plusMilliseconds } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { SERVICE_TAGS, TIERS } from '../../organisations/index.ts'
import { pointsOf, type Candidate, type Weights } from './rank-places.ts'
import { whatWouldChange, type Placed } from './what-would-change.ts'

const NOW = instant('2026-11-22T00:00:00Z')
const UNTIL = plusHours(NOW, 7 * 24)

/** Numbers that one seed always draws alike. */
const drawing = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296
  return seed / 4_294_967_296
}

const randomWeights = (draw: () => number): Weights => ({
  'tier-step': draw() * 20, 'other-consortium': draw() * 50, 'own-lead': draw() * 20, 'no-free-unit': 30 + draw() * 60, 'wait-day': draw() * 5,
  kilometre: draw(), 'key-tag': 8 + draw() * 4, 'advantage-tag': 5 + draw() * 3, 'feature-tag': draw() * 5,
}) // prettier-ignore

const randomPlace = (id: number, draw: () => number): Candidate => ({
  id: `${id}` as OrgId,
  tier: TIERS[3 + Math.floor(draw() * 3)] ?? 'county',
  tag: draw() < 0.5 ? null : (SERVICE_TAGS[Math.floor(draw() * 3)] ?? null),
  isOwnConsortium: draw() < 0.5,
  isOwnLead: false,
  distanceKm: draw() * 80,
  free: draw() < 0.4 ? null : { units: 1, reserved: 0, firstAt: plusHours(NOW, draw() * 7 * 24) },
})

const placed = (place: Candidate, weights: Weights): Placed => {
  const asked = { lowestTier: 'county' as const, now: NOW, weights }
  const points = pointsOf(place, asked)
  const without = (more: Partial<Candidate>, other: Partial<Weights> = {}): number =>
    points - pointsOf({ ...place, ...more }, { ...asked, weights: { ...weights, ...other } })
  return {
    ...place,
    points,
    parts: {
      consortium: without({ isOwnConsortium: true }),
      capacity: without({}, { 'wait-day': 0, 'no-free-unit': 0 }),
      distance: without({ distanceKm: 0 }),
      strength: without({ tag: null }),
    },
  }
}

const seed = Math.floor(Math.random() * 1e9)

test(`whatever is said to make a place first makes it first, and a little less does not (seed ${seed})`, () => {
  const draw = drawing(seed)
  const met = new Map<string, number>()
  for (let round = 0; round < 3_000; round += 1) {
    const weights = randomWeights(draw)
    const asked = { lowestTier: 'county' as const, now: NOW, weights }
    const pair = [randomPlace(1, draw), randomPlace(2, draw)]
      .map((one) => placed(one, weights))
      .toSorted((a, b) => a.points - b.points)
    const [first, place] = pair as [Placed, Placed]
    for (const change of whatWouldChange(place, first, { weights, now: NOW, until: UNTIL })) {
      met.set(change.kind, (met.get(change.kind) ?? 0) + 1)
      const withUnit = (ms: number): Candidate => ({
        ...place,
        free: { units: 1, reserved: 0, firstAt: plusMilliseconds(change.kind === 'earlier-unit' ? change.before : NOW, ms) },
      })
      const changed: Candidate =
        change.kind === 'earlier-unit'
          ? withUnit(-2)
          : change.kind === 'nearer'
            ? { ...place, distanceKm: Math.max(0, change.km - 0.001) }
            : change.kind === 'own-consortium'
              ? { ...place, isOwnConsortium: true }
              : { ...place, tag: change.tag }
      assert.ok(pointsOf(changed, asked) < first.points + 1e-9, `${change.kind} in round ${round}`)
      if (change.kind === 'nearer') assert.ok(pointsOf({ ...place, distanceKm: change.km + 0.001 }, asked) > first.points)
      if (change.kind === 'earlier-unit' && change.before < UNTIL) assert.ok(pointsOf(withUnit(60_000), asked) > first.points)
    }
  }
  for (const kind of ['earlier-unit', 'nearer', 'own-consortium', 'stronger'])
    assert.ok((met.get(kind) ?? 0) > 20, `${kind} was met`)
})

test('the first place has nothing to change, nor has one of equal points', () => {
  const weights = randomWeights(drawing(1))
  const place = placed(randomPlace(1, drawing(2)), weights)
  assert.deepEqual(whatWouldChange(place, place, { weights, now: NOW, until: UNTIL }), [])
})
