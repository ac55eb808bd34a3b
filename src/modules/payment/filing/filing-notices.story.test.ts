import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { becomes, linkTo, paymentWorld, type PaymentWorld } from '../../../../tests/harness/payment.ts'
import { actor, PLACES } from '../../../../tests/harness/stage.ts'
import type { OrgId, PersonId } from '../../../kernel/id.ts'
import type { Actor } from '../../../platform/access.ts'
import { sql } from '../../../platform/database/pool.ts'
import { linksOf } from '../index.ts'

const AWAY = '4301'
const FURTHER = '4306'
const PLEDGE = { kind: 'long-term', isPledged: true, reason: '随子女居住' }
const insurer = actor('insurer', null, '医保经办')
const self = (person: PersonId): Actor => actor('resident', null, '演示本人', person)

const worldWithCities = async (t: TestContext): Promise<PaymentWorld> => {
  const world = await paymentWorld(t)
  for (const [code, zh] of [[AWAY, '长沙市'], [FURTHER, '岳阳市']])
    await world.house.database.run(sql`insert into organisations.division (code, zh, rank, parent) values (${`${code}00000000`}, ${zh}, 'prefecture', '430000000000')`)
  return world
} // prettier-ignore

/** Somebody of the village whom its clinic cares for. */
const somebody = async (world: PaymentWorld, count: number): Promise<PersonId> => {
  const person = await world.person(count)
  await world.house.database.run(sql`update residents.person set care_org_id = ${PLACES.village} where person_id = ${person}`)
  return person
}

type Shown = { place: string; state: string; number: string | null; says: string | null; filing: string }
const noticesOf = async ({ house }: PaymentWorld, person: PersonId): Promise<Shown[]> =>
  (await house.done('payment.filing-notices', self(person), { person })).notices

const stand = (world: PaymentWorld, person: PersonId, states: readonly string[]): Promise<Shown[]> =>
  becomes(`the notices are ${states.join()}`, async () => {
    const found = await noticesOf(world, person)
    return found.map(({ state }) => state).toSorted().join() === states.toSorted().join() ? found : null
  }) // prettier-ignore

/** What the platform itself has of a person, by the number that the house knows. */
const atPlatform = async ({ house, url, stage }: PaymentWorld, person: PersonId) => {
  const links = linksOf(house.house, linkTo(url))
  const row = await house.database.row<{ psn: string }>(
    sql`select psn_no as psn from payment.filing_notice where person_id = ${person} and psn_no is not null limit 1`,
  )
  const data = { psn_no: row?.psn ?? '', begntime: stage.today, endtime: stage.today }
  const answer = await links.trades.call({ org: PLACES.village as OrgId, orgName: '演示', step: 'look' }, '5304', { data })
  assert.ok(answer.ok)
  return answer.output.refmedin.map(({ mdtrtarea_admdvs, vali_flag }) => `${mdtrtarea_admdvs} ${vali_flag}`).toSorted()
}

test('a filing is told to the platform for each of its places, and its withdrawal too', async (t) => {
  const world = await worldWithCities(t)
  const { house } = world
  const person = await somebody(world, 1)
  const { id } = await house.done('settlement.file-off-site', self(person), { person, places: [AWAY, FURTHER], ...PLEDGE })
  await house.settle()
  const taken = await stand(world, person, ['taken', 'taken'])
  assert.deepEqual(taken.map(({ place }) => place).toSorted(), [AWAY, FURTHER])
  assert.equal(new Set(taken.map(({ number }) => number)).size, 2, 'each place has a number of the platform')
  assert.deepEqual(await atPlatform(world, person), ['430100 1', '430600 1'])

  await house.done('settlement.withdraw-filing', self(person), { person, filing: id, reason: '已搬回' })
  await house.settle()
  await stand(world, person, ['withdrawn', 'withdrawn'])
  assert.deepEqual(await atPlatform(world, person), ['430100 0', '430600 0'])

  const { notices } = await house.done('payment.filing-notices', insurer, { filings: [id] })
  assert.equal(notices.length, 2, 'the insurer asks by filing')
  const other = await somebody(world, 2)
  const curious = await house.ask('payment.filing-notices', self(other), { person })
  assert.equal(!curious.ok && curious.refusals[0]?.code, 'platform.not-found')
  const nobodys = await house.ask('payment.filing-notices', insurer, {})
  assert.equal(nobodys.ok, false, 'without a person or a filing there is nothing to answer')
})

test('filed again the same day after a withdrawal: told in that order, so that the platform takes it', async (t) => {
  const world = await worldWithCities(t)
  const { house } = world
  const person = await somebody(world, 1)
  const file = () => house.done('settlement.file-off-site', self(person), { person, places: [AWAY], ...PLEDGE })
  const { id } = await file()
  await house.settle()
  await stand(world, person, ['taken'])
  await house.done('settlement.withdraw-filing', self(person), { person, filing: id, reason: '填错了' })
  await file()
  await house.settle()
  await stand(world, person, ['taken', 'withdrawn'])
  assert.deepEqual(await atPlatform(world, person), ['430100 0', '430100 1'])
})

test('withdrawn before it was sent: the platform never hears of it', async (t) => {
  const world = await worldWithCities(t)
  const { house } = world
  const person = await somebody(world, 1)
  const { id } = await house.done('settlement.file-off-site', self(person), { person, places: [AWAY], ...PLEDGE })
  await house.done('settlement.withdraw-filing', self(person), { person, filing: id, reason: '不去了' })
  // Both are known before the house takes either up.
  await world.work.close()
  await house.settle()
  assert.deepEqual((await noticesOf(world, person)).map(({ state, number }) => [state, number]), [['to-withdraw', null]])
  const { startPaymentWork } = await import('../index.ts')
  const work = startPaymentWork(house.house, linkTo(world.url), { idleMs: 30, waitMsMost: 300 })
  t.after(work.close)
  const [notice] = await stand(world, person, ['withdrawn'])
  assert.equal(notice?.number, null)
  assert.deepEqual(await house.database.rows(sql`select 1 from payment.trade where infno in ('2501', '2502')`), [])
}) // prettier-ignore

test('what the platform refuses, and what cannot be sent, stands with its reason', async (t) => {
  const world = await worldWithCities(t)
  const { house } = world
  const person = await somebody(world, 1)
  const { id } = await house.done('settlement.file-off-site', self(person), { person, places: [AWAY], ...PLEDGE })
  await house.settle()
  const [first] = await stand(world, person, ['taken'])
  // The same was filed at the office meanwhile; the house does not know of it.
  await house.database.run(sql`update settlement.filing set withdrawn_on = current_date, withdrawn_why = '演示' where id = ${id}`)
  await house.done('settlement.file-off-site', self(person), { person, places: [AWAY], ...PLEDGE })
  await house.settle()
  const both = await stand(world, person, ['taken', 'refused'])
  const refused = both.find(({ state }) => state === 'refused')
  assert.match(refused?.says ?? '', /已有有效的同类备案/)
  assert.equal(refused?.number, null)
  assert.notEqual(first?.number, null)

  const unknown = await world.stage.person('演示无证者', '1960-05-06')
  await house.database.run(
    sql`update residents.person set care_org_id = ${PLACES.village}, insurance = 'resident' where person_id = ${unknown}`,
  )
  await house.done('settlement.file-off-site', self(unknown), { person: unknown, places: [AWAY], ...PLEDGE })
  await house.settle()
  const [notice] = await stand(world, unknown, ['refused'])
  assert.match(notice?.says ?? '', /身份证号/)

  const alone = await somebody(world, 3)
  await house.database.run(sql`update residents.person set care_org_id = null, clinic_org_id = null where person_id = ${alone}`)
  await house.done('settlement.file-off-site', self(alone), { person: alone, places: [AWAY], ...PLEDGE })
  await house.settle()
  const [unsent] = await stand(world, alone, ['refused'])
  assert.match(unsent?.says ?? '', /经办机构/)
})
