import assert from 'node:assert/strict'
import test from 'node:test'
import { browserOn, ground, PASSWORD, signedIn, type Browser } from '../api/real-server.ts'
import { breakingLine } from './breaking-line.ts'

// Before any form runs the house looks up who asks. The database may be away just then: that is no bug of ours, and no “sign in first”.

const unavailable = async (asked: ReturnType<Browser['get']>, what: string): Promise<void> => {
  const { status, code, body } = await asked
  assert.deepEqual([status, code], [503, 'platform.busy'], what)
  assert.match(body.error.zh as string, /重试|再试/, what)
}

test('while the database is away, whoever cannot be looked up is told to come again, on every way in; afterwards it goes well', async (t) => {
  const { server, account, appUrl } = await ground(t)
  const line = await breakingLine(t, appUrl)
  await account('bureau', 'health-bureau')
  const { address } = await server({}, line.url)
  // Each with a session that this server has not seen in use, so that it must ask for it.
  const [asks, tells, listens] = [
    await signedIn(address, 'bureau'),
    await signedIn(address, 'bureau'),
    await signedIn(address, 'bureau'),
  ]
  line.away(true)
  await unavailable(asks.get('security.me'), 'a query')
  await unavailable(tells.post('security.sign-out-everywhere'), 'a command')
  await unavailable(listens.get('live'), 'the live stream')
  await unavailable(browserOn(address).post('security.sign-in', { account: 'bureau', password: PASSWORD }), 'signing in')
  line.away(false)
  assert.equal((await asks.get('security.me')).status, 200, 'the same session, once the database is back')
  assert.equal((await tells.post('security.sign-out-everywhere')).status, 200)
})
