import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openDatabase, sql, type Database } from '../../../src/platform/database/pool.ts'
import { startEmbedded } from '../../../src/platform/embedded-postgres/index.ts'
import { isRunning } from '../../../src/platform/embedded-postgres/previous-server.ts'

const BACK_MS_MOST = 60_000

const started = async (t: TestContext) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'jieli-back-'))
  const notes: string[] = []
  const embedded = await startEmbedded({ dataFolder, onNote: ({ en }) => notes.push(en) })
  t.after(async () => {
    await embedded.stop()
    rmSync(dataFolder, { recursive: true, force: true })
  })
  const pidFile = join(embedded.folder, 'cluster', 'postmaster.pid')
  return { embedded, notes, pidFile, pid: () => Number(readFileSync(pidFile, 'utf8').split('\n')[0]) }
}

/** Asks until there is an answer, as the house does. */
const untilAnswered = async (database: Database): Promise<number> => {
  const until = performance.now() + BACK_MS_MOST
  for (;;) {
    const found = await database.row<{ kept: number }>(sql`select kept from told`).catch(() => null)
    if (found) return found.kept
    assert.ok(performance.now() < until, 'the database did not come back')
    await wait(20)
  }
}

test('a killed database server is started again on its port, three times over: the pool lives, what was committed is there', async (t) => {
  const { embedded, notes, pid } = await started(t)
  const database = openDatabase(embedded.ownerUrl, { size: 3 })
  t.after(database.close)
  await database.run(sql`create table told (kept int)`)
  await database.run(sql`insert into told values (0)`)
  for (let round = 1; round <= 3; round += 1) {
    await database.run(sql`update told set kept = ${round}`)
    const before = pid()
    process.kill(before, 'SIGKILL')
    const began = performance.now()
    while (notes.length < 2 * round) await wait(20)
    assert.equal(await untilAnswered(database), round)
    assert.notEqual(pid(), before)
    t.diagnostic(`back after ${Math.round(performance.now() - began)} ms`)
  }
})

test('a database that was asked to end stays ended, also when it is killed and asked to end at the same moment', async (t) => {
  const { embedded, pid, pidFile } = await started(t)
  process.kill(pid(), 'SIGKILL')
  await embedded.stop()
  assert.equal(existsSync(pidFile) && isRunning(pid()), false)
})
