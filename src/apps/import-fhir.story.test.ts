import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { BadLineReason } from '../../tests/fixtures/fhir/bad-lines.ts'
import { FIXTURE_TYPES, writeFhirFixtures, type FhirFixtures } from '../../tests/fixtures/fhir/generate.ts'
import { testDatabase } from '../../tests/harness/database.ts'
import { newId } from '../kernel/id.ts'
import { openDatabase, raw, sql, type Database } from '../platform/database/pool.ts'
import { importFhir } from './import-fhir.ts'
import type { LineRefusalCode } from './import-fhir/line-refusals.ts'
import type { ImportSummary } from './import-fhir/tally.ts'

const TABLES = [
  'residents.person',
  'health_record.source_person',
  'health_record.resource',
  'health_record.resource_history',
]

let database: Database
let ofTheApp: Database
let close: () => Promise<void>
const folders: string[] = []

before(async () => {
  const fresh = await testDatabase()
  close = fresh.close
  database = openDatabase(fresh.ownerUrl, { size: 3 })
  ofTheApp = openDatabase(fresh.appUrl, { size: 3 })
})
after(async () => {
  await Promise.all([database.close(), ofTheApp.close()])
  await close()
  for (const folder of folders) rmSync(folder, { recursive: true })
})

const makeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-import-'))
  folders.push(folder)
  return folder
}

const load = (path: string, source: string | null = null): Promise<ImportSummary> =>
  importFhir({ database: ofTheApp, path, source, zone: 'Asia/Shanghai', place: null, onProgress: () => {} })

const loadLines = (lines: readonly (object | string)[], source: string | null = null): Promise<ImportSummary> => {
  const folder = makeFolder()
  writeFileSync(
    join(folder, 'lines.ndjson'),
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  )
  return load(folder, source)
}

/** One hash over every row of every table that a load writes. */
const fingerprint = async (): Promise<string[]> => {
  const hashes: string[] = []
  for (const table of TABLES) {
    const found = await database.row<{ hash: string }>(
      sql`select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as hash from ${raw(table)} t`,
    )
    hashes.push(`${table} ${found?.hash}`)
  }
  return hashes
}

const codesOf = ({ refused }: ImportSummary): LineRefusalCode[] => refused.map(({ code }) => code)

const patient = (id: string, fields: object = {}) => ({
  resourceType: 'Patient',
  id,
  name: [{ family: 'Larch', given: ['Ada'] }],
  birthDate: '1950-05-01',
  ...fields,
})
const weight = (id: string, subject: string, value = 61) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  subject: { reference: subject },
  effectiveDateTime: '2026-01-02',
  valueQuantity: { value, unit: 'kg' },
})

const REASONS: Record<BadLineReason, LineRefusalCode> = {
  'cut-json': 'not-json',
  'unknown-resource-type': 'type-unknown',
  'subject-not-found': 'subject-unknown',
  'missing-id': 'id-missing',
  'nul-character': 'not-json',
  'lone-surrogate': 'not-json',
  'integer-too-large': 'not-json',
  'duplicate-key': 'not-json',
}

suite('A whole export', () => {
  let folder: string
  let fixtures: FhirFixtures
  before(() => {
    folder = makeFolder()
    fixtures = writeFhirFixtures(folder, { patients: 40, seed: 'import', badLines: 24 })
  })

  test('every good resource is taken, each bad line is refused with its reason and hinders no other', async () => {
    const summary = await load(folder)
    for (const type of FIXTURE_TYPES) {
      const wanted = fixtures.counts[type] + fixtures.bundle.counts[type]
      assert.equal(summary.counts[type]?.new ?? 0, wanted, type)
    }
    const refused = summary.refused.map(({ file, line, code }) => `${file}:${line} ${code}`)
    const wanted = fixtures.refused.map(({ file, line, reason }) => `${file}:${line} ${REASONS[reason]}`)
    assert.deepEqual(refused.toSorted(), wanted.toSorted())
    for (const { zh, en } of summary.refused)
      assert.ok(/\p{Script=Han}/u.test(zh) && en.length > 20 && !/\{\w+\}/.test(zh + en), en)
    assert.equal(summary.total.read, summary.total.new + summary.total.refused)
  })

  test('running it again changes nothing', async () => {
    const earlier = await fingerprint()
    const summary = await load(folder)
    assert.deepEqual(await fingerprint(), earlier)
    assert.deepEqual([summary.total.new, summary.total.changed], [0, 0])
    assert.equal(summary.total.unchanged, summary.total.read - fixtures.refused.length)
  })

  test('the body is kept as it came, digit for digit; of a patient, no number of identity or phone', async () => {
    const bodies = await database.rows<{ body: string }>(
      sql`select body from health_record.resource where type = 'AllergyIntolerance'`,
    )
    const lines = readFileSync(join(folder, 'AllergyIntolerance.ndjson'), 'utf8').trim().split('\n')
    assert.ok(lines.length > 1)
    assert.deepEqual(
      lines.filter((line) => !bodies.some(({ body }) => body === line)),
      [],
    )
    const patients = await database.rows<{ body: string }>(sql`select body from health_record.resource where type = 'Patient'`)
    assert.equal(patients.length, 41)
    for (const { body } of patients) assert.ok(!/us-ssn|555-0/.test(body) && /valueDecimal":\d+\.\d{10,}/.test(body), body)
  })
})

suite('Who a patient is', () => {
  test('the same name and birthday in two ids are two persons', async () => {
    const [one, other] = [newId(), newId()]
    await loadLines([patient(one), patient(other)])
    const found = await database.row<{ count: string }>(
      sql`select count(distinct person_id)::text as count from health_record.source_person where source_id = any(${[one, other]})`,
    )
    assert.equal(found?.count, '2')
  })

  test('an id that comes back with another birthday is refused, and nothing of it reaches the first person', async () => {
    const id = newId()
    await loadLines([patient(id)])
    const summary = await loadLines([weight(newId(), `Patient/${id}`), patient(id, { birthDate: '1951-05-01' })])
    assert.deepEqual(codesOf(summary).toSorted(), ['patient-differs', 'subject-refused'])
  })

  test('an id that is no UUID needs the name of its source, and two sources do not mix', async () => {
    assert.deepEqual(codesOf(await loadLines([patient('7'), weight(newId(), 'Patient/7')])), ['source-needed', 'source-needed'])
    const lines = [weight('w', 'Patient/7'), patient('7')]
    assert.deepEqual([(await loadLines(lines, 'north')).total.new, (await loadLines(lines, 'south')).total.new], [2, 2])
    assert.equal((await loadLines(lines, 'north')).total.unchanged, 2)
  })

  test('a Chinese name is found by pinyin, another by its own letters; a day of death is taken', async () => {
    const [chinese, english] = [newId(), newId()]
    await loadLines([
      patient(chinese, { name: [{ family: '林', given: ['小满'] }, { text: 'Lin Xiaoman' }] }),
      patient(english, {
        name: [
          { use: 'maiden', family: 'Elm' },
          { use: 'official', family: 'Larch', given: ['Ada', 'May'] },
        ],
        deceasedDateTime: '2020-03-04T23:30:00-05:00',
      }),
    ])
    const rows = await database.rows(sql`select p.zh, p.en, p.pinyin, p.initials, p.died_on as "diedOn" from residents.person p
      join health_record.source_person s using (person_id) where s.source_id = any(${[chinese, english]}) order by p.person_id`)
    assert.deepEqual(rows, [
      { zh: '林小满', en: 'Lin Xiaoman', pinyin: 'linxiaoman', initials: 'lxm', diedOn: null },
      { zh: 'Ada May Larch', en: 'Ada May Larch', pinyin: 'adamaylarch', initials: 'aml', diedOn: '2020-03-04' },
    ])
  })

  test('a patient without a name cannot be entered', async () => {
    assert.deepEqual(codesOf(await loadLines([{ resourceType: 'Patient', id: newId() }])), ['patient-nameless'])
  })
})

suite('What comes again', () => {
  test('a changed body is the next version, the earlier stays in the history', async () => {
    const [id, observation] = [newId(), newId()]
    await loadLines([patient(id), weight(observation, `Patient/${id}`, 61)])
    const summary = await loadLines([weight(observation, `Patient/${id}`, 63)])
    assert.equal(summary.total.changed, 1)
    const [now, before] = await database.rows<{
      version: number
      body: string
    }>(sql`select version, body from health_record.resource where source_id = ${observation}
      union all select h.version, h.body from health_record.resource_history h join health_record.resource r using (person_id, id) where r.source_id = ${observation}
      order by version desc`)
    assert.deepEqual([now?.version, before?.version], [2, 1])
    assert.match(now?.body ?? '', /"value":63/)
    assert.match(before?.body ?? '', /"value":61/)
  })

  test('in one load, the same text twice is no harm, another text under the same id is refused', async () => {
    const [id, observation] = [newId(), newId()]
    const one = weight(observation, `Patient/${id}`, 61)
    const summary = await loadLines([patient(id), one, one, weight(observation, `Patient/${id}`, 90)])
    assert.deepEqual([summary.total.new, summary.total.unchanged, codesOf(summary)], [2, 1, ['id-twice']])
  })

  test('a resource known as somebody else’s is left alone', async () => {
    const [one, other, observation] = [newId(), newId(), newId()]
    await loadLines([patient(one), patient(other), weight(observation, `Patient/${one}`)])
    assert.deepEqual(codesOf(await loadLines([weight(observation, `Patient/${other}`)])), ['subject-changed'])
  })
})

suite('Files and references', () => {
  test('the patient is found by every form of reference, also from an earlier load', async () => {
    const id = newId()
    const identifier = [{ system: 'urn:a', value: `n-${id}` }]
    const forms = [
      `Patient/${id}`,
      `urn:uuid:${id}`,
      `https://a.example/fhir/Patient/${id}`,
      `Patient?identifier=urn:a|n-${id}`,
      `Patient?identifier=urn%3Aa%7Cn-${id}`,
    ]
    const summary = await loadLines([...forms.map((form) => weight(newId(), form)), patient(id, { identifier })])
    assert.deepEqual([summary.total.new, summary.refused], [6, []])
    assert.equal((await loadLines([weight(newId(), `Patient/${id}`)])).total.new, 1)
    assert.deepEqual(codesOf(await loadLines([weight(newId(), `Patient/${newId()}`)])), ['subject-unknown'])
  })

  test('the entries of a transaction without ids take them from their addresses; numbers keep their digits', async () => {
    const folder = makeFolder()
    const [url, other] = [`urn:uuid:${newId()}`, `urn:uuid:${newId()}`]
    const { id: _one, ...person } = patient('x')
    const { id: _two, ...observation } = weight('x', url)
    const text = JSON.stringify({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ fullUrl: other, resource: observation }, { fullUrl: url, resource: person }, {}],
    })
    writeFileSync(join(folder, 'bundle.json.gz'), gzipSync(text.replace('"value":61', '"value":61.500')))
    const summary = await load(folder)
    assert.deepEqual([summary.total.new, codesOf(summary), summary.refused[0]?.entry], [2, ['entry-empty'], 3])
    const kept = await database.row<{ body: string }>(
      sql`select body from health_record.resource where source_id = ${other.slice(9)}`,
    )
    assert.match(kept?.body ?? '', /"value":61\.500,/)
  })

  test('a file that breaks off gives what it had and says where it ends', async () => {
    const folder = makeFolder()
    const lines = Array.from({ length: 3000 }, () => JSON.stringify(patient(newId(), { text: { div: newId() } })))
    writeFileSync(join(folder, 'Patient.ndjson.gz'), gzipSync(lines.join('\n')).subarray(0, -4000))
    const summary = await load(folder)
    assert.ok(summary.total.new > 1000 && summary.total.new < 3000, String(summary.total.new))
    assert.deepEqual(codesOf(summary), ['file-cut'])
  })

  test('bytes that are no UTF-8, a type outside R4 and a history Bundle are refused by name', async () => {
    const folder = makeFolder()
    writeFileSync(
      join(folder, 'a.ndjson'),
      Buffer.concat([Buffer.from('{"resourceType":"Patient","id":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}\n\n{}')]),
    )
    writeFileSync(join(folder, 'b.json'), JSON.stringify({ resourceType: 'Bundle', type: 'history', entry: [] }))
    writeFileSync(join(folder, 'notes.txt'), 'passed over')
    const summary = await load(folder)
    assert.deepEqual(
      summary.refused.map(({ file, line, code }) => `${file}:${line} ${code}`),
      ['a.ndjson:1 not-utf8', 'a.ndjson:3 not-a-resource', 'b.json:1 bundle-kind'],
    )
  })
})

test('The load itself is on record, without a name or number', async () => {
  const rows = await database.rows(sql`select role, person_id from platform.audit where form = 'import.fhir'`)
  assert.ok(rows.length > 5 && rows.every((row) => JSON.stringify(row) === '{"role":"system","person_id":null}'))
})
