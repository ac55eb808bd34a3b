import { randomBytes } from 'node:crypto'
import { after, type TestContext } from 'node:test'
import { Client } from 'pg'
import { closeToOthers } from '../../src/platform/embedded-postgres/index.ts'
import { TEMPLATE, type TestCluster, onDatabase, startTestCluster } from './cluster.ts'

export type TestDatabase = {
  /** `jieli_owner` on this database. */
  readonly ownerUrl: string
  /** `jieli_app` on this database. */
  readonly appUrl: string
  /** Drops the database; happens by itself at the end of the test or file; repeating it waits for the same end. */
  readonly close: () => Promise<void>
}

// Hung on the file as it loads: an `after` inside a `before` would belong to that hook and run at once.
const ofTheFile: (() => Promise<void>)[] = []
after(async () => {
  for (const close of ofTheFile) await close()
})

/**
 * A fresh, migrated database for this test file or, given `t`, for that test. It is a clone of the run's template; a file
 * that runs alone (`node --test file`) gets a cluster of its own.
 */
export const testDatabase = async (t?: TestContext): Promise<TestDatabase> => {
  const cluster = runCluster() ?? (await startTestCluster())
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`
  await asOwner(cluster, async (client) => {
    await client.query(`create database ${name} template ${TEMPLATE} strategy file_copy`)
    await closeToOthers(client, name)
  })
  let closing: Promise<void> | undefined
  const close = () =>
    (closing ??= asOwner(cluster, (client) => client.query(`drop database if exists ${name} with (force)`)).then(() =>
      cluster.stop(),
    ))
  if (t) t.after(close)
  else ofTheFile.push(close)
  return { ownerUrl: onDatabase(cluster.ownerUrl, name), appUrl: onDatabase(cluster.appUrl, name), close }
}

/** The cluster that `npm test` has started for the whole run. */
export const runCluster = (): TestCluster | null => {
  const { JIELI_TEST_OWNER_URL: ownerUrl, JIELI_TEST_APP_URL: appUrl } = process.env
  return ownerUrl && appUrl ? { ownerUrl, appUrl, stop: async () => {} } : null
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
