import assert from 'node:assert/strict'
import test from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { startSender } from '../../src/modules/docking/index.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { testHouse, type TestHouse } from '../harness/house.ts'
import { makeRegion, PLACES, STAFF } from '../invariants/small-region.ts'
import { startProvince } from './province.ts'

/**
 * How long the backlog of a county takes after twelve hours of silence; a measurement, not part of `npm test`:
 * `node --test tests/faults/docking-backlog.ts`. Where the number of cases comes from stands in docs/docking.md.
 */
const CASES = Number(process.env['JIELI_BACKLOG_CASES'] ?? 500)
const PERSONS = 50
const SECONDS_MOST = 300
const HOURS_SILENT = 12

const send = (house: TestHouse, person: string, condition: string) =>
  house.done('referral.send', STAFF.villageDoctor, {
    person,
    receiver: PLACES.countyHospital,
    specialty: '0300',
    condition: { key: condition, zh: '演示病种', en: 'Demo condition' },
    letter: { impression: '演示印象', reason: '演示原因' },
    consent: { by: 'patient' },
  })

/** One case from the request to the end: eleven messages. */
const wholeCase = async (house: TestHouse, person: string, condition: string): Promise<void> => {
  const { referral } = await send(house, person, condition)
  await house.done('referral.accept', STAFF.countyDesk, { referral, queue: '候诊' })
  for (const move of ['arrive', 'begin', 'discharge'] as const)
    await house.done(`referral.${move}`, STAFF.countyDesk, { referral })
  const said = { diagnosis: '演示', findings: '演示', treatment: '演示', plan: '演示', medication: '演示', to: PLACES.township }
  await house.done('referral.hand-back', STAFF.countyDesk, { referral, ...said })
  await house.done('referral.receive', STAFF.familyDoctor, { referral })
  await house.done('referral.follow-up', STAFF.familyDoctor, { referral, way: 'phone', outcome: 'good', note: '演示' })
  await house.done('referral.close', STAFF.familyDoctor, { referral })
}

const left = async ({ database }: TestHouse): Promise<number> =>
  (await database.row<{ left: number }>(sql`select count(*)::int as left from docking.message where state = 'waiting'`))?.left ??
  0

test(`the backlog of ${CASES} cases after ${HOURS_SILENT} hours of silence`, async (t) => {
  const house = await testHouse(t)
  const persons = await makeRegion(house, PERSONS)
  const province = await startProvince(t, { seed: 1 })
  await province.silence(true)
  // As a server sends: the shipped waits, eight at a time, ten seconds for an answer.
  const sender = startSender(house.house, { ...province.platform, timeoutMs: 10_000 })
  t.after(() => sender.close())
  for (let at = 0; at < CASES; at += 1)
    await wholeCase(house, persons[at % PERSONS] as string, `Z${10 + Math.floor(at / PERSONS)}`)
  await house.later(HOURS_SILENT)
  while (!sender.isSilent()) await wait(100)
  const backlog = await left(house)
  t.diagnostic(`${backlog} messages of ${CASES} cases wait`)
  await province.silence(false)
  const from = performance.now()
  while ((await left(house)) > 0) {
    assert.ok(performance.now() - from < SECONDS_MOST * 1_000, `not caught up within ${SECONDS_MOST} s`)
    await wait(200)
  }
  const seconds = (performance.now() - from) / 1_000
  t.diagnostic(`caught up in ${seconds.toFixed(1)} s, ${(backlog / seconds).toFixed(0)} messages a second`)
  assert.equal(province.journal().filter(({ outcome }) => outcome === 'accepted').length, backlog)
})
