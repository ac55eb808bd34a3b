import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { importFhir } from '../../src/apps/import-fhir.ts'
import { asSystem } from '../../src/platform/database/as-system.ts'
import { openDatabase, sql } from '../../src/platform/database/pool.ts'
import { testDatabase } from '../harness/database.ts'

// Bad FHIR by name. FHIR comes in by the import only: what a search or a PUT could bring (_count, :not, _include, If-Match) has
// no entrance here. Each line is refused by itself with a reason, or kept as it came; none hinders the others.

const patient = (id: string, extra: object = {}): object => ({
  resourceType: 'Patient',
  id,
  name: [{ family: 'Muster', given: ['Ada'] }],
  birthDate: '1950-05-01',
  ...extra,
})
const bundle = (entry: readonly object[]): object => ({ resourceType: 'Bundle', type: 'transaction', entry })
const uuid = (serial: number): string => `00000000-0000-4000-8000-${String(serial).padStart(12, '0')}`
const weight = (id: string, subject: string, extra: object = {}): object => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  subject: { reference: subject },
  effectiveDateTime: '2024-01-01T08:00:00+08:00',
  valueQuantity: { value: 61, unit: 'kg' },
  ...extra,
})

type Expected = { readonly kept: number; readonly refused: readonly string[] }
const WHO = uuid(1)
const CASES: readonly [name: string, lines: readonly (object | string)[], expected: Expected][] = [
  ['unknown elements are kept', [weight(uuid(10), `Patient/${WHO}`, { favouriteColour: 'blue' })], { kept: 1, refused: [] }],
  [
    'an unknown modifierExtension is kept, not dropped',
    [weight(uuid(11), `Patient/${WHO}`, { modifierExtension: [{ url: 'http://example.org/not', valueBoolean: true }] })],
    { kept: 1, refused: [] },
  ],
  [
    'a narrative with a script is kept as text',
    [
      weight(uuid(12), `Patient/${WHO}`, {
        text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></div>' },
      }),
    ],
    { kept: 1, refused: [] },
  ],
  [
    'contained resources that point at each other in a ring',
    [
      weight(uuid(13), `Patient/${WHO}`, {
        contained: [
          { resourceType: 'Observation', id: 'a', hasMember: [{ reference: '#b' }] },
          { resourceType: 'Observation', id: 'b', hasMember: [{ reference: '#a' }] },
        ],
        hasMember: [{ reference: '#a' }],
      }),
    ],
    { kept: 1, refused: [] },
  ],
  [
    'a type that does not exist inside a Bundle',
    [bundle([{ fullUrl: `urn:uuid:${uuid(14)}`, resource: { resourceType: 'Patiant', id: uuid(14) } }])],
    { kept: 0, refused: ['type-unknown'] },
  ],
  ['an entry without a resource', [bundle([{ fullUrl: `urn:uuid:${uuid(15)}` }])], { kept: 0, refused: ['entry-empty'] }],
  [
    'a Bundle inside a Bundle',
    [bundle([{ fullUrl: `urn:uuid:${uuid(16)}`, resource: bundle([]) }])],
    { kept: 0, refused: ['bundle-nested'] },
  ],
  [
    'urn:uuid references across entries, the one that is pointed at last',
    [
      bundle([
        { fullUrl: `urn:uuid:${uuid(18)}`, resource: weight(uuid(18), `urn:uuid:${uuid(17)}`) },
        { fullUrl: `urn:uuid:${uuid(17)}`, resource: patient(uuid(17)) },
      ]),
    ],
    { kept: 2, refused: [] },
  ],
  [
    'the same fullUrl twice with two bodies',
    [
      bundle([
        { fullUrl: `urn:uuid:${uuid(19)}`, resource: weight(uuid(19), `Patient/${WHO}`) },
        { fullUrl: `urn:uuid:${uuid(19)}`, resource: weight(uuid(19), `Patient/${WHO}`, { valueQuantity: { value: 99 } }) },
      ]),
    ],
    { kept: 1, refused: ['id-twice'] },
  ],
  ['a subject that nobody is', [weight(uuid(20), `Patient/${uuid(999)}`)], { kept: 0, refused: ['subject-unknown'] }],
  ['an id that would lead out of a folder', [weight('../../etc', `Patient/${WHO}`)], { kept: 0, refused: ['id-malformed'] }],
  [
    'half of a surrogate pair',
    [JSON.stringify(weight(uuid(21), `Patient/${WHO}`)).replace('"kg"', '"\\ud842"')],
    { kept: 0, refused: ['not-json'] },
  ],
  [
    'nested 5 000 deep',
    ['{"resourceType":"Observation","a":'.concat('['.repeat(5_000), ']'.repeat(5_000), '}')],
    { kept: 0, refused: ['not-json'] },
  ],
  [
    'a Bundle with 10 000 entries',
    [
      bundle(
        Array.from({ length: 10_000 }, (_, at) => ({
          fullUrl: `urn:uuid:${uuid(100_000 + at)}`,
          resource: weight(uuid(100_000 + at), `Patient/${WHO}`),
        })),
      ),
    ],
    { kept: 10_000, refused: [] },
  ],
]

test('FHIR', async (t) => {
  const { appUrl, close } = await testDatabase()
  const database = openDatabase(appUrl, { size: 3 })
  const folder = mkdtempSync(join(tmpdir(), 'jieli-bad-fhir-'))
  t.after(async () => {
    await database.close()
    await close()
    rmSync(folder, { recursive: true })
  })
  const held = async (): Promise<number> =>
    (
      (await asSystem(database).row<{ count: number }>(sql`select (select count(*) from health_record.resource)::int as count`)) as {
        count: number
      }
    ).count
  const load = (name: string, lines: readonly (object | string)[]) => {
    const path = join(folder, name)
    writeFileSync(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
    return importFhir({ database, path, source: null, zone: 'Asia/Shanghai', place: null, onProgress: () => {} })
  }
  assert.deepEqual((await load('who.ndjson', [patient(WHO)])).refused, [])
  for (const [at, [name, lines, expected]] of CASES.entries())
    await t.test(name, async () => {
      const before = await held()
      const { refused } = await load(`case-${at}.ndjson`, lines)
      assert.deepEqual({ kept: (await held()) - before, refused: refused.map(({ code }) => code) }, expected)
    })
  await t.test('a double extension, and a text that only calls itself FHIR, are refused by name', async () => {
    assert.deepEqual(
      (await load('patients.ndjson.exe', [patient(uuid(30))])).refused.map(({ code }) => code),
      ['file-kind-unknown'],
    )
    assert.deepEqual(
      (await load('page.ndjson', ['<html><script>alert(1)</script></html>'])).refused.map(({ code }) => code),
      ['not-json'],
    )
  })
})
