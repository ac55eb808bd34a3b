import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { openDatabase, sql } from '../../platform/database/pool.ts'
import { testHouse } from '../../../tests/harness/house.ts'
import { actor, setStage } from '../../../tests/harness/stage.ts'
import type { KeptPerson } from './of-village.ts'

const fieldsOf = (outcome: { ok: boolean; refusals?: readonly { code: string; field?: string }[] }) =>
  (outcome.refusals ?? []).map(({ code, field }) => [code, field])

test('Two people correct one person without knowing of each other: what does not meet stands, what meets is refused and nothing is lost', async (t) => {
  const house = await testHouse(t)
  const { villageDoctor, familyDoctor, desk, person } = await setStage(house)
  const id = await person('张演示', '1960-01-01')
  const seen = await house.done('residents.get', villageDoctor, { person: id })
  assert.equal(seen.version, 1)
  const first = await house.done('residents.correct', familyDoctor, {
    person: id,
    ifVersion: 1,
    phone: '10012345678',
    address: '一组 3 号',
  })
  assert.equal(first.version, 2)
  const beside = await house.done('residents.correct', villageDoctor, { person: id, ifVersion: 1, insurance: 'employee' })
  assert.equal(beside.version, 3, 'another field stands beside it')
  const met = await house.ask('residents.correct', villageDoctor, {
    person: id,
    ifVersion: 1,
    phone: '10087654321',
    address: '二组 5 号',
  })
  assert.deepEqual(fieldsOf(met), [['residents.changed-meanwhile', 'phone'], ['residents.changed-meanwhile', 'address']]) // prettier-ignore
  const now = await house.done('residents.get', villageDoctor, { person: id })
  assert.deepEqual([now.phone, now.address, now.insurance, now.version], ['100****5678', '一组 3 号', 'employee', 3])
  await house.done('residents.correct', villageDoctor, { person: id, ifVersion: 3, address: '一组 3 号;二组 5 号', phone: null })
  const settled = await house.done('residents.get', villageDoctor, { person: id })
  assert.deepEqual([settled.phone, settled.address, settled.version], [null, '一组 3 号;二组 5 号', 4])
  assert.deepEqual(fieldsOf(await house.ask('residents.correct', villageDoctor, { person: id, ifVersion: 4 })), [
    ['residents.nothing-to-correct', undefined],
  ])
  assert.deepEqual(fieldsOf(await house.ask('residents.correct', desk, { person: id, ifVersion: 4, address: '别处' })), [
    ['platform.role-may-not', undefined],
  ])
  const owner = openDatabase(house.ownerUrl, { size: 1 })
  const kept = await owner.rows<{ fields: string[]; text: string }>(
    sql`select fields, c::text as text from residents.correction c order by version`,
  )
  await owner.close()
  assert.deepEqual(
    kept.map(({ fields }) => fields.join()),
    ['phone,address', 'insurance', 'phone,address'],
  )
  assert.ok(
    kept.every(({ text }) => !text.includes('10012345678')),
    'what stood there before is kept sealed',
  )
})

test('A device keeps its own institution’s people, hears only of changes, and can tell that both lists agree', async (t) => {
  const house = await testHouse(t)
  const { villageDoctor, desk, person } = await setStage(house)
  for (const at of [1, 2, 3]) await person(`留存${at}`, '1960-01-01')
  const all: KeptPerson[] = []
  let page = await house.done('residents.of-village', villageDoctor, { limit: 2 })
  all.push(...page.persons)
  const { asOf } = page
  while (page.next !== null) {
    page = await house.done('residents.of-village', villageDoctor, { limit: 2, after: page.next })
    all.push(...page.persons)
  }
  const digest = (list: readonly KeptPerson[]) =>
    createHash('sha256')
      .update(list.map(({ id, version }) => `${id}:${version}`).join(','))
      .digest('hex')
  assert.equal(all.length, page.count)
  assert.equal(digest(all), page.digest)
  const changed = all[0] as KeptPerson
  await house.done('residents.correct', villageDoctor, { person: changed.id, ifVersion: changed.version, address: '三组' })
  const news = await house.done('residents.of-village', villageDoctor, { since: asOf })
  assert.deepEqual(
    news.persons.map(({ id, address }: KeptPerson) => [id, address]),
    [[changed.id, '三组']],
  )
  assert.notEqual(digest(all), news.digest)
  const stranger = await house.done('residents.of-village', actor('family-doctor', 'countyTcm'), {})
  assert.equal(stranger.count, 0)
  assert.deepEqual(fieldsOf(await house.ask('residents.of-village', desk, {})), [['platform.role-may-not', undefined]])
})
