import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faces } from '../../src/modules/fhir/index.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { testHouse } from '../harness/house.ts'
import { PLACES, setStage } from '../harness/stage.ts'
import { fhirServer, ofTheFile, type Answer, type Told } from './server.ts'

// Requests that R4 does not allow, or allows in a way that is easily got wrong: each is answered by its own rule and changes nothing.

const house = await testHouse(ofTheFile)
const { desk } = await setStage(house)
const server = await fhirServer(ofTheFile, house, { desk }, faces)

const observation = (more: object = {}) => ({ resourceType: 'Observation', status: 'final', code: { text: '血压' }, ...more })
const identifier = (value: string) => ({ system: 'urn:t', value })
for (const id of ['a', 'b', 'c'])
  await server.ask('PUT', `Observation/${id}`, {
    body: observation({ id, identifier: [identifier('twin'), identifier(id)], valueQuantity: { value: 5 }, effectiveDateTime: '2025-01-02' }),
  }) // prettier-ignore

const transaction = (...entry: unknown[]) => ({ resourceType: 'Bundle', type: 'transaction', entry })
const posted = (more: object, fullUrl?: string) => ({
  ...(fullUrl && { fullUrl }),
  resource: observation(more),
  request: { method: 'POST', url: 'Observation' },
})
const member = (reference: string) => ({ hasMember: [{ reference }] })
const text = (inner: string) => `{"resourceType":"Observation","status":"final","code":{"text":"x"},${inner}}`
const XML = { 'content-type': 'application/fhir+xml' }
const PATCH = { 'content-type': 'application/json-patch+json' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const typed = (type: string) => ({ 'content-type': type })
const mark = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const storeMark = (at: string, id = '00000000-0000-7000-8000-000000000000') => mark({ from: 'store', mark: { at, id } })
const matching = (more: object) => ({
  resourceType: 'Parameters',
  parameter: [{ name: 'resource', resource: { resourceType: 'Patient', name: [{ text: '演示' }] } }, more],
})

type Sent = { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
type Row = readonly [method: string, path: string, status: number, code: string | null, sent?: Sent]

// how    | what                                                        | answer | issue           | with
const BAD: readonly Row[] = [
  // Modifiers that a parameter does not have, and chains that lead nowhere. R4, search (memory; the official example operationoutcome-example-searchfail): refused, never ignored.
  ['GET', 'Observation?status:below=x', 400, 'invalid'],
  ['GET', 'Observation?date:exact=2025', 400, 'invalid'],
  ['GET', 'Observation?subject:above=x', 400, 'invalid'],
  ['GET', 'Observation?status:missing=maybe', 400, 'invalid'],
  ['GET', 'Observation?code.text=x', 400, 'invalid'],
  ['GET', 'Observation?subject:Nothing.name=x', 400, 'invalid'],
  ['GET', 'Observation?subject:Patient.nothing=x', 400, 'not-supported'],
  ['GET', 'Patient?_has:Observation:patient=x', 400, 'invalid'],
  ['GET', 'Patient?_has:Observation:nothing:code=x', 400, 'not-supported'],
  // Values of another kind.
  ['GET', 'Observation?date=2025-13-01', 400, 'invalid'],
  ['GET', 'Observation?date=2025-02-30', 400, 'invalid'],
  ['GET', 'Observation?date=near2025', 400, 'invalid'],
  ['GET', 'Observation?_lastUpdated=gt', 400, 'invalid'],
  ['GET', 'Observation?value-quantity=gtx', 400, 'invalid'],
  ['GET', 'Observation?value-quantity=5|a|b|c', 400, 'invalid'],
  ['GET', 'Observation?value-quantity=1e999', 400, 'invalid'],
  // What stands for the whole search.
  ['GET', 'Observation?_count=-1', 400, 'invalid'],
  ['GET', 'Observation?_count=many', 400, 'invalid'],
  ['GET', 'Observation?_sort=nothing', 400, 'not-supported'],
  ['GET', 'Observation?_sort=-', 400, 'not-supported'],
  ['GET', 'Observation?_summary=some', 400, 'invalid'],
  ['GET', 'Observation?_total=some', 400, 'invalid'],
  ['GET', 'Observation?_include=subject', 400, 'invalid'],
  ['GET', 'Observation?_revinclude=Nothing:subject', 400, 'invalid'],
  ['GET', 'Observation?nothing=x', 400, 'not-supported', { headers: { prefer: 'handling=strict' } }],
  // Marks of pages that no page of ours has, or that belong to another search.
  ['GET', 'Observation?_cursor=abc', 400, 'invalid'],
  ['GET', `Observation?_sort=_lastUpdated&_cursor=${storeMark('')}`, 400, 'invalid'],
  ['GET', `Observation?_sort=_lastUpdated&_cursor=${storeMark('2025-99-99')}`, 400, 'invalid'],
  ['GET', `Observation?_cursor=${storeMark('', '-'.repeat(36))}`, 400, 'invalid'],
  ['GET', `Communication?_cursor=${mark({ from: 'face', mark: '2025-99-99T99:99:99Z~00000000-0000-7000-8000-000000000000' })}`, 400, 'invalid'],
  ['GET', `Observation/_history?_after=${Buffer.from('x|y|z').toString('base64url')}`, 400, 'invalid'],
  ['GET', 'Observation/a/_history?_after=zzz', 400, 'invalid'],
  ['GET', 'Observation/a/_history?_count=-1', 400, 'invalid'],
  ['GET', 'Observation/a/_history?_since=yesterday', 400, 'invalid'],
  ['GET', 'Observation/a/_history/x', 404, 'not-found'],
  ['GET', 'Observation/a/_history/0', 404, 'not-found'],
  ['GET', 'Observation/none/_history', 404, 'not-found'],
  // Addresses.
  ['GET', 'Observation/a_b', 400, 'invalid'],
  ['GET', `Observation/${'x'.repeat(65)}`, 400, 'invalid'],
  ['GET', 'observation/a', 404, 'not-supported'],
  ['POST', 'Observation/a', 405, 'not-supported', { body: observation() }],
  ['GET', 'Observation/$nothing', 405, 'not-supported'],
  // What kind of content is taken and given. R4, http, content types and the parameter fhirVersion (memory).
  ['GET', 'Observation/a', 406, 'invalid', { headers: { accept: 'text/csv' } }],
  ['GET', 'Observation/a', 406, 'invalid', { headers: { accept: 'application/fhir+json;q=0' } }],
  ['GET', 'Observation/a', 406, 'invalid', { headers: { accept: 'application/fhir+json; fhirVersion=3.0' } }],
  ['GET', 'Observation/a?_format=yaml', 406, 'invalid'],
  ['POST', 'Observation', 415, 'not-supported', { body: observation(), headers: typed('text/plain') }],
  ['POST', 'Observation', 415, 'not-supported', { body: observation(), headers: typed('application/fhir+json; charset=gbk') }],
  ['POST', 'Observation', 415, 'not-supported', { body: observation(), headers: typed('application/fhir+json; fhirVersion=3.0') }],
  ['POST', 'Observation/_search', 415, 'invalid', { body: '{"code":"x"}', headers: typed('application/json') }],
  ['PATCH', 'Observation/a', 415, 'invalid', { body: [{ op: 'replace', path: '/status', value: 'amended' }], headers: typed('application/fhir+json') }],
  ['PATCH', 'Observation/a', 415, 'invalid', { body: '<diff/>', headers: typed('application/xml-patch+xml') }],
  // Bodies that cannot be read, or not be given back as they came.
  ['POST', 'Observation', 400, 'structure', { body: '' }],
  ['POST', 'Observation', 400, 'structure', { body: 'null' }],
  ['POST', 'Observation', 400, 'structure', { body: '{"resourceType":"Observation",}' }],
  ['POST', 'Observation', 400, 'structure', { body: text('"status":"final"') }],
  ['POST', 'Observation', 400, 'structure', { body: text('"valueString":"\\ud800"') }],
  ['POST', 'Observation', 400, 'structure', { body: text('"valueQuantity":{"value":1e999999}') }],
  ['POST', 'Observation', 422, 'value', { body: text('"valueInteger":2147483648') }],
  ['POST', 'Observation', 422, 'value', { body: text('"valueInteger":1.5') }],
  ['POST', 'Observation', 400, 'structure', { headers: XML, body: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Observation xmlns="http://hl7.org/fhir"><code><text value="&e;"/></code></Observation>' }],
  ['POST', 'Observation', 400, 'structure', { headers: XML, body: '<Observation xmlns="http://hl7.org/fhir"><code><text value="&nope;"/></code></Observation>' }],
  ['POST', 'Observation', 400, 'structure', { headers: XML, body: '<Observation xmlns="urn:other"><status value="final"/></Observation>' }],
  // Updates. R4, http, update (memory): the id of the body is that of the address.
  ['PUT', 'Observation/a', 400, 'invalid', { body: observation() }],
  ['PUT', 'Observation/a', 400, 'invalid', { body: observation({ id: 'b' }) }],
  ['PUT', 'Observation/a', 400, 'invalid', { body: { resourceType: 'Condition', id: 'a' } }],
  ['PUT', 'Observation/a', 412, 'conflict', { body: observation({ id: 'a' }), headers: { 'if-match': 'W/"x"' } }],
  ['PUT', 'Observation/a', 412, 'conflict', { body: observation({ id: 'a' }), headers: { 'if-match': '' } }],
  ['PUT', 'Observation/a', 412, 'conflict', { body: observation({ id: 'a' }), headers: { 'if-match': 'W/"7", W/"8"' } }],
  ['PUT', 'Observation/fresh', 412, 'conflict', { body: observation({ id: 'fresh' }), headers: { 'if-match': '*' } }],
  // Conditions that match several, or name nothing that could match. R4, http, conditional interactions (memory).
  ['PUT', 'Observation?identifier=urn:t|twin', 412, 'multiple-matches', { body: observation() }],
  ['PUT', 'Observation', 400, 'invalid', { body: observation() }],
  ['PUT', 'Observation?nothing=x', 400, 'not-supported', { body: observation() }],
  ['PUT', 'Observation?_count=1', 400, 'invalid', { body: observation() }],
  ['DELETE', 'Observation', 400, 'invalid'],
  ['DELETE', 'Observation?nothing=x', 400, 'not-supported'],
  ['DELETE', 'Observation?identifier=urn:t|twin', 412, 'multiple-matches'],
  ['POST', 'Observation', 412, 'multiple-matches', { body: observation(), headers: { 'if-none-exist': 'identifier=urn:t|twin' } }],
  ['POST', 'Observation', 400, 'invalid', { body: observation(), headers: { 'if-none-exist': '' } }],
  ['POST', 'Observation', 400, 'not-supported', { body: observation(), headers: { 'if-none-exist': 'nothing=x' } }],
  // Patches. RFC 6902 §5: all of it or nothing.
  ['PATCH', 'Observation/a', 422, 'processing', { headers: PATCH, body: [{ op: 'replace', path: '/status', value: 'amended' }, { op: 'test', path: '/status', value: 'final' }] }],
  ['PATCH', 'Observation/a', 422, 'processing', { headers: PATCH, body: [{ op: 'remove', path: '/note' }] }],
  ['PATCH', 'Observation/a', 422, 'processing', { headers: PATCH, body: [{ op: 'replace', path: '/identifier/7/value', value: 'x' }] }],
  ['PATCH', 'Observation/a', 422, 'processing', { headers: PATCH, body: [{ op: 'replace', path: '/id', value: 'x' }] }],
  ['PATCH', 'Observation/a', 422, 'code-invalid', { headers: PATCH, body: [{ op: 'replace', path: '/status', value: 'nonsense' }] }],
  ['PATCH', 'Observation/a', 422, 'structure', { headers: PATCH, body: [{ op: 'add', path: '/__proto__/x', value: 1 }] }],
  ['PATCH', 'Observation/a', 400, 'structure', { headers: PATCH, body: [] }],
  // Bundles. R4, http, transactions (memory): what cannot be led to one entry or one resource fails the whole.
  ['POST', '', 400, 'structure', { body: { resourceType: 'Bundle', type: 'collection', entry: [] } }],
  ['POST', '', 400, 'structure', { body: { resourceType: 'Bundle', type: 'transaction', entry: {} } }],
  ['POST', '', 400, 'invalid', { body: transaction(null) }],
  ['POST', '', 400, 'invalid', { body: transaction(posted({}), posted(member('urn:uuid:00000000-0000-4000-8000-0000000000ff'))) }],
  ['POST', '', 400, 'invalid', { body: transaction(posted({}, 'urn:uuid:1'), posted({}, 'urn:uuid:1')) }],
  ['POST', '', 400, 'invalid', { body: transaction(posted({}), posted(member('Observation?identifier=urn:t|none'))) }],
  ['POST', '', 412, 'multiple-matches', { body: transaction(posted({}), posted(member('Observation?identifier=urn:t|twin'))) }],
  ['POST', '', 400, 'invalid', { body: transaction({ resource: observation({ id: 'z' }), request: { method: 'PUT', url: 'Observation/y' } }) }],
  ['POST', '', 412, 'conflict', { body: transaction(posted({}), { resource: observation({ id: 'a' }), request: { method: 'PUT', url: 'Observation/a', ifMatch: 'W/"7"' } }) }],
  ['POST', '', 400, 'invalid', { body: transaction({ request: { method: 'TRACE', url: 'Observation/a' } }) }],
  ['POST', '', 404, 'not-found', { body: transaction(posted({}), { request: { method: 'GET', url: 'Observation/none' } }) }],
  ['POST', 'Patient/$match', 400, 'invalid', { body: matching({ name: 'count', valueInteger: -3 }) }],
  ['POST', 'Patient/$match', 400, 'invalid', { body: { resourceType: 'Parameters' } }],
] // prettier-ignore

const ask = ([method, path, , , sent]: Row): Promise<Answer> => server.ask(method, path.replaceAll('|', '%7C'), sent)
const stored = () => house.database.rows(sql`select type, fhir_id, version from health_record.resource order by id`)

test(`${BAD.length} bad requests: each by its rule, with an OperationOutcome, and nothing is written`, async () => {
  const before = await stored()
  const wrong: string[] = []
  for (const row of BAD) {
    const [method, path, status, code, sent] = row
    const { status: said, json, text: told } = await ask(row)
    const [issue] = json?.resourceType === 'OperationOutcome' ? json.issue : []
    if (said !== status || issue?.code !== code || issue?.severity === 'information')
      wrong.push(`${method} ${path} ${JSON.stringify(sent ?? '').slice(0, 160)}: ${said} ${issue?.code} instead of ${status} ${code}; ${told.slice(0, 200)}`)
  } // prettier-ignore
  assert.deepEqual(wrong, [])
  assert.deepEqual(await stored(), before)
})

const ids = ({ json }: Answer): string[] => (json.entry ?? []).map(({ resource }: Told) => resource.id)

test('what looks bad and is not is answered as R4 says', async () => {
  const count = await server.ask('GET', 'Observation?_count=0')
  assert.deepEqual([count.status, count.json.total, count.json.entry], [200, 3, undefined], '_count=0 counts alone')
  assert.deepEqual(ids(await server.ask('GET', 'Observation?_id=a,b')).toSorted(), ['a', 'b'])
  assert.deepEqual(ids(await server.ask('GET', 'Observation?_id=a,b&_id=b,c')), ['b'], 'what is repeated holds together')
  assert.equal((await server.ask('GET', 'Patient?name=gtsmith')).status, 200, 'a text has no prefix')
  assert.equal((await server.ask('GET', 'Observation?nothing=x', { headers: { prefer: 'handling=lenient' } })).status, 200)
  assert.equal((await server.ask('POST', '', { body: { resourceType: 'Bundle', type: 'transaction' } })).status, 200)
  const searched = await server.ask('POST', 'Observation/_search', { body: 'identifier=urn:t%7Ca', headers: FORM })
  assert.deepEqual(ids(searched), ['a'])
})

test('a format in the address is stronger than Accept, and Accept goes by its weights', async () => {
  const typeOf = async (path: string, accept: string): Promise<string> =>
    (await server.ask('GET', path, { headers: { accept } })).headers.get('content-type')?.split(';')[0] ?? ''
  assert.equal(await typeOf('Observation/a?_format=xml', 'application/fhir+json'), 'application/fhir+xml')
  assert.equal(await typeOf('Observation/a?_format=application/fhir%2Bjson', 'application/fhir+xml'), 'application/fhir+json')
  assert.equal(await typeOf('Observation/a', 'application/fhir+json;q=0.1, application/fhir+xml'), 'application/fhir+xml')
  assert.equal(await typeOf('Observation/a', 'application/fhir+json; fhirVersion=4.0'), 'application/fhir+json')
})

test('who has it already is told so, in stored resources and in those of the modules; HEAD says what GET would', async () => {
  const place = `Organization/${PLACES.county}`
  for (const path of ['Observation/a', place]) {
    const { headers } = await server.ask('GET', path)
    const etag = headers.get('etag') as string
    for (const known of [etag, etag.replace('W/', ''), '*', `W/"0", ${etag}`]) {
      const again = await server.ask('GET', path, { headers: { 'if-none-match': known } })
      assert.deepEqual([again.status, again.text], [304, ''], `${path} ${known}`)
    }
    for (const other of ['W/"0"', '"none"', '']) assert.equal((await server.ask('GET', path, { headers: { 'if-none-match': other } })).status, 200)
    const head = await server.ask('HEAD', path)
    assert.deepEqual([head.status, head.text, head.headers.get('etag')], [200, '', etag])
  } // prettier-ignore
  assert.equal((await server.ask('GET', 'Observation/none', { headers: { 'if-none-match': '*' } })).status, 404)
  assert.equal((await server.ask('HEAD', 'Observation/none')).status, 404)
})

test('If-Match takes any of several, and * what stands', async () => {
  for (const [at, ifMatch] of ['W/"1"', '"2"', '3', 'W/"9", W/"4"', '*'].entries()) {
    const changed = await server.ask('PUT', 'Observation/c', { body: observation({ id: 'c' }), headers: { 'if-match': ifMatch } })
    assert.deepEqual([changed.status, changed.json.meta?.versionId], [200, String(at + 2)], `${ifMatch}: ${changed.text}`)
  }
})

test('what is preferred of a write comes back: nothing, the resource, or what became of it', async () => {
  const made = (prefer: string) => server.ask('POST', 'Observation', { body: observation(), headers: { prefer } })
  const minimal = await made('return=minimal')
  assert.deepEqual([minimal.status, minimal.text], [201, ''])
  assert.match(minimal.headers.get('location') ?? '', /Observation\/[^/]+\/_history\/1$/)
  assert.equal((await made('return=representation')).json.resourceType, 'Observation')
  assert.equal((await made('return=nonsense')).json.resourceType, 'Observation', 'an unknown wish is no wish')
  assert.equal((await made('return=OperationOutcome')).json.resourceType, 'OperationOutcome')
})

test('entries of a transaction may refer to one another in a ring', async () => {
  const [one, other] = ['urn:uuid:00000000-0000-4000-8000-00000000000a', 'urn:uuid:00000000-0000-4000-8000-00000000000b']
  const { status, json } = await server.ask('POST', '', {
    body: transaction(posted(member(other), one), posted(member(one), other)),
  })
  assert.equal(status, 200)
  const [first, second] = json.entry.map(({ resource }: Told) => resource)
  assert.deepEqual(
    [first.hasMember[0].reference, second.hasMember[0].reference],
    [`Observation/${second.id}`, `Observation/${first.id}`],
  )
})
