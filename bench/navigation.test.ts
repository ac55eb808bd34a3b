import assert from 'node:assert/strict'
import test from 'node:test'
import { randomFrom } from '../sim/residents/random.ts'
import { questionOf } from '../sim/navigation/questions.ts'
import { fillCapacity, makeWorld } from '../sim/navigation/world.ts'
import { openEngine } from '../src/modules/navigation/engine/index.ts'
import { openScan, proveSame } from './navigation.ts'
import { explain } from './navigation-reasons.ts'

// A fifth of the province of the bench, because `npm test` has not the time for all of it: `npm run bench -- navigation` asserts the same
// over 60 000 institutions and 3 000 conditions.
const SIZE = { counties: 122, sites: 12_000, needs: 600, specialties: 60 }
const ASKED = 10_000

test('10 000 random questions have the same answers as a bitmap scan of the whole province', (t) => {
  const seed = process.env['JIELI_SEED'] ?? 'oracle'
  t.diagnostic(`seed ${seed}`)
  const world = makeWorld(seed, SIZE)
  const engine = openEngine(world)
  fillCapacity(world, engine.capacity)
  const random = randomFrom(`${seed}/questions`)
  const questions = Array.from({ length: ASKED }, () => questionOf(world, random.pick(world.needs), random))
  const scan = openScan(world, engine)
  const places = proveSame(engine, scan, questions)
  t.diagnostic(`${engine.pairs} pairs, ${places} places compared`)
  assert.ok(places > ASKED * 5)

  // The comparison sees a difference of one unit of capacity.
  const [first] = questions.filter((question) => scan(question).length > 1) as [(typeof questions)[number]]
  const { id } = engine.rank(first)[0] as { id: Parameters<typeof engine.capacity.set>[1] }
  const before = scan(first)
  const { specialty } = world.needs.find(({ key }) => key === first.need) as { specialty: string }
  engine.capacity.set(
    first.channel,
    id,
    specialty,
    engine.capacity.get(first.channel, id, specialty) ? null : { units: 1, reserved: 0, firstAt: first.now },
  )
  assert.throws(() => proveSame(engine, () => before, [first]))
  assert.ok(proveSame(engine, openScan(world, engine), questions.slice(0, 500)) > 0)
})

test('every place is told with its level, consortium, distance and what is free', () => {
  const world = makeWorld('told', { counties: 12, sites: 1_000, needs: 30, specialties: 6 })
  const engine = openEngine(world)
  fillCapacity(world, engine.capacity)
  const random = randomFrom('told')
  const question = { ...questionOf(world, world.needs[0] as (typeof world.needs)[0], random), channel: 'referral' as const }
  const places = explain(engine.rank(question), question)
  assert.equal(places.length, 10)
  for (const { reasons, free } of places) {
    const codes = reasons.map(({ code }) => code)
    assert.ok(codes.includes('level') && codes.includes('distance') && codes.some((code) => /consortium|lead/.test(code)))
    assert.ok(codes.includes(free > 0 ? 'first-free' : 'no-free-unit'))
  }
})
