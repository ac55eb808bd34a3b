import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from '../../platform/database/pool.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import { actor, PLACES, setStage } from '../../../tests/harness/stage.ts'
import { actorOfToken, signIn, signOut } from './sessions.ts'

const admin = actor('administrator', null)
const open = (house: TestHouse, login: string) =>
  house.done('security.create-account', admin, {
    login,
    password: 'eight-chars',
    role: 'village-doctor',
    institution: PLACES.village,
    name: { zh: '何平' },
  })

const tried = async (house: TestHouse, password: string): Promise<string> => {
  const signed = await signIn(house.house, 'heping', password)
  return signed.ok ? 'in' : (signed.refusals[0]?.code ?? '')
}

test('Five wrong passwords rest the account; the right one does not help before the time is over', async (t) => {
  const house = await testHouse(t)
  await setStage(house)
  await open(house, 'heping')
  for (let wrong = 1; wrong <= 4; wrong += 1) assert.equal(await tried(house, 'guess'), 'security.wrong-account-or-password')
  assert.equal(await tried(house, 'guess'), 'security.locked')
  assert.equal(await tried(house, 'eight-chars'), 'security.locked')
  await house.database.run(sql`update security.account set locked_until = now()`)
  assert.equal(await tried(house, 'eight-chars'), 'in')
})

test('An unknown account and a wrong password look the same; the password is stored as argon2id only', async (t) => {
  const house = await testHouse(t)
  await setStage(house)
  await open(house, 'heping')
  const unknown = await signIn(house.house, 'nobody', 'eight-chars')
  assert.deepEqual(unknown.ok ? [] : unknown.refusals.map(({ code }) => code), [await tried(house, 'wrong-one')])
  const row = await house.database.row<{ hash: string }>(sql`select password_hash as hash from security.account`)
  assert.match(row?.hash ?? '', /^argon2id\$/)
})

test('Signing out ends one session; signing out everywhere ends all; a disabled account ends at once', async (t) => {
  const house = await testHouse(t)
  await setStage(house)
  await open(house, 'heping')
  const sign = async (): Promise<string> => {
    const signed = await signIn(house.house, 'heping', 'eight-chars')
    assert.ok(signed.ok)
    return signed.value.token
  }
  const [phone, office] = [await sign(), await sign()]
  await signOut(house.house, phone)
  assert.equal(await actorOfToken(house.house, phone), null)
  const me = await actorOfToken(house.house, office)
  assert.equal(me?.role, 'village-doctor')
  await house.done('security.sign-out-everywhere', me as never)
  assert.equal(await actorOfToken(house.house, office), null)
  const again = await sign()
  await house.done('security.disable-account', admin, { login: 'heping', reason: '离岗' })
  assert.equal(await actorOfToken(house.house, again), null)
  assert.equal(await tried(house, 'eight-chars'), 'security.wrong-account-or-password')
})

test('Accounts: a login is given once, staff belong to an institution, a resident to a person', async (t) => {
  const house = await testHouse(t)
  await setStage(house)
  await open(house, 'heping')
  const asked = async (extra: Record<string, unknown>): Promise<string[]> => {
    const outcome = await house.ask('security.create-account', admin, {
      login: 'other',
      password: 'eight-chars',
      role: 'ward',
      name: { zh: '某' },
      ...extra,
    })
    return outcome.ok ? [] : outcome.refusals.map(({ code }) => code)
  }
  assert.deepEqual(await asked({ login: 'heping', institution: PLACES.county }), ['security.login-taken'])
  assert.deepEqual(await asked({}), ['security.role-needs-institution'])
  assert.deepEqual(await asked({ role: 'resident' }), ['security.role-needs-resident'])
  assert.deepEqual(
    await asked({ role: 'resident', resident: '99999999' }),
    ['security.role-needs-resident'],
    'the person is there',
  )
  assert.deepEqual(await asked({ role: 'health-bureau' }), [])
  const own = await house.ask('security.create-account', actor('village-doctor', 'village'), {
    login: 'mine',
    password: 'eight-chars',
    role: 'administrator',
    name: { zh: '我' },
  })
  assert.deepEqual(
    own.ok ? [] : own.refusals.map(({ code }) => code),
    ['platform.role-may-not'],
    'nobody grants themselves a role',
  )
})

test('An institution’s administrator opens accounts for its own staff only, and disables only theirs; of others it learns nothing', async (t) => {
  const house = await testHouse(t)
  await setStage(house)
  await open(house, 'heping')
  const [keeper, stranger] = [actor('administrator', 'village'), actor('administrator', 'county')]
  const opened = async (by: typeof keeper, extra: Record<string, unknown>): Promise<string> => {
    const outcome = await house.ask('security.create-account', by, {
      login: 'other',
      password: 'eight-chars',
      role: 'ward',
      name: { zh: '某' },
      ...extra,
    })
    return outcome.ok ? 'in' : outcome.refusals.map(({ code }) => code).join(' ')
  }
  const refused = 'security.account-outside-institution'
  assert.equal(await opened(stranger, { institution: PLACES.village }), refused, 'another institution')
  assert.equal(await opened(stranger, { institution: '999999999999' }), refused, 'one that is not there')
  assert.equal(await opened(stranger, { login: 'heping', institution: PLACES.village }), refused, 'before the login is looked at')
  for (const role of ['administrator', 'health-bureau', 'insurer', 'resident'])
    assert.equal(await opened(stranger, { role }), refused, role)
  assert.equal(await opened(stranger, { role: 'health-bureau', institution: PLACES.county }), refused)
  assert.equal(await opened(stranger, { institution: PLACES.county }), 'in')
  assert.equal(await opened(stranger, { login: 'second', role: 'administrator', institution: PLACES.county }), 'in')

  const disabled = async (by: typeof keeper, login: string): Promise<string> => {
    const outcome = await house.ask('security.disable-account', by, { login, reason: '离岗' })
    return outcome.ok ? 'in' : outcome.refusals.map(({ code }) => code).join(' ')
  }
  assert.equal(await disabled(stranger, 'heping'), 'platform.not-found')
  assert.equal(await disabled(stranger, 'nobody'), 'platform.not-found', 'the same answer as for none')
  assert.equal(await tried(house, 'eight-chars'), 'in')
  assert.equal(await disabled(keeper, 'heping'), 'in')
  assert.equal(await tried(house, 'eight-chars'), 'security.wrong-account-or-password')
})
