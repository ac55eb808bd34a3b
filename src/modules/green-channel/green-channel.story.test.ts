import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databaseNow } from '../../platform/database/pool.ts'
import { plusMinutes } from '../../kernel/clock.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage } from '../../../tests/harness/stage.ts'

const MINUTE = 1 / 60

const CENTRES = [
  { institution: PLACES.county, channel: 'stroke', level: 'primary', capabilities: ['lysis'], specialty: '0303' },
  { institution: PLACES.city, channel: 'stroke', level: 'advanced', capabilities: ['lysis', 'thrombectomy'], specialty: '0303' },
  { institution: PLACES.city, channel: 'chest-pain', level: 'advanced', capabilities: ['lysis', 'ppci'], specialty: '0304' },
]

/** The small region with the certificates of its centres, proposed by one official and approved by another. */
const setCentres = async (house: TestHouse) => {
  const stage = await setStage(house)
  const [one, other] = [actor('health-bureau', null, '甲'), actor('health-bureau', null, '乙')]
  for (const body of CENTRES) {
    const made = await house.done('green-channel.propose-centre', one, { from: '2020-01-01', body })
    await house.done('green-channel.approve-centre', other, { entry: made.entry, version: 1, verdict: 'approve' })
  }
  const ago = async (minutes: number) => plusMinutes(await databaseNow(house.database), -minutes)
  return { ...stage, ago, bureau: one }
}

const code = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }) =>
  outcome.ok ? 'done' : outcome.refusals?.[0]?.code

test('One act opens a channel: nearest centre, referral, clock and record package, in one transaction', async (t) => {
  const house = await testHouse(t)
  const stage = await setCentres(house)
  const { villageDoctor, desk, cityDesk } = stage
  const person = await stage.person('蒋先生', '1945-03-08')
  const onset = { kind: 'known', at: await stage.ago(40) }
  const vitals = { systolic: 186, diastolic: 104, heartRate: 88 }
  const started = await house.done('green-channel.start', villageDoctor, {
    channel: 'stroke',
    person,
    onset,
    vitals,
    call120At: await stage.ago(5),
  })
  assert.equal(started.receiver, PLACES.county, 'the county is nearest and can dissolve')
  assert.equal(started.isLateEntry, false)
  const referral = await house.done('referral.get', desk, { referral: started.referral })
  assert.deepEqual([referral.state, referral.urgency, referral.owesPapers], ['accepted', 'green-channel', true])
  assert.match(referral.letter.reason, /血压 186\/104/)
  assert.equal(
    (await house.done('referral.package', desk, { referral: started.referral })).bundle.type,
    'document',
    'the record is there before the patient',
  )

  const { clock } = await house.done('green-channel.of-referral', desk, { referral: started.referral })
  assert.equal(clock.side, 'receiver')
  assert.deepEqual(
    clock.considered.map(({ verdict }: { verdict: string }) => verdict),
    ['chosen', 'farther'],
  )
  assert.equal(clock.next.key, 'onset-to-needle')
  assert.equal(clock.windowUntil, plusMinutes(onset.at as never, 270))
  const boards = [villageDoctor, desk, cityDesk].map(
    async (who) => (await house.done('green-channel.board', who)).channels.length,
  )
  assert.deepEqual(await Promise.all(boards), [1, 1, 0], 'both sides see it, nobody else')
  assert.deepEqual(
    await house.done('green-channel.of-referral', cityDesk, { referral: started.referral }),
    { clock: null },
    'a stranger is told the same as for any other referral',
  )
  assert.equal(code(await house.ask('green-channel.get', cityDesk, { case: started.case })), 'platform.not-found')
  assert.equal(
    code(await house.ask('green-channel.start', stage.familyDoctor, { channel: 'stroke', person })),
    'green-channel.open-already',
  )
  const wrong = await house.ask('green-channel.start', villageDoctor, { channel: 'chest-pain', person, receiver: PLACES.county })
  assert.equal(code(wrong), 'green-channel.wish-not-possible', 'the county has no certificate for chest pain')
  assert.equal(
    code(await house.ask('green-channel.start', villageDoctor, { channel: 'newborn', person })),
    'green-channel.no-centre',
  )
  const again = await house.done(
    'green-channel.start',
    villageDoctor,
    { channel: 'chest-pain', person },
    'the-device-made-this-key',
  )
  assert.deepEqual(
    await house.done('green-channel.start', villageDoctor, { channel: 'chest-pain', person }, 'the-device-made-this-key'),
    again,
    'sent twice, begun once',
  )
})

test('Somebody unknown is registered in the same act, and nothing remains of a start that is refused', async (t) => {
  const house = await testHouse(t)
  const { villageDoctor, desk } = await setCentres(house)
  const unknown = { sex: 'male', about: '约六十岁,蓝外套,村口' }
  assert.equal(
    code(await house.ask('green-channel.start', villageDoctor, { channel: 'newborn', unknown })),
    'green-channel.no-centre',
  )
  assert.equal((await house.done('residents.search', villageDoctor, { text: '身份不明者' })).persons.length, 0)
  const started = await house.done('green-channel.start', villageDoctor, { channel: 'stroke', unknown })
  const referral = await house.done('referral.get', desk, { referral: started.referral })
  assert.deepEqual(
    [referral.person.name.zh, referral.person.sex, referral.person.address],
    ['身份不明者', 'male', '约六十岁,蓝外套,村口'],
  )
  const second = await house.done('green-channel.start', villageDoctor, { channel: 'stroke', unknown })
  assert.notEqual(second.person, started.person, 'two strangers are two persons')
})

test('A start that comes late counts from when it was begun and says so; after a day it is no channel', async (t) => {
  const house = await testHouse(t)
  const stage = await setCentres(house)
  const person = await stage.person('蒋先生', '1945-03-08')
  const input = { channel: 'stroke', person }
  assert.equal(
    code(await house.ask('green-channel.start', stage.villageDoctor, { ...input, occurredAt: await stage.ago(24 * 60 + 1) })),
    'green-channel.too-late-to-start',
  )
  assert.equal(
    code(await house.ask('green-channel.start', stage.villageDoctor, { ...input, occurredAt: await stage.ago(-5) })),
    'green-channel.in-future',
  )
  const begun = await stage.ago(50)
  const contradicts = { ...input, occurredAt: begun, onset: { kind: 'known', at: await stage.ago(40) } }
  assert.equal(code(await house.ask('green-channel.start', stage.villageDoctor, contradicts)), 'green-channel.out-of-order')
  const started = await house.done('green-channel.start', stage.villageDoctor, {
    ...input,
    occurredAt: begun,
    onset: { kind: 'last-seen-well', at: await stage.ago(200) },
  })
  assert.equal(started.isLateEntry, true)
  assert.equal(started.receiver, PLACES.county, 'the window is judged from when the patient left')
  const { nodes } = await house.done('green-channel.get', stage.villageDoctor, { case: started.case })
  assert.equal(nodes.find(({ node }: { node: string }) => node === 'first-contact').at, begun)
})

test('Moments are written by their side, in order, and corrected without losing the earlier entry', async (t) => {
  const house = await testHouse(t)
  const stage = await setCentres(house)
  const { villageDoctor, desk, ago } = stage
  const person = await stage.person('蒋先生', '1945-03-08')
  const started = await house.done('green-channel.start', villageDoctor, {
    channel: 'stroke',
    person,
    onset: { kind: 'known', at: await ago(40) },
  })
  const stamp = (who: typeof desk, node: string, more: object = {}) =>
    house.ask('green-channel.stamp', who, { case: started.case, node, ...more })
  assert.equal(code(await stamp(villageDoctor, 'door-in')), 'green-channel.of-other-side')
  assert.equal(code(await stamp(desk, 'ecg-first')), 'green-channel.not-of-channel')
  assert.equal(code(await stamp(desk, 'door-in', { occurredAt: await ago(-1) })), 'green-channel.in-future')
  const early = await stamp(desk, 'door-in', { occurredAt: await ago(10) })
  assert.deepEqual(
    early.ok ? null : Object.keys(early.refusals[0]?.detail ?? {}).filter((one) => one.endsWith('_at')),
    ['earlier_at', 'later_at'],
    'both times are shown',
  )
  await house.later(30 * MINUTE)
  assert.equal(code(await stamp(desk, 'door-in', { reason: '手误' })), 'green-channel.nothing-to-correct')
  const door = await ago(5)
  assert.equal(code(await stamp(desk, 'door-in', { occurredAt: door })), 'done')
  assert.equal(
    (await house.done('referral.get', desk, { referral: started.referral })).state,
    'arrived',
    'the door is the arrival',
  )
  assert.equal(code(await stamp(desk, 'door-in', { occurredAt: await ago(6) })), 'green-channel.stamped-already')
  assert.equal(code(await stamp(desk, 'door-in', { occurredAt: await ago(7), reason: '钟慢两分钟' })), 'done')
  const { nodes } = await house.done('green-channel.get', villageDoctor, { case: started.case })
  const shown = nodes.find(({ node }: { node: string }) => node === 'door-in')
  assert.deepEqual([shown.reason, shown.corrected.map(({ at }: { at: string }) => at)], ['钟慢两分钟', [door]])
  await house.settle()
  assert.equal(code(await stamp(desk, 'needle')), 'done')
  assert.equal(
    (await house.done('referral.get', desk, { referral: started.referral })).state,
    'in-treatment',
    'a treatment begins it',
  )
})

test('A target near tells both desks, one past is late and told one level up; what nobody ends is ended by the house', async (t) => {
  const house = await testHouse(t)
  const stage = await setCentres(house)
  const { villageDoctor, desk } = stage
  const person = await stage.person('蒋先生', '1945-03-08')
  const started = await house.done('green-channel.start', villageDoctor, { channel: 'stroke', person })
  await house.done('referral.arrive', desk, { referral: started.referral })
  await house.settle()
  const state = async (key: string, who = villageDoctor) => {
    const clock = await house.done('green-channel.get', who, { case: started.case })
    return clock.targets.find((one: { key: string }) => one.key === key).state
  }
  const events = async () =>
    (await house.done('referral.journey', stage.familyDoctor, { person })).events.map(({ type }: { type: string }) => type)
  assert.equal(await state('door-to-ct'), 'ok', 'the desk’s arrival is the door')
  await house.later(19 * MINUTE)
  assert.equal(await state('door-to-ct'), 'soon')
  assert.equal((await events()).filter((type: string) => type === 'green-channel.target-near').length, 1)
  await house.later(7 * MINUTE)
  assert.equal(await state('door-to-ct'), 'late')
  const late = (await events()).filter((type: string) => type === 'green-channel.target-late')
  assert.equal(late.length, 1)
  assert.equal(await state('door-to-ct', stage.cityDesk), 'late', 'one level above the county sees it now')
  await house.done('green-channel.stamp', desk, { case: started.case, node: 'ct-start' })
  assert.equal(await state('door-to-ct'), 'late', 'done late stays late')
  await house.later(48)
  const clock = await house.done('green-channel.get', villageDoctor, { case: started.case })
  assert.deepEqual([clock.state, clock.outcome], ['ended', 'never-ended'])
  assert.equal(
    code(await house.ask('green-channel.end', desk, { case: started.case, outcome: 'reperfused', reason: '已通' })),
    'green-channel.ended-already',
  )
  await house.done('green-channel.stamp', desk, { case: started.case, node: 'ct-report' })
  await house.later(73)
  assert.equal(
    code(await house.ask('green-channel.stamp', desk, { case: started.case, node: 'lab' })),
    'green-channel.ended-already',
    'not for ever',
  )
})

test('Lysis at the county, thrombectomy in the city: a second, linked case, and the door-in-door-out clock', async (t) => {
  const house = await testHouse(t)
  const stage = await setCentres(house)
  const { villageDoctor, desk, cityDesk } = stage
  const person = await stage.person('蒋先生', '1945-03-08')
  const started = await house.done('green-channel.start', villageDoctor, {
    channel: 'stroke',
    person,
    onset: { kind: 'known', at: await stage.ago(60) },
  })
  const onward = { case: started.case, reason: '大血管闭塞,桥接取栓' }
  assert.equal(code(await house.ask('green-channel.send-onward', desk, onward)), 'green-channel.not-yet-here')
  await house.later(20 * MINUTE)
  await house.done('green-channel.stamp', desk, { case: started.case, node: 'door-in' })
  await house.later(40 * MINUTE)
  const sent = await house.done('green-channel.send-onward', desk, onward)
  await house.settle()
  assert.equal(sent.receiver, PLACES.city)
  assert.equal((await house.done('referral.get', villageDoctor, { referral: started.referral })).state, 'ended-elsewhere')
  const first = await house.done('green-channel.get', villageDoctor, { case: started.case })
  assert.deepEqual([first.state, first.onward.referral], ['open', sent.referral], 'the first runs until the patient has left')
  assert.ok(first.targets.find(({ key }: { key: string }) => key === 'door-in-door-out').isRunning)
  assert.equal(code(await house.ask('green-channel.send-onward', desk, onward)), 'green-channel.onward-already')
  await house.done('green-channel.stamp', desk, { case: started.case, node: 'door-out' })
  assert.equal((await house.done('green-channel.get', desk, { case: started.case })).outcome, 'transferred-on')
  const second = await house.done('green-channel.get', cityDesk, { case: sent.case })
  assert.deepEqual([second.earlier, second.treatment.zh], [started.case, '取栓'])
  assert.equal(
    second.nodes.find(({ node }: { node: string }) => node === 'onset').at,
    first.onset.at,
    'what came before the first door goes along',
  )
  await house.done('green-channel.stamp', cityDesk, { case: sent.case, node: 'door-in' })
  await house.done('green-channel.end', cityDesk, { case: sent.case, outcome: 'reperfused', reason: '取栓后 TICI 3 级' })
  const month = stage.today.slice(0, 7)
  const quality = await house.done('green-channel.quality', desk, { month, channel: 'stroke' })
  const dido = quality.targets.find(({ key }: { key: string }) => key === 'door-in-door-out')
  assert.deepEqual([quality.cases, dido.measured, dido.within], [1, 1, 1])
  assert.ok(dido.median >= 40 && dido.median < 41, 'forty minutes from door to door')
  const ct = quality.targets.find(({ key }: { key: string }) => key === 'door-to-ct')
  assert.deepEqual([ct.asked, ct.missing, ct.reach], [1, 1, 0], 'a missing stamp is counted, not guessed')
  assert.equal((await house.done('green-channel.quality', stage.bureau, { month, channel: 'stroke', org: PLACES.city })).cases, 1)
  assert.equal(code(await house.ask('green-channel.quality', stage.bureau, { month, channel: 'stroke' })), 'platform.not-found')
})

test('A referral that is cancelled ends its channel, and the same person may begin anew', async (t) => {
  const house = await testHouse(t)
  const stage = await setCentres(house)
  const person = await stage.person('蒋先生', '1945-03-08')
  const ordinary = {
    receiver: PLACES.countyTcm,
    specialty: '0303',
    condition: { key: 'stroke', zh: '脑卒中' },
    letter: { impression: '头晕', reason: '头晕一周' },
    consent: { by: 'patient' },
  }
  const before = await house.done('referral.send', stage.villageDoctor, { person, ...ordinary })
  const started = await house.done('green-channel.start', stage.villageDoctor, { channel: 'stroke', person })
  await house.settle()
  assert.equal(
    (await house.done('referral.get', stage.villageDoctor, { referral: before.referral })).state,
    'ended-elsewhere',
    'an ordinary referral never holds a rescue up',
  )
  await house.done('referral.cancel', stage.villageDoctor, { referral: started.referral, reason: '家属放弃转运' })
  await house.settle()
  assert.equal((await house.done('green-channel.get', stage.villageDoctor, { case: started.case })).outcome, 'referral-ended')
  await house.done('green-channel.start', stage.villageDoctor, { channel: 'stroke', person })
})
