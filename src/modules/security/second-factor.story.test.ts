import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { AccountId } from '../../kernel/id.ts'
import type { Result } from '../../kernel/result.ts'
import type { Actor, Role } from '../../platform/access.ts'
import { sql } from '../../platform/database/pool.ts'
import { shownCode } from '../../../tests/harness/authenticator.ts'
import { testHouse, type TestHouse } from '../../../tests/harness/house.ts'
import type { PlaceName } from '../../../sim/small-region.ts'
import { PLACES, setStage } from '../../../tests/harness/stage.ts'
import { beginFactor, confirmFactor, proveAgain, signInWithCode } from './second-factor.ts'
import { actorOfLogin, actorOfToken, signIn } from './sessions.ts'
import { hashPassword } from './password.ts'
import { saveAccount } from './store.ts'

const FROM = { request: 'story', device: 'Firefox · Linux' }
const PASSWORD = 'eight-chars'
const passwordHash = hashPassword(PASSWORD)

const codeOf = (outcome: Result<unknown>): string => (outcome.ok ? 'in' : (outcome.refusals[0]?.code ?? ''))
const valueOf = <Value>(outcome: Result<Value>): Value => {
  assert.ok(outcome.ok, codeOf(outcome))
  return outcome.value
}

let made = 0
/** Opens an account: of the county hospital, an administrator of the region unless a place is named. */
const open = async ({ house, database }: TestHouse, login: string, role: Role, place?: PlaceName): Promise<Actor> => {
  made += 1
  const id = `00000000-0000-7000-8000-${String(made).padStart(12, '0')}` as AccountId
  const org = role === 'administrator' && !place ? null : (PLACES[place ?? 'county'] as never)
  await database.transaction(async (tx) =>
    saveAccount(tx, {
      id,
      login,
      passwordHash: await passwordHash,
      role,
      org,
      person: null,
      zh: '演示',
      en: null,
      at: '2026-01-01T00:00:00Z' as never,
    }),
  )
  return (await actorOfLogin(house, login)) as Actor
}

const begin = async ({ house }: TestHouse, login: string) => valueOf(await signIn(house, login, PASSWORD, FROM))

/** Signs in for the first time and sets an authenticator up; answers its secret and what came with it. */
const enrol = async (test_: TestHouse, login: string) => {
  const { token } = await begin(test_, login)
  const { secret } = valueOf(await beginFactor(test_.house, token))
  const code = shownCode(secret)
  const confirmed = valueOf(await confirmFactor(test_.house, token, code, FROM))
  // What the telephone shows next: it counts already, and keeps counting when the half-minute passes meanwhile.
  return { ...confirmed, secret, code, nextCode: shownCode(secret, 1) }
}

const stage = async (t: TestContext): Promise<TestHouse> => {
  const house = await testHouse(t)
  await setStage(house)
  return house
}

test('An administrator without a second factor can only set one up; the half session opens nothing else', async (t) => {
  const house = await stage(t)
  await open(house, 'admin-a', 'administrator')
  const { token, next } = await begin(house, 'admin-a')
  assert.equal(next, 'enrol')
  assert.equal(await actorOfToken(house.house, token), null)
  assert.equal(codeOf(await proveAgain(house.house, token, PASSWORD, FROM)), 'security.sign-in-anew')
  assert.equal(codeOf(await signInWithCode(house.house, token, '000000', FROM)), 'security.sign-in-anew')
  assert.equal(codeOf(await confirmFactor(house.house, token, '000000', FROM)), 'security.begin-factor-first')
  const { secret } = valueOf(await beginFactor(house.house, token))
  assert.equal(codeOf(await confirmFactor(house.house, token, shownCode(secret, -5), FROM)), 'security.wrong-code')
  const whole = valueOf(await confirmFactor(house.house, token, shownCode(secret), FROM))
  assert.equal(whole.recoveryCodes.length, 10)
  assert.equal((await actorOfToken(house.house, whole.token))?.role, 'administrator')
  assert.equal(
    codeOf(await beginFactor(house.house, token)),
    'security.sign-in-anew',
    'the half session ended with its last step',
  )
})

test('A code counts once, half a minute early or late at most; a recovery code counts once, and its owner is told', async (t) => {
  const house = await stage(t)
  await open(house, 'admin-a', 'administrator')
  const { secret, recoveryCodes, code: first, nextCode } = await enrol(house, 'admin-a')
  const second = async (code: string) => signInWithCode(house.house, (await begin(house, 'admin-a')).token, code, FROM)
  assert.equal((await begin(house, 'admin-a')).next, 'factor')
  assert.equal(codeOf(await second(first)), 'security.wrong-code', 'the code that confirmed the factor was used')
  assert.equal(codeOf(await second(shownCode(secret, 3))), 'security.wrong-code')
  const { token, actor } = valueOf(await second(nextCode))
  assert.equal(codeOf(await second(nextCode)), 'security.wrong-code', 'a replay')
  const recovery = recoveryCodes[3] as string
  assert.equal(codeOf(await second(recovery.toUpperCase())), 'in')
  assert.equal(codeOf(await second(recovery)), 'security.wrong-code', 'a recovery code again')
  const mine = await house.done('security.my-sign-in', {
    ...actor,
    session: (await actorOfToken(house.house, token))?.session as never,
  })
  assert.deepEqual(mine.factor, { isSet: true, isRequired: true, recoveryCodesLeft: 9 })
  assert.deepEqual(
    mine.notices.map(({ kind }: { kind: string }) => kind),
    ['recovery-code-used', 'factor-enrolled'],
  )
  assert.deepEqual(
    mine.sessions.filter(({ isThis }: { isThis: boolean }) => isThis).map(({ device }: { device: string }) => device),
    [FROM.device],
  )
})

test('Wrong codes lock the account, and the password in between gives no more guesses', async (t) => {
  const house = await stage(t)
  await open(house, 'admin-a', 'administrator')
  await enrol(house, 'admin-a')
  for (let wrong = 1; wrong <= 4; wrong += 1)
    assert.equal(
      codeOf(await signInWithCode(house.house, (await begin(house, 'admin-a')).token, '000000', FROM)),
      'security.wrong-code',
    )
  const { token } = await begin(house, 'admin-a')
  assert.equal(codeOf(await signInWithCode(house.house, token, '000000', FROM)), 'security.locked')
  assert.equal(codeOf(await signIn(house.house, 'admin-a', PASSWORD, FROM)), 'security.locked')
})

test('Of many who send one code at once, one gets in', async (t) => {
  const house = await stage(t)
  await open(house, 'admin-a', 'administrator')
  const { nextCode } = await enrol(house, 'admin-a')
  const tokens = [await begin(house, 'admin-a'), await begin(house, 'admin-a'), await begin(house, 'admin-a')]
  const outcomes = await Promise.all(tokens.map(({ token }) => signInWithCode(house.house, token, nextCode, FROM)))
  assert.deepEqual(outcomes.map(codeOf).toSorted(), ['in', 'security.wrong-code', 'security.wrong-code'])
})

test('The secret and the recovery codes cannot be read from the database', async (t) => {
  const house = await stage(t)
  await open(house, 'admin-a', 'administrator')
  const { secret, recoveryCodes } = await enrol(house, 'admin-a')
  const [row] = await house.database.rows<{
    text: string
  }>(sql`select string_agg(f::text, '') || (select string_agg(c::text, '') from security.recovery_code c)
    || coalesce((select string_agg(i::text, '') from platform.idempotency i), '') || (select string_agg(a::text, '') from platform.audit a) as text from security.factor f`)
  for (const shown of [secret, ...recoveryCodes]) assert.ok(!row?.text.includes(shown))
})

test('Staff may set a factor up from a session that has just been proved; an institution may require it of all', async (t) => {
  const house = await stage(t)
  const admin = await open(house, 'admin-a', 'administrator')
  await open(house, 'desk-a', 'referral-desk')
  const { token, next } = await begin(house, 'desk-a')
  assert.equal(next, 'whole')
  assert.equal(codeOf(await beginFactor(house.house, token)), 'security.prove-again', 'a screen left open is not enough')
  assert.equal(codeOf(await proveAgain(house.house, token, 'not it', FROM)), 'security.wrong-account-or-password')
  assert.equal(codeOf(await proveAgain(house.house, token, PASSWORD, FROM)), 'in')
  const { secret } = valueOf(await beginFactor(house.house, token))
  assert.equal((await begin(house, 'desk-a')).next, 'whole', 'an unconfirmed factor does not count')
  const other = await begin(house, 'desk-a')
  const confirmed = valueOf(await confirmFactor(house.house, token, shownCode(secret), FROM))
  assert.equal(await actorOfToken(house.house, other.token), null, 'sessions without the factor ended')
  assert.equal((await actorOfToken(house.house, confirmed.token))?.role, 'referral-desk')
  assert.equal((await begin(house, 'desk-a')).next, 'factor')

  await open(house, 'desk-b', 'ward')
  assert.equal((await begin(house, 'desk-b')).next, 'whole')
  await house.done('security.require-factor', admin, { institution: PLACES.county, required: true })
  assert.equal((await begin(house, 'desk-b')).next, 'enrol')
  await house.done('security.require-factor', admin, { institution: PLACES.county, required: false })
  assert.equal((await begin(house, 'desk-b')).next, 'whole')
})

test('A lost factor is reset by two administrators, neither of them its owner; its owner is told and all sessions end', async (t) => {
  const house = await stage(t)
  const [one, two] = [await open(house, 'admin-a', 'administrator'), await open(house, 'admin-b', 'administrator')]
  const lost = await open(house, 'admin-c', 'administrator')
  const asked = (by: Actor, login: string) => house.ask('security.ask-factor-reset', by, { login, reason: '手机遗失' })
  assert.equal(codeOf(await asked(one, 'admin-c')), 'security.no-factor')
  const { token } = await enrol(house, 'admin-c')
  assert.equal(codeOf(await asked(lost, 'admin-c')), 'security.needs-another-person')
  const { reset } = valueOf(await asked(one, 'admin-c')) as { reset: string }
  assert.equal(codeOf(await asked(two, 'admin-c')), 'security.reset-already-asked')
  assert.deepEqual(
    (await house.done('security.factor-resets', two)).resets.map((each: { reset: string }) => each.reset),
    [reset],
  )
  const decided = (by: Actor, agreed: boolean) => house.ask('security.decide-factor-reset', by, { reset, agreed })
  assert.equal(codeOf(await decided(one, true)), 'security.needs-another-person')
  assert.equal(codeOf(await decided(lost, true)), 'security.needs-another-person')
  assert.ok(await actorOfToken(house.house, token))
  assert.equal(codeOf(await decided(two, true)), 'in')
  assert.equal(await actorOfToken(house.house, token), null)
  assert.equal((await begin(house, 'admin-c')).next, 'enrol')
  assert.equal(codeOf(await decided(two, true)), 'platform.not-found', 'a reset is decided once')
  const { notices } = await house.done('security.my-sign-in', lost)
  assert.equal(notices[0].kind, 'factor-reset')
  const [audit] = await house.database.rows<{ count: number }>(
    sql`select count(*)::int as count from platform.audit where form in ('security.ask-factor-reset', 'security.decide-factor-reset') and outcome = 'done'`,
  )
  assert.equal(audit?.count, 2)
})

test('Administrators of an institution reset and require factors of its own staff only; others’ are as if they were not there', async (t) => {
  const house = await stage(t)
  const [one, two] = [
    await open(house, 'own-a', 'administrator', 'county'),
    await open(house, 'own-b', 'administrator', 'county'),
  ]
  const [stranger, region] = [await open(house, 'far', 'administrator', 'village'), await open(house, 'all', 'administrator')]
  await open(house, 'desk-a', 'referral-desk')
  await open(house, 'own-c', 'administrator', 'county')
  await enrol(house, 'own-c')
  await enrol(house, 'all')
  const asked = (by: Actor, login: string) => house.ask('security.ask-factor-reset', by, { login, reason: '手机遗失' })
  assert.equal(codeOf(await asked(stranger, 'own-c')), 'platform.not-found')
  assert.equal(codeOf(await asked(stranger, 'nobody')), 'platform.not-found', 'the same answer as for none')
  assert.equal(codeOf(await asked(one, 'all')), 'platform.not-found', 'nor the region’s administrators')
  const { reset } = valueOf(await asked(one, 'own-c')) as { reset: string }
  const listed = async (by: Actor): Promise<string[]> =>
    (await house.done('security.factor-resets', by)).resets.map((each: { reset: string }) => each.reset)
  assert.deepEqual([await listed(stranger), await listed(two), await listed(region)], [[], [reset], [reset]])
  const decided = (by: Actor) => house.ask('security.decide-factor-reset', by, { reset, agreed: true })
  assert.equal(codeOf(await decided(stranger)), 'platform.not-found')
  assert.equal(codeOf(await decided(two)), 'in')
  assert.equal((await begin(house, 'own-c')).next, 'enrol', 'the factor is gone')

  const required = (by: Actor) => house.ask('security.require-factor', by, { institution: PLACES.county, required: true })
  assert.equal(codeOf(await required(stranger)), 'platform.not-found')
  assert.equal((await begin(house, 'desk-a')).next, 'whole')
  assert.equal(codeOf(await required(one)), 'in')
  assert.equal((await begin(house, 'desk-a')).next, 'enrol')
})

test('Each step of signing in is on record, right or wrong', async (t) => {
  const house = await stage(t)
  await open(house, 'admin-a', 'administrator')
  await signIn(house.house, 'admin-a', 'guess', FROM)
  const { nextCode } = await enrol(house, 'admin-a')
  const { token } = await begin(house, 'admin-a')
  await signInWithCode(house.house, token, '000000', FROM)
  await signInWithCode(house.house, token, nextCode, FROM)
  const rows = await house.database.rows<{ form: string; code: string | null }>(
    sql`select form, code from platform.audit where form like 'security.%' order by at, id`,
  )
  assert.deepEqual(
    rows.map(({ form, code }) => `${form} ${code ?? 'done'}`),
    [
      'security.sign-in security.wrong-account-or-password',
      'security.sign-in done',
      'security.confirm-factor done',
      'security.sign-in done',
      'security.sign-in-code security.wrong-code',
      'security.sign-in-code done',
    ],
  )
})
