import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountId } from '../../kernel/id.ts'
import { newId } from '../../kernel/id.ts'
import { openDatabase, sql } from '../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage } from '../../../tests/harness/stage.ts'
import { deviceStanding, noteDeviceWiped } from './index.ts'

const codes = (outcome: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (outcome.refusals ?? []).map(({ code }) => code)
const doctorOf = async (house: TestHouse, login: string) => {
  const person = { ...actor('village-doctor', 'village', '何平'), account: newId<AccountId>() }
  await house.database.run(sql`insert into security.account (id, login, password_hash, role, org_id, name_zh, created_at)
    values (${person.account}, ${login}, 'x', 'village-doctor', ${PLACES.village}, '何平', now())`)
  return person
}

test('A device is registered by its account, its half is given to that account alone, and never once it is revoked', async (t) => {
  const house = await testHouse(t)
  await setStage(house)
  const [mine, other] = [await doctorOf(house, 'mine'), await doctorOf(house, 'other')]
  const keeper = actor('administrator', 'village')
  const stranger = actor('administrator', 'county')
  const device = crypto.randomUUID()
  assert.equal((await house.done('security.register-device', mine, { device, label: '测试机' })).state, 'active')
  const given = await house.done('security.device-half', mine, { device })
  assert.equal(Buffer.from(given.half, 'base64').length, 32)
  assert.equal((await house.done('security.device-half', mine, { device })).half, given.half, 'the same half again')
  assert.deepEqual(codes(await house.ask('security.device-half', other, { device })), ['platform.not-found'])
  assert.deepEqual(
    codes(await house.ask('security.device-half', keeper, { device })),
    ['platform.not-found'],
    'nor to the administrator',
  )
  assert.deepEqual(codes(await house.ask('security.register-device', other, { device, label: '别人' })), [
    'security.device-of-another',
  ])
  assert.deepEqual(codes(await house.ask('security.revoke-device', stranger, { device, reason: '遗失' })), ['platform.not-found'])
  const owner = openDatabase(house.ownerUrl, { size: 1 })
  const stored = await owner.row<{ text: string }>(sql`select string_agg(d::text, '') as text from security.device d`)
  await owner.close()
  assert.ok(!stored?.text.includes(Buffer.from(given.half, 'base64').toString('hex')), 'the half lies sealed')

  await house.done('security.revoke-device', keeper, { device, reason: '手机遗失' })
  assert.equal((await house.done('security.device-half', mine, { device })).half, null)
  assert.equal(await deviceStanding(house.house, device), 'revoked')
  assert.equal(
    (await house.done('security.register-device', mine, { device, label: '测试机', again: true })).state,
    'revoked',
    'not before it is emptied',
  )
  assert.deepEqual(codes(await house.ask('security.revoke-device', mine, { device, reason: '再次' })), [
    'security.device-revoked-already',
  ])
  await noteDeviceWiped(house.house, device)
  assert.equal((await house.done('security.devices', mine, {})).devices[0].state, 'wiped')
  assert.equal((await house.done('security.devices', keeper, { which: 'institution' })).devices.length, 1)
  assert.equal((await house.done('security.devices', other, { which: 'institution' })).devices.length, 0)
  assert.equal((await house.done('security.register-device', mine, { device, label: '测试机', again: true })).state, 'active')
  assert.equal(
    (await house.done('security.device-half', mine, { device })).half,
    given.half,
    'what waited unsent can be opened again',
  )
})

test('A revoked device’s account is signed out everywhere, and no other device can say that it is emptied', async (t) => {
  const house = await testHouse(t)
  await setStage(house)
  const mine = await doctorOf(house, 'mine')
  const device = crypto.randomUUID()
  await house.done('security.register-device', mine, { device, label: '测试机' })
  await noteDeviceWiped(house.house, device)
  assert.equal(await deviceStanding(house.house, device), 'active', 'an active one cannot be said to be emptied')
  await house.database.run(sql`insert into security.session (token_hash, account_id, created_at, expires_at)
    values ('\\x01', ${mine.account}, now(), now() + interval '1 hour')`)
  await house.done('security.revoke-device', mine, { device, reason: '手机遗失' })
  const open = await house.database.row<{ count: number }>(
    sql`select count(*)::int as count from security.session where ended_at is null`,
  )
  assert.equal(open?.count, 0)
  assert.equal(await deviceStanding(house.house, crypto.randomUUID()), 'unknown')
})
