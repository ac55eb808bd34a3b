import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import test from 'node:test'
import { sql } from '../../src/platform/database/pool.ts'
import { browserOn, ground, PASSWORD, signedIn, type Browser } from './real-server.ts'

// Revoked within a minute everywhere: a process believes a session for five seconds, a stream asks at each beat.
const MINUTE_MS = 60_000

/** How long until a session is refused, asked over and over; fails after a minute. */
const refusedAfter = async (browser: Browser): Promise<number> => {
  const began = performance.now()
  while ((await browser.get('security.me')).status === 200) {
    if (performance.now() - began > MINUTE_MS) assert.fail('still let in after a minute')
    await pause(100)
  }
  return performance.now() - began
}

test('A session ended on one server is refused on another, and its live stream ends, within a minute', async (t) => {
  const { server, account } = await ground(t)
  const [first, second] = [await server(), await server()]
  await account('admin', 'administrator')
  const revoke = {
    'one session': async (office: Browser, login: string) => {
      const home = await signedIn(first.address, login, { 'user-agent': 'Chrome on Windows' })
      const { sessions } = (await home.get('security.my-sign-in')).body as {
        sessions: { id: string; device: string; isThis: boolean }[]
      }
      const shown = sessions.map(({ device, isThis }) => [device, isThis])
      assert.deepEqual(shown, [
        ['Chrome · Windows', true],
        ['Firefox · Linux', false],
      ])
      assert.equal((await home.post('security.end-session', { session: sessions[1]?.id })).status, 200)
      assert.equal((await home.post('security.end-session', { session: sessions[1]?.id })).code, 'platform.not-found')
      assert.notEqual(office.cookie(), home.cookie())
    },
    everywhere: async (office: Browser) => assert.equal((await office.post('security.sign-out-everywhere')).status, 200),
    'the account': async (_office: Browser, login: string) => {
      const admin = await signedIn(first.address, 'admin')
      assert.equal((await admin.post('security.disable-account', { login, reason: '离岗' })).status, 200)
    },
  }
  const isRefusedElsewhere = async ([what, end]: [string, (office: Browser, login: string) => Promise<void>], at: number) => {
    const login = `desk-${at}`
    await account(login, 'referral-desk')
    const office = await signedIn(first.address, login, { 'user-agent': 'Firefox on Linux' })
    const elsewhere = browserOn(second.address, {}, office.cookie())
    assert.equal((await elsewhere.get('security.me')).status, 200, 'both servers know the session, and believe it now')
    const stream = await fetch(`${second.address}/api/live`, { headers: { cookie: office.cookie() } })
    assert.equal(stream.status, 200)
    const streamEnds = (async () => {
      for await (const _ of stream.body as AsyncIterable<Uint8Array>);
    })()
    await end(office, login)
    const ms = await refusedAfter(elsewhere)
    assert.ok(ms < 10_000, `${what}: ${Math.round(ms)} ms on the other server`)
    await streamEnds
  }
  const began = performance.now()
  await Promise.all(Object.entries(revoke).map(isRefusedElsewhere))
  assert.ok(performance.now() - began < MINUTE_MS)
})

test('One sees and ends only one’s own sessions', async (t) => {
  const { server, account } = await ground(t)
  const { address } = await server()
  await account('desk', 'referral-desk')
  await account('other', 'referral-desk')
  const [mine, theirs] = [await signedIn(address, 'desk'), await signedIn(address, 'other')]
  const [session] = (await theirs.get('security.my-sign-in')).body.sessions
  assert.equal((await mine.get('security.my-sign-in')).body.sessions.length, 1)
  assert.equal((await mine.post('security.end-session', { session: session.id })).code, 'platform.not-found')
  assert.equal((await theirs.get('security.me')).status, 200)
})

test('A session left idle longer than its role may is over; one in use goes on', async (t) => {
  const { server, account, database } = await ground(t)
  const { address } = await server()
  await account('desk', 'referral-desk')
  await account('admin', 'administrator')
  const [desk, admin] = [await signedIn(address, 'desk'), await signedIn(address, 'admin')]
  const rows = await database.rows<{ role: string; idle: number }>(
    sql`select a.role, s.idle_minutes as idle from security.session s join security.account a on a.id = s.account_id where s.stage = 'whole' order by 1`,
  )
  assert.deepEqual(
    rows.map(({ role, idle }) => [role, idle]),
    [
      ['administrator', 15],
      ['referral-desk', 120],
    ],
  )
  // Time passes on the sessions, not on the clock: they run by true time.
  const idleFor = (minutes: number) =>
    database.run(sql`update security.session set used_at = now() - ${minutes} * interval '1 minute' where ended_at is null`)
  const ask = async (browser: Browser) =>
    (await browserOn((await server()).address, {}, browser.cookie()).get('security.me')).status
  await idleFor(14)
  assert.equal(await ask(admin), 200)
  await idleFor(16)
  assert.deepEqual([await ask(desk), await ask(admin)], [200, 401])
  await idleFor(121)
  assert.equal(await ask(desk), 401)
})

test('Half a session is no session: it is refused by every form and by the live stream', async (t) => {
  const { server, account } = await ground(t)
  const { address, house } = await server({ JIELI_LIMITS: 'off' })
  await account('admin', 'administrator')
  const { nextCode } = await signedIn(address, 'admin')
  const half = browserOn(address)
  assert.deepEqual((await half.post('security.sign-in', { account: 'admin', password: PASSWORD })).body, {
    next: 'factor',
    actor: null,
  })
  for (const { name, kind } of house.forms.values()) {
    const answer = kind === 'command' ? await half.post(name) : await half.get(name)
    assert.deepEqual([name, answer.status, answer.code], [name, 401, 'platform.sign-in-first'])
  }
  assert.equal((await half.get('live')).status, 401)
  assert.equal(
    (await half.post('batch', { commands: [{ name: 'security.sign-out-everywhere', key: 'k', body: {} }] })).status,
    401,
  )
  for (const name of ['security.begin-factor', 'security.prove', 'security.confirm-factor'])
    assert.equal(
      (
        await half.post(
          name,
          name.endsWith('prove') ? { proof: PASSWORD } : name.endsWith('begin-factor') ? {} : { code: '123456' },
        )
      ).code,
      'security.sign-in-anew',
    )
  const planted = half.cookie()
  assert.equal((await half.post('security.sign-in-code', { code: nextCode() })).body.next, 'whole')
  assert.notEqual(half.cookie(), planted, 'the token changes with the rights')
  assert.equal((await browserOn(address, {}, planted).get('security.me')).status, 401)
  assert.equal((await half.get('security.me')).status, 200)
})

test('A dangerous act asks for a fresh proof of identity; a batch is no way around it', async (t) => {
  const { server, account, database } = await ground(t)
  const { address } = await server()
  await account('admin', 'administrator')
  await account('desk', 'referral-desk')
  const admin = await signedIn(address, 'admin')
  await database.run(sql`update security.session set proved_at = now() - interval '11 minutes'`)
  const later = browserOn((await server()).address, {}, admin.cookie())
  const act = { login: 'desk', reason: '离岗' }
  assert.equal((await later.post('security.disable-account', act)).code, 'security.prove-again')
  const { answers } = (await later.post('batch', { commands: [{ name: 'security.disable-account', key: 'k', body: act }] })).body
  assert.deepEqual([answers[0].status, answers[0].body.error.code], [403, 'security.prove-again'])
  assert.equal((await later.post('security.prove', { proof: '000000' })).code, 'security.wrong-code')
  assert.equal((await later.post('security.prove', { proof: admin.nextCode() })).status, 200)
  assert.equal((await later.post('security.disable-account', act)).status, 200)
  const desk = browserOn(address)
  assert.equal(
    (await desk.post('security.sign-in', { account: 'desk', password: PASSWORD })).code,
    'security.wrong-account-or-password',
  )
})

test('Wrong old passwords lock the account and end its sessions; a changed password ends only the others', async (t) => {
  const { server, account } = await ground(t)
  const { address } = await server()
  await account('desk', 'referral-desk')
  const [mine, other] = [await signedIn(address, 'desk'), await signedIn(address, 'desk')]
  const change = (old: string, fresh: string) => mine.post('security.change-password', { old, fresh })
  assert.equal((await change(PASSWORD, 'another invented one')).status, 200)
  assert.equal((await mine.get('security.me')).status, 200)
  await refusedAfter(other)
  for (let wrong = 1; wrong <= 5; wrong += 1)
    assert.equal((await change('guess', 'a third invented one')).code, 'security.wrong-account-or-password')
  const locked = await browserOn(address).post('security.sign-in', { account: 'desk', password: 'another invented one' })
  assert.deepEqual([locked.status, locked.code, locked.headers.get('retry-after')], [429, 'security.locked', '900'])
  await refusedAfter(mine)
})

test('Behind TLS the cookie is __Host-, Secure and strict, and the plain name is not listened to', async (t) => {
  const { server, account } = await ground(t)
  const { address } = await server({ JIELI_TRUST_PROXY: '127.0.0.1' })
  await account('desk', 'referral-desk')
  const tls = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' }
  const inTheClear = await signedIn(address, 'desk')
  assert.match(inTheClear.cookie(), /^jieli_session=/)
  const secure = browserOn(address, tls)
  const { headers } = await secure.post('security.sign-in', { account: 'desk', password: PASSWORD })
  assert.match(
    headers.get('set-cookie') ?? '',
    /^__Host-jieli_session=[^;]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  )
  assert.match(headers.get('strict-transport-security') ?? '', /max-age=31536000/)
  assert.equal((await secure.get('security.me')).status, 200)
  assert.equal((await browserOn(address, tls, inTheClear.cookie()).get('security.me')).status, 401)
  const untrusting = await server()
  const spoofed = await browserOn(untrusting.address, tls).post('security.sign-in', { account: 'desk', password: PASSWORD })
  assert.match(spoofed.headers.get('set-cookie') ?? '', /^jieli_session=/, 'nobody else’s word on the protocol counts')
  assert.equal(spoofed.headers.get('strict-transport-security'), null)
})

test('The operator’s word is compared by its bytes: a header of odd bytes is refused, not a fault', async (t) => {
  const { server } = await ground(t)
  const { address } = await server()
  for (const token of ['x', 'é'.repeat(32), 'a'.repeat(32)])
    assert.equal(
      (await browserOn(address, { authorization: `Local ${token}`, 'x-jieli-as': 'admin' }).get('security.me')).status,
      401,
    )
})
