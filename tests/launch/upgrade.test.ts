import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { Client } from 'pg'
import { runChecks } from '../../src/apps/checks.ts'
import { readManifest, restore } from '../../src/platform/backup/index.ts'
import { migrate, readMigrations } from '../../src/platform/database/migrate.ts'
import { openDatabase, sql } from '../../src/platform/database/pool.ts'
import { emptyDatabase } from './empty-database.ts'
import { contentOf, type TableContent } from './table-content.ts'

const RELEASES = join(import.meta.dirname, '..', 'fixtures', 'releases')
const versions = globSync('*.*.*', { cwd: RELEASES }).toSorted()

const seenOn = async (url: string, as?: Record<string, TableContent>): Promise<Record<string, TableContent>> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await contentOf(client, as)
  } finally {
    await client.end()
  }
}

test('there is at least one released schema to come from', () => assert.ok(versions.includes('0.1.0')))

// What a migration may change in rows that were there: each line is a decision.
const MAY_CHANGE: readonly string[] = ['platform.shard_map']

for (const version of versions)
  test(`a region of ${version} comes to the present schema whole`, async (t) => {
    const url = await emptyDatabase(t)
    await restore({ ownerUrl: url, folder: join(RELEASES, version), passphrase: null, keepsSchema: true, onProgress: () => {} })
    const before = await seenOn(url)
    assert.ok(Number(before['referral.referral']?.seen.split(' ')[0]) > 20, 'the fixture holds referrals')
    const { applied } = await migrate(url)
    t.diagnostic(`${applied.length} migrations`)
    const after = await seenOn(url, before)
    for (const [table, content] of Object.entries(before))
      if (!MAY_CHANGE.includes(table)) assert.deepEqual(after[table], content, table)
    const database = openDatabase(url, { size: 2 })
    try {
      const broken = (await runChecks(database)).filter(({ breaches }) => breaches > 0)
      assert.deepEqual(broken, [])
      const { count } = (await database.row<{ count: number }>(sql`select count(*)::int as count from platform.migration`)) ?? {
        count: 0,
      }
      assert.equal(count, (await readMigrations()).length)
    } finally {
      await database.close()
    }
  })

test('a server of the release before works beside this one until the upgrade is said to be over', async (t) => {
  const url = await emptyDatabase(t)
  await restore({ ownerUrl: url, folder: join(RELEASES, '0.1.0'), passphrase: null, onProgress: () => {} })
  const client = new Client({ connectionString: url })
  await client.connect()
  const seenByApp = async (begin: string): Promise<number> => {
    await client.query(`begin; set local role jieli_app; ${begin}`)
    const { rowCount } = await client.query('select from referral.referral')
    await client.query('rollback')
    return rowCount ?? 0
  }
  const before = `select platform.begin_act(1, null, 'village-doctor', null)`
  const present = `select platform.open_act(1, null, 'village-doctor', null)`
  try {
    assert.ok((await seenByApp('')) > 0, 'its own work opens no act')
    assert.ok((await seenByApp(before)) > 0, 'its acts name no person')
    assert.equal(await seenByApp(present), 0, 'this server is bound from the first moment')
    await assert.rejects(
      client.query(`begin; set local role jieli_app; update platform.previous_server set until = 'infinity'`),
      /permission denied/,
    )
    await client.query('rollback')
    await client.query(`update platform.previous_server set until = '-infinity'`)
    assert.deepEqual([await seenByApp(''), await seenByApp(before)], [0, 0])
  } finally {
    await client.end()
  }
})

// While a new server is rolled out the old one goes on working on the same tables: a release only adds to what is there.
const TAKES_AWAY: readonly [what: string, pattern: RegExp][] = [
  ['drops a table, column, schema or type', /\bdrop\s+(table|column|schema|type)\b/i],
  ['renames', /\brename\s+(to|column|constraint)\b/i],
  ['changes a column’s type', /\balter\s+column\s+\S+\s+(set\s+data\s+)?type\b/i],
  ['makes a column needed that the old server does not fill', /\balter\s+column\s+\S+\s+set\s+not\s+null\b/i],
  [
    'adds a needed column without a default',
    /\badd\s+column\s+(?:if\s+not\s+exists\s+)?\S+\s+[^,;]*\bnot\s+null\b(?![^,;]*\bdefault\b)/i,
  ],
]
// Each exception says why the old server does not mind.
const LET_THROUGH: readonly { file: string; why: string }[] = []

const withoutComments = (text: string): string => text.replaceAll(/--[^\n]*/g, '')

test('what is added after a release takes nothing away from the server before it', async () => {
  const known = new Set<string>()
  for (const version of versions) {
    const { manifest } = await readManifest(join(RELEASES, version), async () => null)
    for (const { room, file } of manifest.migrations) known.add(`${room}/${file}`)
  }
  const faults = (await readMigrations())
    .filter(({ room, file }) => !known.has(`${room}/${file}`) && !LET_THROUGH.some((one) => one.file === `${room}/${file}`))
    .flatMap(({ room, file, text }) =>
      TAKES_AWAY.flatMap(([what, pattern]) => (pattern.test(withoutComments(text)) ? [`${room}/${file} ${what}`] : [])),
    )
  assert.deepEqual(faults, [])
  for (const [, pattern] of TAKES_AWAY)
    assert.ok(
      [
        'drop table a.b',
        'alter table a rename to b',
        'alter table a alter column b type text',
        'alter table a alter column b set not null',
        'alter table a add column b text not null',
      ].some((text) => pattern.test(text)),
    )
  assert.ok(
    !TAKES_AWAY.some(([, pattern]) => pattern.test("alter table a add column b text not null default 'x', add column c int")),
  )
})

test('a migration that was released is never edited', async () => {
  const now = new Map((await readMigrations()).map(({ room, file, hash }) => [`${room}/${file}`, hash]))
  for (const version of versions) {
    const text = readFileSync(join(RELEASES, version, 'manifest.json'), 'utf8')
    const { migrations } = JSON.parse(text.slice(0, text.trimEnd().lastIndexOf('\n'))) as {
      migrations: { room: string; file: string; hash: string }[]
    }
    for (const { room, file, hash } of migrations) assert.equal(now.get(`${room}/${file}`), hash, `${room}/${file} of ${version}`)
  }
})
