import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import test, { type TestContext } from 'node:test'
import type { Actor } from '../../src/platform/access.ts'
import { ground, signedIn, type Browser } from '../api/real-server.ts'
import { makeRegion, PLACES, STAFF } from '../invariants/small-region.ts'
import { listen, type Screen } from './listening-screen.ts'

// R8: both sides read the same state within five seconds of the acknowledgement. Each side is at a server of its own.

const PROMISED_MS = 5_000
const REFERRALS = 12
const AT_ONCE = 4

const { villageDoctor, countyDesk, countyWard, familyDoctor } = STAFF
const HAND_BACK = {
  diagnosis: '演示',
  findings: '演示',
  treatment: '演示',
  plan: '演示',
  medication: '演示',
  to: PLACES.township,
}
/** Every move of a referral after it is sent, by whom. */
const MOVES: readonly (readonly [Actor, string, object])[] = [
  [countyDesk, 'referral.ask-more', { what: ['ecg'], reason: '请补充' }],
  [villageDoctor, 'referral.supplement', { note: '已补充' }],
  [countyDesk, 'referral.accept', { queue: '候诊' }],
  [countyDesk, 'referral.arrive', {}],
  [countyWard, 'referral.begin', {}],
  [countyWard, 'referral.discharge', {}],
  [countyWard, 'referral.hand-back', HAND_BACK],
  [familyDoctor, 'referral.receive', {}],
  [familyDoctor, 'referral.follow-up', { way: 'phone', outcome: 'good', note: '演示' }],
  [familyDoctor, 'referral.close', {}],
]

type Scene = {
  readonly post: (as: Actor, name: string, input: object) => Promise<{ readonly referral: string }>
  readonly persons: readonly string[]
  readonly sides: readonly Screen[]
}

/** Two servers on one database: the sender works at the first, the receiver at the second, and each listens there. */
const scene = async (t: TestContext): Promise<Scene> => {
  const { server, account, database } = await ground(t)
  const settings = { JIELI_LIMITS: 'off' }
  const [first, second] = [await server(settings), await server(settings)]
  const browsers = new Map<Actor, Browser>()
  for (const [who, { address }] of [
    [villageDoctor, first],
    [familyDoctor, first],
    [countyDesk, second],
    [countyWard, second],
  ] as const) {
    const login = `desk-${browsers.size}`
    await account(login, who.role, { org: who.org })
    browsers.set(who, await signedIn(address, login))
  }
  const browserOf = (who: Actor) => browsers.get(who) as Browser
  const post: Scene['post'] = async (as, name, input) => {
    const { status, body } = await browserOf(as).post(name, input)
    assert.equal(status, 200, `${name}: ${JSON.stringify(body)}`)
    return body
  }
  const persons = await makeRegion({ database, done: (name, as, input) => post(as, name, input as object) }, REFERRALS)
  const sides = [await listen(t, first.address, browserOf(villageDoctor)), await listen(t, second.address, browserOf(countyDesk))]
  return { post, persons, sides }
}

type Times = { readonly asked: number[]; readonly shown: number[] }

/** One move: when it was acknowledged, and how long after that either side has the same state, by asking and by listening. */
const moved = async ({ sides }: Scene, act: () => Promise<{ referral: string }>, times: Times, what: string): Promise<string> => {
  const { referral } = await act()
  const acknowledged = performance.now()
  const asked = await Promise.all(sides.map((side) => side.ask(referral)))
  times.asked.push(performance.now() - acknowledged)
  const [sender, receiver] = asked
  assert.deepEqual(sender, receiver, `${what}: both sides read the same as soon as it is acknowledged`)
  const shown = await Promise.all(sides.map((side) => side.shows(referral, sender?.version ?? 0, PROMISED_MS)))
  for (const { view } of shown) assert.deepEqual(view, sender, `${what}: and so show both screens`)
  // An event may overtake the acknowledgement.
  times.shown.push(Math.max(0, ...shown.map(({ at }) => at - acknowledged)))
  return referral
}

const sent = (person: string) => ({
  person,
  receiver: PLACES.countyHospital,
  specialty: '0300',
  condition: { key: 'I10', zh: '高血压', en: 'Hypertension' },
  letter: { impression: '演示印象', reason: '演示原因', pastHistory: '', treatment: '' },
  consent: { by: 'patient' },
})

const walk = async (on: Scene, person: string, times: Times): Promise<void> => {
  const referral = await moved(on, () => on.post(villageDoctor, 'referral.send', sent(person)), times, 'referral.send')
  for (const [as, name, input] of MOVES)
    await moved(on, async () => ({ ...(await on.post(as, name, { referral, ...input })), referral }), times, name)
}

const percentile = (values: readonly number[], share: number): string =>
  `${Math.round(values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0)}`
const figures = (values: readonly number[]): string =>
  `p50 ${percentile(values, 0.5)}, p95 ${percentile(values, 0.95)}, most ${percentile(values, 1)} ms`

test('every acknowledged move stands on both sides’ screens within five seconds, and is read by both at once', async (t) => {
  const on = await scene(t)
  const times: Times = { asked: [], shown: [] }
  const waiting = [...on.persons]
  const worker = async (): Promise<void> => {
    for (let person = waiting.pop(); person !== undefined; person = waiting.pop()) await walk(on, person, times)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const load = await readFile('/proc/loadavg', 'utf8').catch(() => 'unknown')
  t.diagnostic(`${times.shown.length} moves of ${REFERRALS} referrals, ${AT_ONCE} at once, two servers; load ${load.trim()}`)
  t.diagnostic(`both sides asked: ${figures(times.asked)}`)
  t.diagnostic(`both screens show it: ${figures(times.shown)}`)
  assert.equal(times.shown.length, REFERRALS * (MOVES.length + 1))
  assert.ok(Math.max(...times.shown, ...times.asked) < PROMISED_MS)
})
