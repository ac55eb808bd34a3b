import pg from 'pg'
import sql, { type Sql } from 'sql-template-tag'
import type { Instant } from '../../kernel/clock.ts'
import { listenTo, type Hearing, type Listener } from './listen.ts'

export { default as sql, join, raw, empty } from 'sql-template-tag'
export type { Sql } from 'sql-template-tag'

// Days stay text, instants become ISO text in UTC, bigint stays text: nothing is rounded or shifted on the way.
const DATE_OID = 1082
const TIMESTAMPTZ_OID = 1184
// In a session of UTC, as ours are, the parts only change places; every other zone goes the long way.
const IN_UTC = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d*)?\+00$/
/** The database's text of a moment, as it writes it, as an instant. */
export const toInstant = (text: string): string => {
  const [, day, time, parts = ''] = IN_UTC.exec(text) ?? []
  if (day !== undefined) return `${day}T${time}.${parts.padEnd(3, '0')}Z`
  return new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString()
}
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === DATE_OID) return (text: string) => text
    if (oid === TIMESTAMPTZ_OID) return toInstant
    return pg.types.getTypeParser(oid, format as 'text')
  },
} as pg.CustomTypesConfig

/** Something that answers SQL: a transaction, or the pool for a lone read. */
export type Queryable = {
  /** All rows. */
  readonly rows: <Row>(query: Sql) => Promise<Row[]>
  /** The only row, or null when there is none. */
  readonly row: <Row>(query: Sql) => Promise<Row | null>
  /** How many rows a write touched. */
  readonly run: (query: Sql) => Promise<number>
}

declare const inTransaction: unique symbol
/** An open transaction; a function that takes one must not be called without. */
export type Tx = Queryable & { readonly [inTransaction]: true }

/** The commit was sent, and nobody knows whether it took: repeat with the same idempotency key. */
export class OutcomeUnknown extends Error {}

class TransactionOver extends Error {
  constructor() {
    super('the transaction is over')
  }
}

export type Database = Queryable & {
  readonly transaction: <T>(work: (tx: Tx) => Promise<T>, mode?: 'read' | 'write') => Promise<T>
  /** One statement that is a transaction of its own: one round trip. Throws OutcomeUnknown when nobody knows whether it took. */
  readonly alone: <Row>(query: Sql) => Promise<Row[]>
  /** Another way to ask `alone`: all that is asked by it takes one connection, in the order of asking, and the next is there when one ends. */
  readonly inLine: () => Database['alone']
  /** Connections of their own to the same server, for work that must not wait behind requests; closed with this pool. */
  readonly beside: (size: number) => Database
  /** A connection of its own that hears what is notified on a channel; whoever opens it closes it. */
  readonly listen: (channel: string, hearing: Hearing) => Listener
  readonly close: () => Promise<void>
  readonly counts: () => { total: number; idle: number; waiting: number }
}

export type DatabaseOptions = {
  readonly size?: number
  readonly statementTimeoutMs?: number
  readonly onError?: (error: Error) => void
}

// Each connection parses and plans a statement once, under this name. Texts that vary without end would fill the server's
// memory: beyond so many they are sent without a name.
const STATEMENTS_MOST = 500
const statements = new Map<string, string>()
const nameOf = (text: string): string | undefined => {
  const known = statements.get(text)
  if (known !== undefined || statements.size >= STATEMENTS_MOST) return known
  const name = `jieli_${statements.size + 1}`
  statements.set(text, name)
  return name
}

type Statement = { readonly name?: string; readonly text: string; readonly values: unknown[] }

const statementOf = (query: Sql): Statement => {
  const { text, values } = query
  const name = nameOf(text)
  return name === undefined ? { text, values } : { name, text, values }
}

const queryable = (client: { query: (statement: Statement) => Promise<pg.QueryResult> }): Queryable => {
  const send = (query: Sql) => client.query(statementOf(query))
  return {
    rows: async <Row>(query: Sql) => (await send(query)).rows as Row[],
    row: async <Row>(query: Sql) => ((await send(query)).rows[0] as Row | undefined) ?? null,
    run: async (query) => (await send(query)).rowCount ?? 0,
  }
}

/**
 * The pool of one process. A killed backend fails its own request and nothing else: every connection has an error
 * listener, and the driver has a time limit of its own because a server may hang in a commit for ever.
 */
export const openDatabase = (url: string, options: DatabaseOptions = {}): Database => {
  const statementTimeout = options.statementTimeoutMs ?? 15_000
  const pool = new pg.Pool({
    connectionString: url,
    max: options.size ?? 8,
    types,
    statement_timeout: statementTimeout,
    query_timeout: statementTimeout + 5_000,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    application_name: 'jieli',
    // Statements of one transaction that are asked for together travel together; they are carried out in their order.
    pipeline: true,
  })
  const onError = options.onError ?? (() => {})
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  const others: Database[] = []
  let closing: Promise<void> | undefined
  return {
    ...queryable(pool),
    transaction: (work, mode = 'write') => inClient(pool, work, mode),
    alone: (query) => aloneIn(pool, query),
    inLine: () => lineIn(pool),
    beside: (size) => {
      const other = openDatabase(url, { ...options, size })
      others.push(other)
      return other
    },
    listen: (channel, hearing) => listenTo(url, channel, { onError, ...hearing }),
    close: () => (closing ??= Promise.all([pool.end(), ...others.map((other) => other.close())]).then(() => {})),
    counts: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
  }
}

/** A cancelled wait for the standby answers success with only a notice: the commit may be lost at failover. Answers how to stop listening. */
const hearSyncWaits = (client: pg.PoolClient): { wasCancelled: () => boolean; stop: () => void } => {
  let cancelled = false
  const onNotice = (notice: { message?: string | undefined }) => {
    if (notice.message?.includes('synchronous replication')) cancelled = true
  }
  client.on('notice', onNotice)
  return { wasCancelled: () => cancelled, stop: () => void client.off('notice', onNotice) }
}

const aloneIn = async <Row>(pool: pg.Pool, query: Sql): Promise<Row[]> => {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    return await askAlone<Row>(client, query)
  } catch (error) {
    if (error instanceof OutcomeUnknown) broken = error
    throw error
  } finally {
    client.release(broken)
  }
}

/** @throws OutcomeUnknown when the connection broke, or a wait for the standby was cancelled, after the statement was sent. */
const askAlone = async <Row>(client: pg.PoolClient, query: Sql): Promise<Row[]> => {
  const syncWaits = hearSyncWaits(client)
  try {
    const { rows } = await client.query(statementOf(query))
    if (syncWaits.wasCancelled()) throw new OutcomeUnknown('the standby did not confirm')
    return rows as Row[]
  } catch (error) {
    if (!isConnectionLoss(error)) throw error
    throw new OutcomeUnknown('the connection broke during the statement', { cause: error })
  } finally {
    syncWaits.stop()
  }
}

/** A connection while somebody asks by it: taken by the first, given back by the last. */
type Held = { readonly client: Promise<pg.PoolClient>; askers: number; broken?: Error }

const lineIn = (pool: pg.Pool): Database['alone'] => {
  let held: Held | null = null
  const leave = async (own: Held): Promise<void> => {
    own.askers -= 1
    if (own.askers > 0) return
    if (held === own) held = null
    await own.client.then(
      (client) => client.release(own.broken),
      () => {},
    )
  }
  return async <Row>(query: Sql): Promise<Row[]> => {
    const own: Held = (held ??= { client: pool.connect(), askers: 0 })
    own.askers += 1
    try {
      return await askAlone<Row>(await own.client, query)
    } catch (error) {
      // Whoever comes next takes another connection; those who have asked by this one hear of its end themselves.
      if (error instanceof OutcomeUnknown) own.broken = error
      if (held === own && (own.broken !== undefined || isConnectionLoss(error))) held = null
      throw error
    } finally {
      await leave(own)
    }
  }
}

const inClient = async <T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>, mode: 'read' | 'write'): Promise<T> => {
  const client = await pool.connect()
  const syncWaits = hearSyncWaits(client)
  let broken: Error | undefined
  // Of statements asked for together one may fail: what the others would still ask must not reach the connection's next user.
  let isOver = false
  try {
    await client.query(mode === 'read' ? 'begin isolation level repeatable read read only' : 'begin')
    const answer = await work(
      queryable({ query: (statement) => (isOver ? Promise.reject(new TransactionOver()) : client.query(statement)) }) as Tx,
    )
    isOver = true
    await commit(client)
    if (syncWaits.wasCancelled()) throw new OutcomeUnknown('the standby did not confirm')
    return answer
  } catch (error) {
    isOver = true
    broken = await rollBack(client, error)
    throw error
  } finally {
    syncWaits.stop()
    client.release(broken)
  }
}

const commit = async (client: pg.PoolClient): Promise<void> => {
  try {
    const { command } = await client.query('commit')
    // PostgreSQL answers ROLLBACK to the commit of a failed transaction.
    if (command === 'ROLLBACK') throw new Error('the transaction had failed and was rolled back')
  } catch (error) {
    if (isConnectionLoss(error)) throw new OutcomeUnknown('the connection broke during the commit', { cause: error })
    throw error
  }
}

const rollBack = async (client: pg.PoolClient, cause: unknown): Promise<Error | undefined> => {
  if (cause instanceof OutcomeUnknown || isConnectionLoss(cause)) return cause as Error
  try {
    await client.query('rollback')
    return undefined
  } catch (error) {
    return error as Error
  }
}

const codeOf = (error: unknown): string | null => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : null
}

/** The SQLSTATE of an error, or null when it does not come from PostgreSQL. */
export const sqlState = (error: unknown): string | null => {
  const code = codeOf(error)
  // Every SQLSTATE has a digit; EPIPE has none and comes from the socket.
  return code !== null && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? code : null
}

/** The name of the constraint that refused, or null. */
export const constraintOf = (error: unknown): string | null => (error as { constraint?: string } | null)?.constraint ?? null

// Ended by the operator, by a crash, while starting, or because the transaction stood idle for too long.
const CONNECTION_ENDS: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03', '25P03', '25P04'])

// What a socket says of a server that is not to be reached; where a name has several addresses its error has no words of its own.
const NOT_REACHED: ReadonlySet<string> = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN',
]) // prettier-ignore

/** The connection is gone, or its server is going: nothing of the open transaction remains. */
export const isConnectionLoss = (error: unknown): boolean => {
  const state = sqlState(error)
  if (state) return state.startsWith('08') || CONNECTION_ENDS.has(state)
  if (NOT_REACHED.has(codeOf(error) ?? '')) return true
  const message = error instanceof Error ? error.message : ''
  return /terminated|timeout|Connection ended|not queryable|socket/i.test(message)
}

/** The transaction lost a race and may simply be repeated. */
export const isRepeatable = (error: unknown): boolean => ['40001', '40P01', '55P03'].includes(sqlState(error) ?? '')

/** The database has no room or time at this moment: too many connections, no memory, no disk, a statement over its time limit. */
export const isOverloaded = (error: unknown): boolean => /^53|^57014$/.test(sqlState(error) ?? '')

/** Nothing is wrong with what was asked: the same may go well in a moment. */
export const isPassing = (error: unknown): boolean =>
  isRepeatable(error) || isConnectionLoss(error) || isOverloaded(error) || error instanceof OutcomeUnknown

/** The database's own clock plus the one offset that a demo or a test may set. */
export const databaseNow = async (db: Queryable): Promise<Instant> => {
  const found = await db.row<{ now: Instant }>(sql`select platform.jieli_now() as now`)
  return (found as { now: Instant }).now
}
