import assert from 'node:assert/strict'
import { test } from 'node:test'
import fastify from 'fastify'
import { addHookRoutes } from '../../src/modules/fhir/index.ts'
import { loadCatalogue } from '../../src/modules/navigation/index.ts'
import { newId } from '../../src/kernel/id.ts'
import { testHouse } from '../harness/house.ts'
import { PLACES, setStage } from '../harness/stage.ts'
import { ofTheFile } from './server.ts'

const house = await testHouse(ofTheFile)
const stage = await setStage(house)
await house.database.transaction((tx) => loadCatalogue(tx))
for (const desk of [stage.desk, stage.cityDesk]) await stage.slot(desk, { specialty: '0304', daysAhead: 3 })
const app = fastify()
addHookRoutes(app, { house: house.house, baseUrl: () => 'https://region.example.org', hold: () => null })
ofTheFile.after(() => app.close())

const order = (performer: string, code = 'I10') => ({
  resourceType: 'ServiceRequest',
  id: 'draft-1',
  status: 'draft',
  intent: 'order',
  subject: { reference: 'Patient/1' },
  performer: [{ reference: `Organization/${performer}` }],
  reasonCode: [{ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }] }],
})
const call = (hook: string, context: object, path = `/cds-services/jieli-lower-place-${hook}`) =>
  app.inject({ method: 'POST', url: path, payload: { hook, hookInstance: crypto.randomUUID(), context } })
const signing = (draft: object) =>
  call('order-sign', {
    userId: 'Practitioner/1',
    patientId: '1',
    draftOrders: { resourceType: 'Bundle', type: 'collection', entry: [{ resource: draft }] },
  })

test('what is served says at which hooks it is asked, and what it would like to know', async () => {
  const { services } = (await app.inject('/cds-services')).json()
  assert.deepEqual(
    services.map(({ hook }: { hook: string }) => hook),
    ['order-sign', 'appointment-book'],
  )
  for (const one of services) assert.ok(one.title && one.description && one.id && one.prefetch.patient)
})

test('hypertension on its way to the city hospital: a lower place is named, and the order may be changed to it', async () => {
  const answer = await signing(order(PLACES.city))
  assert.equal(answer.statusCode, 200, answer.body)
  const { cards } = answer.json()
  assert.equal(cards.length, 1, answer.body)
  const [card] = cards
  assert.ok([...card.summary].length <= 140)
  assert.match(card.summary, /高血压.*can treat/)
  const [action] = card.suggestions[0].actions
  assert.equal(action.type, 'update')
  assert.notEqual(action.resource.performer[0].reference, `Organization/${PLACES.city}`)
  assert.equal(action.resource.reasonCode[0].coding[0].code, 'I10')
  const feedback = { feedback: [{ card: card.uuid, outcome: 'accepted', outcomeTimestamp: '2026-11-22T00:00:00Z' }] }
  assert.equal(
    (await app.inject({ method: 'POST', url: '/cds-services/jieli-lower-place-order-sign/feedback', payload: feedback }))
      .statusCode,
    200,
  )
})

test('there is nothing to say where the place is low enough, the condition unknown, or nothing is named', async () => {
  for (const draft of [
    order(PLACES.village),
    order(PLACES.city, 'X-unknown'),
    order('999999999999'),
    { resourceType: 'ServiceRequest' },
    {},
  ])
    assert.deepEqual((await signing(draft)).json(), { cards: [] })
  assert.deepEqual((await call('order-sign', {})).json(), { cards: [] })
})

test('a visit that is being booked is looked at in the same way', async () => {
  const { performer: _performer, ...rest } = order(PLACES.city)
  const appointment = {
    ...rest,
    resourceType: 'Appointment',
    participant: [{ actor: { reference: `Location/${PLACES.city}` }, status: 'accepted' }],
  }
  const context = {
    userId: 'Patient/1',
    patientId: '1',
    appointments: { resourceType: 'Bundle', type: 'collection', entry: [{ resource: appointment }] },
  }
  const { cards } = (await call('appointment-book', context)).json()
  assert.equal(cards.length, 1)
  assert.equal(cards[0].suggestions, undefined)
})

test('a call that does not fit is refused', async () => {
  assert.equal((await call('order-sign', {}, '/cds-services/jieli-lower-place-appointment-book')).statusCode, 404)
  const bad = await app.inject({
    method: 'POST',
    url: '/cds-services/jieli-lower-place-order-sign',
    payload: { hook: 'order-sign', hookInstance: newId().slice(1) },
  })
  assert.equal(bad.statusCode, 400)
})
