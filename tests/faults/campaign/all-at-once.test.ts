import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { runningServer, RUNNING_FILE, type RunningServer } from '../../../src/apps/cli/running-server.ts'
import { runChecks } from '../../../src/apps/checks.ts'
import { openDatabase, sql, type Database } from '../../../src/platform/database/pool.ts'
import { ownerUrlOf } from '../../../src/platform/embedded-postgres/index.ts'
import { makeRegion, STAFF } from '../../invariants/small-region.ts'
import { emptyFolder, ROOT, startProgram, type Started } from '../../launch/starting.ts'

const START = join(ROOT, 'src', 'apps', 'start.ts')
const LOGIN = 'login-of-a-doctor'
const WRITERS = 4
const WRITTEN_LEAST = 40
/** A whole start, on a machine that has other things to do. */
const BACK_MS_MOST = 20_000
const READY = 'Jieli is ready'

const start = async (t: TestContext, dataFolder: string): Promise<Started & { running: RunningServer; tookMs: number }> => {
  const began = performance.now()
  const started = startProgram(t, [START], {
    PORT: '0',
    JIELI_DATA: dataFolder,
    JIELI_DEMO: 'off',
    JIELI_LIMITS: 'off',
    JIELI_LOG: 'error',
  })
  await started.says(READY)
  return { ...started, running: runningServer(dataFolder), tookMs: performance.now() - began }
}

const ownerOf = (dataFolder: string, { appUrl }: RunningServer): Database =>
  openDatabase(ownerUrlOf(dataFolder, Number(new URL(appUrl).port)), { size: 2 })

const putDoctor = async (owner: Database): Promise<void> => {
  await makeRegion({ database: owner, done: async () => null }, 0)
  const { account, role, org, name } = STAFF.villageDoctor
  await owner.run(sql`insert into security.account (id, login, password_hash, role, org_id, person_id, name_zh, created_at)
    values (${account}, ${LOGIN}, 'nobody signs in', ${role}, ${org}, null, ${name.zh}, now())`)
}

/** Registers people until the server is gone; answers whom it was told are registered. */
const register = async ({ address, token }: RunningServer, writer: number, told: string[]): Promise<void> => {
  for (let at = 0; ; at += 1) {
    const zh = `演示居民${writer}-${at}`
    const answer = await fetch(`${address}/api/residents.register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Local ${token}`, 'x-jieli-as': LOGIN },
      body: JSON.stringify({ name: { zh }, sex: 'unknown', bornOn: '1960-01-01' }),
    }).catch(() => null)
    if (answer === null) return
    const text = await answer.text().catch(() => null)
    if (text === null) return
    assert.equal(answer.status, 200, text)
    told.push(zh)
  }
}

/** Every process of the database: its server and what that has started. */
const processesOf = (dataFolder: string): number[] => {
  const server = Number(readFileSync(join(dataFolder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])
  if (process.platform !== 'linux') return [server]
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === server)
  return [server, ...children.map(Number)]
}

const parentOf = (pid: string): number => {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
  } catch {
    return -1
  }
}

const killAll = (pids: readonly number[]): void => {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      // It may have ended because another one was killed before it.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

test('server and database are killed all at once in the middle of writing: the next start is whole, and soon', async (t) => {
  const dataFolder = emptyFolder()
  const first = await start(t, dataFolder)
  const before = ownerOf(dataFolder, first.running)
  await putDoctor(before)
  await before.close()
  const told: string[] = []
  const writers = Array.from({ length: WRITERS }, (_, writer) => register(first.running, writer, told))
  while (told.length < WRITTEN_LEAST) await wait(5)
  killAll([first.child.pid as number, ...processesOf(dataFolder)])
  await Promise.all([first.ended, ...writers])
  assert.ok(existsSync(join(dataFolder, RUNNING_FILE)), 'it was killed, not ended')
  const second = await start(t, dataFolder)
  const owner = ownerOf(dataFolder, second.running)
  const found = await owner.rows<{ zh: string }>(sql`select zh from residents.person where zh like '演示居民%'`)
  const names = new Set(found.map(({ zh }) => zh))
  const broken = (await runChecks(owner)).filter(({ breaches }) => breaches > 0)
  await owner.close()
  second.child.kill('SIGTERM')
  const { code } = await second.ended
  t.diagnostic(`${told.length} acknowledged, ${found.length} found; ready again after ${Math.round(second.tookMs)} ms`)
  assert.deepEqual([told.filter((zh) => !names.has(zh)), names.size === found.length, broken, code], [[], true, [], 0])
  // Pages whose sources were changed meanwhile are built anew, which is no part of coming back.
  assert.ok(
    second.tookMs < BACK_MS_MOST || second.said().includes('Building the web pages'),
    `ready only after ${second.tookMs} ms`,
  )
})
