import assert from 'node:assert/strict'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import fastify from 'fastify'
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import type { Actor } from '../../src/platform/access.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { addAdviceRoutes, faces, type Advice } from '../../src/modules/fhir/index.ts'
import { loadCatalogue } from '../../src/modules/navigation/index.ts'
import { publicKeys } from '../../src/modules/smart/index.ts'
import { testHouse } from '../harness/house.ts'
import { actor, PLACES, setStage } from '../harness/stage.ts'
import { ofTheFile } from './server.ts'

const house = await testHouse(ofTheFile)
const stage = await setStage(house)
await house.database.transaction((tx) => loadCatalogue(tx))
for (const desk of [stage.desk, stage.cityDesk]) await stage.slot(desk, { specialty: '0304', daysAhead: 3 })
const person = await stage.person('演示赵敏', '1966-05-06')
const chief = actor('administrator', null)

/** A service outside, as somebody else would run it: what it was asked, and what it says. */
const asked: { readonly path: string; readonly body: any; readonly authorization: string }[] = [] // oxlint-disable-line no-explicit-any
let says: () => Promise<{ status: number; text: string }>
const readText = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}
const service = (hook: string) => ({
  hook,
  id: `drug-check-${hook}`,
  title: 'Drug check',
  description: 'Looks at drugs.',
  prefetch: {
    patient: 'Patient/{{context.patientId}}',
    problems: 'Condition?patient={{context.patientId}}',
    allergies: 'AllergyIntolerance?patient={{context.patientId}}',
  },
})
const outside = createServer((request, response) => {
  void (async () => {
    const text = await readText(request)
    if (request.url === '/cds-services')
      return response.end(JSON.stringify({ services: ['order-sign', 'appointment-book', 'patient-view'].map(service) }))
    asked.push({ path: request.url ?? '', body: JSON.parse(text), authorization: request.headers.authorization ?? '' })
    const said = await says()
    return response.writeHead(said.status).end(said.text)
  })()
})
await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve))
const there = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`
ofTheFile.after(() => {
  outside.closeAllConnections()
  outside.close()
})

let by: Actor | null = stage.villageDoctor
const appThat = (mayBePrivate: boolean) => {
  const app = fastify()
  addAdviceRoutes(app, {
    house: house.house,
    faces,
    baseUrl: () => 'https://region.example.org',
    mayBePrivate,
    actor: async () => by,
    hold: () => null,
  })
  ofTheFile.after(() => app.close())
  return app
}
const app = appThat(true)
const ask = async (change: object = {}, on = app): Promise<{ status: number; body: Advice }> => {
  const payload = {
    hook: 'order-sign',
    person,
    place: PLACES.city,
    condition: { key: 'I10', zh: '原发性高血压' },
    ...change,
  }
  const answer = await on.inject({ method: 'POST', url: '/hooks/ask', payload })
  return { status: answer.statusCode, body: answer.json() }
}
const card = (change: object = {}) => ({
  uuid: 'card-1',
  summary: '与正在服用的药物可能相互作用',
  indicator: 'warning',
  source: { label: 'Drug check', url: 'https://drugs.example.org' },
  ...change,
})
const saying = (cards: readonly object[]) => {
  says = async () => ({ status: 200, text: JSON.stringify({ cards }) })
}
const register = (change: object = {}) =>
  house.done('smart.register-adviser', chief, {
    adviser: 'drug-check',
    name: { zh: '用药审查', en: 'Drug check' },
    url: there,
    hooks: ['order-sign', 'appointment-book'],
    shares: ['Patient', 'Condition'],
    waitMs: 10_000,
    ...change,
  })
await register()

test('an order to the city: our own service names a lower place, the one outside its warning, the more severe first', async () => {
  saying([
    card(),
    card({ uuid: 'card-2', indicator: 'critical', summary: '长'.repeat(200) }),
    { summary: 'no source, so no card' },
  ])
  const { status, body } = await ask()
  assert.equal(status, 200)
  assert.deepEqual(body.failed, [])
  assert.deepEqual(
    body.cards.map(({ adviser, indicator }) => [adviser, indicator]),
    [
      ['drug-check', 'critical'],
      ['drug-check', 'warning'],
      ['lower-place', 'info'],
    ],
  )
  assert.equal([...(body.cards[0]?.summary ?? '')].length, 140)
  const own = body.cards.at(-1)
  assert.match(own?.summary ?? '', /高血压/)
  assert.notEqual(own?.suggestions[0]?.place?.id, PLACES.city)
  assert.ok(own?.suggestions[0]?.place?.name.zh)
})

test('the service outside hears who is about to do what by references, what is allowed of the record, and nobody’s name', async () => {
  saying([])
  asked.length = 0
  await ask()
  const [call] = asked
  assert.equal(call?.path, '/cds-services/drug-check-order-sign')
  const { context, prefetch, hook, hookInstance, ...rest } = (call as (typeof asked)[number]).body
  assert.deepEqual(rest, {})
  assert.equal(hook, 'order-sign')
  assert.match(hookInstance, /^[0-9a-f-]{36}$/)
  assert.equal(context.patientId, person)
  const draft = context.draftOrders.entry[0].resource
  assert.deepEqual(draft.performer, [{ reference: `Organization/${PLACES.city}` }])
  assert.deepEqual(draft.reasonCode[0].coding[0].code, 'I10')
  assert.deepEqual(Object.keys(prefetch).toSorted(), ['patient', 'problems'], 'allergies are not among what it may hear')
  assert.equal(prefetch.problems.resourceType, 'Bundle')
  assert.equal(prefetch.patient?.birthDate, '1966-05-06')
  assert.ok(!JSON.stringify(call?.body).includes('演示赵敏'))
  for (const field of ['name', 'identifier', 'telecom', 'address']) assert.ok(!(field in prefetch.patient), field)
  const keys = createLocalJWKSet((await publicKeys(house.house)) as JSONWebKeySet)
  const { payload, protectedHeader } = await jwtVerify(call?.authorization.replace('Bearer ', '') ?? '', keys, {
    issuer: 'https://region.example.org',
    audience: `${there}/cds-services/drug-check-order-sign`,
  })
  assert.equal(protectedHeader.alg, 'RS384')
  assert.ok(payload.jti && (payload.exp ?? 0) - (payload.iat ?? 0) <= 300)
  const rows = await house.database.rows<{ person: string }>(
    sql`select person_id::text as person from platform.audit where form = 'fhir.advice'`,
  )
  assert.ok(rows.some((row) => row.person === person))
})

test('a booking is told to the service with its beginning and its place', async () => {
  saying([card()])
  asked.length = 0
  const { body } = await ask({ hook: 'appointment-book', startsAt: '2026-12-01T09:00:00+08:00' })
  const appointment = asked[0]?.body.context.appointments.entry[0].resource
  assert.equal(appointment.start, '2026-12-01T09:00:00+08:00')
  assert.ok(body.cards.some(({ adviser }) => adviser === 'drug-check'))
})

test('what became of a card is told to its service, with the reason where it was not followed', async () => {
  says = async () => ({ status: 200, text: '{}' })
  asked.length = 0
  const remark = { adviser: 'drug-check', service: 'drug-check-order-sign', card: 'card-1' }
  const tell = (more: object) => app.inject({ method: 'POST', url: '/hooks/feedback', payload: { ...remark, ...more } })
  assert.deepEqual((await tell({ outcome: 'accepted', suggestion: 's-1' })).json(), { told: true })
  await tell({ outcome: 'overridden', reason: { code: 'clinical-need', display: '病情需要' }, comment: '已核对' })
  const [yes, no] = asked.map(({ body }) => body.feedback[0])
  assert.equal(asked[0]?.path, '/cds-services/drug-check-order-sign/feedback')
  assert.deepEqual(yes.acceptedSuggestions, [{ id: 's-1' }])
  assert.deepEqual(no.overrideReason, { reason: { code: 'clinical-need', display: '病情需要' }, userComment: '已核对' })
  assert.ok(no.outcomeTimestamp)
  says = async () => ({ status: 500, text: '' })
  assert.deepEqual((await tell({ outcome: 'accepted' })).json(), { told: false })
  assert.equal((await tell({ outcome: 'accepted', adviser: 'nobody' })).statusCode, 404)
  assert.equal((await tell({ outcome: 'accepted', service: '../../admin' })).statusCode, 400)
})

test('a service that fails is named and takes nothing from the others', async () => {
  for (const bad of ['not json', '{"cards": 7}', 'null']) {
    says = async () => ({ status: 200, text: bad })
    const { status, body } = await ask()
    assert.equal(status, 200)
    assert.deepEqual(
      body.failed.map(({ adviser, why }) => [adviser, why]),
      [['drug-check', 'fault']],
    )
    assert.ok(body.cards.some(({ adviser }) => adviser === 'lower-place'))
  }
  await register({ adviser: 'slow', waitMs: 300 })
  let isLetGo = (): void => {}
  const held = new Promise<void>((resolve) => {
    isLetGo = resolve
  })
  says = async () => held.then(() => ({ status: 200, text: '{"cards":[]}' }))
  await house.done('smart.switch-adviser', chief, { adviser: 'drug-check', isOn: false, reason: '不再使用' })
  const whys = new Map((await ask()).body.failed.map(({ adviser, why }) => [adviser, why]))
  assert.equal(whys.get('slow'), 'time')
  isLetGo()
  await house.done('smart.switch-adviser', chief, { adviser: 'slow', isOn: false, reason: '不再使用' })
  asked.length = 0
  assert.deepEqual((await ask()).body.failed, [])
  assert.equal(asked.length, 0, 'who was stopped is not asked')
  await house.done('smart.switch-adviser', chief, { adviser: 'drug-check', isOn: true, reason: '恢复使用' })
})

test('links lead to pages by TLS or to registered apps, nowhere else; a closed network is reached only where the deployer allows it', async () => {
  await house.done('smart.register-client', chief, {
    client: 'growth',
    name: { zh: '生长曲线', en: 'Growth chart' },
    kind: 'public',
    redirectUris: ['https://growth.example.org/after'],
    launchUrl: 'https://growth.example.org/launch',
    scopes: 'launch patient/*.rs',
  })
  const links = [
    { label: 'page', url: 'https://drugs.example.org/1', type: 'absolute' },
    { label: 'script', url: 'javascript:alert(1)', type: 'absolute' },
    { label: 'app', url: 'https://growth.example.org/launch', type: 'smart', appContext: '{"chart":"weight"}' },
    { label: 'unknown app', url: 'https://other.example.org/launch', type: 'smart' },
  ]
  saying([card({ links })])
  const { body } = await ask()
  assert.deepEqual(
    body.cards
      .find(({ adviser }) => adviser === 'drug-check')
      ?.links.map(({ label, app: to, appContext }) => [label, to, appContext]),
    [
      ['page', null, null],
      ['app', 'growth', '{"chart":"weight"}'],
    ],
  )
  asked.length = 0
  await register({ adviser: 'closed', url: there.replace('127.0.0.1', 'localhost') })
  const closed = await ask({}, appThat(false))
  assert.deepEqual(
    closed.body.failed.filter(({ adviser }) => adviser === 'closed').map(({ why }) => why),
    ['fault'],
  )
  assert.equal(asked.length, 0, 'nothing reached the closed network')
})

test('only who treats people asks, and about a person who is known', async () => {
  by = actor('resident', null, '演示赵敏', person)
  assert.equal((await ask()).status, 403)
  by = chief
  assert.equal((await ask()).status, 403)
  by = null
  assert.equal((await ask()).status, 401)
  by = stage.villageDoctor
  assert.equal((await ask({ person: '999999999999' })).status, 404)
  assert.equal((await ask({ hook: 'patient-view' })).status, 400)
})
