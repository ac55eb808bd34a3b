import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { columnList, fullName, mustSeeEverything, sequencesOf, tablesOf, type TableInCatalogue } from './catalogue.ts'
import { writeManifest, type Manifest, type TableEntry } from './manifest.ts'
import { BackupRefusal } from './refusal.ts'
import { keyOfPassphrase, newSalt, writeFileFrom } from './sealed-file.ts'

export type BackupOptions = {
  /** Owner of the database: it must see every row. */
  readonly ownerUrl: string
  /** A new or empty folder. */
  readonly folder: string
  readonly product: string
  readonly masterKeyMark: string | null
  readonly passphrase: string | null
  /** Lets somebody else look at the very moment that is written, by the snapshot's name. */
  readonly onSnapshot?: (snapshot: string) => Promise<void>
  /** How much is done, 0…1, and which table was just written. */
  readonly onProgress: (done: number, table: string) => void
}

const WORKERS = 2

/**
 * Writes the whole region as of one moment into a folder, one file for each table, while everybody goes on working.
 * The manifest comes last: a folder without it is no backup.
 * @throws BackupRefusal when the folder is not empty or the account does not see every row.
 */
export const writeBackup = async (options: BackupOptions): Promise<Manifest> => {
  const { folder, passphrase } = options
  await mkdir(join(folder, 'tables'), { recursive: true, mode: 0o700 })
  const there = (await readdir(folder)).filter((name) => name !== 'tables')
  if (there.length > 0 || (await readdir(join(folder, 'tables'))).length > 0) throw new BackupRefusal('folder-not-empty', folder)
  const salt = passphrase === null ? null : newSalt()
  const key = passphrase === null || salt === null ? null : await keyOfPassphrase(passphrase, salt)
  const leader = await connect(options.ownerUrl)
  try {
    await leader.query('begin isolation level repeatable read read only')
    await mustSeeEverything(leader)
    const about = await aboutDatabase(leader)
    await options.onSnapshot?.(about.snapshot)
    const files = await writeTables(options, await tablesOf(leader), about.snapshot, key)
    const manifest: Manifest = {
      format: 'jieli-backup-1',
      product: options.product,
      madeAt: about.at,
      lsn: about.lsn,
      serverVersion: about.version,
      migrations: about.migrations,
      tables: files,
      sequences: await sequencesOf(leader),
      masterKeyMark: options.masterKeyMark,
      sealed: salt === null ? null : { suite: 'scrypt+aes-256-gcm', salt },
    }
    await writeManifest(folder, manifest, key)
    return manifest
  } finally {
    await leader.end()
  }
}

const connect = async (url: string): Promise<Client> => {
  const client = new Client({ connectionString: url, application_name: 'jieli backup', keepAlive: true })
  client.on('error', () => {})
  await client.connect()
  // A big table may take longer than any limit that suits a request.
  await client.query(`set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set timezone = 'UTC'`)
  return client
}

type About = { snapshot: string; lsn: string; at: string; version: string; migrations: Manifest['migrations'] }

const aboutDatabase = async (client: Client): Promise<About> => {
  const { rows } = await client.query<Omit<About, 'migrations'>>(
    `select pg_export_snapshot() as snapshot, pg_current_wal_lsn()::text as lsn,
       to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, current_setting('server_version') as version`,
  )
  const applied = await client.query<Manifest['migrations'][number]>(
    'select room, file, hash from platform.migration order by applied_at, room, file',
  )
  return { ...(rows[0] as Omit<About, 'migrations'>), migrations: applied.rows }
}

const writeTables = async (
  options: BackupOptions,
  tables: readonly TableInCatalogue[],
  snapshot: string,
  key: Buffer | null,
): Promise<TableEntry[]> => {
  const waiting = [...tables.entries()]
  const written = new Map<number, TableEntry>()
  const work = async (): Promise<void> => {
    const client = await connect(options.ownerUrl)
    try {
      await client.query('begin isolation level repeatable read read only')
      await client.query(`set transaction snapshot '${snapshot}'`)
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [at, table] = next
        written.set(at, await writeTable(client, table, options.folder, key))
        options.onProgress(written.size / tables.length, `${table.schema}.${table.name}`)
      }
    } finally {
      await client.end()
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, work))
  return tables.map((_, at) => written.get(at) as TableEntry)
}

const writeTable = async (client: Client, table: TableInCatalogue, folder: string, key: Buffer | null): Promise<TableEntry> => {
  const { schema, name, columns } = table
  const file = `tables/${schema}.${name}.copy.zst`
  const rows = client.query(copyTo(`copy (select ${columnList(columns)} from ${fullName(table)}) to stdout`))
  const { bytes, sha256 } = await writeFileFrom(rows, join(folder, file), key)
  return { schema, name, columns: [...columns], file, rows: rows.rowCount, bytes, sha256 }
}
