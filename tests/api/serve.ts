import { createHash } from 'node:crypto'
import type { TestContext } from 'node:test'
import { pino } from 'pino'
import type { FastifyBaseLogger } from 'fastify'
import { authentication } from '../../src/apps/server/authenticate.ts'
import { hashPassword } from '../../src/modules/security/index.ts'
import type { PersonId } from '../../src/kernel/id.ts'
import type { Actor } from '../../src/platform/access.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { createApp, SESSION_COOKIE } from '../../src/platform/http/app.ts'
import { openApi } from '../../src/platform/http/openapi.ts'
import type { ErrorBody } from '../../src/platform/refusals.ts'
import { createMetrics } from '../../src/platform/metrics.ts'
import { testHouse, type TestHouse } from '../harness/house.ts'
import { actorOf, makeRegion, STAFF } from '../invariants/small-region.ts'

export type Sent = {
  readonly as?: Actor | null
  readonly key?: string
  readonly body?: unknown
  /** The body as it goes over the wire, instead of `body`. */
  readonly raw?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}
export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly error: ErrorBody['error'] | null
}

export type Served = {
  readonly house: TestHouse
  readonly address: string
  readonly persons: readonly PersonId[]
  readonly resident: Actor
  /** POSTs a command. */
  readonly post: (name: string, sent?: Sent) => Promise<Answer>
  /** GETs a path with its query string. */
  readonly get: (path: string, sent?: Sent) => Promise<Answer>
  /** What was logged as a bug, with its message: nothing, unless something is wrong. */
  readonly bugs: readonly string[]
}

/** The house over real HTTP, with real sessions of one account for each role, on a small invented region. */
export const serve = async (t: Pick<TestContext, 'after'>): Promise<Served> => {
  const made = await testHouse(t)
  const bugs: string[] = []
  const house = {
    ...made.house,
    log: (level: string, event: string, values?: object) =>
      void (level === 'error' && bugs.push(`${event} ${JSON.stringify(values)}`)),
  }
  const persons = await makeRegion(made, 4)
  const resident = actorOf('resident', null, persons[0])
  const tokens = new Map<Actor, string>()
  for (const actor of [...Object.values(STAFF), resident]) tokens.set(actor, await openSession(made, actor))
  const { authenticate } = authentication(house, 'no operator in this test')
  const app = await createApp({
    house,
    metrics: createMetrics(),
    logger: pino({ level: 'silent' }) as unknown as FastifyBaseLogger,
    authenticate,
  })
  const description = JSON.stringify(openApi(house.forms.values(), 'test'))
  app.get('/api/openapi.json', async (_request, reply) => reply.type('application/json').send(description))
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  t.after(() => app.close())

  const send = async (method: 'GET' | 'POST', path: string, sent: Sent): Promise<Answer> => {
    const token = sent.as ? tokens.get(sent.as) : null
    const payload = sent.raw ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body))
    const response = await fetch(`${address}${path}`, {
      method,
      headers: {
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { cookie: `${SESSION_COOKIE}=${token}` } : {}),
        ...(sent.key ? { 'idempotency-key': sent.key } : {}),
        ...sent.headers,
      },
      ...(payload === undefined ? {} : { body: payload as BodyInit }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      error: response.ok ? null : (JSON.parse(text) as ErrorBody).error,
    }
  }
  const get: Served['get'] = (path, sent = {}) => send('GET', path, sent)
  const post: Served['post'] = (name, sent = {}) => send('POST', `/api/${name}`, sent)
  return { house: made, address, persons, resident, bugs, get, post }
}

/** The one password of all accounts here; hashing is slow on purpose, so it happens once. */
export const PASSWORD = 'an invented password'
const passwordHash = hashPassword(PASSWORD)

const openSession = async ({ database }: TestHouse, actor: Actor): Promise<string> => {
  const token = `token-of-${actor.account}`
  await database.run(sql`insert into security.account (id, login, password_hash, role, org_id, person_id, name_zh, created_at)
    values (${actor.account}, ${`login-${String(actor.account).slice(-6)}`}, ${await passwordHash}, ${actor.role}, ${actor.org}, ${actor.person}, ${actor.name.zh}, now())`)
  await database.run(sql`insert into security.session (token_hash, account_id, created_at, expires_at)
    values (${createHash('sha256').update(token).digest()}, ${actor.account}, now(), now() + interval '1 hour')`)
  return token
}

// What an answer must never show: SQL, files of the server, stack lines, names of tables and constraints.
const GIVEN_AWAY =
  /select |insert into|\bupdate [a-z_]+\.|constraint|pg_|\/src\/|node_modules|\.ts:\d|at Object\.|_pkey|_fkey|relation "|syntax error|SQLSTATE|演示居民/i

/** What is wrong with an error body; null when it is the one shape that every client knows. */
export const faultOfError = ({ text, error, status }: Answer): string | null => {
  if (!error) return 'no error in the body'
  const { code, zh, en, request, reasons, fields } = error
  if (!/^[a-z-]+\.[a-z0-9-]+$/.test(code)) return `code ${code}`
  if (!/[\u4e00-\u9fff]/.test(zh) || !en || /[\u4e00-\u9fff]/.test(en.replaceAll(/“[^”]*”|\([^)]*\)/g, '')))
    return `languages: ${zh} | ${en}`
  if (!request || !Array.isArray(reasons) || reasons.length === 0 || !Array.isArray(fields))
    return 'request, reasons or fields missing'
  if (code === 'platform.input-invalid' && fields.length === 0) return 'no field named'
  if (GIVEN_AWAY.test(text)) return `gives away: ${GIVEN_AWAY.exec(text)?.[0]}`
  return status >= 500 ? `status ${status}` : null
}
