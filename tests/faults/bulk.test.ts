import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import test, { type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { drawn } from '../../src/apps/platform-sandbox/faults.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { beginExport, importAll, keyOf, linesOf, manifestOf, region, sameLines, told, type Told } from '../harness/bulk.ts'
import { killAtOnce, startChild } from './province.ts'

const SEED = process.env['JIELI_SEED'] ?? String(1 + (Math.trunc(performance.timeOrigin) % 9_999))
const PEOPLE = 500
const KILLS = 4
const WORKERS = 2
/** Short, so that a job of a dead process is taken up soon, and so short that a slow step outlives it. */
const LEASE_MS = 250
/** Within so many milliseconds after a kill is due it falls, so that it falls anywhere in a step. */
const SPREAD_MS = 60
const BAD_LINES = [
  '{"resourceType":"Patient","gender":"x","id":"bad"}',
  'no json',
  '{"resourceType":"Condition","id":"lost","subject":{"reference":"Patient/nobody"}}',
]

const chance = (...words: (string | number)[]): number => drawn(SEED, ...words)

type Progress = { state: string; seen: number }
const progressOf = async ({ made }: Told, job: string): Promise<Progress> =>
  (await made.database.row<Progress>(
    sql`select state, done + faults as seen from health_record.bulk_job where id = ${job.split('/').at(-1)}`,
  )) as Progress

/** Lets processes work on a job and kills all of them in its midst, at last one beside another; answers at how many kills it was under work. */
const workAndKill = async (t: TestContext, all: Told, job: string, total: number): Promise<number> => {
  const begin = async (): Promise<ChildProcess> =>
    (await startChild(t, 'tests/faults/bulk-worker.ts', [all.made.appUrl, String(LEASE_MS)])).child
  let working = await Promise.all(Array.from({ length: WORKERS }, begin))
  let inTheMidst = 0
  for (let kill = 0; kill < KILLS; kill += 1) {
    const due = (total * (kill + chance(job.length, 'due', kill))) / (KILLS + 1)
    while ((await progressOf(all, job)).seen < due) await wait(2)
    await wait(chance('moment', total, kill) * SPREAD_MS)
    // At the last time one lives on and takes over at once.
    const dying = kill === KILLS - 1 ? 1 : WORKERS
    await Promise.all(working.slice(0, dying).map(killAtOnce))
    if ((await progressOf(all, job)).state === 'running') inTheMidst += 1
    working = [...working.slice(dying), ...(await Promise.all(Array.from({ length: dying }, begin)))]
  }
  while ((await progressOf(all, job)).state === 'running') await wait(10)
  await Promise.all(working.map(killAtOnce))
  return inTheMidst
}

const countsOf = async ({ made }: Told) => {
  const row = await made.database.row<Record<string, number>>(sql`select
    (select count(*)::int from health_record.resource where fhir_id ~ '^[pcod]-') as resources,
    (select max(version)::int from health_record.resource) as newest,
    (select count(*)::int from health_record.resource_history where fhir_id ~ '^[pcod]-') as earlier,
    (select count(*)::int from platform.audit where form = 'fhir.import' and outcome = 'done') as audited,
    (select count(*)::int from residents.person where zh like '演示人%') as persons,
    (select count(*)::int from health_record.bulk_part where kind = 'input') as waiting`)
  return { ...row }
}

test('a bulk import and a bulk export whose processes are killed again and again bring everything over exactly once', async (t) => {
  console.log(`seed ${SEED} (JIELI_SEED=${SEED} repeats it)`)
  const all = await told(t)
  const { desk, ward } = all.stage
  const good = region(PEOPLE)
  const half = good.length / 2
  const lines = [...good.slice(0, half), ...BAD_LINES, ...good.slice(half)]

  await t.test('import', async () => {
    const job = await importAll(all, desk, lines.join('\n'))
    const inTheMidst = await workAndKill(t, all, job, lines.length)
    assert.ok(inTheMidst >= KILLS / 2, `${inTheMidst} of ${KILLS} kills fell in the midst`)
    const manifest = await manifestOf(all, desk, job)
    assert.deepEqual(manifest.extension, { lines: lines.length, taken: good.length, faults: BAD_LINES.length })
    const errors = (await all.as(desk).inject({ method: 'GET', url: new URL(manifest.error[0]?.url as string).pathname })).body
    const named = errors.split('\n').flatMap((line) => /Line (\d+)/.exec(line)?.[1] ?? [])
    assert.deepEqual(
      named.map(Number).toSorted((one, other) => one - other),
      BAD_LINES.map((_, at) => Math.floor(half) + at + 1),
      'each bad line is named once',
    )
    assert.deepEqual(await countsOf(all), {
      resources: good.length,
      newest: 1,
      earlier: 0,
      audited: good.length,
      persons: PEOPLE,
      waiting: 0,
    })
  })

  await t.test('export', async () => {
    const job = await beginExport(all, desk, '/fhir/R4/$export')
    const agreed = await all.as(ward).inject({ method: 'POST', url: `${job}/$approve` })
    assert.equal(agreed.statusCode, 204, agreed.body)
    const inTheMidst = await workAndKill(t, all, job, good.length)
    assert.ok(inTheMidst >= KILLS / 2, `${inTheMidst} of ${KILLS} kills fell in the midst`)
    const manifest = await manifestOf(all, desk, job)
    const left = await linesOf(all, desk, manifest)
    sameLines(good, left)
    assert.equal(left.map(keyOf).filter((key) => /\/[pcod]-\d+$/.test(key)).length, good.length, 'nothing else came along')
    const counted = await progressOf(all, job)
    assert.equal(counted.seen, left.length, 'what the job counted is what the files hold')
  })
})
