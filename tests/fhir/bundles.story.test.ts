import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from '../../src/platform/database/pool.ts'
import { testHouse } from '../harness/house.ts'
import { setStage } from '../harness/stage.ts'
import { fhirServer, ofTheFile, type Told } from './server.ts'

const house = await testHouse(ofTheFile)
const stage = await setStage(house)
const person = await stage.person('演示事务', '1950-05-06')
const { desk, cityDesk } = stage
const server = await fhirServer(ofTheFile, house, { desk, cityDesk })

const URN = (at: number): string => `urn:uuid:00000000-0000-4000-8000-00000000000${at}`
const bundle = (type: string, entry: readonly object[]) => ({ resourceType: 'Bundle', type, entry })
const post = (type: string, entry: readonly object[], as = desk) => server.ask('POST', '', { body: bundle(type, entry), as })
const observation = (more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: '体温' },
  subject: { reference: `Patient/${person}` },
  ...more,
})
const stored = async (): Promise<number> =>
  (
    (await house.database.row<{ count: number }>(sql`select count(*)::int as count from health_record.resource`)) as {
      count: number
    }
  ).count

test('A transaction leads references between its entries to where they stand, patient included', async () => {
  const answer = await post('transaction', [
    { fullUrl: URN(1), resource: { resourceType: 'Observation', status: 'final', code: { text: '血压' }, subject: { reference: URN(2) }, encounter: { reference: URN(3) } }, request: { method: 'POST', url: 'Observation' } },
    { fullUrl: URN(2), resource: { resourceType: 'Patient', name: [{ text: '演示新人' }], gender: 'male' }, request: { method: 'POST', url: 'Patient' } },
    { fullUrl: URN(3), resource: { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' }, subject: { reference: URN(2) } }, request: { method: 'PUT', url: 'Encounter/visit-1' } },
  ]) // prettier-ignore
  assert.equal(answer.status, 200, answer.text)
  assert.equal(answer.json.type, 'transaction-response')
  const [one, two, three] = answer.json.entry.map((entry: Told) => entry.response.location.split('/')[1])
  assert.deepEqual(
    answer.json.entry.map((entry: Told) => entry.response.status),
    ['201 Created', '201 Created', '201 Created'],
  )
  const { json } = await server.ask('GET', `Observation/${one}`)
  assert.deepEqual([json.subject.reference, json.encounter.reference, three], [`Patient/${two}`, 'Encounter/visit-1', 'visit-1'])
  const found = await server.ask('GET', `Observation?patient=${two}`)
  assert.equal(found.json.total, 1)
})

test('One bad entry, and nothing of a transaction remains; a batch reports each', async () => {
  const before = await stored()
  const good = { resource: observation(), request: { method: 'POST', url: 'Observation' } }
  const wrongs = [
    { resource: { ...observation(), status: 'nonsense' }, request: { method: 'POST', url: 'Observation' } },
    { resource: observation(), request: { method: 'POST', url: 'Patient' } },
    { request: { method: 'PATCH', url: 'Observation/none' } },
    { resource: { ...observation(), id: 'visit-1' }, request: { method: 'PUT', url: 'Observation/visit-1', ifMatch: 'W/"9"' } },
    { resource: observation({ encounter: { reference: URN(7) } }), request: { method: 'POST', url: 'Observation' } },
    {
      resource: observation({ encounter: { reference: 'Encounter?identifier=nowhere' } }),
      request: { method: 'POST', url: 'Observation' },
    },
    { request: { method: 'GET', url: 'Observation/none' } },
  ]
  for (const wrong of wrongs) {
    const answer = await post('transaction', [good, wrong])
    assert.ok(answer.status >= 400 && answer.status < 500, answer.text)
    assert.equal(answer.json.resourceType, 'OperationOutcome')
    assert.equal(await stored(), before, JSON.stringify(wrong))
  }
  const batch = await post('batch', [good, ...wrongs.slice(0, 2)])
  assert.deepEqual(
    batch.json.entry.map((entry: Told) => entry.response.status.slice(0, 3)),
    ['201', '422', '400'],
  )
  assert.equal(await stored(), before + 1)
})

test('What is conditional is written once: created unless it is there, updated and deleted where it matches', async () => {
  const body = observation({ identifier: [{ system: 'urn:lab', value: 'C-1' }] })
  const headers = { 'if-none-exist': 'identifier=urn:lab|C-1' }
  const first = await server.ask('POST', 'Observation', { body, headers })
  const second = await server.ask('POST', 'Observation', { body, headers })
  assert.deepEqual([first.status, second.status, second.json.id], [201, 200, first.json.id])
  const updated = await server.ask('PUT', 'Observation?identifier=urn:lab|C-1', { body: { ...body, status: 'amended' } })
  assert.deepEqual([updated.status, updated.json.id, updated.json.meta.versionId], [200, first.json.id, '2'])
  const elsewhere = await server.ask('PUT', 'Observation?identifier=urn:lab|C-2', {
    body: observation({ identifier: [{ system: 'urn:lab', value: 'C-2' }] }),
  })
  assert.equal(elsewhere.status, 201)
  const several = await server.ask('DELETE', 'Observation?code:text=体温')
  assert.equal(several.status, 412)
  assert.equal((await server.ask('DELETE', 'Observation?identifier=urn:lab|C-1')).status, 204)
  assert.equal((await server.ask('GET', `Observation/${first.json.id}`)).status, 410)
  const again = await post('transaction', [
    { resource: body, request: { method: 'POST', url: 'Observation', ifNoneExist: 'identifier=urn:lab|C-2' } },
  ])
  assert.equal(again.json.entry[0].response.status, '200 OK', again.text)
})

test('Paging shows every match once, while others write', async () => {
  const made = new Set<string>()
  for (let at = 0; at < 30; at += 1) {
    const { json } = await server.ask('POST', 'Condition', {
      body: { resourceType: 'Condition', subject: { reference: `Patient/${person}` }, code: { text: `${at}` } },
    })
    made.add(json.id)
  }
  const seen: string[] = []
  let url: string | null = `Condition?patient=${person}&_count=7`
  for (let page = 0; url; page += 1) {
    const [answer]: Told = await Promise.all([
      server.ask('GET', url),
      server.ask('POST', 'Condition', {
        body: { resourceType: 'Condition', subject: { reference: `Patient/${person}` }, code: { text: `late ${page}` } },
      }),
      server.ask('PUT', `Condition/${[...made][page]}`, {
        body: {
          resourceType: 'Condition',
          id: [...made][page],
          subject: { reference: `Patient/${person}` },
          code: { text: 'changed' },
        },
      }),
    ])
    seen.push(...answer.json.entry.map((one: Told) => one.resource.id))
    url = answer.json.link.find((one: Told) => one.relation === 'next')?.url ?? null
  }
  assert.equal(new Set(seen).size, seen.length)
  assert.deepEqual(seen.filter((id) => made.has(id)).toSorted(), [...made].toSorted())
})

test('Of many who change one resource at once each version is there, numbered without a gap, and none changes', async () => {
  const { json } = await server.ask('POST', 'Observation', { body: observation() })
  const changes = Array.from({ length: 12 }, (_, at) =>
    server.ask('PUT', `Observation/${json.id}`, { body: observation({ id: json.id, note: [{ text: `${at}` }] }) }),
  )
  assert.ok((await Promise.all(changes)).every(({ status }) => status === 200))
  const guarded = Array.from({ length: 6 }, () =>
    server.ask('PUT', `Observation/${json.id}`, { body: observation({ id: json.id }), headers: { 'if-match': 'W/"13"' } }),
  )
  assert.deepEqual((await Promise.all(guarded)).map(({ status }) => status).toSorted(), [200, 412, 412, 412, 412, 412])
  const { json: history } = await server.ask('GET', `Observation/${json.id}/_history?_count=100`)
  assert.deepEqual(
    history.entry.map((one: Told) => Number(one.resource.meta.versionId)),
    Array.from({ length: 14 }, (_, at) => 14 - at),
  )
  const changed = await house.database.rows(
    sql`select 1 from health_record.resource_history where hash <> sha256(convert_to(body, 'UTF8'))`,
  )
  assert.equal(changed.length, 0)
})

test('Another institution reaches nothing through a Bundle', async () => {
  const { json } = await server.ask('POST', 'Observation', { body: observation() })
  const batch = await post('batch', [
    { request: { method: 'GET', url: `Observation/${json.id}` } },
    { request: { method: 'GET', url: `Observation?patient=${person}` } },
    { request: { method: 'DELETE', url: `Observation/${json.id}` } },
    { request: { method: 'GET', url: `Observation/${json.id}/_history` } },
  ], cityDesk) // prettier-ignore
  assert.deepEqual(
    batch.json.entry.map((one: Told) => one.response.status.slice(0, 3)),
    ['404', '200', '204', '404'],
  )
  assert.equal(batch.json.entry[1].resource.total, 0)
  assert.equal((await server.ask('GET', `Patient/${person}/$everything`, { as: cityDesk })).status, 404)
})

test('Writing about a person opens nothing: a stranger’s own note is theirs, and the rest of the record stays shut', async () => {
  const other = await stage.person('演示生人', '1961-02-03')
  const about = { subject: { reference: `Patient/${other}` } }
  const theirs = await server.ask('POST', 'Observation', { body: observation(about), as: desk })
  assert.equal(theirs.status, 201, theirs.text)
  const own = await server.ask('POST', 'Observation', { body: observation(about), as: cityDesk })
  assert.equal(own.status, 201, own.text)
  const found = await server.ask('GET', `Observation?patient=${other}&_sort=-date`, { as: cityDesk })
  assert.deepEqual(
    found.json.entry.map(({ resource }: Told) => resource.id),
    [own.json.id],
  )
  assert.equal((await server.ask('GET', `Observation/${theirs.json.id}`, { as: cityDesk })).status, 404)
  const rows = await house.database.rows<{ basis: string }>(sql`select lawful_basis as basis from platform.audit
    where form = 'fhir.create' and person_id = ${other} and account_id = ${cityDesk.account}`)
  assert.deepEqual(rows, [{ basis: 'custodian' }])
})
