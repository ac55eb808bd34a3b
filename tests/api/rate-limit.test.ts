import assert from 'node:assert/strict'
import test from 'node:test'
import { gateOf, limitsOf } from '../../src/apps/server/gate.ts'
import { readConfig, SettingError } from '../../src/platform/config.ts'
import type { Actor } from '../../src/platform/access.ts'
import { browserOn, ground, PASSWORD, signedIn } from './real-server.ts'

test('Too many requests are refused in the house’s shape, with the seconds to wait, in both languages', async (t) => {
  const { server, account } = await ground(t)
  const { address } = await server({ JIELI_LIMIT_ACCOUNT: '5/6', JIELI_LIMIT_BULK: '2/6' })
  await account('desk', 'referral-desk')
  await account('other', 'referral-desk')
  const [desk, other] = [await signedIn(address, 'desk'), await signedIn(address, 'other')]
  const many = await Promise.all(Array.from({ length: 8 }, () => desk.get('security.me')))
  assert.deepEqual(many.map(({ status }) => status).toSorted(), [200, 200, 200, 200, 200, 429, 429, 429])
  const refused = many.find(({ status }) => status === 429)
  assert.ok(refused)
  const { code, zh, en, reasons, request } = refused.body.error
  assert.deepEqual([code, reasons.length], ['platform.too-many', 1])
  const seconds = Number(refused?.headers.get('retry-after'))
  assert.ok(seconds >= 1 && seconds <= 10, `retry after ${seconds} s`)
  assert.ok(zh.includes(`${seconds} 秒`) && en.includes(`${seconds} second`) && request)
  assert.equal((await other.get('security.me')).status, 200, 'another account is not held back')
  assert.deepEqual(
    [
      await other.get('organisations.search?text=x'),
      await other.get('organisations.search?text=y'),
      await other.get('organisations.search?text=z'),
    ].map(({ status }) => status),
    [200, 200, 429],
    'searching has a limit of its own',
  )
  const { answers } = (
    await other.post('batch', {
      commands: Array.from({ length: 4 }, (_, at) => ({
        name: 'security.end-session',
        key: `k${at}`,
        body: { session: '00000000-0000-4000-8000-000000000000' },
      })),
    })
  ).body
  assert.deepEqual(answers.map(({ status }: { status: number }) => status).includes(429), true, 'a batch is no way around it')
})

test('Sign-in is held back for the account that is guessed at, and for nobody beside it', async (t) => {
  const { server, account } = await ground(t)
  const { address } = await server({ JIELI_LIMIT_SIGN_IN: '3/1' })
  await account('desk', 'referral-desk')
  await account('other', 'referral-desk')
  const tried = async (login: string, password: string) =>
    (await browserOn(address).post('security.sign-in', { account: login, password })).code
  assert.deepEqual(
    [await tried('desk', 'a'), await tried('desk', 'b'), await tried('DESK ', 'c'), await tried('desk', PASSWORD)],
    [
      'security.wrong-account-or-password',
      'security.wrong-account-or-password',
      'security.wrong-account-or-password',
      'platform.too-many',
    ],
  )
  assert.equal(await tried('other', PASSWORD), null)
  for (let guess = 0; guess < 3; guess += 1) assert.equal(await tried('nobody', 'x'), 'security.wrong-account-or-password')
  assert.equal(await tried('nobody', 'x'), 'platform.too-many', 'an account that does not exist is held back alike')
})

test('An address that asks without end is refused before anything is read; a trusted proxy’s word names the address', async (t) => {
  const { server } = await ground(t)
  const { address } = await server({ JIELI_LIMIT_ADDRESS: '4/6', JIELI_TRUST_PROXY: '127.0.0.1' })
  const from = (forwarded: string) => browserOn(address, { 'x-forwarded-for': forwarded })
  const statuses = async (forwarded: string, times: number) => {
    const found: number[] = []
    for (let at = 0; at < times; at += 1) found.push((await from(forwarded).get('security.me')).status)
    return found
  }
  assert.deepEqual(await statuses('203.0.113.1', 6), [401, 401, 401, 401, 429, 429])
  assert.deepEqual(await statuses('203.0.113.2', 2), [401, 401])
  const spoofed = await server({ JIELI_LIMIT_ADDRESS: '4/6' })
  const many: number[] = []
  for (let at = 0; at < 6; at += 1)
    many.push((await browserOn(spoofed.address, { 'x-forwarded-for': `203.0.113.${at}` }).get('security.me')).status)
  assert.deepEqual(many, [401, 401, 401, 401, 429, 429], 'without a trusted proxy the header is not believed')
  assert.equal((await fetch(`${address}/healthz`)).status, 200, 'the health check is not counted')
})

// At 07:00 the day's places open. Behind one carrier's address 1 500 residents sign in and each looks twice, tries to hold
// twice and reads their bookings within two minutes; a bot on one account searches ten times a second beside them.
test('The rush of the morning from one carrier’s address passes; a bot beside it does not', () => {
  let at = 0
  const own = limitsOf(readConfig({}), () => at)
  assert.ok(own)
  const resident = (account: string): Actor =>
    ({
      account,
      role: 'resident',
      org: null,
      person: account,
      name: { zh: '演示', en: null },
      session: { id: account, provedSecondsAgo: null },
    }) as never
  const FORMS = ['booking.free', 'booking.free', 'booking.hold', 'booking.hold', 'booking.mine', 'security.me']
  const refusals: string[] = []
  for (let person = 0; person < 1_500; person += 1) {
    at += 80
    if (own.byAddress('carrier') ?? own.bySignIn('carrier', `r${person}`)) refusals.push(`sign-in ${person}`)
    for (const form of FORMS)
      if (own.byAddress('carrier') ?? own.byAct(form, resident(`r${person}`))) refusals.push(`${form} ${person}`)
  }
  assert.deepEqual(refusals, [])
  let granted = 0
  for (let search = 0; search < 1_200; search += 1) {
    at += 100
    if (!own.byAct('booking.free', resident('bot'))) granted += 1
  }
  assert.ok(granted <= 60 + 120 + 1, `the bot got ${granted} searches in two minutes`)
})

test('The operator on the machine is held back by nothing, and limits can be turned off', async () => {
  assert.equal(limitsOf(readConfig({ JIELI_LIMITS: 'off' })), null)
  const gate = gateOf({} as never, limitsOf(readConfig({ JIELI_LIMIT_ACCOUNT: '1/1' })))
  const operator = { account: 'a', role: 'administrator', org: null, person: null, name: { zh: '演示', en: null } } as never
  for (let times = 0; times < 5; times += 1)
    assert.equal(await gate.admit({ name: 'security.me' } as never, { actor: operator, request: 'r' }), null)
})

test('A limit or a proxy that cannot be understood stops the start by its name', () => {
  for (const [name, value] of [
    ['JIELI_LIMIT_ACCOUNT', '5'],
    ['JIELI_LIMIT_ACCOUNT', '0/5'],
    ['JIELI_LIMIT_BULK', 'many'],
    ['JIELI_TRUST_PROXY', 'everybody'],
    ['JIELI_TRUST_PROXY', '10.0.0.0/8,x'],
    ['JIELI_LIMITS', 'maybe'],
  ] as const)
    assert.throws(
      () => readConfig({ [name]: value }),
      (error: Error) => error instanceof SettingError && error.message.includes(name),
    )
  assert.equal(readConfig({ JIELI_TRUST_PROXY: '10.0.0.0/8, 127.0.0.1' }).trustProxy, '10.0.0.0/8,127.0.0.1')
})
