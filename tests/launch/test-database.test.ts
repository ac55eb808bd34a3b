import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { Client } from 'pg'
import { type TestDatabase, testDatabase } from '../harness/database.ts'

describe('a test database', () => {
  let database: TestDatabase
  before(async () => {
    database = await testDatabase()
  })

  const withClient = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
    const client = new Client({ connectionString: url })
    client.on('error', () => {})
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end().catch(() => {})
    }
  }

  test('is migrated, and the app role makes nothing in it', async () => {
    await withClient(database.appUrl, async (client) => {
      const { rows } = await client.query(
        'select current_user as role, (select count(*)::int from platform.migration) as migrations',
      )
      assert.equal(rows[0].role, 'jieli_app')
      assert.ok(rows[0].migrations > 0)
      await assert.rejects(client.query('create table platform.forbidden (a int)'), { code: '42501' })
      await assert.rejects(client.query('create temp table forbidden (a int)'), { code: '42501' })
    })
  })

  test('is apart from the next one, and is dropped with connections still open', async (t) => {
    const other = await testDatabase(t)
    await withClient(other.ownerUrl, (client) => client.query('create table only_here (a int)'))
    const found = await withClient(database.ownerUrl, (client) => client.query(`select to_regclass('only_here') as name`))
    assert.equal(found.rows[0].name, null)
    await withClient(other.appUrl, () => other.close())
    await assert.rejects(withClient(other.ownerUrl, (client) => client.query('select 1')))
  })
})
