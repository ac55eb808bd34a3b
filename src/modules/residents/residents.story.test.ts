import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PersonId } from '../../kernel/id.ts'
import { sql } from '../../platform/database/pool.ts'
import { testHouse } from '../../../tests/harness/house.ts'
import { actor, setStage } from '../../../tests/harness/stage.ts'
import { checkCharacter } from './rules/id-number.ts'

const number = (seventeen: string): { type: '01'; number: string } => ({ type: '01', number: seventeen + checkCharacter(seventeen) })
const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] => (outcome.refusals ?? []).map(({ code }) => code)

test('A person is registered once by number, found by name, initials, tail and whole number, and shown masked', async (t) => {
  const house = await testHouse(t)
  const { villageDoctor, familyDoctor, desk } = await setStage(house)
  const mine = number('99010119580203123')
  const { person } = await house.done('residents.register', villageDoctor, { name: { zh: '欧阳䶮' }, sex: 'male', identifier: mine, phone: '10012345678' })
  assert.deepEqual(codes(await house.ask('residents.register', desk, { name: { zh: '别人' }, sex: 'male', identifier: mine })), ['residents.number-known'])

  for (const text of ['欧阳', 'oy', mine.number.slice(-4), '10012345678', mine.number]) {
    const { persons } = await house.done('residents.search', villageDoctor, { text })
    assert.deepEqual(persons.map((one: { id: string }) => one.id), [person], `found by ${text}`)
    assert.match(persons[0].idNumber, /^9901\*{10}\w{4}$/)
    assert.equal(persons[0].phone, '100****5678')
  }
  assert.equal((await house.done('residents.search', familyDoctor, { text: '欧阳' })).persons.length, 1, 'the township unit cares for the village’s people')
  assert.equal((await house.done('residents.search', desk, { text: '欧阳' })).persons.length, 0, 'the county finds nobody by name')
  assert.equal((await house.done('residents.search', desk, { text: mine.number })).persons.length, 1, 'but the person in front of it by the whole number')
  const stored = await house.database.row<{ text: string }>(sql`select string_agg(p::text || i::text, '') as text from residents.person p join residents.identifier i using (person_id)`)
  assert.ok(!stored?.text.includes(mine.number) && !stored?.text.includes('10012345678'), 'no number lies readable in the database')
})

test('Same name and same birthday are two people, whatever else', async (t) => {
  const house = await testHouse(t)
  const { villageDoctor } = await setStage(house)
  const twin = { name: { zh: '李强' }, bornOn: '1990-05-05', sex: 'male' }
  const one = await house.done('residents.register', villageDoctor, { ...twin, identifier: number('99010119900505011') })
  const two = await house.done('residents.register', villageDoctor, { ...twin, identifier: number('99010119900505031') })
  const three = await house.done('residents.register', villageDoctor, twin)
  assert.equal(new Set([one.person, two.person, three.person]).size, 3)
})

test('Merging is a link that every read follows, and can be undone; both histories remain', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const admin = actor('administrator', null)
  const kept = await stage.person('王芳', '1970-01-01')
  const double = await stage.person('王芬', '1970-01-01')
  assert.deepEqual(codes(await house.ask('residents.link', stage.villageDoctor, { person: double, into: kept, reason: '同一人' })), ['platform.role-may-not'])
  await house.done('residents.link', admin, { person: double, into: kept, reason: '同一人,姓名登记有误' })
  assert.equal((await house.done('residents.get', stage.villageDoctor, { person: double })).id, kept)
  assert.deepEqual(codes(await house.ask('residents.link', admin, { person: double, into: kept, reason: '再次' })), ['residents.linked-already'])
  await house.done('residents.unlink', admin, { person: double, reason: '核实为两人' })
  assert.equal((await house.done('residents.get', stage.villageDoctor, { person: double })).id, double)
  const links = await house.database.rows<{ reason: string }>(sql`select reason from residents.link where person_id = ${double} and unlinked_at is not null`)
  assert.equal(links.length, 1)
})

test('Erasure destroys the key: numbers cannot be read or found again, the trace stays, the number is free', async (t) => {
  const house = await testHouse(t)
  const { villageDoctor } = await setStage(house)
  const mine = number('99010119580203125')
  const { person } = await house.done('residents.register', villageDoctor, { name: { zh: '刘去' }, sex: 'male', identifier: mine, phone: '10012345670' })
  const shown = await house.done('residents.reveal', villageDoctor, { person, reason: '核对医保身份' })
  assert.equal(shown.idNumber, mine.number)
  await house.done('residents.erase', actor('administrator', null), { person, reason: '本人书面要求' })
  assert.deepEqual(codes(await house.ask('residents.reveal', villageDoctor, { person, reason: '再看一次' })), ['residents.erased'])
  assert.equal((await house.done('residents.search', villageDoctor, { text: mine.number })).persons.length, 0)
  const trace = await house.database.rows<{ type: string }>(sql`select type from platform.person_event where person_id = ${person} order by at`)
  assert.deepEqual(trace.map(({ type }) => type), ['residents.registered', 'residents.number-revealed', 'residents.erased'])
  await house.done('residents.register', villageDoctor, { name: { zh: '刘来' }, sex: 'male', identifier: mine })
})

test('The record of a stranger looks like one that does not exist', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const person = await stage.person('周舟', '1980-08-08')
  const foreign = await house.ask('residents.get', actor('village-doctor', 'otherVillage'), { person })
  const absent = await house.ask('residents.get', stage.villageDoctor, { person: '99999999' })
  assert.deepEqual(codes(foreign), codes(absent))
  const resident = actor('resident', null, '周舟', person)
  assert.equal((await house.done('residents.get', resident, { person })).id, person)
  assert.deepEqual(codes(await house.ask('residents.get', actor('resident', null, '别人', '1' as PersonId), { person })), ['platform.not-found'])
})
