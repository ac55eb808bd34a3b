import { chmodSync, globSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { migrate } from '../../src/platform/database/migrate.ts'
import { closeToOthers, removeAbandoned, startEmbedded } from '../../src/platform/embedded-postgres/index.ts'

/** The migrated database that every test database is cloned from. */
export const TEMPLATE = 'jieli_template'

export type TestCluster = { readonly ownerUrl: string; readonly appUrl: string; readonly stop: () => Promise<void> }

const FOLDER_PREFIX = 'jieli-test-'
const ABANDONED_AFTER_MS = 10 * 60_000

/** Starts a cluster of its own in a temporary folder, with the migrated template; `stop` removes it all. */
export const startTestCluster = async (): Promise<TestCluster> => {
  const dataFolder = mkdtempSync(join(tmpdir(), FOLDER_PREFIX))
  // Root's database runs in another account's name, which has to get through; nothing secret lies open in it.
  chmodSync(dataFolder, 0o755)
  const embedded = await startEmbedded({ dataFolder, fast: true, onNote: ({ en }) => console.log(en) })
  const stop = async () => {
    await embedded.stop()
    rmSync(dataFolder, { recursive: true, force: true })
  }
  try {
    await makeTemplate(embedded.ownerUrl)
  } catch (error) {
    await stop()
    throw error
  }
  return { ownerUrl: embedded.ownerUrl, appUrl: embedded.appUrl, stop }
}

const makeTemplate = async (ownerUrl: string): Promise<void> => {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`create database ${TEMPLATE}`)
    await closeToOthers(client, TEMPLATE)
  } finally {
    await client.end()
  }
  await migrate(onDatabase(ownerUrl, TEMPLATE))
}

/** The same server and role, another database. */
export const onDatabase = (url: string, database: string): string =>
  Object.assign(new URL(url), { pathname: `/${database}` }).href

/** Removes what killed test runs have left behind in the temporary folder. */
export const sweepTestClusters = async (): Promise<void> => {
  for (const folder of globSync(join(tmpdir(), `${FOLDER_PREFIX}*`))) {
    // Another run may sweep at the same time.
    const ageMs = performance.timeOrigin - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? performance.timeOrigin)
    if (ageMs > ABANDONED_AFTER_MS) await removeAbandoned(folder)
  }
}
