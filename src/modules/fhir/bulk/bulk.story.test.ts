import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import {
  DIGITS,
  told,
  region,
  settle,
  importAll,
  beginExport,
  manifestOf,
  linesOf,
  keyOf,
  sameLines,
  type Told,
  type Manifest,
} from '../../../../tests/harness/bulk.ts'
import { actor, PLACES } from '../../../../tests/harness/stage.ts'
import { sql } from '../../../platform/database/pool.ts'
import { faces } from '../index.ts'
import { workOnBulk } from './index.ts'

test('what is imported in bulk is exported equal: nothing lost, nothing twice, digits kept', async (t) => {
  const all = await told(t)
  const { stage } = all
  const lines = region()
  const imported = await importAll(all, stage.desk, lines.join('\n'), 'load-1')
  const early = await all.as(stage.desk).inject({ method: 'GET', url: imported })
  assert.equal(early.statusCode, 202)
  assert.match(String(early.headers['x-progress']), /0 of 181/)
  await settle(all)
  assert.deepEqual((await manifestOf(all, stage.desk, imported)).extension, {
    lines: lines.length,
    taken: lines.length,
    faults: 0,
  })
  assert.equal(await importAll(all, stage.desk, lines.join('\n'), 'load-1'), imported, 'the same key begins nothing new')

  await t.test('a second load changes nothing', async () => {
    await importAll(all, stage.desk, lines.join('\n'))
    await settle(all)
    const [row] = await all.made.database.rows<{ most: number }>(
      sql`select max(version)::integer as most from health_record.resource`,
    )
    assert.equal(row?.most, 1)
  })

  await t.test('what comes twice in one load is written once, and its change after it', async () => {
    const line = (value: string): string => lines[0]?.replaceAll('o-0', 'twice').replace(DIGITS, value) ?? ''
    const job = await importAll(all, stage.desk, [line('1.0'), line('1.0'), line('2.0')].join('\n'))
    await settle(all)
    assert.equal((await manifestOf(all, stage.desk, job)).extension.taken, 3)
    const newest = await all.as(stage.desk).inject({ method: 'GET', url: '/fhir/R4/Observation/twice' })
    assert.deepEqual([newest.headers['etag'], newest.body.includes('"value":2.0')], ['W/"2"', true])
    await all.as(stage.desk).inject({ method: 'DELETE', url: '/fhir/R4/Observation/twice' })
    const again = await importAll(all, stage.desk, line('3.0'))
    await settle(all)
    assert.equal((await manifestOf(all, stage.desk, again)).extension.taken, 1)
    assert.equal((await all.as(stage.desk).inject({ method: 'GET', url: '/fhir/R4/Observation/twice' })).headers['etag'], 'W/"4"')
    await all.as(stage.desk).inject({ method: 'DELETE', url: '/fhir/R4/Observation/twice' })
  })

  await t.test('an export of many waits for a second person, who is not the first', async () => {
    const job = await beginExport(all, stage.desk, '/fhir/R4/$export')
    await settle(all)
    const waiting = await all.as(stage.desk).inject({ method: 'GET', url: job })
    assert.equal(waiting.statusCode, 202)
    assert.match(String(waiting.headers['x-progress']), /second person/)
    const self = await all.as(stage.desk).inject({ method: 'POST', url: `${job}/$approve` })
    assert.equal(self.statusCode, 403)
    const second = await all.as(stage.ward).inject({ method: 'POST', url: `${job}/$approve` })
    assert.equal(second.statusCode, 204, second.body)
    await settle(all)
    const manifest = await manifestOf(all, stage.desk, job)
    const left = await linesOf(all, stage.desk, manifest)
    sameLines(lines, left)
    assert.ok(left.some((line) => line.includes(`"value":${DIGITS}`)))
    const others = await all.as(stage.ward).inject({ method: 'GET', url: job })
    assert.equal(others.statusCode, 404, 'who agreed does not get the files')
    await rangesHold(all, manifest)
    const gone = await all.as(stage.desk).inject({ method: 'DELETE', url: job })
    assert.equal(gone.statusCode, 202)
    assert.equal((await all.as(stage.desk).inject({ method: 'GET', url: job })).statusCode, 404)
  })

  await t.test('a group, types and a time narrow it; few persons need no second person', async () => {
    const group = {
      resourceType: 'Group',
      id: 'g',
      type: 'person',
      actual: true,
      member: [{ entity: { reference: 'Patient/p-3' } }, { entity: { reference: 'Patient/p-7' } }],
    }
    await importAll(all, stage.desk, JSON.stringify(group))
    await settle(all)
    const job = await beginExport(all, stage.desk, '/fhir/R4/Group/g/$export?_type=Condition,Observation')
    await settle(all)
    const left = await linesOf(all, stage.desk, await manifestOf(all, stage.desk, job))
    assert.deepEqual(left.map(keyOf).sort(), ['Condition/c-3', 'Condition/c-7', 'Observation/o-3', 'Observation/o-7'])
    const later = await beginExport(
      all,
      stage.desk,
      `/fhir/R4/Group/g/$export?_since=${encodeURIComponent('2999-01-01T00:00:00Z')}`,
    )
    await settle(all)
    assert.deepEqual((await manifestOf(all, stage.desk, later)).output, [])
  })

  await t.test('a filter takes of its type only what a search finds; what a filter cannot say is refused', async () => {
    const filter = (text: string): string =>
      `/fhir/R4/Group/g/$export?_type=Condition,Observation&_typeFilter=${encodeURIComponent(text)}`
    const job = await beginExport(all, stage.desk, filter('Observation?_id=o-3,Observation?value-quantity=gt5'))
    await settle(all)
    const left = await linesOf(all, stage.desk, await manifestOf(all, stage.desk, job))
    assert.deepEqual(left.map(keyOf).sort(), ['Condition/c-3', 'Condition/c-7', 'Observation/o-3'])
    for (const wrong of ['Observation', 'Observation?nonsense=1', 'Observation?subject:Patient.name=x', 'Nothing?a=b']) {
      const refused = await all.as(stage.desk).inject({ method: 'GET', url: filter(wrong), headers: { prefer: 'respond-async' } })
      assert.equal(refused.statusCode, 400, `${wrong}: ${refused.body}`)
    }
  })

  await t.test('what was deleted since a time is said', async () => {
    const gone = await all.as(stage.desk).inject({ method: 'DELETE', url: '/fhir/R4/Observation/o-7' })
    assert.equal(gone.statusCode, 204, gone.body)
    const since = encodeURIComponent('2000-01-01T00:00:00Z')
    const job = await beginExport(all, stage.desk, `/fhir/R4/Group/g/$export?_type=Condition,Observation&_since=${since}`)
    await settle(all)
    const { deleted, ...manifest } = await manifestOf(all, stage.desk, job)
    assert.ok(!(await linesOf(all, stage.desk, manifest)).some((line) => keyOf(line) === 'Observation/o-7'))
    assert.deepEqual(
      deleted.map(({ type, count }) => [type, count]),
      [['Bundle', 1]],
    )
    const file = await all.as(stage.desk).inject({ method: 'GET', url: new URL(deleted[0]?.url ?? '').pathname })
    assert.deepEqual(file.json<{ entry: unknown }>().entry, [{ request: { method: 'DELETE', url: 'Observation/o-7' } }])
    const narrow = await beginExport(all, stage.desk, `/fhir/R4/Group/g/$export?_type=Condition&_since=${since}`)
    await settle(all)
    assert.deepEqual((await manifestOf(all, stage.desk, narrow)).deleted, [])
  })

  await t.test('an approval that was given beforehand lets an export begin at once, and only once', async () => {
    const wish = { persons: 5_000, purpose: '质量评价', reason: '年度质量评价' }
    const { org, export: id } = await all.made.done('record-access.ask-export', all.admin, wish)
    const ask = () =>
      all.as(all.admin).inject({ method: 'GET', url: `/fhir/R4/$export?_approval=${id}`, headers: { prefer: 'respond-async' } })
    assert.equal((await ask()).statusCode, 403, 'nobody has agreed yet')
    await all.made.done('record-access.decide-export', actor('health-bureau', null), { org, export: id, decision: 'approved' })
    const begun = await ask()
    assert.equal(begun.statusCode, 202, begun.body)
    await settle(all)
    await manifestOf(all, all.admin, new URL(String(begun.headers['content-location'])).pathname)
    assert.equal((await ask()).statusCode, 403, 'an approval is taken once')
  })

  await t.test('another institution gets nothing of it', async () => {
    const job = await beginExport(all, stage.familyDoctor, '/fhir/R4/Group/g/$export').catch(() => null)
    assert.equal(job, null, 'the group itself is not theirs')
    const own = await beginExport(all, stage.familyDoctor, '/fhir/R4/Patient/$export')
    await settle(all)
    const status = await all.as(stage.familyDoctor).inject({ method: 'GET', url: own })
    if (status.statusCode === 200) for (const { type } of (status.json() as Manifest).output) assert.notEqual(type, 'Condition')
  })
})

/** A broken download goes on where it stopped. */
const rangesHold = async (all: Told, { output }: Manifest): Promise<void> => {
  const path = new URL((output[0] as { url: string }).url).pathname
  const get = (range?: string) =>
    all.as(all.stage.desk).inject({ method: 'GET', url: path, ...(range && { headers: { range } }) })
  const whole = (await get()).rawPayload
  const [head, tail] = [await get('bytes=0-99'), await get('bytes=100-')]
  assert.deepEqual([head.statusCode, tail.statusCode], [206, 206])
  assert.equal(head.headers['content-range'], `bytes 0-99/${whole.length}`)
  assert.deepEqual(Buffer.concat([head.rawPayload, tail.rawPayload]), whole)
  assert.equal((await get(`bytes=${whole.length}-`)).statusCode, 416)
}

test('wrong lines are named by their numbers and hinder no other; a job that breaks off goes on where it stood', async (t) => {
  const all = await told(t)
  const { stage, made } = all
  const good = region()
  const lines = [
    ...good.slice(0, 100),
    '{"resourceType":"Patient","gender":"x","id":"bad"}',
    'no json',
    '{"resourceType":"Condition","id":"lost","subject":{"reference":"Patient/nobody"}}',
    ...good.slice(100),
  ]
  const job = await importAll(all, stage.desk, lines.join('\n'))
  // A process takes the job, makes steps, and dies: its claim ends, what it committed stays.
  const before = await made.database.row<{ id: string }>(sql`select id from health_record.bulk_job`)
  assert.ok(before && job.endsWith(before.id))
  await made.database.run(sql`update health_record.bulk_job set leased_until = now() + interval '1 hour'`)
  assert.equal(await workOnBulk(made.house, faces), false, 'nobody else takes it meanwhile')
  await made.database.run(sql`update health_record.bulk_job set leased_until = now()`)
  await settle(all)
  const manifest = await manifestOf(all, stage.desk, job)
  assert.deepEqual(manifest.extension, { lines: lines.length, taken: good.length, faults: 3 })
  const errors = await all.as(stage.desk).inject({ method: 'GET', url: new URL(manifest.error[0]?.url as string).pathname })
  const named = errors.body
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => /Line (\d+)/.exec(line)?.[1])
  assert.deepEqual(named.sort(), ['101', '102', '103'])
  const [row] = await made.database.rows<{ kept: number }>(
    sql`select count(*)::integer as kept from health_record.resource where custodian_org = ${PLACES.county}`,
  )
  assert.ok((row?.kept ?? 0) >= good.length)
})

test('nobody without a sign-in, no resident, nothing synchronous', async (t) => {
  const all = await told(t)
  assert.equal((await all.as(null).inject({ method: 'GET', url: '/fhir/R4/$export' })).statusCode, 401)
  assert.equal((await all.as(all.stage.desk).inject({ method: 'GET', url: '/fhir/R4/$export' })).statusCode, 400)
  assert.equal(
    (
      await all
        .as(all.stage.desk)
        .inject({ method: 'POST', url: '/fhir/R4/$import', headers: { 'content-type': 'text/csv' }, payload: 'a' })
    ).statusCode,
    415,
  )
})

const SYNTHEA = process.env['JIELI_FHIR_SAMPLE'] ?? ''

test(
  'a folder of a synthetic region comes out as it went in',
  { skip: existsSync(SYNTHEA) ? false : 'JIELI_FHIR_SAMPLE names no folder of *.ndjson.gz' },
  async (t) => {
    const all = await told(t)
    const lines = readdirSync(SYNTHEA)
      .filter((name) => name.endsWith('.ndjson.gz'))
      .flatMap((name) =>
        gunzipSync(readFileSync(join(SYNTHEA, name)))
          .toString('utf8')
          .split('\n')
          .filter((line) => line !== ''),
      )
    const began = performance.now()
    const job = await importAll(all, all.stage.desk, lines.join('\n'))
    await settle(all)
    const half = performance.now()
    assert.equal((await manifestOf(all, all.stage.desk, job)).extension.taken, lines.length)
    const out = await beginExport(all, all.stage.desk, '/fhir/R4/$export')
    await all.as(all.stage.ward).inject({ method: 'POST', url: `${out}/$approve` })
    await settle(all)
    sameLines(lines, await linesOf(all, all.stage.desk, await manifestOf(all, all.stage.desk, out)))
    t.diagnostic(`${lines.length} resources: in ${Math.round(half - began)} ms, out ${Math.round(performance.now() - half)} ms`)
  },
)
