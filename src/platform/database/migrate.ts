import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

/** Rooms that own tables, lower floors first: a migration may point only at what stands below it. */
export const ROOMS = [
  'platform',
  'security',
  'organisations',
  'residents',
  'smart',
  'record-access',
  'health-card',
  'booking',
  'health-record',
  'navigation',
  'referral',
  'correspondence',
  'green-channel',
  'continuity',
  'recognition',
  'settlement',
  'payment',
  'audit-rules',
  'fund',
  'docking',
  'intake',
] as const
export type Room = (typeof ROOMS)[number]

const SOURCE = join(import.meta.dirname, '..', '..')
const folderOf = (room: Room): string =>
  room === 'platform' ? join(SOURCE, 'platform/database/migrations') : join(SOURCE, 'modules', room, 'migrations')

/** The PostgreSQL schema of a room. */
export const schemaOf = (room: Room): string => room.replaceAll('-', '_')

/** A migration that was applied has since been edited: published lines are never edited, a new file corrects them. */
export class MigrationEdited extends Error {}

type Migration = { readonly room: Room; readonly file: string; readonly text: string; readonly hash: string }

/** All migrations in the order in which they apply. */
export const readMigrations = async (): Promise<Migration[]> => {
  const found: Migration[] = []
  for (const room of ROOMS) {
    const files = (await readdir(folderOf(room)).catch(() => [])).filter((name) => name.endsWith('.sql')).toSorted()
    for (const file of files) {
      const text = await readFile(join(folderOf(room), file), 'utf8')
      found.push({ room, file, text, hash: createHash('sha256').update(text).digest('hex') })
    }
  }
  return found
}

/** One advisory key for the whole product: two servers that start at once migrate one after the other. */
const MIGRATION_LOCK = 715_400_001

/**
 * Brings a database up to the newest schema as its owner, each file in a transaction of its own, forward only; with `only`,
 * exactly those files (`room/file`), for a backup of an earlier schema.
 * @throws MigrationEdited when an applied file has another text now.
 */
export const migrate = async (ownerUrl: string, only?: ReadonlySet<string>): Promise<{ applied: string[] }> => {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'jieli migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await prepare(client)
    const applied: string[] = []
    for (const migration of await readMigrations()) {
      const name = `${migration.room}/${migration.file}`
      if ((only?.has(name) ?? true) && (await apply(client, migration))) applied.push(name)
    }
    await grant(client)
    return { applied }
  } finally {
    await client.end()
  }
}

const prepare = async (client: pg.Client): Promise<void> => {
  const missing = await client.query(`select 1 from pg_roles where rolname = 'jieli_app'`)
  if (missing.rowCount === 0) await client.query('create role jieli_app nologin')
  for (const room of ROOMS) await client.query(`create schema if not exists ${schemaOf(room)}`)
  await client.query(`create table if not exists platform.migration (
    room text not null, file text not null, hash text not null, applied_at timestamptz not null default now(), primary key (room, file))`)
}

const apply = async (client: pg.Client, migration: Migration): Promise<boolean> => {
  const { rows } = await client.query('select hash from platform.migration where room = $1 and file = $2', [
    migration.room,
    migration.file,
  ])
  if (rows[0]?.hash === migration.hash) return false
  if (rows[0]) throw new MigrationEdited(`${migration.room}/${migration.file} was edited after it had been applied`)
  await client.query('begin')
  try {
    await client.query(migration.text)
    await client.query('insert into platform.migration (room, file, hash) values ($1, $2, $3)', [
      migration.room,
      migration.file,
      migration.hash,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`Migration ${migration.room}/${migration.file} failed: ${(error as Error).message}`, { cause: error })
  }
  return true
}

// The app's role owns nothing: it may use the schemas, write ordinary tables and only add to append-only ones.
const grant = async (client: pg.Client): Promise<void> => {
  for (const room of ROOMS) {
    const schema = schemaOf(room)
    await client.query(`grant usage on schema ${schema} to jieli_app`)
    await client.query(`grant select, insert, update, delete on all tables in schema ${schema} to jieli_app`)
    await client.query(`grant usage, select on all sequences in schema ${schema} to jieli_app`)
    await client.query(`grant execute on all functions in schema ${schema} to jieli_app`)
  }
  const { rows } = await client.query<{ table_name: string }>('select table_name from platform.shard_map where append_only')
  for (const { table_name } of rows) await client.query(`revoke update, delete on ${table_name} from jieli_app`)
  await client.query('revoke insert, update, delete on platform.migration, platform.shard_map from jieli_app')
}
