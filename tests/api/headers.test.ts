import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import test, { type TestContext } from 'node:test'
import { pino } from 'pino'
import type { FastifyBaseLogger } from 'fastify'
import { createApp } from '../../src/platform/http/app.ts'
import type { HttpOptions } from '../../src/platform/http/http-options.ts'
import { createMetrics } from '../../src/platform/metrics.ts'
import { testHouse } from '../harness/house.ts'
import { browserOn, ground, PASSWORD } from './real-server.ts'

test('Every answer carries the headers that keep a browser safe, refusals and pages too', async (t) => {
  const { server, account } = await ground(t)
  const { address } = await server()
  await account('desk', 'referral-desk')
  for (const path of ['/api/security.me', '/api/no.such', '/api/%ff', '/', '/healthz', '/api/docs', '/api/openapi.json']) {
    const { headers } = await fetch(`${address}${path}`)
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/, path)
    assert.doesNotMatch(policy, /unsafe|\*/, path)
    assert.match(policy, /frame-ancestors 'none'/, path)
    const named = (name: string) => headers.get(name)
    assert.deepEqual(
      [
        named('x-content-type-options'),
        named('x-frame-options'),
        named('referrer-policy'),
        named('cross-origin-opener-policy'),
        named('cross-origin-resource-policy'),
      ],
      ['nosniff', 'DENY', 'same-origin', 'same-origin', 'same-origin'],
      path,
    )
    assert.match(named('permissions-policy') ?? '', /camera=\(\), geolocation=\(\).*microphone=\(\)/)
    assert.equal(named('server') ?? named('x-powered-by'), null, 'nothing says what it runs on')
    if (path.startsWith('/api/') && !path.startsWith('/api/docs')) assert.equal(named('cache-control'), 'no-store', path)
    assert.equal(named('access-control-allow-origin'), null, 'no other site may read')
  }
  const secure = await server({ JIELI_SECURE_COOKIE: 'on' })
  assert.equal(
    (await fetch(`${secure.address}/healthz`)).headers.get('strict-transport-security'),
    'max-age=31536000; includeSubDomains',
  )
})

test('A command from a page of another site is refused, whatever it carries', async (t) => {
  const { server, account } = await ground(t)
  const { address } = await server()
  await account('desk', 'referral-desk')
  const browser = browserOn(address)
  for (const site of ['cross-site', 'same-site']) {
    const refused = await browser.post('security.sign-in', { account: 'desk', password: PASSWORD }, { 'sec-fetch-site': site })
    assert.deepEqual([refused.status, refused.code], [403, 'platform.other-site'])
  }
  for (const site of ['same-origin', 'none'])
    assert.equal(
      (await browser.post('security.sign-in', { account: 'desk', password: PASSWORD }, { 'sec-fetch-site': site })).status,
      200,
    )
  const preflight = await fetch(`${address}/api/security.me`, {
    method: 'OPTIONS',
    headers: { origin: 'https://other.example', 'access-control-request-method': 'POST' },
  })
  assert.deepEqual([preflight.status, preflight.headers.get('access-control-allow-origin')], [404, null])
  const form = await fetch(`${address}/api/security.sign-out`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'a=1',
  })
  assert.equal(form.status, 400, 'a plain form of another page is no JSON')
})

const served = async (t: TestContext, options: Partial<HttpOptions>) => {
  const { house } = await testHouse(t)
  const app = await createApp({
    house,
    metrics: createMetrics(),
    logger: pino({ level: 'silent' }) as unknown as FastifyBaseLogger,
    authenticate: async () => null,
    ...options,
  })
  app.get('/slow', async () => ({ fine: true }))
  await app.listen({ port: 0, host: '127.0.0.1' })
  t.after(() => app.close())
  const address = app.server.address()
  return { app, port: address && typeof address === 'object' ? address.port : 0 }
}

const heard = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => void (text += chunk))
    socket.on('error', () => {}).on('close', () => resolve(text))
  })

test('Whoever sends a request a byte at a time is sent away, while others are served', async (t) => {
  const { port } = await served(t, { patience: { headers: 1_500, request: 2_500, keepAlive: 5_000, checkEvery: 100 } })
  const drip = (head: string): Promise<string> => {
    const socket = connect(port, '127.0.0.1', () => socket.write(head))
    const dripping = setInterval(() => socket.writable && socket.write('x'), 40)
    return heard(socket).finally(() => clearInterval(dripping))
  }
  const slow = Array.from({ length: 200 }, (_, at) =>
    drip(
      at % 2 === 0
        ? 'GET /slow HTTP/1.1\r\nHost: a\r\nX-A: '
        : 'POST /api/security.me HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{',
    ),
  )
  assert.equal((await fetch(`http://127.0.0.1:${port}/slow`)).status, 200, 'meanwhile others are served')
  // Who is still writing when the line is ended may lose the answer with it, or have the rest taken for another request.
  for (const answer of await Promise.all(slow)) assert.match(answer, /^(HTTP\/1\.1 (400|404|408) |$)/)
})

test('One address holds only so many connections; who leaves makes room', async (t) => {
  const { port } = await served(t, { connectionsPerAddress: 5 })
  const sockets = await Promise.all(
    Array.from({ length: 5 }, () => new Promise<Socket>((resolve) => { const socket = connect(port, '127.0.0.1', () => resolve(socket)) })), // prettier-ignore
  )
  const ask = (socket: Socket): Promise<string> => {
    socket.write('GET /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
    return heard(socket)
  }
  assert.equal(await ask(connect(port, '127.0.0.1')), '', 'the sixth is closed without an answer')
  const [first, ...others] = sockets as [Socket, ...Socket[]]
  assert.match(await ask(first), /^HTTP\/1\.1 200 /)
  assert.match(await ask(connect(port, '127.0.0.1')), /^HTTP\/1\.1 200 /)
  for (const socket of others) socket.destroy()
})
