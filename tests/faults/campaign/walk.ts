import type { Actor } from '../../../src/platform/access.ts'
import { PLACES, STAFF, type seeded } from '../../invariants/small-region.ts'
import type { Client } from './client.ts'

export type Unit = { readonly org: string; readonly pool: string }
type Random = ReturnType<typeof seeded>

/** What came of one walk: where it ended, or the refusal at which it had to stop. */
export type Walked = { readonly referral: string | null; readonly ended: string }

/** Everybody is sent to one department, so that its units are fought for. */
export const SPECIALTY = '0300'
const CONDITION = { key: 'I10', zh: '高血压', en: 'Hypertension' }
const LETTER = { impression: '演示印象', reason: '演示原因', pastHistory: '', treatment: '' }
const HAND_BACK = { diagnosis: '演示', findings: '演示', treatment: '演示', plan: '演示', medication: '演示' }
const MESSAGE_CHANCE = 0.3

class Stopped extends Error {}

/**
 * Walks one referral from the registration of its person to its end, over HTTP, as its parties do it: most are treated and
 * handed back, some are returned and sent anew, asked for more, or cancelled. Units are few, so that they are fought for.
 */
export const walk = async (ask: Client, random: Random, units: readonly Unit[], name: string): Promise<Walked> => {
  let referral: string | null = null
  const step: Step = async (as, form, body = {}) => {
    const answer = await ask({ name: form, as, body: referral === null ? body : { referral, ...body } })
    if (!answer.ok) throw new Stopped(`${form} ${answer.code}`)
    return answer.value
  }
  try {
    const someone = { name: { zh: name }, sex: 'unknown', bornOn: '1960-01-01' }
    const { person } = (await step(STAFF.villageDoctor, 'residents.register', someone)) as { person: string }
    const sent = await send(ask, { person, unit: random.chance(0.7) ? random.one(units) : null })
    referral = sent.referral
    await say(step, random, name)
    const answered = await answerOf(step, random, sent.isHeld)
    if (answered === 'cancelled') return { referral, ended: answered }
    if (answered === 'queued' && random.chance(0.5)) await schedule(ask, referral, random.one(units))
    await say(step, random, name)
    await treat(step)
    return { referral, ended: 'closed' }
  } catch (error) {
    if (error instanceof Stopped) return { referral, ended: error.message }
    throw error
  }
}

type Step = (as: Actor, form: string, body?: Record<string, unknown>) => Promise<unknown>

const say = async (step: Step, random: Random, name: string): Promise<void> => {
  if (!random.chance(MESSAGE_CHANCE)) return
  const text = `演示留言 ${name} ${random.below(1e9)}`
  await step(random.one([STAFF.villageDoctor, STAFF.countyDesk]), 'correspondence.write', { text })
}

/** What the receiver answers, or the sender before it does: accepted with the held unit or into the queue, or cancelled. */
const answerOf = async (step: Step, random: Random, isHeld: boolean): Promise<'scheduled' | 'queued' | 'cancelled'> => {
  if (random.chance(0.15)) {
    await step(STAFF.countyDesk, 'referral.ask-more', { what: ['ecg'], reason: '请补充' })
    await step(STAFF.villageDoctor, 'referral.supplement', { note: '已补充' })
  }
  if (random.chance(0.1)) {
    await step(STAFF.villageDoctor, 'referral.cancel', { reason: '患者改变主意' })
    return 'cancelled'
  }
  const isReturned = random.chance(0.1)
  if (isReturned) {
    await step(STAFF.countyDesk, 'referral.reject', { why: 'no-capacity', wayOn: '请重新提交' })
    await step(STAFF.villageDoctor, 'referral.submit')
  }
  const keepsUnit = isHeld && !isReturned
  await step(STAFF.countyDesk, 'referral.accept', keepsUnit ? {} : { queue: '候诊' })
  return keepsUnit ? 'scheduled' : 'queued'
}

const treat = async (step: Step): Promise<void> => {
  await step(STAFF.countyDesk, 'referral.arrive')
  await step(STAFF.countyWard, 'referral.begin')
  await step(STAFF.countyWard, 'referral.discharge')
  await step(STAFF.countyWard, 'referral.hand-back', { ...HAND_BACK, to: PLACES.township })
  await step(STAFF.familyDoctor, 'referral.receive')
  await step(STAFF.familyDoctor, 'referral.follow-up', { way: 'phone', outcome: 'good', note: '演示' })
  await step(STAFF.familyDoctor, 'referral.close')
}

/** Sends with the wished unit, or without one when it has gone to somebody else. */
const send = async (
  ask: Client,
  { person, unit }: { person: string; unit: Unit | null },
): Promise<{ referral: string; isHeld: boolean }> => {
  const plain = {
    person,
    receiver: PLACES.countyHospital,
    specialty: SPECIALTY,
    condition: CONDITION,
    letter: LETTER,
    consent: { by: 'patient' },
  }
  if (unit) {
    const held = await ask({ name: 'referral.send', as: STAFF.villageDoctor, body: { ...plain, unit } })
    if (held.ok) return { referral: held.value.referral, isHeld: true }
    if (!held.code.startsWith('booking.')) throw new Stopped(`referral.send ${held.code}`)
  }
  const sent = await ask({ name: 'referral.send', as: STAFF.villageDoctor, body: plain })
  if (!sent.ok) throw new Stopped(`referral.send ${sent.code}`)
  return { referral: sent.value.referral, isHeld: false }
}

/** Gives a unit to somebody who waits in the queue, if the unit is still there. */
const schedule = async (ask: Client, referral: string, unit: Unit): Promise<void> => {
  const answer = await ask({ name: 'referral.schedule', as: STAFF.countyDesk, body: { referral, unit } })
  if (!answer.ok && !answer.code.startsWith('booking.')) throw new Stopped(`referral.schedule ${answer.code}`)
}
