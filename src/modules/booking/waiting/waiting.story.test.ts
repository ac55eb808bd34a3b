import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runChecks } from '../../../apps/checks.ts'
import { plusDays } from '../../../kernel/day.ts'
import { sql } from '../../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../../../../tests/harness/stage.ts'
import { sweepWaiting } from '../index.ts'

const SPECIALTY = '0304'

const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)

const residentOf = async (stage: Stage, zh: string, bornOn = '1980-01-01') =>
  actor('resident', null, zh, await stage.person(zh, bornOn))
type Resident = Awaited<ReturnType<typeof residentOf>>

const wishOf = (stage: Stage, orgs: readonly string[], days = 20) => ({
  specialty: SPECIALTY,
  orgs,
  from: stage.today,
  until: plusDays(stage.today, days),
})

const nothingBroken = async (house: TestHouse): Promise<void> => {
  const broken = (await runChecks(house.database)).filter(({ breaches }) => breaches > 0)
  assert.deepEqual(
    broken.map(({ name, examples }) => [name, examples]),
    [],
  )
}

/** Everything that is owed done: deadlines, events, and the sweep. */
const rounds = async (house: TestHouse): Promise<void> => {
  do await house.settle()
  while ((await sweepWaiting(house.house)) > 0)
}

const entryOf = async (house: TestHouse, who: Resident) =>
  (await house.done('booking.my-waiting', who)).entries[0] as {
    waiting: string
    state: string
    class: string
    places: { org: string; before: number | null }[]
    offer: { org: string; booking: string; pool: string; until: string; startsAt: string } | null
  }
const kindsTold = async (house: TestHouse, who: Resident): Promise<string[]> =>
  (await house.done('booking.notices', who)).notices.map(({ kind }: { kind: string }) => kind)

/** Takes every unit that a resident could book directly. */
const sellOut = async (
  house: TestHouse,
  stage: Stage,
  unit: { org: string; pool: string },
  count: number,
): Promise<Resident[]> => {
  const buyers: Resident[] = []
  for (let at = 0; at < count; at += 1) {
    const buyer = await residentOf(stage, `买${String.fromCodePoint(0x4e00 + at)}`)
    const held = await house.done('booking.hold', buyer, unit)
    await house.done('booking.confirm', buyer, { org: held.org, booking: held.booking })
    buyers.push(buyer)
  }
  return buyers
}

test('Unused reserved slots return at release time, and a resident on the list gets one at another institution', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const here = await stage.slot(stage.tcmDesk, { capacity: 1, daysAhead: 6, kind: 'ordinary' })
  const there = await stage.slot(stage.desk, { capacity: 2, daysAhead: 4 })
  await sellOut(house, stage, there, 1)
  const waits = await residentOf(stage, '候一')
  const joined = await house.done('booking.join-waiting', waits, wishOf(stage, [PLACES.countyTcm, PLACES.county]))
  assert.equal(joined.class, 'ordinary')
  await rounds(house)
  assert.equal((await entryOf(house, waits)).state, 'waiting', 'both pools have reserved units only: not for a direct booking')
  assert.deepEqual(codes(await house.ask('booking.hold', waits, here)), ['booking.only-reserved-left'])

  const { slots } = await house.done('booking.free', stage.desk, {
    specialty: SPECIALTY,
    channel: 'referral',
    org: PLACES.county,
  })
  await house.until(new Date(new Date(slots[0].startsAt).getTime() - 23 * 3_600_000).toISOString())
  await house.done('booking.release-due', { ...waits, role: 'system', person: null, account: null }, {})
  await rounds(house)
  const { offer, state } = await entryOf(house, waits)
  assert.equal(state, 'offered')
  assert.deepEqual([offer?.org, offer?.pool], [PLACES.county, there.pool], 'the reserve of the other institution opened first')
  assert.deepEqual(await kindsTold(house, waits), ['offer'])
  await house.done('booking.accept-offer', waits, { org: offer?.org, booking: offer?.booking })
  assert.equal((await entryOf(house, waits)).state, 'placed')
  const { bookings } = await house.done('booking.mine', waits)
  assert.deepEqual(
    bookings.map((one: { state: string; org: string }) => [one.state, one.org]),
    [['confirmed', PLACES.county]],
  )
  await rounds(house)
  await nothingBroken(house)
})

test('An offer that nobody answers goes to the next; who declines keeps the place and is not asked for the same again', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const open = await stage.slot(stage.desk, { capacity: 2, daysAhead: 7, kind: 'ordinary', time: '10:00' })
  const [buyer] = await sellOut(house, stage, open, 1)
  const people = [await residentOf(stage, '候一'), await residentOf(stage, '候二'), await residentOf(stage, '候三')] as const
  for (const one of people) await house.done('booking.join-waiting', one, wishOf(stage, [PLACES.county]))
  await rounds(house)
  assert.deepEqual(await Promise.all(people.map(async (one) => (await entryOf(house, one)).places[0]?.before)), [0, 1, 2])
  assert.deepEqual(codes(await house.ask('booking.join-waiting', people[0], wishOf(stage, [PLACES.county]))), [
    'booking.waits-already',
  ])

  const { bookings } = await house.done('booking.mine', buyer as Resident)
  await house.done('booking.cancel', buyer as Resident, { org: PLACES.county, booking: bookings[0].id, reason: '临时有事' })
  await house.settle()
  const first = await entryOf(house, people[0])
  assert.equal(first.state, 'offered')
  assert.equal((await entryOf(house, people[1])).state, 'waiting')
  await house.later(13)
  await rounds(house)
  assert.equal((await entryOf(house, people[0])).state, 'waiting', 'it ran out: the place is kept')
  assert.deepEqual(await kindsTold(house, people[0]), ['offer-missed', 'offer'])
  const late = await house.ask('booking.accept-offer', people[0], { org: first.offer?.org, booking: first.offer?.booking })
  assert.deepEqual(codes(late), ['booking.offer-over'])
  const second = await entryOf(house, people[1])
  assert.equal(second.state, 'offered')
  await house.done('booking.decline-offer', people[1], { org: second.offer?.org, booking: second.offer?.booking })
  await rounds(house)
  assert.equal((await entryOf(house, people[1])).state, 'waiting')
  const third = await entryOf(house, people[2])
  assert.equal(third.state, 'offered', 'the same unit is not offered twice to anybody')
  await house.done('booking.leave-waiting', people[2], { waiting: third.waiting })
  await rounds(house)
  assert.equal((await entryOf(house, people[2])).state, 'withdrawn')
  const pool = await house.database.row<{ used: number }>(sql`select used_open as used from booking.pool where id = ${open.pool}`)
  assert.equal(pool?.used, 0, 'everybody was asked once, and the unit is free for all')
  await nothingBroken(house)
})

test('That nobody finds a unit is counted once a day for each who looked, and stands on the worklist', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const looked = { specialty: SPECIALTY, org: PLACES.county }
  for (let times = 0; times < 3; times += 1)
    await house.done('booking.free', stage.familyDoctor, { ...looked, channel: 'referral' })
  const resident = await residentOf(stage, '候一')
  await house.done('booking.free', resident, looked)
  await house.done('booking.record-shortage', resident, looked)
  await house.done('booking.join-waiting', resident, wishOf(stage, [PLACES.county]))
  const { counts, rows } = await house.done('booking.shortage-worklist', stage.desk)
  assert.deepEqual(
    counts,
    [{ specialty: SPECIALTY, unitKind: 'visit', times: 3, ofReferrals: 1 }],
    'the doctor, the resident, the entry',
  )
  assert.equal(rows.length, 1)
  await stage.slot(stage.desk, { capacity: 5, daysAhead: 3 })
  await house.done('booking.free', stage.villageDoctor, { ...looked, channel: 'referral' })
  assert.equal((await house.done('booking.shortage-worklist', stage.desk)).counts[0].times, 3, 'who finds one is not counted')
})
