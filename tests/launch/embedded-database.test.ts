import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, describe, test } from 'node:test'
import { Client } from 'pg'
import { EmbeddedRefusal, type Note, startEmbedded } from '../../src/platform/embedded-postgres/index.ts'
import { ROOT, emptyFolder, startProgram } from './starting.ts'

const rowOf = async (url: string, query: string): Promise<Record<string, unknown>> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(query)).rows[0]
  } finally {
    await client.end()
  }
}

const startIn = async (t: TestContext, dataFolder: string, notes: Note[] = []) => {
  const embedded = await startEmbedded({ dataFolder, fast: true, onNote: (note) => notes.push(note) })
  t.after(embedded.stop)
  return embedded
}

/** Starts a database in another process, and answers that process. */
const startElsewhere = async (t: TestContext, dataFolder: string) => {
  const started = startProgram(t, [join(ROOT, 'tests', 'launch', 'hold-and-hang.ts'), dataFolder])
  await started.says('postgres://')
  return started
}

const serverIn = (dataFolder: string): number =>
  Number(readFileSync(join(dataFolder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])

describe('the embedded database', { concurrency: 2 }, () => {
  test('runs in a folder closed to others below another closed one, also as root, and keeps its data', async (t) => {
    const dataFolder = join(emptyFolder(), 'inner')
    mkdirSync(dataFolder, { mode: 0o700 })
    const first = await startIn(t, dataFolder)
    await rowOf(first.ownerUrl, 'create table kept as select 42 as answer')
    await first.stop()
    const again = await startIn(t, dataFolder)
    assert.deepEqual(await rowOf(again.ownerUrl, 'select answer from kept'), { answer: 42 })
    assert.equal(statSync(join(dataFolder, 'postgres', 'passwords.json')).mode & 0o077, 0)
  })

  test('has checksums, UTF-8 and UTC, listens on the loopback, and its roles have no more rights than they need', async (t) => {
    const { ownerUrl, appUrl } = await startIn(t, emptyFolder())
    const setting = (name: string) => rowOf(ownerUrl, `select current_setting('${name}') as value`).then((row) => row['value'])
    assert.equal(await setting('data_checksums'), 'on')
    assert.equal(await setting('server_encoding'), 'UTF8')
    assert.equal(await setting('TimeZone'), 'UTC')
    assert.equal(await setting('listen_addresses'), '127.0.0.1')
    assert.equal(await setting('password_encryption'), 'scram-sha-256')
    const roles = await rowOf(
      ownerUrl,
      `select (select rolsuper from pg_roles where rolname = 'jieli_owner') as owner_is_superuser,
              (select rolsuper or rolcreatedb or rolcreaterole from pg_roles where rolname = 'jieli_app') as app_may_make,
              (select pg_get_userbyid(datdba) from pg_database where datname = 'jieli') as owner`,
    )
    assert.deepEqual(roles, { owner_is_superuser: false, app_may_make: false, owner: 'jieli_owner' })
    await assert.rejects(rowOf(appUrl, 'create table forbidden (a int)'), { code: '42501' })
    await assert.rejects(rowOf(appUrl.replace(/:\w+@/, ':wrong@'), 'select 1'), { code: '28P01' })
  })

  test('a folder that is in use is refused with the holder, and free again when the holder was killed', async (t) => {
    const dataFolder = emptyFolder()
    const holder = await startElsewhere(t, dataFolder)
    await assert.rejects(
      startEmbedded({ dataFolder, onNote: () => {} }),
      (error) => error instanceof EmbeddedRefusal && error.code === 'folder-held' && error.detail === String(holder.child.pid),
    )
    const orphan = serverIn(dataFolder)
    holder.child.kill('SIGKILL')
    await holder.ended
    const { ownerUrl } = await startIn(t, dataFolder)
    assert.notEqual(serverIn(dataFolder), orphan, 'the server left behind was stopped, not used')
    assert.deepEqual(await rowOf(ownerUrl, 'select 1 as one'), { one: 1 })
  })

  test('starts again after the server itself was killed', async (t) => {
    const dataFolder = emptyFolder()
    const holder = await startElsewhere(t, dataFolder)
    process.kill(serverIn(dataFolder), 'SIGKILL')
    holder.child.kill('SIGKILL')
    await holder.ended
    const { ownerUrl } = await startIn(t, dataFolder)
    assert.deepEqual(await rowOf(ownerUrl, 'select 1 as one'), { one: 1 })
  })

  test('a process id that now belongs to a stranger neither stops the start nor the stranger', async (t) => {
    const dataFolder = emptyFolder()
    const holder = await startElsewhere(t, dataFolder)
    const pidFile = join(dataFolder, 'postgres', 'cluster', 'postmaster.pid')
    const lines = readFileSync(pidFile, 'utf8').split('\n')
    process.kill(Number(lines[0]), 'SIGKILL')
    holder.child.kill('SIGKILL')
    await holder.ended
    writeFileSync(pidFile, [String(process.pid), ...lines.slice(1)].join('\n'))
    const { ownerUrl } = await startIn(t, dataFolder)
    assert.deepEqual(await rowOf(ownerUrl, 'select 1 as one'), { one: 1 })
  })
})
