import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { RUNNING_FILE, runningServer, type RunningServer } from '../../src/apps/cli/running-server.ts'
import { openDatabase, sql, type Database } from '../../src/platform/database/pool.ts'
import { ownerUrlOf } from '../../src/platform/embedded-postgres/index.ts'
import { makeRegion, STAFF } from '../invariants/small-region.ts'
import { emptyFolder, ROOT, startProgram, type Started } from '../launch/starting.ts'

const LOGIN = 'login-of-a-doctor'
const WRITERS = 3
const IN_A_BUNDLE = 12
/** So many transactions are acknowledged before something is killed, and after it where the server lives on. */
const TOLD_LEAST = 8

const start = async (t: TestContext, dataFolder: string): Promise<Started & { running: RunningServer }> => {
  const started = startProgram(t, [join(ROOT, 'src', 'apps', 'start.ts')], {
    PORT: '0',
    JIELI_DATA: dataFolder,
    JIELI_DEMO: 'off',
    JIELI_LIMITS: 'off',
    JIELI_LOG: 'error',
  })
  await started.says('Jieli is ready')
  return { ...started, running: runningServer(dataFolder) }
}

const withOwner = async <Value>(
  dataFolder: string,
  { appUrl }: RunningServer,
  work: (owner: Database) => Promise<Value>,
): Promise<Value> => {
  const owner = openDatabase(ownerUrlOf(dataFolder, Number(new URL(appUrl).port)), { size: 2 })
  try {
    return await work(owner)
  } finally {
    await owner.close()
  }
}

const putDoctor = async (owner: Database): Promise<void> => {
  await makeRegion({ database: owner, done: async () => null }, 0)
  const { account, role, org, name } = STAFF.villageDoctor
  await owner.run(sql`insert into security.account (id, login, password_hash, role, org_id, person_id, name_zh, created_at)
    values (${account}, ${LOGIN}, 'nobody signs in', ${role}, ${org}, null, ${name.zh}, now())`)
}

/** A new Patient and what is about it: the mark stands in the Patient's name and on each of the others. */
const bundleOf = (mark: string): string =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000001',
        resource: { resourceType: 'Patient', name: [{ text: mark }], gender: 'unknown' },
        request: { method: 'POST', url: 'Patient' },
      },
      ...Array.from({ length: IN_A_BUNDLE - 1 }, () => ({
        resource: {
          resourceType: 'Observation',
          status: 'final',
          identifier: [{ system: 'urn:bundle', value: mark }],
          code: { text: '体温' },
          subject: { reference: 'urn:uuid:00000000-0000-4000-8000-000000000001' },
        },
        request: { method: 'POST', url: 'Observation' },
      })),
    ],
  })

type Writing = { readonly told: string[]; isOver: boolean }

/** Sends transactions until the server is gone or the writing is over; notes which of them were acknowledged. */
const write = async ({ address, token }: RunningServer, writer: string, writing: Writing): Promise<void> => {
  for (let at = 0; !writing.isOver; at += 1) {
    const mark = `演示${writer}${at}`
    const answer = await fetch(`${address}/fhir/R4`, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json', authorization: `Local ${token}`, 'x-jieli-as': LOGIN },
      body: bundleOf(mark),
    }).catch(() => null)
    if (answer === null) return
    const text = await answer.text().catch(() => null)
    if (text === null) return
    if (answer.status === 200) writing.told.push(mark)
    // While the database is away it says that it is busy, or that nobody knows; never that it did what it did not.
    else assert.ok(answer.status >= 500 || answer.status === 429, text)
  }
}

const begin = (running: RunningServer, name: string): { writing: Writing; ended: Promise<unknown> } => {
  const writing: Writing = { told: [], isOver: false }
  return {
    writing,
    ended: Promise.all(Array.from({ length: WRITERS }, (_, nr) => write(running, `${name}${'甲乙丙'[nr]}`, writing))),
  }
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await wait(5)
}

const parentOf = (pid: string): number => {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
  } catch {
    return -1
  }
}
/** A process of the database that serves a connection of the house. */
const oneBackend = (dataFolder: string): number => {
  const server = Number(readFileSync(join(dataFolder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])
  const mine = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === server)
  const serving = mine.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('jieli_app'))
  return Number(serving)
}

/** How much of each transaction there is: whole ones alone, every acknowledged one among them, one person for each. */
const assertWhole = async (owner: Database, told: readonly string[]): Promise<number> => {
  const marks = await owner.rows<{
    mark: string
    count: number
    persons: number
  }>(sql`select body::jsonb #>> '{identifier,0,value}' as mark,
      count(*)::int as count, count(distinct person_id)::int as persons from health_record.resource where type = 'Observation' group by 1`)
  assert.deepEqual(
    marks.filter(({ count, persons }) => count !== IN_A_BUNDLE - 1 || persons !== 1),
    [],
    'no transaction is there by half',
  )
  const found = new Set(marks.map(({ mark }) => mark))
  assert.deepEqual(
    told.filter((mark) => !found.has(mark)),
    [],
    'what was acknowledged is there',
  )
  const rest = await owner.row<{ patients: number; persons: number; audited: number }>(sql`select
      (select count(*)::int from health_record.resource where type = 'Patient') as patients,
      (select count(*)::int from residents.person where zh like '演示%') as persons,
      (select count(*)::int from platform.audit where form = 'fhir.create' and outcome = 'done') as audited`)
  assert.deepEqual([rest?.patients, rest?.persons, rest?.audited], [found.size, found.size, found.size * IN_A_BUNDLE])
  return found.size
}

test('a transaction whose server, or whose backend, is killed in the middle is there whole or not at all', async (t) => {
  const dataFolder = emptyFolder()
  const first = await start(t, dataFolder)
  await withOwner(dataFolder, first.running, putDoctor)

  await t.test(
    'a backend is killed: the database begins anew, and the server goes on',
    { skip: process.platform !== 'linux' },
    async () => {
      const { writing, ended } = begin(first.running, '库')
      await until(() => writing.told.length >= TOLD_LEAST)
      process.kill(oneBackend(dataFolder), 'SIGKILL')
      const before = writing.told.length
      await until(() => writing.told.length >= before + TOLD_LEAST)
      writing.isOver = true
      await ended
      const found = await withOwner(dataFolder, first.running, (owner) => assertWhole(owner, writing.told))
      t.diagnostic(`${writing.told.length} acknowledged, ${found} found`)
    },
  )

  await t.test('the server is killed', async () => {
    const { writing, ended } = begin(first.running, '服')
    await until(() => writing.told.length >= TOLD_LEAST)
    first.child.kill('SIGKILL')
    await Promise.all([first.ended, ended])
    assert.ok(existsSync(join(dataFolder, RUNNING_FILE)), 'it was killed, not ended')
    const second = await start(t, dataFolder)
    const found = await withOwner(dataFolder, second.running, (owner) => assertWhole(owner, writing.told))
    t.diagnostic(`${writing.told.length} acknowledged, ${found} found with those of before`)
    second.child.kill('SIGTERM')
    assert.equal((await second.ended).code, 0)
  })
})
