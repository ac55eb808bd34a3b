import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { accessMatrix } from '../../tools/access-matrix.ts'
import { newId } from '../../src/kernel/id.ts'
import { roleMay, type Actor, type Relation } from '../../src/platform/access.ts'
import type { AnyForm } from '../../src/platform/forms/form.ts'
import { beginAct, carryOut, run } from '../../src/platform/forms/run.ts'
import { checkInput } from '../../src/platform/http/input.ts'
import { Refused } from '../../src/platform/forms/form.ts'
import { TARGETS, type Target } from './targets.ts'
import { makeWorld, type Placed, type World } from './world.ts'

const DENIED = ['platform.not-found', 'platform.role-may-not']

/** Forms whose target the world does not yet hold: a rescue, a plan, vouchers, messages, a second factor. Their modules' stories tell who may. */
const WITHOUT_TARGET: ReadonlySet<string> = new Set([
  'security.change-password',
  'security.end-session',
  'security.ask-factor-reset',
  'security.decide-factor-reset',
  'security.register-device',
  'security.device-half',
  'security.revoke-device',
  'organisations.add-institution',
  'organisations.close-institution',
  'organisations.set-service',
  'organisations.form-consortium',
  'organisations.join-consortium',
  'organisations.leave-consortium',
  'organisations.assign-grid',
  'organisations.place-staff',
  'organisations.staff',
  'booking.publish-pool',
  'booking.allot-vouchers',
  'booking.withdraw-vouchers',
  'referral.record-refusal-of-consent',
  'referral.finish-task',
  'correspondence.supplement',
  'correspondence.read-until',
  'correspondence.withdraw',
  'correspondence.attachment',
  'green-channel.start',
  'green-channel.stamp',
  'green-channel.end',
  'green-channel.send-onward',
  'green-channel.get',
  'green-channel.of-referral',
  'green-channel.quality',
  'continuity.attest',
  'continuity.ask-readiness',
  'continuity.answer-readiness',
  'continuity.hand-back',
  'continuity.send-down',
  'continuity.change-plan',
  'continuity.tick-step',
  'continuity.report-step',
  'continuity.candidate',
  'docking.retry',
  'docking.give-up',
])

class Undone extends Error {}

/** The first refusal of a form asked for real, or null when it was answered. What a command did is undone, so that each cell meets the same world. */
const outcomeOf = async ({ house: { house } }: World, form: AnyForm, actor: Actor, input: object): Promise<string | null> => {
  const checked = checkInput(form.input, input)
  if (!checked.ok) return `target-does-not-fit ${JSON.stringify(checked.fields.map(({ path }) => path))}`
  const asked = { actor, request: newId() }
  if (form.kind === 'query' || !roleMay(form.by, actor)) return codeOf(await run(house, form, checked.value, asked))
  let code: string | null = null
  try {
    await house.database.transaction(async (tx) => {
      code = codeOf(await carryOut(tx, form, checked.value, await beginAct(house, tx, asked)))
      throw new Undone()
    })
  } catch (error) {
    if (error instanceof Refused) return error.refusals[0]?.code ?? 'refused'
    if (!(error instanceof Undone)) throw new Error(`${form.name} by ${actor.role}`, { cause: error })
  }
  return code
}
const codeOf = (outcome: { ok: true } | { ok: false; refusals: readonly { code: string }[] }): string | null =>
  outcome.ok ? null : (outcome.refusals[0]?.code ?? 'refused')

/** What the declaration says of this cell: the role in one of the relations in which the actor stands by the making of the world. */
const isDeclared = (form: AnyForm, { actor, to }: Placed, about: Target['about']): boolean => {
  const stands: readonly Relation[] = about === 'nothing' ? [] : about === 'own' ? (actor.org ? ['own'] : []) : to[about]
  return form.by.some((party) => {
    const [role, relation] = party.split('@')
    return role === actor.role && (relation === 'anyone' || stands.includes(relation as Relation))
  })
}

/** Lists of an institution have nothing to answer for somebody who has none, and say so as "not found". */
const asksForInstitution = (code: string | null, { actor }: Placed): boolean =>
  code === 'platform.not-found' && actor.org === null && actor.person === null

const isOfPeople = (form: AnyForm): boolean => !form.by.every((party) => party.startsWith('system@'))
/** Forms of a register write for whoever asks: `registers.story.test.ts` tells who may. */
const isOfRegister = (form: AnyForm): boolean =>
  /\.(propose|correct|approve|retire|import)-|-(list|history|export)$/.test(form.name)

test('every cell of the access matrix is as declared, and foreign answers as absent does', async (t) => {
  const world = await makeWorld(t)
  const forms = [...world.house.house.forms.values()].filter(isOfPeople)
  const without = forms.filter((form) => !TARGETS[form.name] && !isOfRegister(form)).map(({ name }) => name)
  t.diagnostic(`${forms.length} forms of people, ${without.length} without a prepared target: ${without.join(', ')}`)
  const wrong: string[] = []
  let cells = 0
  let denied = 0
  const foreign = { count: 0, ms: 0 }
  const absentTime = { count: 0, ms: 0 }
  for (const form of forms) {
    const target = TARGETS[form.name]
    if (!target) continue
    for (const placed of world.actors.filter(({ where }) => where !== target.notFor)) {
      cells += 1
      const where = `${form.name} by ${placed.actor.role} at ${placed.where}`
      const began = performance.now()
      const code = await outcomeOf(world, form, placed.actor, target.input(world))
      const took = performance.now() - began
      const isDenied = code !== null && DENIED.includes(code)
      if (code?.startsWith('target-does-not-fit')) {
        wrong.push(`${form.name}: ${code}`)
        break
      }
      const declared = isDeclared(form, placed, target.about)
      if (declared === isDenied && !(declared && asksForInstitution(code, placed)))
        wrong.push(`${where}: declared ${declared ? 'allowed' : 'denied'}, found ${code ?? 'answered'}`)
      if (!isDenied || declared) continue
      denied += 1
      if (!target.absent || code === 'platform.role-may-not') continue
      const absentBegan = performance.now()
      const absent = await outcomeOf(world, form, placed.actor, target.absent(world))
      absentTime.ms += performance.now() - absentBegan
      foreign.ms += took
      foreign.count += 1
      absentTime.count += 1
      if (absent !== code) wrong.push(`${where}: foreign says ${code}, absent says ${absent}`)
    }
  }
  t.diagnostic(
    `${cells} cells, ${denied} denied; foreign ${(foreign.ms / foreign.count).toFixed(1)} ms, absent ${(absentTime.ms / absentTime.count).toFixed(1)} ms on average of ${foreign.count}`,
  )
  assert.deepEqual(wrong, [])
  assert.ok(cells > 2_000 && denied > 1_000)
  assert.deepEqual(
    without.filter((name) => !WITHOUT_TARGET.has(name)),
    [],
    'a form without a prepared target: add its line to targets.ts',
  )
})

test('the page of the matrix is as the forms declare it', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'access-matrix.md'), 'utf8')
  assert.equal(page, accessMatrix(), 'run: node tools/access-matrix.ts')
})
