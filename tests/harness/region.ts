import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { ensureDemo } from '../../src/apps/demo.ts'
import { readConfig, type Config } from '../../src/platform/config.ts'
import { closeToOthers } from '../../src/platform/embedded-postgres/index.ts'
import { onDatabase, startTestCluster, TEMPLATE, type TestCluster } from './cluster.ts'
import { runCluster } from './database.ts'

/** The database with the demo region that every region of a run is cloned from. */
const REGION = 'jieli_region'
const LOCK = 715_400_002
const RESIDENTS = '300'
// All regions of a run are clones, so their identifiers are sealed with one key; it opens nothing but invented people.
const MASTER_KEY = 'fedcba9876543210'.repeat(4)

export type RegionDatabase = {
  readonly ownerUrl: string
  readonly appUrl: string
  readonly config: Config
  readonly close: () => Promise<void>
}

/**
 * A database with the whole demo region and 300 residents. The first call of a run makes it, which takes a while; every
 * other one clones it in a second.
 */
export const regionDatabase = async (): Promise<RegionDatabase> => {
  const cluster = runCluster() ?? (await startTestCluster())
  const dataFolder = await mkdtemp(join(tmpdir(), 'jieli-region-'))
  const config = readConfig({
    PORT: '0',
    JIELI_DATA: dataFolder,
    JIELI_DEMO_RESIDENTS: RESIDENTS,
    JIELI_MASTER_KEY: MASTER_KEY,
    JIELI_LOG: 'error',
    JIELI_LIMITS: 'off',
  })
  const name = `region_${process.pid}_${randomBytes(4).toString('hex')}`
  await asOwner(cluster, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await makeRegion(client, cluster, config)
    await clone(client, name, REGION)
    await client.query('select pg_advisory_unlock($1)', [LOCK])
  })
  return {
    ownerUrl: onDatabase(cluster.ownerUrl, name),
    appUrl: onDatabase(cluster.appUrl, name),
    config,
    close: async () => {
      await asOwner(cluster, (client) => client.query(`drop database if exists ${name} with (force)`))
      await cluster.stop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

const makeRegion = async (client: Client, cluster: TestCluster, config: Config): Promise<void> => {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [REGION])
  if (rowCount) return
  // Under another name until it is whole: a run that was cut off leaves no half region behind.
  const growing = `${REGION}_growing`
  await client.query(`drop database if exists ${growing} with (force)`)
  await clone(client, growing, TEMPLATE)
  await ensureDemo({ ownerUrl: onDatabase(cluster.ownerUrl, growing), config, onProgress: () => {} })
  await client.query(`alter database ${growing} rename to ${REGION}`)
}

const clone = async (client: Client, name: string, template: string): Promise<void> => {
  await client.query(`create database ${name} template ${template} strategy file_copy`)
  await closeToOthers(client, name)
}

const asOwner = async (cluster: TestCluster, work: (client: Client) => Promise<unknown>): Promise<void> => {
  const client = new Client({ connectionString: cluster.ownerUrl })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
