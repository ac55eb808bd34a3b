import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { startServer, type Server } from '../../src/apps/server.ts'
import { newId, type AccountId } from '../../src/kernel/id.ts'
import { hashPassword, saveAccount } from '../../src/modules/security/index.ts'
import type { Actor, Role } from '../../src/platform/access.ts'
import { readConfig } from '../../src/platform/config.ts'
import { databaseNow, openDatabase, type Database } from '../../src/platform/database/pool.ts'
import type { ErrorBody } from '../../src/platform/refusals.ts'
import { shownCode } from '../harness/authenticator.ts'
import { testDatabase, type TestDatabase } from '../harness/database.ts'

const MASTER_KEY = '89abcdef01234567'.repeat(4)
export const PASSWORD = 'an invented password'
const passwordHash = hashPassword(PASSWORD)

/** One database, and as many real servers on it as a test wants, each with its own pool and settings. */
export type Ground = {
  readonly database: Database
  /** A server; its database is asked at `url`, by itself that of the ground. */
  readonly server: (settings?: Readonly<Record<string, string>>, url?: string) => Promise<Server>
  /** Where the app's role reaches the database. */
  readonly appUrl: string
  readonly account: (login: string, role: Role, of?: Partial<Pick<Actor, 'org' | 'person'>>) => Promise<void>
}

export const ground = async (t: Pick<TestContext, 'after'>): Promise<Ground> => {
  const made: TestDatabase = await testDatabase()
  const database = openDatabase(made.ownerUrl, { size: 3 })
  const ends: (() => Promise<void>)[] = []
  t.after(async () => {
    for (const end of ends.toReversed()) await end()
    await database.close()
    await made.close()
  })
  const server: Ground['server'] = async (settings = {}, url = made.appUrl) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'jieli-api-'))
    const base = { PORT: '0', JIELI_DATA: dataFolder, JIELI_DEMO: 'off', JIELI_LOG: 'fatal', JIELI_MASTER_KEY: MASTER_KEY }
    const own = openDatabase(url, { size: 4 })
    const started = await startServer({ config: readConfig({ ...base, ...settings }), database: own, appUrl: url })
    ends.push(async () => {
      await started.close()
      await own.close()
      rmSync(dataFolder, { recursive: true, force: true })
    })
    return { ...started, address: started.address.replace('localhost', '127.0.0.1') }
  }
  const account: Ground['account'] = (login, role, { org = null, person = null } = {}) =>
    database.transaction(async (tx) => {
      const id = newId<AccountId>()
      await saveAccount(tx, {
        id,
        login,
        passwordHash: await passwordHash,
        role,
        org,
        person,
        zh: '演示',
        en: null,
        at: await databaseNow(tx),
      })
    })
  return { database, server, appUrl: made.appUrl, account }
}

export type Reply = { readonly status: number; readonly body: any; readonly code: string | null; readonly headers: Headers } // oxlint-disable-line no-explicit-any

/** A browser's side of the wire: keeps the cookie that it is given. */
export type Browser = {
  readonly cookie: () => string
  readonly post: (name: string, input?: object, headers?: Readonly<Record<string, string>>) => Promise<Reply>
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Reply>
}

export const browserOn = (address: string, given: Readonly<Record<string, string>> = {}, keptCookie = ''): Browser => {
  let cookie = keptCookie
  const send = async (path: string, request: RequestInit): Promise<Reply> => {
    const response = await fetch(`${address}/api/${path}`, request)
    const text = await response.text()
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie
    const body: unknown = text.startsWith('{') || text === 'null' ? JSON.parse(text) : text
    return { status: response.status, body, code: response.ok ? null : (body as ErrorBody).error.code, headers: response.headers }
  }
  return {
    cookie: () => cookie,
    post: (name, input = {}, headers = {}) =>
      send(name, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie, ...given, ...headers },
        body: JSON.stringify(input),
      }),
    get: (path, headers = {}) => send(path, { headers: { cookie, ...given, ...headers } }),
  }
}

/** Signs in, and sets an authenticator up where the role needs one; answers what the telephone shows next. */
export const signedIn = async (
  address: string,
  login: string,
  given: Readonly<Record<string, string>> = {},
): Promise<Browser & { readonly nextCode: () => string }> => {
  const browser = browserOn(address, given)
  const begun = await browser.post('security.sign-in', { account: login, password: PASSWORD })
  assert.equal(begun.status, 200, JSON.stringify(begun.body))
  let secret = ''
  if (begun.body.next === 'enrol') {
    secret = (await browser.post('security.begin-factor')).body.secret as string
    const confirmed = await browser.post('security.confirm-factor', { code: shownCode(secret) })
    assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body))
  }
  return { ...browser, nextCode: () => shownCode(secret, 1) }
}
