import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { plusDays } from '../../kernel/day.ts'
import type { PersonId } from '../../kernel/id.ts'
import type { Actor } from '../../platform/access.ts'
import { sql } from '../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { actor, setStage, type Stage } from '../../../tests/harness/stage.ts'

const NOT_FOUND = ['platform.not-found']
/** Eighteen years in days; a day more or less by the leap years among them. */
const DAYS_OF_CHILDHOOD = 6575
const REASON = '孩子发烧'
const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)

type Family = {
  readonly house: TestHouse
  readonly stage: Stage
  readonly mother: Actor
  readonly stranger: Actor
  readonly child: PersonId
  /** The child as the one who acts. */
  readonly grown: Actor
  readonly guardianship: string
}

/** A mother who is guardian of her child, and somebody who has nothing to do with them. */
const family = async (t: TestContext, bornOn = '2019-05-05'): Promise<Family> => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const mother = actor('resident', null, '母亲', await stage.person('母亲甲', '1990-01-01'))
  const stranger = actor('resident', null, '旁人', await stage.person('旁人乙', '1988-01-01'))
  const child = await stage.person('孩子丙', bornOn)
  const of = { person: child, by: mother.person, kind: 'guardian', document: '出生医学证明' }
  const { representative } = await house.done('record-access.register-representative', stage.villageDoctor, of)
  return { house, stage, mother, stranger, child, grown: actor('resident', null, '孩子丙', child), guardianship: representative }
}

test('A guardian holds, confirms, sees and cancels for the child; the child’s limits count, and every step is on record', async (t) => {
  const { house, stage, mother, child, grown } = await family(t)
  const unit = await stage.slot(stage.desk)
  const held = await house.done('booking.hold', mother, { ...unit, person: child })
  const key = { org: held.org, booking: held.booking }
  await house.done('booking.confirm', mother, key)
  const { bookings } = await house.done('booking.mine', mother, { person: child })
  assert.deepEqual(
    bookings.map(({ id, person, state }: { id: string; person: string; state: string }) => [id, person, state]),
    [[held.booking, child, 'confirmed']],
  )
  assert.deepEqual((await house.done('booking.mine', mother)).bookings, [], 'her own list is hers')
  assert.deepEqual((await house.done('booking.mine', grown)).bookings.length, 1, 'it is the child’s')

  const sameHour = await stage.slot(stage.tcmDesk)
  assert.deepEqual(codes(await house.ask('booking.hold', mother, { ...sameHour, person: child })), ['booking.person-booked-then'])
  await house.done('booking.hold', mother, sameHour)
  const later = await stage.slot(stage.desk, { time: '15:00' })
  assert.deepEqual(
    codes(await house.ask('booking.book', mother, { ...later, person: child })),
    ['booking.service-booked-that-day'],
    'one of a specialty on a day is asked of the child',
  )
  await house.done('booking.cancel', mother, { ...key, reason: REASON })
  assert.deepEqual((await house.done('booking.book', mother, { ...later, person: child })).state, 'confirmed')

  const looks = await house.database.rows<{ form: string }>(sql`select form from platform.audit
    where person_id = ${child} and account_id = ${mother.account} and outcome = 'done' and form like 'booking.%' order by at, form`)
  assert.deepEqual(
    looks.map(({ form }) => form),
    ['booking.hold', 'booking.confirm', 'booking.mine', 'booking.cancel', 'booking.book'],
  )
})

/** Every form by which a resident may act on what is another's, aimed at the child’s. */
const probes = async ({ house, mother, child, stage }: Family, of: { unit: object; booking: object; group?: object }) => {
  const { entries } = await house.done('booking.my-waiting', mother, { person: child })
  const waiting = entries[0]?.waiting as string
  const wish = {
    person: child,
    specialty: '0304',
    orgs: [(of.booking as { org: string }).org],
    from: stage.today,
    until: plusDays(stage.today, 5),
  }
  return [
    ['booking.hold', { ...of.unit, person: child }],
    ['booking.book', { ...of.unit, person: child }],
    ['booking.confirm', of.booking],
    ['booking.cancel', { ...of.booking, reason: REASON }],
    ['booking.check-in', of.booking],
    ['booking.mine', { person: child }],
    ['booking.my-standing', { person: child }],
    ['booking.my-stays', { person: child }],
    ['booking.my-tickets', { person: child }],
    ['booking.my-waiting', { person: child }],
    ['booking.notices', { person: child }],
    ['booking.see-notices', { person: child }],
    ['booking.join-waiting', wish],
    ['booking.leave-waiting', { person: child, waiting }],
    ['booking.change-waiting-places', { person: child, waiting, orgs: wish.orgs }],
    ['booking.accept-offer', { person: child, ...of.booking }],
    ['booking.decline-offer', { person: child, ...of.booking }],
  ] as const
}

test('Nobody else may: not a stranger, not whose guardianship was ended, and not the guardian of somebody who has grown up', async (t) => {
  const today = (await setStage(await testHouse(t))).today
  const all = await family(t, plusDays(today, 3 - DAYS_OF_CHILDHOOD))
  const { house, stage, mother, stranger, child, guardianship } = all
  const unit = await stage.slot(stage.desk, { daysAhead: 8 })
  const other = await stage.slot(stage.tcmDesk, { daysAhead: 9, time: '15:00' })
  const { org, booking } = await house.done('booking.hold', mother, { ...unit, person: child })
  const from = stage.today
  await house.done('booking.join-waiting', mother, {
    person: child,
    specialty: '0304',
    orgs: [other.org],
    from,
    until: plusDays(from, 10),
  })
  const aimed = await probes(all, { unit: other, booking: { org, booking } })
  const refusedTo = async (who: Actor): Promise<void> => {
    for (const [form, input] of aimed)
      assert.deepEqual(codes(await house.ask(form, who, input)), NOT_FOUND, `${form} for ${who.name.zh}`)
  }
  await refusedTo(stranger)
  await house.later(5 * 24)
  await refusedTo(mother)

  const proxyOf = { person: child, by: stranger.person, kind: 'proxy', document: '授权委托书' }
  const { representative } = await house.done('record-access.register-representative', stage.villageDoctor, proxyOf)
  assert.equal(
    (await house.done('booking.my-waiting', stranger, { person: child })).entries.length,
    1,
    'a grown-up gives a proxy',
  )
  const third = await stage.slot(stage.desk, { daysAhead: 12 })
  await house.done('booking.hold', stranger, { ...third, person: child })
  const ended = { person: child, representative, reason: '不再委托' }
  await house.done('record-access.end-representative', actor('resident', null, '孩子丙', child), ended)
  await refusedTo(stranger)
  const refused = await house.database.row<{ count: number }>(sql`select count(*)::int as count from platform.audit
    where account_id = ${stranger.account} and form = 'booking.hold' and outcome = 'refused' and code = 'platform.not-found'`)
  assert.equal(refused?.count, 2, 'each refusal to book is on record, before and after the proxy')
  assert.ok(guardianship)
})

test('A guardian waits for the child: joins, is told, takes the unit that is offered, and may leave the list', async (t) => {
  const { house, stage, mother, child } = await family(t)
  const unit = await stage.slot(stage.desk, { capacity: 2, daysAhead: 4 })
  const buyer = actor('resident', null, '先到', await stage.person('先到丁', '1970-01-01'))
  const bought = await house.done('booking.book', buyer, unit)
  const from = stage.today
  const wish = { person: child, specialty: '0304', orgs: [unit.org], from, until: plusDays(from, 10) }
  await house.done('booking.join-waiting', mother, wish)
  assert.deepEqual((await house.done('booking.my-waiting', mother)).entries, [], 'it is not she who waits')
  await house.done('booking.cancel', buyer, { org: bought.org, booking: bought.booking, reason: '临时有事' })
  await house.settle()
  const { entries } = await house.done('booking.my-waiting', mother, { person: child })
  const { notices } = await house.done('booking.notices', mother, { person: child })
  assert.ok(entries[0].offer, 'a unit is offered')
  assert.ok(notices.length > 0)
  assert.deepEqual((await house.done('booking.notices', mother)).notices, [])
  const offer = { org: entries[0].offer.org, booking: entries[0].offer.booking }
  await house.done('booking.accept-offer', mother, { person: child, ...offer })
  await house.done('booking.see-notices', mother, { person: child })
  assert.equal((await house.done('booking.notices', mother, { person: child })).unseen, 0)
  const [mine] = (await house.done('booking.mine', mother, { person: child })).bookings
  assert.deepEqual([mine.id, mine.state, mine.person], [offer.booking, 'confirmed', child])

  await house.done('booking.cancel', mother, { ...offer, reason: REASON })
  const again = await house.done('booking.join-waiting', mother, wish)
  await house.done('booking.leave-waiting', mother, { person: child, waiting: again.waiting })
})

test('On the day a guardian checks the child in by telephone, sees the number, and may leave', async (t) => {
  const { house, stage, mother, stranger, child } = await family(t)
  const unit = await stage.slot(stage.desk, { daysAhead: 3, kind: 'ordinary' })
  const { org, booking } = await house.done('booking.book', mother, { ...unit, person: child })
  const pool = await house.database.row<{ day: string }>(
    sql`select (starts_at at time zone 'Asia/Shanghai')::date::text as day from booking.pool where id = ${unit.pool}`,
  )
  await house.until(`${pool?.day}T08:30:00+08:00`)
  const taken = await house.done('booking.check-in', mother, { org, booking })
  const { tickets } = await house.done('booking.my-tickets', mother, { person: child })
  assert.deepEqual([tickets.length, tickets[0].number, tickets[0].booking], [1, taken.number, booking])
  assert.deepEqual(codes(await house.ask('booking.leave', stranger, { org, ticket: taken.ticket })), NOT_FOUND)
  await house.done('booking.leave', mother, { org, ticket: taken.ticket, reason: REASON })
  const row = await house.database.row(sql`select state from booking.booking where id = ${booking}`)
  assert.deepEqual(row, { state: 'cancelled' })
})

test('The child’s list of who looked tells the guardian’s looks apart from the child’s own', async (t) => {
  const { house, mother, child, grown } = await family(t)
  await house.done('booking.mine', mother, { person: child })
  const looksSeenBy = async (who: Actor): Promise<[form: string, isYours: boolean][]> =>
    (await house.done('health-record.reads', who, { person: child })).reads.map(
      ({ form, isYours }: { form: string; isYours: boolean }) => [form, isYours],
    )
  assert.deepEqual(await looksSeenBy(grown), [['booking.mine', false]])
  assert.deepEqual(await looksSeenBy(mother), [['booking.mine', true]])
})

test('Beneath the forms a resident sees what is another’s only when the house knows of a representation', async (t) => {
  const { house, stage, mother, stranger, child } = await family(t)
  const unit = await stage.slot(stage.desk)
  await house.done('booking.hold', mother, { ...unit, person: child })
  const seenBy = (who: Actor, names: boolean): Promise<number> =>
    house.house.database.transaction(async (tx) => {
      await tx.run(sql`select platform.open_act(null, ${who.account}, 'resident', ${who.person})`)
      if (names) await tx.run(sql`select residents.name_persons(array[${child}::bigint], false)`)
      return (await tx.rows(sql`select 1 from booking.booking b where b.person_id = ${child}`)).length
    }, 'read')
  assert.deepEqual([await seenBy(mother, true), await seenBy(mother, false), await seenBy(stranger, true)], [1, 0, 0])
})
