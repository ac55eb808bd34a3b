import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { accessMatrix } from '../../tools/access-matrix.ts'
import type { AnyForm } from '../../src/platform/forms/form.ts'
import type { Placed } from './actors.ts'
import { ask, askersOf, formsOfPeople, isDenial, partiesAs, type Target } from './probe.ts'
import { registerTargets } from './registers.ts'
import { targetOf } from './targets.ts'
import { makeWorld, type World } from './world.ts'

/** Parties of a declaration that nobody of the world can be, each with the reason why. */
const NOBODY_IS: Readonly<Record<string, string>> = {}

/** What was found in a walk over every cell. */
class Walk {
  readonly wrong: string[] = []
  readonly met = new Set<string>()
  readonly times = { foreign: 0, absent: 0, compared: 0 }
  cells = 0
  denied = 0
}

const probe = async (world: World, walk: Walk, form: AnyForm, target: Target, placed: Placed): Promise<void> => {
  walk.cells += 1
  const where = `${form.name} by ${placed.actor.role} at ${placed.where}, about ${target.about}`
  const parties = partiesAs(form, placed, target.about)
  for (const party of parties) walk.met.add(`${form.name} ${party}`)
  const isHidden = parties.length > 0 && target.hiddenFrom?.(placed) === true
  const began = performance.now()
  const found = await ask(world, form, placed.actor, target.input(world, placed))
  const took = performance.now() - began
  const says = parties.length > 0 ? target.says?.(placed) : null
  if (says && found.code !== says) walk.wrong.push(`${where}: should be told ${says}, found ${found.code ?? 'answered'}`)
  const isDenied = isDenial(found.code)
  const hasNoList = target.isOfInstitution === true && placed.actor.org === null
  if (!isHidden && !hasNoList && isDenied === parties.length > 0)
    walk.wrong.push(`${where}: declared ${isDenied ? 'allowed' : 'denied'}, found ${found.code ?? 'answered'}`)
  if (isDenied) walk.denied += 1
  if (!target.absent || found.code === 'platform.role-may-not' || !(isHidden || isDenied)) return
  const absentBegan = performance.now()
  const absent = await ask(world, form, placed.actor, target.absent(world, placed))
  walk.times.absent += performance.now() - absentBegan
  walk.times.foreign += took
  walk.times.compared += 1
  if (absent.code !== found.code || absent.text !== found.text)
    walk.wrong.push(`${where}: foreign says ${found.code ?? found.text}, absent says ${absent.code ?? absent.text}`)
}

test('every cell of the access matrix is as declared, and foreign answers as absent does', async (t) => {
  const world = await makeWorld(t)
  const ofRegisters = await registerTargets(world)
  const walk = new Walk()
  const forms = formsOfPeople(world)
  const without: string[] = []
  for (const form of forms) {
    const targets = ofRegisters[form.name] ?? targetOf(form)
    if (targets.length === 0) without.push(form.name)
    for (const target of targets) for (const placed of askersOf(world, target)) await probe(world, walk, form, target, placed)
  }
  const { compared, foreign, absent } = walk.times
  t.diagnostic(`${forms.length} forms of people, ${walk.cells} cells, ${walk.denied} denied`)
  t.diagnostic(`${compared} compared: foreign ${(foreign / compared).toFixed(1)} ms, absent ${(absent / compared).toFixed(1)} ms`)
  assert.deepEqual(without, [], 'a form without a target: add its line to targets.ts')
  assert.deepEqual(walk.wrong, [])
  assert.ok(walk.cells > 6_000 && walk.denied > 3_000, `${walk.cells} cells, ${walk.denied} denied`)
  const unmet = forms.flatMap((form) =>
    form.by.filter((party) => !party.startsWith('system@')).map((party) => `${form.name} ${party}`),
  )
  assert.deepEqual(
    unmet.filter((one) => !walk.met.has(one)),
    Object.keys(NOBODY_IS),
    'a party that nobody was probed as: place somebody so, or take it out of the declaration',
  )
})

test('the page of the matrix is as the forms declare it', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'access-matrix.md'), 'utf8')
  assert.equal(page, accessMatrix(), 'run: node tools/access-matrix.ts')
})
