import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import test, { type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { compareDay, startDocking, startSender } from '../../src/modules/docking/index.ts'
import { dayOf, instantAt, plusDays } from '../../src/kernel/day.ts'
import { databaseNow, sql } from '../../src/platform/database/pool.ts'
import { testHouse, type TestHouse } from '../harness/house.ts'
import { makeRegion, PLACES, seeded, seedOfRun, STAFF } from '../invariants/small-region.ts'
import { killAtOnce, startChild, startProvince, TIMEOUT_MS, TOKEN, type Province } from './province.ts'

const QUICK = { parallel: 4, idleMs: 50, firstWaitMs: 60, waitMsMost: 500 }
const LETTER = { impression: '演示印象', reason: '演示原因' }
const HAND_BACK = {
  diagnosis: '演示诊断',
  findings: '演示',
  treatment: '演示',
  plan: '演示',
  medication: '演示',
  to: PLACES.township,
}

/** Waits for a condition, never longer than so many seconds; what stands in the way is told. */
const until = async (what: string, holds: () => Promise<boolean> | boolean, secondsMost = 60): Promise<void> => {
  const end = performance.now() + secondsMost * 1_000
  while (!(await holds())) {
    assert.ok(performance.now() < end, `waited ${secondsMost} s in vain: ${what}`)
    await wait(25)
  }
}

const counts = async ({ database }: TestHouse): Promise<{ waiting: number; stuck: number; settled: number }> =>
  (await database.row<{
    waiting: number
    stuck: number
    settled: number
  }>(sql`select count(*) filter (where state = 'waiting')::int as waiting,
    count(*) filter (where state = 'stuck')::int as stuck, count(*) filter (where state = 'acknowledged')::int as settled from docking.message`)) ?? {
    waiting: 0,
    stuck: 0,
    settled: 0,
  }

const send = async (house: TestHouse, person: string): Promise<string> =>
  (
    await house.done('referral.send', STAFF.villageDoctor, {
      person, receiver: PLACES.countyHospital, specialty: '0300', condition: { key: 'I10', zh: '高血压', en: 'Hypertension' }, letter: LETTER, consent: { by: 'patient' },
    })
  ).referral // prettier-ignore

/** The moves of a whole stay after the request, one after the other. */
const stay = (referral: string): ((house: TestHouse) => Promise<unknown>)[] => [
  (house) => house.done('referral.accept', STAFF.countyDesk, { referral, queue: '候诊' }),
  (house) => house.done('referral.arrive', STAFF.countyDesk, { referral }),
  (house) => house.done('referral.begin', STAFF.countyDesk, { referral }),
  (house) => house.done('referral.discharge', STAFF.countyDesk, { referral }),
  (house) => house.done('referral.hand-back', STAFF.countyDesk, { referral, ...HAND_BACK }),
  (house) => house.done('referral.receive', STAFF.familyDoctor, { referral }),
  (house) => house.done('referral.follow-up', STAFF.familyDoctor, { referral, way: 'phone', outcome: 'good', note: '演示' }),
  (house) => house.done('referral.close', STAFF.familyDoctor, { referral }),
]
/** Request and record, answer, arrival, admission, discharge, hand back and record, received, followed up, closed. */
const MESSAGES_OF_A_STAY = 11

/** At the platform: every case in order, each message once, and exactly what we hold as acknowledged. */
const inOrder = async (house: TestHouse, province: Province): Promise<void> => {
  const accepted = province.journal().filter(({ outcome }) => outcome === 'accepted')
  assert.equal(new Set(accepted.map(({ id }) => id)).size, accepted.length, 'a message was taken twice')
  for (const [caseId, lines] of Map.groupBy(accepted, (line) => line.caseId)) {
    let last = 0
    for (const { seq, after } of lines) {
      assert.equal(after, last, `case ${caseId}: ${seq} came after ${last}`)
      assert.ok(seq > last)
      last = seq
    }
  }
  const ours = await house.database.rows<{ id: string }>(sql`select id from docking.message where state = 'acknowledged'`)
  assert.deepEqual(accepted.map(({ id }) => id).toSorted(), ours.map(({ id }) => id).toSorted())
}

const today = async (house: TestHouse) => dayOf(await databaseNow(house.database), house.house.zone)

/** The question for a whole book may take longer than one message. */
const unhurried = ({ platform }: Province) => ({ ...platform, timeoutMs: 20_000 })

const agree = async (house: TestHouse, province: Province): Promise<void> => {
  const compared = await compareDay(house.house, unhurried(province), await today(house))
  assert.deepEqual([compared.differences, compared.underWay, compared.casesHere], [0, 0, compared.casesThere])
}

const inProcessSender = (t: TestContext, house: TestHouse, province: Province) => {
  const sender = startSender(house.house, province.platform, QUICK)
  t.after(() => sender.close())
  return sender
}

test('lost, doubled, delayed, reordered, refused; the platform and the sender are killed: each case arrives whole and in order', async (t) => {
  const seed = seedOfRun()
  t.diagnostic(`JIELI_SEED=${seed}`)
  const random = seeded(seed)
  const house = await testHouse(t)
  const persons = await makeRegion(house, 5)
  const province = await startProvince(t, { seed, faults: 'bad', refuse: 0.5 })
  const senderWords = [house.ownerUrl, province.platform.url, TOKEN, String(TIMEOUT_MS)]
  let sender = await startChild(t, 'tests/faults/docking-sender.ts', senderWords)

  const lines: ((house: TestHouse) => Promise<unknown>)[][] = []
  for (const person of persons) lines.push(stay(await send(house, person)))
  let moved = 0
  while (lines.some((line) => line.length > 0)) {
    await random.one(lines.filter((line) => line.length > 0)).shift()?.(house)
    moved += 1
    if (moved % 5 === 0) await house.settle()
    if (moved === 10) await province.powerCut()
    if (moved === 22) {
      await killAtOnce(sender.child)
      sender = await startChild(t, 'tests/faults/docking-sender.ts', senderWords)
    }
  }
  await house.settle()

  await until('everything but the refused cases is sent', async () => {
    const behind = await house.database.row<{
      left: number
    }>(sql`select count(*)::int as left from docking.message w where w.state = 'waiting' and not exists (
      select from docking.message s where s.org_id = w.org_id and s.case_id = w.case_id and s.seq < w.seq and s.state = 'stuck')`)
    return behind?.left === 0
  })
  const { stuck } = await house.done('docking.stuck', STAFF.countyDesk)
  t.diagnostic(`${stuck.length} of ${persons.length} cases refused`)
  for (const one of stuck) {
    assert.deepEqual(
      [one.code, one.seq, one.behind],
      ['department-unknown', 1, MESSAGES_OF_A_STAY - 1],
      'a refused request parks its own case and nothing else',
    )
    await house.done('docking.correct-and-retry', STAFF.countyDesk, {
      org: one.org,
      id: one.id,
      corrections: { specialty: '030001' },
      reason: '按省平台对照表更正',
    })
  }
  await until('one correction of a code holds for the whole case', async () => (await counts(house)).waiting === 0)
  assert.equal((await counts(house)).stuck, 0)

  assert.equal((await counts(house)).settled, persons.length * MESSAGES_OF_A_STAY)
  await inOrder(house, province)
  const outcomes = Map.groupBy(province.journal(), ({ outcome }) => outcome)
  t.diagnostic([...outcomes].map(([outcome, all]) => `${outcome} ${all.length}`).join(', '))
  assert.ok((outcomes.get('duplicate')?.length ?? 0) > 0, 'doubles came and were dropped')
  await agree(house, province)
})

test('twelve hours of silence: nothing is lost, one question at a time is asked, and everything goes when the platform is back', async (t) => {
  const house = await testHouse(t)
  const persons = await makeRegion(house, 12)
  const province = await startProvince(t, { seed: 1 })
  await province.silence(true)
  const sender = inProcessSender(t, house, province)
  for (const person of persons) await send(house, person)
  await house.settle()
  await until('the silence is noticed', () => sender.isSilent())
  await house.later(12)
  const { waiting } = await counts(house)
  assert.ok(waiting > persons.length, 'escalations and the like go on while the platform is silent')
  assert.equal(province.journal().length, 0)
  await province.silence(false)
  await until('the backlog is sent', async () => (await counts(house)).waiting === 0)
  await inOrder(house, province)
})

test('what the platform has lost is found when the books are compared, waits for a person, and is sent again in order', async (t) => {
  const house = await testHouse(t)
  const persons = await makeRegion(house, 3)
  const province = await startProvince(t, { seed: 1 })
  inProcessSender(t, house, province)
  const [lost] = [await send(house, persons[0] as string), await send(house, persons[1] as string)]
  for (const move of stay(lost as string).slice(0, 3)) await move(house)
  await house.settle()
  await until('all is sent', async () => (await counts(house)).waiting === 0)
  await agree(house, province)

  // The platform's disk fails: it forgets all but the first message of one case.
  await province.powerCut(() => {
    const kept = readFileSync(province.journalFile, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !(line.includes(lost as string) && !line.includes('"seq":1,')))
    writeFileSync(province.journalFile, `${kept.join('\n')}\n`)
  })
  const compared = await compareDay(house.house, unhurried(province), await today(house))
  assert.equal(compared.differences, 1)
  const { stuck } = await house.done('docking.stuck', STAFF.countyDesk)
  assert.deepEqual(
    stuck.map((one: { code: string; seq: number; behind: number }) => [one.code, one.seq, one.behind]),
    [['missing-there', 2, 3]],
  )
  assert.deepEqual((await house.done('docking.stuck', STAFF.tcmDesk)).stuck, [], 'another hospital sees nothing of it')
  await house.done('docking.retry', STAFF.countyDesk, { org: stuck[0].org, id: stuck[0].id })
  await until('the lost ones are sent again', async () => (await counts(house)).waiting === 0)
  await inOrder(house, province)
  await agree(house, province)
  const { days } = await house.done('docking.books', STAFF.bureau)
  assert.equal(days[0].differences, 0)
})

test('a refused message that is given up is left out, the case goes on; what the platform alone knows is a difference that somebody closes', async (t) => {
  const house = await testHouse(t)
  const [person] = await makeRegion(house, 1)
  const province = await startProvince(t, { seed: 1, refuse: 1 })
  inProcessSender(t, house, province)
  const referral = await send(house, person as string)
  await house.settle()
  await until('the request is refused', async () => (await counts(house)).stuck === 1)
  const [refused] = (await house.done('docking.stuck', STAFF.manager)).stuck
  const stranger = await house.ask('docking.give-up', STAFF.cityDesk, { org: refused.org, id: refused.id, reason: '演示' })
  assert.equal(stranger.ok, false)
  await house.done('docking.give-up', STAFF.manager, { org: refused.org, id: refused.id, reason: '平台暂不收该科室' })
  const again = await house.ask('docking.retry', STAFF.manager, { org: refused.org, id: refused.id })
  assert.deepEqual(again.ok ? [] : again.refusals.map(({ code }) => code), ['docking.not-stuck'])
  await until(
    'the next of the case is refused in its turn',
    async () => (await house.done('docking.stuck', STAFF.manager)).stuck[0]?.kind === 'record',
  )
  const [next] = (await house.done('docking.stuck', STAFF.manager)).stuck
  await house.done('docking.correct-and-retry', STAFF.manager, {
    org: next.org,
    id: next.id,
    corrections: { specialty: '030001' },
    reason: '按省平台对照表更正',
  })
  await until('it goes through', async () => (await counts(house)).waiting === 0)
  const [taken] = province.journal().filter(({ outcome }) => outcome === 'accepted')
  assert.deepEqual([taken?.caseId, taken?.seq, taken?.after], [referral, 2, 0])

  const day = await today(house)
  await house.database.run(sql`delete from docking.message where case_id = ${referral}`)
  const compared = await compareDay(house.house, unhurried(province), day)
  assert.equal(compared.differences, 1)
  const [difference] = (await house.done('docking.stuck', STAFF.administrator)).stuck
  assert.deepEqual([difference.code, difference.mayRetry], ['unknown-here', false])
  await house.done('docking.give-up', STAFF.administrator, { org: difference.org, id: difference.id, reason: '已与平台核实' })
  assert.deepEqual((await house.done('docking.stuck', STAFF.administrator)).stuck, [])
})

test('yesterday’s books are compared once the hour of policy has come by the one clock, and not before', async (t) => {
  const house = await testHouse(t)
  const province = await startProvince(t, { seed: 1 })
  const platform = unhurried(province)
  const yesterday = await today(house)
  const tomorrowAt = (time: string) => instantAt(plusDays(yesterday, 1), time, house.house.zone)
  const days = async () => (await house.done('docking.books', STAFF.bureau)).days.map(({ day }: { day: string }) => day)
  // What was compared in the middle of a day is compared again when the day has ended.
  await compareDay(house.house, platform, yesterday)
  await house.database.run(sql`delete from docking.comparison where day < ${yesterday}`)
  await house.until(tomorrowAt('01:30'))
  await startDocking(house.house, platform).close()
  const [early] = await house.database.rows<{ at: string }>(sql`select at from docking.comparison where day = ${yesterday}`)
  await house.until(tomorrowAt('02:30'))
  await startDocking(house.house, platform).close()
  const [late] = await house.database.rows<{ at: string }>(sql`select at from docking.comparison where day = ${yesterday}`)
  assert.ok(early && early.at < tomorrowAt('00:00'), 'at half past one nothing was compared')
  assert.ok(late && late.at > tomorrowAt('02:00'))
  assert.deepEqual(await days(), [yesterday])
})
