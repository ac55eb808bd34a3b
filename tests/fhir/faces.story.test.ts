import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faces } from '../../src/modules/fhir/index.ts'
import { testHouse } from '../harness/house.ts'
import { actor, PLACES, setStage } from '../harness/stage.ts'
import { fhirServer, ofTheFile } from './server.ts'

const house = await testHouse(ofTheFile)
const stage = await setStage(house)
const person = await stage.person('演示预约者', '1966-07-08')
const resident = actor('resident', null, '演示预约者', person)
const other = actor('resident', null, '演示旁人', await stage.person('演示旁人', '1990-07-08'))
const { desk, cityDesk, villageDoctor } = stage
const server = await fhirServer(ofTheFile, house, { resident, other, desk, cityDesk, villageDoctor }, faces)
const unit = await stage.slot(stage.tcmDesk, { daysAhead: 3 })
const slot = `Slot/${unit.org}-${unit.pool}`
const booking = (patient: string, status = 'booked') => ({
  resourceType: 'Appointment',
  status,
  slot: [{ reference: slot }],
  participant: [{ actor: { reference: `Patient/${patient}` }, status: 'accepted' }],
})

test('an Appointment on one of our slots is a booking, and its cancellation gives the unit back', async () => {
  const made = await server.ask('POST', 'Appointment', { as: resident, body: booking(person) })
  assert.equal(made.status, 201, made.text)
  assert.equal(made.json.status, 'booked')
  const id = made.json.id as string
  assert.match(made.headers.get('location') ?? '', new RegExp(`/Appointment/${id}/_history/`))
  const { bookings } = await house.done('booking.mine', resident)
  assert.deepEqual(
    bookings.map(({ id: one }: { id: string }) => `${unit.org}-${one}`),
    [id],
  )
  assert.equal((await server.ask('GET', `Appointment/${id}`, { as: other })).status, 404)
  const byOther = (one: string) =>
    server.ask('PUT', `Appointment/${one}`, { as: other, body: { ...made.json, id: one, status: 'cancelled' } })
  const [hidden, absent] = [await byOther(id), await byOther(`${unit.org}-00000000-0000-7000-8000-000000000000`)]
  assert.equal(hidden.status, 403)
  assert.deepEqual([hidden.status, hidden.text], [absent.status, absent.text], 'as for a booking that is not there')
  const stale = { as: resident, body: { ...made.json, status: 'cancelled' }, headers: { 'if-match': 'W/"0000000000000000"' } }
  assert.equal((await server.ask('PUT', `Appointment/${id}`, stale)).status, 412)
  assert.equal(
    (await server.ask('PUT', `Appointment/${id}`, { as: resident, body: { ...made.json, status: 'fulfilled' } })).status,
    405,
  )
  const cancelled = await server.ask('PUT', `Appointment/${id}`, { as: resident, body: { ...made.json, status: 'cancelled' } })
  assert.deepEqual([cancelled.status, cancelled.json.status], [200, 'cancelled'])
  assert.deepEqual((await house.done('booking.mine', resident)).bookings, [])
})

test('a booking for somebody else is refused by the form behind it', async () => {
  const refused = await server.ask('POST', 'Appointment', { as: other, body: booking(person) })
  assert.deepEqual([refused.status, refused.json.resourceType], [404, 'OperationOutcome'])
})

test('a Task moves the referral; what no form stands behind answers which to use', async () => {
  const { referral } = await house.done('referral.send', villageDoctor, {
    person,
    receiver: PLACES.county,
    specialty: '0304',
    condition: { key: 'I10', zh: '高血压' },
    letter: { impression: '高血压', reason: '控制不佳', pastHistory: '', treatment: '' },
    consent: { by: 'patient' },
  })
  const task = (await server.ask('GET', `Task/${referral}`, { as: desk })).json
  assert.equal(task.status, 'requested')
  assert.equal((await server.ask('PUT', `Task/${referral}`, { as: cityDesk, body: { ...task, status: 'accepted' } })).status, 404)
  const done = await server.ask('PUT', `Task/${referral}`, { as: desk, body: { ...task, status: 'rejected' } })
  assert.equal(done.status, 400, 'a return needs its reason')
  const statusReason = { coding: [{ code: 'no-capacity' }], text: '请先在乡镇复测' }
  const rejected = await server.ask('PUT', `Task/${referral}`, { as: desk, body: { ...task, status: 'rejected', statusReason } })
  assert.deepEqual([rejected.status, rejected.json?.status], [200, 'rejected'], rejected.text)
  const again = await server.ask('PUT', `Task/${referral}`, { as: desk, body: { ...task, status: 'accepted' } })
  assert.deepEqual([again.status, again.json.resourceType], [409, 'OperationOutcome'])
  for (const [method, path] of [
    ['DELETE', `Task/${referral}`],
    ['DELETE', `Organization/${PLACES.county}`],
    ['DELETE', `Patient/${person}`],
  ] as const) {
    const refused = await server.ask(method, path, { as: villageDoctor })
    assert.equal(refused.status, 405, path)
    assert.match(refused.json.issue[0].diagnostics ?? refused.text, /referral|organisations|residents/)
    assert.equal(refused.headers.get('allow'), 'GET, HEAD', 'what may be done there')
  }
})

test('a patch of a Task moves the referral as the whole Task would; a patch that no form stands behind is refused', async () => {
  const { referral } = await house.done('referral.send', villageDoctor, {
    person,
    receiver: PLACES.county,
    specialty: '0304',
    condition: { key: 'E11', zh: '糖尿病' },
    letter: { impression: '糖尿病', reason: '血糖不稳', pastHistory: '', treatment: '' },
    consent: { by: 'patient' },
  })
  const patch = (path: string, operations: object[]) =>
    server.ask('PATCH', path, { as: desk, body: operations, headers: { 'content-type': 'application/json-patch+json' } })
  const rejected = await patch(`Task/${referral}`, [
    { op: 'add', path: '/statusReason', value: { coding: [{ code: 'no-capacity' }], text: '请先在乡镇复测' } },
    { op: 'replace', path: '/status', value: 'rejected' },
  ])
  assert.deepEqual([rejected.status, rejected.json.status], [200, 'rejected'], rejected.text)
  assert.equal((await patch(`Task/${referral}`, [{ op: 'test', path: '/status', value: 'requested' }])).status, 422)
  const named = await patch(`Organization/${PLACES.county}`, [{ op: 'replace', path: '/name', value: '冒名' }])
  assert.deepEqual([named.status, named.json.resourceType, named.headers.get('allow')], [405, 'OperationOutcome', 'GET, HEAD'])
})

test('nobody puts a stored resource in front of one of the region’s own', async () => {
  const hidden = { resourceType: 'Patient', id: person, name: [{ text: '冒名' }] }
  assert.equal((await server.ask('PUT', `Patient/${person}`, { as: cityDesk, body: hidden })).status, 404)
  const place = { resourceType: 'Organization', id: PLACES.county, name: '冒名' }
  assert.equal((await server.ask('PUT', `Organization/${PLACES.county}`, { as: desk, body: place })).status, 405)
  assert.notEqual((await server.ask('GET', `Organization/${PLACES.county}`, { as: desk })).json.name, '冒名')
})

test('a search lists the region’s own beside what is stored, and its references can be included', async () => {
  const found = await server.ask('GET', `Slot?status=free&_count=2&_include=Slot:schedule`, { as: resident })
  assert.equal(found.status, 200, found.text)
  const modes = found.json.entry.map(
    ({ search, resource }: { search: { mode: string }; resource: { resourceType: string } }) =>
      `${search.mode} ${resource.resourceType}`,
  )
  assert.deepEqual(modes, ['match Slot', 'include Schedule'])
})
