import assert from 'node:assert/strict'
import test from 'node:test'
import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { heightOf } from '../../organisations/index.ts'
import { randomFrom } from '../../../../sim/residents/random.ts'
import { anyQuestion, questionOf } from '../../../../sim/navigation/questions.ts'
import { fillCapacity, makeWorld, SIM_NOW, type SimWorld } from '../../../../sim/navigation/world.ts'
import { distanceKm } from '../rules/distance.ts'
import { pointsOf, type Candidate } from '../rules/rank-places.ts'
import { openEngine, STRENGTHS, type Engine, type Question, type Site, type World } from './index.ts'

// The engine beside the rule: every place that may be offered is made a candidate of rules/rank-places.ts, given its points there and sorted.

const SIZE = { counties: 24, sites: 3_000, needs: 60, specialties: 6 }

const candidateOf = (
  engine: Engine,
  specialty: string,
  site: Site,
  strength: number,
  question: Question,
  world: World,
): Candidate => {
  const alliance = world.alliances.find(({ id }) => id === question.consortium)
  return {
    id: site.id,
    tier: site.tier,
    tag: STRENGTHS[strength] ?? null,
    isOwnConsortium: alliance?.members.includes(site.id) ?? false,
    isOwnLead: alliance?.lead === site.id,
    distanceKm: question.singled?.get(site.id)?.km ?? distanceKm(question.point, site),
    free: engine.capacity.get(question.channel, site.id, specialty),
  }
}

const mayBeOffered = (place: Candidate, { division }: Site, question: Question): boolean => {
  const { lowestTier, lowestTierOutside = lowestTier, area = 'province', tiers, onlyFree, except } = question
  if (heightOf(place.tier) < heightOf(lowestTier) || (tiers && !tiers.includes(place.tier))) return false
  if ((onlyFree && !place.free) || except?.has(place.id)) return false
  if (place.isOwnConsortium || division.slice(0, 6) === question.division.slice(0, 6)) return true
  if (heightOf(place.tier) < heightOf(lowestTierOutside)) return false
  return area === 'province' || (area === 'prefecture' && division.slice(0, 4) === question.division.slice(0, 4))
}

type Plain = { readonly id: OrgId; readonly points: number; readonly km: number }

const byRule = (engine: Engine, world: World, question: Question): Plain[] => {
  const at = world.needs.findIndex(({ key }) => key === question.need)
  const { sites, strengths } = world.able(at)
  const specialty = world.needs[at]?.specialty ?? ''
  return [...sites]
    .flatMap((number, posting) => {
      const site = world.sites[number] as Site
      const place = candidateOf(engine, specialty, site, strengths[posting] as number, question, world)
      if (!mayBeOffered(place, site, question)) return []
      const added = question.tierPoints?.[place.tier] ?? 0
      const points = pointsOf(place, question) + added + (question.singled?.get(place.id)?.points ?? 0)
      return [{ id: place.id, points, km: place.distanceKm }]
    })
    .sort((a, b) => a.points - b.points || a.km - b.km || (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    .slice(0, question.most)
}

const byEngine = (engine: Engine, question: Question): Plain[] =>
  engine.rank(question).map(({ id, points, distanceKm: km }) => ({ id, points, km }))

const seedOf = (): string => process.env['JIELI_SEED'] ?? String(Date.now())

const openWorld = (seed: string): { world: SimWorld; engine: Engine } => {
  const world = makeWorld(seed, SIZE)
  const engine = openEngine(world)
  fillCapacity(world, engine.capacity)
  return { world, engine }
}

const ASKED = 1_000

test('the engine answers what the rule would, to the last bit, whatever the gates and weights', (t) => {
  const seed = seedOf()
  t.diagnostic(`seed ${seed}`)
  const { world, engine } = openWorld(seed)
  const random = randomFrom(`${seed}/ask`)
  let found = 0
  for (let asked = 0; asked < ASKED; asked += 1) {
    const question = anyQuestion(world, random)
    const expected = byRule(engine, world, question)
    assert.deepEqual(byEngine(engine, question), expected, `question ${asked} of seed ${seed}: ${JSON.stringify(question)}`)
    found += expected.length
  }
  assert.ok(found > ASKED * 3, `only ${found} places were found: the questions ask nothing`)
})

test('the points of every place are the sum of their parts', () => {
  const { world, engine } = openWorld('parts')
  const random = randomFrom('parts')
  for (let asked = 0; asked < 200; asked += 1)
    for (const { points, parts } of engine.rank(anyQuestion(world, random)))
      assert.ok(Math.abs(Object.values(parts).reduce((sum, one) => sum + one, 0) - points) < 1e-9)
})

/** Where a place stands when all are asked for; the number of all when it is not offered. */
const rankOf = (engine: Engine, question: Question, id: OrgId): number => {
  const at = engine.rank(question).findIndex((place) => place.id === id)
  return at < 0 ? question.most : at
}

/** The same world with one institution changed. */
const withSite = (world: SimWorld, changed: Site): World => ({
  ...world,
  sites: world.sites.map((site) => (site.id === changed.id ? changed : site)),
})

const withStrength = (world: SimWorld, need: string, id: OrgId, strength: number): World => ({
  ...world,
  able: (at) => {
    const able = world.able(at)
    if (world.needs[at]?.key !== need) return able
    return {
      sites: able.sites,
      strengths: able.strengths.map((one, place) => (world.sites[able.sites[place] as number]?.id === id ? strength : one)),
    }
  },
})

const MOST = 200
const CHANGES = 25

test('nearer, one more free unit or a stronger capability never lowers a place', (t) => {
  const seed = seedOf()
  t.diagnostic(`seed ${seed}`)
  const { world, engine } = openWorld(seed)
  const random = randomFrom(`${seed}/change`)
  const rebuilt = (changed: World): Engine => {
    const other = openEngine(changed)
    fillCapacity(world, other.capacity)
    return other
  }
  let raised = 0
  for (let change = 0; change < CHANGES; change += 1) {
    const question = { ...questionOf(world, random.pick(world.needs), random), most: MOST }
    const places = engine.rank(question)
    if (places.length === 0) continue
    const place = random.pick(places)
    const { specialty } = world.needs.find(({ key }) => key === question.need) ?? { specialty: '' }
    const before = place.position - 1
    const nearer = {
      ...place.site,
      longitude: (place.site.longitude + question.point.longitude) / 2,
      latitude: (place.site.latitude + question.point.latitude) / 2,
    }
    const stronger = STRENGTHS.indexOf(place.tag) + 1
    const after = [rankOf(rebuilt(withSite(world, nearer)), question, place.id)]
    if (stronger < STRENGTHS.length)
      after.push(rankOf(rebuilt(withStrength(world, question.need, place.id, stronger)), question, place.id))
    const { free } = place
    const more = { units: (free?.units ?? 0) + 1, reserved: free?.reserved ?? 0, firstAt: free?.firstAt ?? SIM_NOW }
    engine.capacity.set(question.channel, place.id, specialty, more)
    after.push(rankOf(engine, question, place.id))
    engine.capacity.set(question.channel, place.id, specialty, free)
    for (const now of after) assert.ok(now <= before, `seed ${seed}, change ${change}: from ${before} to ${now}`)
    raised += after.filter((now) => now < before).length
  }
  assert.ok(raised > 0, 'no change raised anybody: the test sees nothing')
})

test('what is written into the capacity is what is found, and what goes is gone', () => {
  const { world, engine } = openWorld('capacity')
  const random = randomFrom('capacity')
  for (let round = 0; round < 300; round += 1) {
    const question = { ...questionOf(world, random.pick(world.needs), random), onlyFree: true }
    const { specialty } = world.needs.find(({ key }) => key === question.need) ?? { specialty: '' }
    const [first] = engine.rank(question)
    if (!first) continue
    engine.capacity.set(question.channel, first.id, specialty, null)
    assert.ok(!engine.rank(question).some(({ id }) => id === first.id))
    if (random.chance(0.5))
      engine.capacity.set(question.channel, random.pick(world.sites).id, specialty, {
        units: 1,
        reserved: 0,
        firstAt: '2026-11-23T01:00:00.000Z' as Instant,
      })
    assert.deepEqual(byEngine(engine, question), byRule(engine, world, question))
  }
  engine.capacity.clear()
  assert.deepEqual(engine.rank({ ...questionOf(world, world.needs[0] as (typeof world.needs)[0], random), onlyFree: true }), [])
})

test('what cannot be asked is refused by name, and an unknown need finds nobody', () => {
  const { world, engine } = openWorld('refused')
  const question = questionOf(world, world.needs[0] as (typeof world.needs)[0], randomFrom('refused'))
  assert.deepEqual(engine.rank({ ...question, need: 'nothing' }), [])
  assert.throws(() => engine.rank({ ...question, weights: { ...question.weights, kilometre: -1 } }), /kilometre/)
  assert.throws(() => engine.rank({ ...question, most: 201 }), /201/)
  const twice = { ...world, able: () => ({ sites: Uint32Array.of(1, 1), strengths: Uint8Array.of(0, 0) }) }
  assert.throws(() => openEngine(twice), /named twice/)
})
