import { Client } from 'pg'
import { StartRefusal, startSentence } from './start-messages.ts'

const SERVER_VERSION_MIN = 180_000
const CONNECT_MS = 8_000

/**
 * Checks that DATABASE_URL leads to a PostgreSQL that is new enough, before anything else is done.
 * @throws StartRefusal when it is malformed, unreachable or older than 18.
 */
export const checkDatabaseUrl = async (url: string): Promise<void> => {
  const where = placeOf(url)
  const found = await ask(url, where, 'show server_version_num', 'show server_version')
  if (Number(found[0]) < SERVER_VERSION_MIN)
    throw new StartRefusal(startSentence.databaseTooOld(where, found[1]?.split(' ')[0] ?? '?'))
}

/**
 * The URL by which the server works: the same account, acting as `jieli_app`, which owns nothing.
 * @throws StartRefusal when the account may not act as that role and may not grant it to itself.
 */
export const appUrlOf = async (url: string): Promise<string> => {
  const appUrl = new URL(url)
  const earlier = appUrl.searchParams.get('options')
  appUrl.searchParams.set('options', `${earlier ? `${earlier} ` : ''}-c role=jieli_app`)
  await letActAsApp(url)
  return appUrl.href
}

// Who makes a role may grant it, but since PostgreSQL 16 may not act as it without granting it to oneself.
const letActAsApp = async (url: string): Promise<void> => {
  const where = placeOf(url)
  const mayAct = `select pg_has_role(current_user, 'jieli_app', 'SET')::text`
  if ((await ask(url, where, mayAct))[0] === 'true') return
  await ask(url, where, 'grant jieli_app to current_user with set true, inherit false').catch(() => [])
  if ((await ask(url, where, mayAct))[0] !== 'true') throw new StartRefusal(startSentence.roleUnusable(where))
}

const INSUFFICIENT_PRIVILEGE = '42501'

/**
 * Does work that needs an owner's rights, such as the migrations.
 * @throws StartRefusal when the account of the URL lacks one of them.
 */
export const withRightsOf = async <T>(url: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    const { code, cause, message } = error as { code?: string; cause?: { code?: string }; message: string }
    if ((cause?.code ?? code) !== INSUFFICIENT_PRIVILEGE) throw error
    throw new StartRefusal(startSentence.rightsMissing(placeOf(url), message))
  }
}

/** Host, port and database without account and password: fit for a screen or a log. */
const placeOf = (url: string): string => {
  try {
    const { protocol, host, pathname } = new URL(url)
    if (!/^postgres(ql)?:$/.test(protocol)) throw new Error('another protocol')
    return `${host}${pathname}`
  } catch {
    throw new StartRefusal(startSentence.databaseUrlMalformed())
  }
}

/** The first column of the first row of each question. */
const ask = async (url: string, where: string, ...questions: readonly string[]): Promise<string[]> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, query_timeout: CONNECT_MS })
  client.on('error', () => {})
  try {
    await client.connect()
    const answers: string[] = []
    for (const question of questions) answers.push(await first(client, question))
    return answers
  } catch (error) {
    throw new StartRefusal(startSentence.databaseUnreachable(where, reasonOf(error)))
  } finally {
    await client.end().catch(() => {})
  }
}

const first = async (client: Client, question: string): Promise<string> => {
  const { rows } = await client.query<Record<string, unknown>>(question)
  return String(Object.values(rows[0] ?? {})[0] ?? '')
}

// Several addresses that all refuse come as one AggregateError, which has a code and no message.
const reasonOf = (error: unknown): string => {
  const { code, message } = error as { code?: string; message?: string }
  return (code?.startsWith('E') ? code : message) || (code ?? 'unknown')
}
