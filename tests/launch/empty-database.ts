import { randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'
import { Client } from 'pg'
import { closeToOthers } from '../../src/platform/embedded-postgres/index.ts'
import { onDatabase, startTestCluster } from '../harness/cluster.ts'
import { runCluster } from '../harness/database.ts'

/** A database with nothing in it, not even a schema; the URL of its owner. It is gone after the test. */
export const emptyDatabase = async (t: TestContext): Promise<string> => {
  const cluster = runCluster() ?? (await startTestCluster())
  const name = `empty_${process.pid}_${randomBytes(4).toString('hex')}`
  const asOwner = async (work: (client: Client) => Promise<unknown>) => {
    const client = new Client({ connectionString: cluster.ownerUrl })
    await client.connect()
    await work(client).finally(() => client.end())
  }
  await asOwner(async (client) => {
    await client.query(`create database ${name}`)
    await closeToOthers(client, name)
  })
  t.after(async () => {
    await asOwner((client) => client.query(`drop database if exists ${name} with (force)`))
    await cluster.stop()
  })
  return onDatabase(cluster.ownerUrl, name)
}
