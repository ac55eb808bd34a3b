import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { accessMatrix } from '../../tools/access-matrix.ts'
import { RELATIONS } from '../../src/platform/access.ts'
import { isCarried, type AnyForm } from '../../src/platform/forms/form.ts'
import type { Placed } from './actors.ts'
import { ask, askersOf, formsOfPeople, isDenial, partiesAs, type Target } from './probe.ts'
import { registerTargets } from './registers.ts'
import { targetOf } from './targets.ts'
import { makeWorld, type World } from './world.ts'

/** What was found in a walk over cells. */
type Walk = {
  readonly wrong: string[]
  /** Each party of each form that somebody was probed as. */
  readonly met: Set<string>
  cells: number
  denied: number
  /** Cells in which foreign and absent were compared, and how long either took, ms. */
  compared: number
  foreign: number
  absent: number
}
const newWalk = (): Walk => ({ wrong: [], met: new Set(), cells: 0, denied: 0, compared: 0, foreign: 0, absent: 0 })

const probe = async (world: World, walk: Walk, form: AnyForm, target: Target, placed: Placed): Promise<void> => {
  walk.cells += 1
  const where = `${form.name} by ${placed.actor.role} at ${placed.where}, about ${target.about}`
  const parties = partiesAs(form, placed, target.about)
  const isParty = parties.length > 0
  for (const party of parties) walk.met.add(`${form.name} ${party}`)
  const began = performance.now()
  const found = await ask(world, form, placed.actor, target.input(world, placed))
  const took = performance.now() - began
  const says = isParty ? target.says?.(placed) : null
  if (says && found.code !== says) walk.wrong.push(`${where}: should be told ${says}, found ${found.code ?? 'answered'}`)
  const isDenied = isDenial(found.code)
  if (isDenied) walk.denied += 1
  const isHidden = isParty && target.hiddenFrom?.(placed) === true
  // Lists of an institution have nothing to answer for somebody who has none, and say so as "not found".
  const hasNoList = target.isOfInstitution === true && placed.actor.org === null
  if (!isHidden && !hasNoList && isDenied === isParty)
    walk.wrong.push(`${where}: declared ${isParty ? 'allowed' : 'denied'}, found ${found.code ?? 'answered'}`)
  if (!target.absent || found.code === 'platform.role-may-not' || !(isHidden || isDenied)) return
  const absentBegan = performance.now()
  const absent = await ask(world, form, placed.actor, target.absent(world, placed))
  walk.absent += performance.now() - absentBegan
  walk.foreign += took
  walk.compared += 1
  if (absent.code !== found.code || absent.text !== found.text)
    walk.wrong.push(`${where}: foreign says ${found.code ?? found.text}, absent says ${absent.code ?? absent.text}`)
}

type Targets = (form: AnyForm) => readonly Target[]

const walkAll = async (t: TestContext, world: World, forms: readonly AnyForm[], targets: Targets): Promise<void> => {
  const walk = newWalk()
  for (const form of forms)
    for (const target of targets(form))
      for (const placed of askersOf(world, target)) await probe(world, walk, form, target, placed)
  const { cells, denied, compared, foreign, absent } = walk
  t.diagnostic(`${forms.length} forms of people, ${cells} cells, ${denied} denied`)
  t.diagnostic(
    `${compared} compared: foreign ${(foreign / compared).toFixed(1)} ms, absent ${(absent / compared).toFixed(1)} ms on average`,
  )
  assert.deepEqual(walk.wrong, [])
  assert.ok(cells > 9_000 && denied > 5_000, `${cells} cells, ${denied} denied`)
  const parties = forms.flatMap(({ name, by }) =>
    by.flatMap((party) => (party.startsWith('system@') ? [] : [`${name} ${party}`])),
  )
  assert.deepEqual(
    parties.filter((one) => !walk.met.has(one)),
    [],
    'a party that nobody was probed as: place somebody so, or take it out of the declaration',
  )
}

/** Whether the walk finds anything wrong with a form. */
const isCaught = async (world: World, form: AnyForm, targets: readonly Target[]): Promise<boolean> => {
  const walk = newWalk()
  for (const target of targets)
    for (const placed of askersOf(world, target)) {
      await probe(world, walk, form, target, placed)
      if (walk.wrong.length > 0) return true
    }
  return false
}

/** Forms that ask how one stands and open to more than one's role: a mistake in what they ask could open them. */
const asksHowOneStands = (form: AnyForm): boolean =>
  !isCarried(form) &&
  form.relation !== undefined &&
  form.by.some((party) => !party.endsWith('@anyone') && !party.endsWith('@own'))

/** Forms that stay closed even so: the rows beneath them are not there to be seen or locked by whoever is no party. */
const HELD_BENEATH: readonly string[] = [
  'booking.confirm',
  'booking.cancel',
  'booking.check-in',
  'booking.leave',
  'health-card.show-code',
  'health-card.uses',
  'health-card.allow-app',
  'health-card.withdraw-app',
  'record-access.give-consent',
  'record-access.withdraw-consent',
  'record-access.emergencies-of',
  'record-access.ask-why',
  'record-access.questions-of',
  'health-record.reads',
  'settlement.bill',
  'settlement.bills',
  'settlement.my-year',
  'payment.quote',
  'payment.pay',
  'payment.refund',
  'payment.cancel',
  'payment.bill',
  'green-channel.stamp',
  'green-channel.end',
  'continuity.report-step',
]

test('the access matrix, cell by cell', async (t) => {
  const world = await makeWorld(t)
  const ofRegisters = await registerTargets(world)
  const targets: Targets = (form) => ofRegisters[form.name] ?? targetOf(form)
  const forms = formsOfPeople(world)
  await t.test('every form that people may ask has a target', () => {
    const without = forms.flatMap((form) => (targets(form).length === 0 ? [form.name] : []))
    assert.deepEqual(without, [], 'a form without a target: add its line to targets.ts')
  })
  await t.test('every cell is as declared, every declared party is met, and foreign answers as absent does', (walking) =>
    walkAll(walking, world, forms, targets),
  )
  await t.test('a form that takes everybody for a party is found out, or held by the rows beneath it', async (planted) => {
    const asking = forms.filter(asksHowOneStands)
    const missed: string[] = []
    for (const form of asking)
      if (!(await isCaught(world, { ...form, relation: () => RELATIONS }, targets(form)))) missed.push(form.name)
    planted.diagnostic(`${asking.length} forms with everybody taken for a party`)
    assert.deepEqual(missed, HELD_BENEATH)
    assert.ok(asking.length >= 50)
  })
})

test('the page of the matrix is as the forms declare it', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'access-matrix.md'), 'utf8')
  assert.equal(page, accessMatrix(), 'run: node tools/access-matrix.ts')
})
