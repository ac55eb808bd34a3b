import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { migrate, readMigrations, ROOMS, schemaOf } from '../database/migrate.ts'
import { columnList, fullName, tablesOf } from './catalogue.ts'
import { readManifest, type Manifest, type TableEntry } from './manifest.ts'
import { BackupRefusal } from './refusal.ts'
import { keyOfPassphrase, measureFile, openFile } from './sealed-file.ts'

/** Name of the setting that stands while a restore has begun and not ended; a server refuses to start on it. */
export const RESTORING = 'restoring'

export type RestoreOptions = {
  /** Owner of an empty database. */
  readonly ownerUrl: string
  readonly folder: string
  readonly passphrase: string | null
  /** Stops at the schema of the backup instead of going on to that of this program. */
  readonly keepsSchema?: boolean
  readonly onProgress: (done: number, what: string) => void
}

/**
 * Checks every file, fills an empty database in one transaction, then brings it to the schema of this program.
 * Cut off, it leaves a database that says of itself that it is none.
 * @throws BackupRefusal when the backup is damaged or unknown, or the target holds data.
 */
export const restore = async (options: RestoreOptions): Promise<Manifest> => {
  const { ownerUrl, folder, passphrase, onProgress } = options
  const { manifest, key } = await readManifest(folder, async (salt) =>
    passphrase === null ? null : keyOfPassphrase(passphrase, salt),
  )
  const known = await migrationsOf(manifest)
  await checkFiles(folder, manifest, (done) => onProgress(done / 4, 'sha256'))
  const client = new Client({ connectionString: ownerUrl, application_name: 'jieli restore', keepAlive: true })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(`set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set timezone = 'UTC'`)
    await mustBeEmpty(client)
    await migrate(ownerUrl, known)
    await client.query(`insert into platform.setting (name, value) values ('${RESTORING}', $1) on conflict do nothing`, [
      manifest.madeAt,
    ])
    await load(client, folder, manifest, key, (done, table) => onProgress(1 / 4 + (done * 3) / 4, table))
  } finally {
    await client.end()
  }
  if (!options.keepsSchema) await migrate(ownerUrl)
  return manifest
}

// The schema is made by our own migrations, exactly those that the backup names.
const migrationsOf = async (manifest: Manifest): Promise<ReadonlySet<string>> => {
  const ours = new Map((await readMigrations()).map(({ room, file, hash }) => [`${room}/${file}`, hash]))
  for (const { room, file, hash } of manifest.migrations)
    if (ours.get(`${room}/${file}`) !== hash) throw new BackupRefusal('schema-unknown', `${room}/${file}`)
  return new Set(manifest.migrations.map(({ room, file }) => `${room}/${file}`))
}

const checkFiles = async (folder: string, { tables }: Manifest, onProgress: (done: number) => void): Promise<void> => {
  for (const [at, { file, bytes, sha256 }] of tables.entries()) {
    const found = await measureFile(join(folder, file))
    if (found?.bytes !== bytes || found.sha256 !== sha256) throw new BackupRefusal('file-changed', join(folder, file))
    onProgress((at + 1) / tables.length)
  }
}

const mustBeEmpty = async (client: Client): Promise<void> => {
  const { rows } = await client.query<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables where schemaname = any($1) order by 1 limit 1`,
    [ROOMS.map(schemaOf)],
  )
  if (!rows[0]) return
  const begun = await client.query(`select from platform.setting where name = '${RESTORING}'`).catch(() => ({ rowCount: 0 }))
  if (!begun.rowCount) throw new BackupRefusal('target-not-empty', rows[0].name)
}

const load = async (
  client: Client,
  folder: string,
  manifest: Manifest,
  key: Buffer | null,
  onProgress: (done: number, table: string) => void,
): Promise<void> => {
  const tables = await tablesOf(client)
  const forced = tables.filter(({ isForced }) => isForced).map(fullName)
  await client.query(`begin; set local maintenance_work_mem = '256MB'`)
  const putBack = await takeDown(client)
  // What migrations put in is in the backup too; an owner who is subject to row-level security could not copy in.
  await client.query(`truncate ${tables.map(fullName).join(', ')}`)
  for (const name of forced) await client.query(`alter table ${name} no force row level security`)
  const byName = new Map(manifest.tables.map((table) => [`${table.schema}.${table.name}`, table]))
  for (const [at, { schema, name }] of tables.entries()) {
    const table = byName.get(`${schema}.${name}`)
    if (table) await loadTable(client, folder, table, key)
    onProgress((at + 1) / tables.length, `${schema}.${name}`)
  }
  onProgress(1, 'index')
  for (const statement of putBack) await client.query(statement)
  for (const name of forced) await client.query(`alter table ${name} force row level security`)
  for (const { schema, name, last, isCalled } of manifest.sequences)
    await client.query('select setval($1::regclass, $2, $3)', [fullName({ schema, name }), last, isCalled])
  await client.query(`delete from platform.setting where name = '${RESTORING}'`)
  await client.query('commit')
  await client.query('analyze')
}

// Foreign keys and indexes are made once for all rows, not row by row; what puts them back comes out, in its order.
const takeDown = async (client: Client): Promise<string[]> => {
  const schemas = [ROOMS.map(schemaOf)]
  const { rows: keys } = await client.query<Taken>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as down,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as up
     from pg_constraint where contype = 'f' and connamespace = any($1::regnamespace[]) order by conname`,
    schemas,
  )
  const { rows: indexes } = await client.query<Taken>(
    `select format('drop index %s', indexrelid::regclass) as down, pg_get_indexdef(indexrelid) as up
     from pg_index join pg_class on pg_class.oid = indrelid
     where relnamespace = any($1::regnamespace[]) and relkind = 'r' and not relispartition and not exists (select from pg_constraint where conindid = indexrelid)
     order by indexrelid`,
    schemas,
  )
  for (const { down } of [...keys, ...indexes]) await client.query(down)
  return [...indexes, ...keys].map(({ up }) => up)
}
type Taken = { readonly down: string; readonly up: string }

const loadTable = async (client: Client, folder: string, table: TableEntry, key: Buffer | null): Promise<void> => {
  const sink = client.query(copyFrom(`copy ${fullName(table)} (${columnList(table.columns)}) from stdin`))
  const [source, ...steps] = await openFile(join(folder, table.file), key)
  await pipeline(source, ...steps, sink)
  if (sink.rowCount !== table.rows) throw new BackupRefusal('rows-differ', `${table.schema}.${table.name}`)
}
