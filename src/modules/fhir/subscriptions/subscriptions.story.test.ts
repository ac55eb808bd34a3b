import assert from 'node:assert/strict'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import { testHouse, type TestHouse } from '../../../../tests/harness/house.ts'
import { setStage } from '../../../../tests/harness/stage.ts'
import type { Actor } from '../../../platform/access.ts'
import { sql } from '../../../platform/database/pool.ts'
import { addFhirRoutes } from '../index.ts'
import { queueWritten, tellDue } from './index.ts'

type Heard = { readonly body: string; readonly headers: IncomingHttpHeaders }
type Told = {
  readonly made: TestHouse
  readonly as: (actor: Actor) => FastifyInstance
  readonly desk: Actor
  readonly cityDesk: Actor
}
const JSON_TYPE = 'application/fhir+json'

const told = async (t: TestContext): Promise<Told> => {
  const made = await testHouse(t)
  const { desk, cityDesk } = await setStage(made)
  const apps = new Map<Actor, FastifyInstance>()
  for (const actor of [desk, cityDesk]) {
    const { account, role, org } = actor
    await made.database.run(sql`insert into security.account (id, login, password_hash, role, org_id, name_zh, created_at)
      values (${account}, ${`hook-${org}`}, 'none', ${role}, ${org}, '演示', now())`)
    const app = Fastify({ logger: false })
    await addFhirRoutes(app, {
      house: made.house,
      faces: new Map(),
      version: 'test',
      caller: async () => ({ actor, scopes: null, patient: null }),
      hold: () => null,
      baseUrl: () => 'https://jieli.example',
    })
    apps.set(actor, app)
    t.after(() => app.close())
  }
  const all = { made, as: (actor: Actor) => apps.get(actor) as FastifyInstance, desk, cityDesk }
  await queueAll(all)
  return all
}

/** A receiver that answers as the test says and keeps what it heard. */
const receiver = async (t: TestContext, status: () => number): Promise<{ url: string; heard: Heard[] }> => {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString('utf8')))
    request.on('end', () => {
      heard.push({ body, headers: request.headers })
      response.statusCode = status()
      response.end()
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, heard }
}

const post = (all: Told, actor: Actor, type: string, resource: object) =>
  all.as(actor).inject({
    method: 'POST',
    url: `/fhir/R4/${type}`,
    headers: { 'content-type': JSON_TYPE },
    payload: JSON.stringify({ resourceType: type, ...resource }),
  })

const subscription = (url: string, criteria = 'Observation?code=urn:x|a', payload: string | null = JSON_TYPE): object => ({
  status: 'requested',
  reason: '新结果',
  criteria,
  channel: { type: 'rest-hook', endpoint: url, header: ['X-Key: secret'], ...(payload && { payload }) },
})
const observation = (code: string): object => ({
  status: 'final',
  code: { coding: [{ system: 'urn:x', code }], text: 'x' },
  valueQuantity: { value: 1 },
})

/** Queues all that was written. An event counts when every older transaction of the cluster has ended, those of other databases too. */
const queueAll = async ({ made: { house, database } }: Told): Promise<void> => {
  const isHeldBack = sql`select from platform.outbox where xid >= pg_snapshot_xmin(pg_current_snapshot()) limit 1`
  while ((await database.row(isHeldBack)) !== null) await new Promise((resolve) => setTimeout(resolve, 20))
  while (await queueWritten(house));
}

/** Queues and tells until nothing is due any more. */
const settle = async (all: Told, triesMost = 3): Promise<void> => {
  const { house } = all.made
  for (let quiet = 0; quiet < 2;) {
    await queueAll(all)
    quiet = (await tellDue(house, { mayBePrivate: true, triesMost, firstWaitMs: 0 })) === 0 ? quiet + 1 : 0
  }
}

const statusOf = async (all: Told, id: string): Promise<string> =>
  (await all.as(all.desk).inject({ method: 'GET', url: `/fhir/R4/Subscription/${id}`, headers: { accept: JSON_TYPE } })).json<{
    status: string
  }>().status

test('what matches is told once, with its headers; what does not match or is not theirs is not', async (t) => {
  const all = await told(t)
  const hook = await receiver(t, () => 200)
  const made = await post(all, all.desk, 'Subscription', subscription(hook.url))
  assert.equal(made.statusCode, 201, made.body)
  const { id } = made.json<{ id: string }>()
  assert.equal(await statusOf(all, id), 'active')
  const own = await post(all, all.desk, 'Observation', observation('a'))
  assert.equal(own.statusCode, 201, own.body)
  await post(all, all.desk, 'Observation', observation('b'))
  await post(all, all.cityDesk, 'Observation', observation('a'))
  await settle(all)
  assert.equal(hook.heard.length, 1)
  const [{ body, headers }] = hook.heard as [Heard]
  assert.equal((JSON.parse(body) as { id: string }).id, own.json<{ id: string }>().id)
  assert.equal(headers['x-key'], 'secret')
  const [{ noted }] = (await all.made.database.rows<{ noted: number }>(
    sql`select count(*)::integer as noted from platform.audit where form = 'fhir.notify'`,
  )) as [{ noted: number }]
  assert.equal(noted, 1, 'what was told is on record')
  await all.as(all.desk).inject({ method: 'DELETE', url: `/fhir/R4/Subscription/${id}` })
  await post(all, all.desk, 'Observation', observation('a'))
  await settle(all)
  assert.equal(hook.heard.length, 1, 'off')
})

test('a receiver that fails is asked again, then the subscription stands still and nothing is lost', async (t) => {
  const all = await told(t)
  let status = 500
  const hook = await receiver(t, () => status)
  const { id } = (await post(all, all.desk, 'Subscription', subscription(hook.url, 'Observation?', null))).json<{ id: string }>()
  await post(all, all.desk, 'Observation', observation('a'))
  await settle(all)
  assert.equal(hook.heard.length, 3)
  assert.equal(hook.heard[0]?.body, '', 'without a payload only a knock')
  assert.equal(await statusOf(all, id), 'error')
  await post(all, all.desk, 'Observation', observation('b'))
  await settle(all)
  assert.equal(hook.heard.length, 3, 'it stands still')
  status = 204
  const again = await all.as(all.desk).inject({
    method: 'PUT',
    url: `/fhir/R4/Subscription/${id}`,
    headers: { 'content-type': JSON_TYPE },
    payload: JSON.stringify({ resourceType: 'Subscription', id, ...subscription(hook.url, 'Observation?', null) }),
  })
  assert.equal(again.statusCode, 200, again.body)
  await settle(all)
  assert.equal(hook.heard.length, 5, 'both are told now')
  assert.equal(await statusOf(all, id), 'active')
})

test('a sender that dies after queueing or while telling loses nothing', async (t) => {
  const all = await told(t)
  const hook = await receiver(t, () => 200)
  await post(all, all.desk, 'Subscription', subscription(hook.url))
  await post(all, all.desk, 'Observation', observation('a'))
  await queueAll(all)
  // It had claimed the notification when it died: the claim ends by itself.
  await all.made.database.run(sql`update health_record.notification set leased_until = now() + interval '1 hour'`)
  await settle(all)
  assert.equal(hook.heard.length, 0)
  await all.made.database.run(sql`update health_record.notification set leased_until = now()`)
  await settle(all)
  assert.equal(hook.heard.length, 1)
})

test('private networks are not asked unless the deployer allows it; what cannot be carried out is refused', async (t) => {
  const all = await told(t)
  const hook = await receiver(t, () => 200)
  await post(all, all.desk, 'Subscription', subscription(hook.url))
  await post(all, all.desk, 'Observation', observation('a'))
  await queueAll(all)
  while ((await tellDue(all.made.house, { mayBePrivate: false, triesMost: 2, firstWaitMs: 0 })) > 0);
  assert.equal(hook.heard.length, 0)
  const wrong: readonly object[] = [
    subscription('https://example.org', 'Nothing?a=b'),
    subscription('https://example.org', 'Observation?nonsense=1'),
    subscription('ftp://example.org'),
    subscription('https://example.org', 'Observation?', 'text/csv'),
    { ...subscription('https://example.org'), channel: { type: 'email', endpoint: 'https://example.org' } },
    {
      ...subscription('https://example.org'),
      channel: { type: 'rest-hook', endpoint: 'https://example.org', header: ['Host: other'] },
    },
  ]
  for (const one of wrong) assert.equal((await post(all, all.desk, 'Subscription', one)).statusCode, 422, JSON.stringify(one))
})

test('a Subscription within a transaction or a batch is turned on as well; however it is deleted, nothing is told any more', async (t) => {
  const all = await told(t)
  const hook = await receiver(t, () => 200)
  const bundle = (type: string, entry: object[]) => post(all, all.desk, '', { resourceType: 'Bundle', type, entry })
  const entry = (criteria: string): object => ({
    resource: { resourceType: 'Subscription', ...subscription(hook.url, criteria) },
    request: { method: 'POST', url: 'Subscription' },
  })
  const refused = await bundle('transaction', [entry('Observation?code=urn:x|a'), entry('Nonsense?a=b')])
  assert.equal(refused.statusCode, 422, refused.body)
  const made = await bundle('transaction', [entry('Observation?code=urn:x|a')])
  assert.equal(made.statusCode, 200, made.body)
  const batch = await bundle('batch', [entry('Nonsense?a=b'), entry('Observation?code=urn:x|b')])
  const answers = batch
    .json<{ entry: { response: { status: string } }[] }>()
    .entry.map(({ response }) => response.status.slice(0, 3))
  assert.deepEqual(answers, ['422', '201'])
  await post(all, all.desk, 'Observation', observation('a'))
  await post(all, all.desk, 'Observation', observation('b'))
  await settle(all)
  assert.equal(hook.heard.length, 2)
  const [, id] = /Subscription\/([^/"]+)\/_history/.exec(made.body) ?? []
  assert.equal(await statusOf(all, id as string), 'active')
  const gone = await all
    .as(all.desk)
    .inject({ method: 'DELETE', url: `/fhir/R4/Subscription?_id=${id}`, headers: { accept: JSON_TYPE } })
  assert.equal(gone.statusCode, 204, gone.body)
  await post(all, all.desk, 'Observation', observation('a'))
  await settle(all)
  assert.equal(hook.heard.length, 2)
})
