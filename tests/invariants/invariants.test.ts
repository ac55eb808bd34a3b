import assert from 'node:assert/strict'
import test from 'node:test'
import { Client } from 'pg'
import { checks, runChecks } from '../../src/apps/checks.ts'
import type { PersonId } from '../../src/kernel/id.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { sweepWaiting } from '../../src/modules/booking/index.ts'
import { eventOf } from '../../src/modules/referral/lifecycle.ts'
import { relayOutbox } from '../../src/platform/relay.ts'
import { fireDueDeadlines } from '../../src/platform/deadlines.ts'
import { testHouse, type TestHouse } from '../harness/house.ts'
import { BOOKING_PLANTS, bookingStory } from './booking-story.ts'
import { randomCare } from './random-care.ts'
import { FUND_PLANTS, fundStory } from './fund-plants.ts'
import { IDENTITY_PLANTS } from './identity-plants.ts'
import { actorOf, makeRegion, PLACES, seeded, seedOfRun, STAFF } from './small-region.ts'
import { PAYMENT_PLANTS, paymentStory } from './payment-plants.ts'
import { RECORD_ACCESS_PLANTS } from './record-access-plants.ts'
import { AUDIT_RULES_PLANTS, auditRulesStory } from './audit-rules-plants.ts'
import { SETTLEMENT_PLANTS, settlementStory } from './settlement-plants.ts'
import { WARD_PLANTS } from './ward-plants.ts'

// Commands in one round run at the same time, so that they race; the seed repeats what is asked, not who wins.
const AT_ONCE = 4
const ROUNDS_LEAST = 100
// What happens seldom is waited for; most runs end long before.
const ROUNDS_MOST = 5_000
const PERSONS = 12

const holds = async (house: TestHouse, when: string): Promise<void> => {
  const broken = (await runChecks(house.database)).filter(({ breaches }) => breaches > 0)
  assert.deepEqual(broken, [], `broken ${when}`)
}

const seenEvents = async (house: TestHouse): Promise<Set<string>> => {
  const rows = await house.database.rows<{ type: string }>(sql`select distinct type from platform.trace_event`)
  return new Set(rows.map(({ type }) => type))
}

const WANTED = [
  ...Object.values(eventOf),
  'booking.held',
  'booking.confirmed',
  'booking.cancelled',
  'booking.expired',
  'referral.task-overdue',
  'booking.vouchers-allotted',
  'booking.vouchers-withdrawn',
  'booking.vouchers-returned',
  'booking.waiting-joined',
  'booking.waiting-placed',
]

/** What a server does beside requests, until there is nothing left to do. */
const settled = async (house: TestHouse): Promise<void> => {
  do await house.settle()
  while ((await sweepWaiting(house.house)) > 0)
}

/** A region in which a case may go along with a unit: its two county hospitals make up for one another. */
const wideRegion = async (house: TestHouse): Promise<PersonId[]> => {
  const persons = await makeRegion(house, PERSONS)
  await house.database.run(
    sql`insert into organisations.membership values (7, ${PLACES.tcmHospital}, 'member', 'tight', '2024-01-01')`,
  )
  return persons
}

test('whatever is asked, in whatever order and at the same time, the checks hold', async (t) => {
  const seed = seedOfRun()
  t.diagnostic(`JIELI_SEED=${seed}`)
  const random = seeded(seed)
  const house = await testHouse(t)
  const draw = randomCare(house, await wideRegion(house), random)
  const refused = new Map<string, number>()
  let done = 0
  let rounds = 0
  let seen = new Set<string>()
  const missing = () => WANTED.filter((type) => !seen.has(type))
  while (rounds < ROUNDS_LEAST || (rounds < ROUNDS_MOST && missing().length > 0)) {
    rounds += 1
    const asked = []
    for (let one = 0; one < AT_ONCE; one += 1) asked.push(await draw(rounds > ROUNDS_LEAST ? missing() : []))
    // The same thing asked twice at once by two persons at two desks is the commonest race of all.
    if (random.chance(0.2)) asked.push(asked[0] as (typeof asked)[number])
    for (const outcome of await Promise.all(asked.map(({ name, actor, input }) => house.ask(name, actor, input))))
      if (outcome.ok) done += 1
      else for (const { code } of outcome.refusals) refused.set(code, (refused.get(code) ?? 0) + 1)
    if (random.chance(0.35)) {
      await house.later(random.one([0.2, 0.5, 3, 12, 30, 80]))
      await settled(house)
    }
    if (rounds % 25 === 0) {
      await settled(house)
      await holds(house, `after round ${rounds} of JIELI_SEED=${seed}`)
      seen = await seenEvents(house)
    }
  }
  await settled(house)
  await holds(house, `at the end of JIELI_SEED=${seed}`)
  t.diagnostic(`${rounds} rounds, ${done} done, refused: ${[...refused].map(([code, times]) => `${code} ${times}`).join(', ')}`)
  assert.deepEqual(missing(), [], 'events that never happened: the run proves nothing about them')
  assert.equal(refused.get('platform.bug'), undefined)
})

test('a killed round leaves nothing half done: two workers fire and relay while commands run', async (t) => {
  const seed = seedOfRun() + 1
  t.diagnostic(`JIELI_SEED=${seed - 1}`)
  const random = seeded(seed)
  const house = await testHouse(t)
  const draw = randomCare(house, await wideRegion(house), random)
  for (let round = 0; round < 25; round += 1) {
    const asked = [await draw(), await draw(), await draw()]
    await house.database.run(sql`update platform.clock set offset_ms = offset_ms + ${random.below(8 * 3_600_000)}`)
    await Promise.all([
      ...asked.map(({ name, actor, input }) => house.ask(name, actor, input)),
      fireDueDeadlines(house.house),
      fireDueDeadlines(house.house),
      relayOutbox(house.house),
      relayOutbox(house.house),
    ])
  }
  await house.settle()
  await holds(house, `with workers racing, JIELI_SEED=${seed - 1}`)
})

const HYPERTENSION = { key: 'I10', zh: '高血压', en: 'Hypertension' }
const DIABETES = { key: 'E11', zh: '2型糖尿病', en: 'Type 2 diabetes' }

/** Somebody shows an e-health card. */
const cardIsUsed = async (house: TestHouse, person: PersonId): Promise<void> => {
  const self = actorOf('resident', null, person)
  await house.done('health-card.apply', self, { person })
  const { text } = await house.done('health-card.show-code', self, { person })
  await house.done('health-card.scan', STAFF.countyDesk, { text, scene: 'payment' })
}

/** A small true story for the teeth: one of everything that the checks look at. */
const story = async (house: TestHouse): Promise<void> => {
  const [one, other, last] = await makeRegion(house, 3)
  await cardIsUsed(house, one as PersonId)
  const { now } = (await house.database.row<{ now: string }>(sql`select platform.jieli_now() as now`)) as { now: string }
  const startsAt = new Date(Date.parse(now) + 6 * 3_600_000).toISOString()
  const { pool } = await house.done('booking.publish-pool', STAFF.countyDesk, {
    specialty: '0300',
    kind: 'expert',
    startsAt,
    capacity: 5,
  })
  const unit = { org: PLACES.countyHospital, pool }
  await lendUnit(house, now)
  const condition = { key: 'I10', zh: '高血压', en: 'Hypertension' }
  const letter = { impression: '演示', reason: '演示', pastHistory: '', treatment: '' }
  const request = { receiver: PLACES.countyHospital, specialty: '0300', condition, letter, consent: { by: 'patient' } }
  const first = await house.done('referral.send', STAFF.villageDoctor, { ...request, person: one, unit })
  await house.done('correspondence.write', STAFF.villageDoctor, { referral: first.referral, text: '演示留言' })
  const second = await house.done('referral.send', STAFF.villageDoctor, { ...request, person: other })
  await house.done('referral.accept', STAFF.countyDesk, { referral: second.referral, queue: '候诊' })
  await house.done('referral.arrive', STAFF.countyDesk, { referral: second.referral })
  const third = await house.done('referral.send', STAFF.villageDoctor, { ...request, person: other, condition: DIABETES })
  await house.done('referral.redirect', STAFF.countyDesk, {
    referral: third.referral,
    receiver: PLACES.tcmHospital,
    reason: '演示',
  })
  await house.done('referral.get', STAFF.tcmDesk, { referral: third.referral })
  await sendHome(house, { ...request, person: last, condition: DIABETES })
  await house.done('booking.hold', { ...STAFF.villageDoctor, role: 'resident', org: null, person: other as never }, unit)
  await bookingStory(house, [one, other] as string[])
  await settlementStory(house, last as string)
  await paymentStory(house)
  await auditRulesStory(house)
  await fundStory(house)
}

/** A case that goes all the way to the hand back. */
const sendHome = async (house: TestHouse, request: object): Promise<void> => {
  const { referral } = await house.done('referral.send', STAFF.villageDoctor, request)
  await house.done('referral.accept', STAFF.countyDesk, { referral, queue: '候诊' })
  for (const act of ['arrive', 'begin', 'discharge'] as const) await house.done(`referral.${act}`, STAFF.countyDesk, { referral })
  const slip = { diagnosis: '演示', findings: '演示', treatment: '演示', plan: '演示', medication: '演示' }
  await house.done('referral.hand-back', STAFF.countyDesk, { referral, to: PLACES.township, ...slip })
}

/** A slot three days ahead, one unit of which the clinic may promise. */
const lendUnit = async (house: TestHouse, now: string): Promise<void> => {
  const startsAt = new Date(Date.parse(now) + 72 * 3_600_000).toISOString()
  const slot = await house.done('booking.publish-pool', STAFF.countyDesk, {
    specialty: '0300',
    kind: 'expert',
    startsAt,
    capacity: 5,
  })
  await house.done('booking.allot-vouchers', STAFF.countyDesk, {
    org: PLACES.countyHospital,
    pool: slot.pool,
    holder: PLACES.clinic,
    units: 1,
  })
}

const PLANTS: Readonly<Record<string, string>> = {
  ...BOOKING_PLANTS,
  ...WARD_PLANTS,
  'pool-within-capacity':
    'alter table booking.pool drop constraint pool_open_not_oversold; update booking.pool set used_open = capacity + 1',
  'pool-equals-bookings': 'update booking.pool set used_open = used_open + 1',
  'held-unit-outlasts-wait': `update booking.booking set hold_until = hold_until - interval '2 days' where case_id <> id and state = 'held'`,
  'thread-numbers-whole': 'update correspondence.message set seq = seq + 1',
  'pool-equals-vouchers': `update booking.voucher set state = 'withdrawn' where state = 'open'`,
  'voucher-used-once': `update booking.voucher set state = 'used', booking_id = (select id from booking.booking where share = 'open' limit 1) where state = 'open'`,
  'voucher-returns': `update platform.deadline set ended_at = now(), outcome = 'lapsed' where case_kind = 'allotment'`,
  'docking-line-in-order': 'insert into docking.line values (10, gen_random_uuid(), 1, 10, 5)',
  'booking-has-claim': 'delete from booking.person_claim',
  'hold-has-deadline': `update platform.deadline set ended_at = now(), outcome = 'lapsed' where case_kind = 'booking'`,
  'unit-has-live-case': `update referral.referral set booking_id = null, booking_org = null`,
  'referral-follows-table': `update platform.trace_event set data = data || '{"state": "closed"}' where type = 'referral.submitted'`,
  'referral-state-is-fold': `update referral.referral set state = 'in-treatment' where state = 'arrived'`,
  'trace-has-no-gap': `update platform.trace_event set seq = seq + 100 where type = 'referral.arrived'`,
  'event-told-once': `delete from platform.outbox where type = 'referral.submitted'`,
  'one-baton-holder': 'update referral.party set holder = true',
  'party-agrees-with-case': `update referral.party set state = 'closed' where side = 'receiver'`,
  'open-guard-means-open-case': `update referral.referral set state = 'cancelled' where state = 'arrived'`,
  'open-case-has-guard': 'delete from referral.open_guard',
  'one-open-per-condition': 'update referral.referral set person_id = 1',
  'open-case-has-until-when': `delete from platform.deadline where case_kind = 'referral'`,
  'open-task-has-until-when': `delete from platform.deadline where case_kind = 'referral-task'`,
  'sent-case-has-package': 'update referral.referral set package_id = null',
  'key-has-answer': 'update platform.idempotency set answer = null',
  'unit-returns-once': `update booking.booking set state = 'cancelled' where case_id = id`,
  'pool-is-what-was-published': 'update booking.pool set capacity = capacity + 1',
  'one-unit-per-person':
    'update booking.booking set person_id = 1, pool_id = (select id from booking.pool order by starts_at limit 1)',
  'confirmed-in-time': `update booking.booking set state = 'confirmed', hold_until = made_at - interval '1 hour' where case_id = id;
    update platform.trace_event set type = 'booking.confirmed' where type = 'booking.held'`,
  'step-says-who-and-why': `update platform.trace_event set reason = null where type = 'referral.redirected'`,
  'accepted-has-place': `update referral.referral set state = 'accepted', queue = null, booking_id = null, booking_org = null where state = 'arrived'`,
  'hand-back-is-whole': `update referral.referral set returned = returned || '{"plan": ""}' where returned is not null`,
  'escalated-once-a-level': `update platform.trace_event set type = 'referral.escalated', data = data || '{"level": 2}' where type = 'referral.arrived'`,
  'end-closes-children': `update referral.referral set state = 'cancelled' where booking_id is not null`,
  'read-has-basis': `delete from referral.party`,
  'act-is-audited': `delete from platform.audit`,
  'former-party-reads-nothing': `insert into platform.audit (org_id, id, at, role, form, kind, outcome, basis, case_id, request)
    select (data->>'from')::bigint, gen_random_uuid(), at + interval '1 minute', 'referral-desk', 'referral.get', 'query', 'done', 'x', case_id, 'x'
    from platform.trace_event where type = 'referral.redirected'; delete from referral.party where ended_at is not null`,
  'card-code-counts-once': `insert into health_card.use select (jsonb_populate_record(u, jsonb_build_object('id', gen_random_uuid()))).* from health_card.use u`,
  'card-number-finds-its-person': `delete from residents.identifier where type = 'erhc'`,
  ...RECORD_ACCESS_PLANTS,
  ...IDENTITY_PLANTS,
  ...SETTLEMENT_PLANTS,
  ...PAYMENT_PLANTS,
  ...AUDIT_RULES_PLANTS,
  ...FUND_PLANTS,
  'rows-are-guarded': 'alter table referral.task no force row level security',
}

test('each check finds a planted breach', async (t) => {
  const house = await testHouse(t)
  await story(house)
  await holds(house, 'before anything is planted')
  assert.deepEqual(Object.keys(PLANTS).toSorted(), checks.map(({ name }) => name).toSorted())
  const owner = new Client({ connectionString: house.ownerUrl })
  await owner.connect()
  try {
    for (const { name, sql: text } of checks) {
      await owner.query('begin')
      await owner.query(PLANTS[name] as string)
      const { rowCount } = await owner.query(text)
      await owner.query('rollback')
      assert.ok(rowCount, `${name} did not see the planted breach`)
    }
  } finally {
    await owner.end()
  }
})

const LETTER = { impression: '演示', reason: '演示', pastHistory: '', treatment: '' }

const guards = (house: TestHouse) =>
  house.database.rows<{ condition: string; referral: string }>(
    sql`select condition_key as condition, referral_id as referral from referral.open_guard order by condition_key`,
  )

test('a draft that is amended to another condition takes its guard along', async (t) => {
  const house = await testHouse(t)
  const [person] = await makeRegion(house, 1)
  const request = { person, receiver: PLACES.countyHospital, specialty: '0300', letter: LETTER }
  const { referral } = await house.done('referral.draft', STAFF.villageDoctor, { ...request, condition: HYPERTENSION })
  await house.done('referral.draft', STAFF.villageDoctor, { ...request, condition: DIABETES, referral })
  assert.deepEqual(await guards(house), [{ condition: 'E11', referral }])
})

/** A case whose patient has arrived, and the emergency that took its guard over. */
const takenOver = async (house: TestHouse) => {
  const [person] = await makeRegion(house, 1)
  const request = {
    person,
    receiver: PLACES.countyHospital,
    specialty: '0300',
    letter: LETTER,
    condition: HYPERTENSION,
    consent: { by: 'patient' },
  }
  const first = await house.done('referral.send', STAFF.villageDoctor, request)
  await house.done('referral.accept', STAFF.countyDesk, { referral: first.referral, queue: '候诊' })
  await house.done('referral.arrive', STAFF.countyDesk, { referral: first.referral })
  const emergency = await house.done('referral.send-emergency', STAFF.villageDoctor, request)
  const cancel = () => house.done('referral.cancel', STAFF.villageDoctor, { referral: emergency.referral, reason: '已在院' })
  return { first: first.referral, cancel }
}

test('when an emergency has ended, the case that it took over has its guard again', async (t) => {
  const house = await testHouse(t)
  const { first, cancel } = await takenOver(house)
  await cancel()
  assert.deepEqual(await guards(house), [{ condition: 'I10', referral: first }])
})

test('a guard is not given back to a case that is ending at the same moment', async (t) => {
  const house = await testHouse(t)
  const { first, cancel } = await takenOver(house)
  let cancelled: Promise<unknown> = Promise.resolve()
  await house.database.transaction(async (tx) => {
    await tx.run(sql`update referral.referral set state = 'closed' where id = ${first}`)
    cancelled = cancel()
    const isOver = cancelled.then(() => true)
    const waits = sql`select from pg_locks l join pg_stat_activity a on a.pid = l.pid where a.datname = current_database() and not l.granted`
    while (!(await Promise.race([isOver, house.database.row(waits)])));
  })
  await cancelled
  assert.deepEqual(await guards(house), [])
})
