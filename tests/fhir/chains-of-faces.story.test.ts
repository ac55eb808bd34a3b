import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faces } from '../../src/modules/fhir/index.ts'
import { testHouse } from '../harness/house.ts'
import { actor, PLACES, setStage } from '../harness/stage.ts'
import { fhirServer, ofTheFile, type Told } from './server.ts'

// Chains, `_has`, `_include` and `_revinclude` from faces, onto faces, and between faces and the store; nobody sees more by them.

const house = await testHouse(ofTheFile)
const stage = await setStage(house)
const [person, another] = [await stage.person('演示链条', '1966-07-08'), await stage.person('演示另一', '1971-03-02')]
const resident = actor('resident', null, '演示链条', person)
const stranger = actor('resident', null, '演示另一', another)
const { desk, cityDesk, villageDoctor } = stage
const server = await fhirServer(ofTheFile, house, { resident, stranger, desk, cityDesk, villageDoctor }, faces)

const sent = async (of: string): Promise<string> =>
  (
    await house.done('referral.send', villageDoctor, {
      person: of,
      receiver: PLACES.county,
      specialty: '0304',
      condition: { key: 'I10', zh: '高血压' },
      letter: { impression: '高血压', reason: '控制不佳', pastHistory: '', treatment: '' },
      consent: { by: 'patient' },
    })
  ).referral
const referral = await sent(person)
const others = await sent(another)
const note = await server.ask('POST', 'Observation', {
  as: villageDoctor,
  body: {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
    subject: { reference: `Patient/${person}` },
    basedOn: [{ reference: `ServiceRequest/${referral}` }],
  },
})
assert.equal(note.status, 201, note.text)

const found = async (as: typeof desk, path: string): Promise<string[]> => {
  const answer = await server.ask('GET', path, { as })
  assert.equal(answer.status, 200, `${path}: ${answer.text}`)
  const entries: Told[] = answer.json.entry ?? []
  return entries.map(({ resource }) => `${resource.resourceType}/${resource.id}`).toSorted()
}
const name = encodeURIComponent('演示链条')

test('a chain that begins at a face finds what it means, and nothing of another person', async () => {
  for (const path of [
    `Task?patient.name=${name}`,
    `ServiceRequest?subject:Patient.name=${name}`,
    `ServiceRequest?subject.name=${name}`,
  ])
    assert.deepEqual(await found(villageDoctor, path), [`${path.split('?')[0]}/${referral}`], path)
  assert.deepEqual(await found(villageDoctor, 'Task?patient.name=nobody'), [])
  assert.deepEqual(
    await found(villageDoctor, 'Task?focus:ServiceRequest.status=active'),
    [`Task/${referral}`, `Task/${others}`].toSorted(),
  )
  assert.deepEqual(
    await found(villageDoctor, `Coverage?patient.name=${name}`),
    await found(villageDoctor, `Coverage?patient=${person}`),
  )
})

test('a chain from the store leads through a face', async () => {
  const own = [`Observation/${note.json.id}`]
  assert.deepEqual(await found(villageDoctor, `Observation?patient.name=${name}`), own)
  assert.deepEqual(await found(villageDoctor, 'Observation?based-on:ServiceRequest.status=active'), own)
})

test('_has looks onto faces: persons with a task, requests that something stored is based on', async () => {
  assert.deepEqual(
    await found(villageDoctor, 'Patient?_has:Task:patient:status=requested'),
    [`Patient/${person}`, `Patient/${another}`].toSorted(),
  )
  assert.deepEqual(await found(villageDoctor, 'Patient?_has:Observation:patient:code=8480-6'), [`Patient/${person}`])
  assert.deepEqual(await found(villageDoctor, 'ServiceRequest?_has:Observation:based-on:code=8480-6'), [
    `ServiceRequest/${referral}`,
  ])
  assert.deepEqual(await found(villageDoctor, 'ServiceRequest?_has:Task:focus:status=completed'), [])
  assert.deepEqual(
    await found(villageDoctor, `ServiceRequest?_has:Task:focus:status=requested&_id=${others}`),
    [`ServiceRequest/${others}`],
    'every condition must hold',
  )
})

test('_include and _revinclude go between faces and the store', async () => {
  const request = `ServiceRequest/${referral}`
  assert.deepEqual(await found(villageDoctor, `Task?_id=${referral}&_include=Task:focus`), [request, `Task/${referral}`])
  assert.deepEqual(await found(villageDoctor, `${request.replace('/', '?_id=')}&_revinclude=Task:focus`), [
    request,
    `Task/${referral}`,
  ])
  const stored = [`Observation/${note.json.id}`, request]
  assert.deepEqual(await found(villageDoctor, `ServiceRequest?_id=${referral}&_revinclude=Observation:based-on`), stored)
  assert.deepEqual(await found(villageDoctor, `Observation?_id=${note.json.id}&_include=Observation:based-on`), stored)
  assert.deepEqual(await found(villageDoctor, `Patient?_id=${person}&_revinclude=Task:patient`), [
    `Patient/${person}`,
    `Task/${referral}`,
  ])
})

test('pages of a chain show each match once', async () => {
  const seen: string[] = []
  let path: string | null = 'Task?patient.name=%E6%BC%94%E7%A4%BA&_count=1'
  while (path !== null) {
    const { json }: { json: Told } = await server.ask('GET', path, { as: villageDoctor })
    seen.push(...(json.entry ?? []).map(({ resource }: Told) => resource.id))
    path = json.link.find(({ relation }: Told) => relation === 'next')?.url.split('/fhir/R4/')[1] ?? null
    assert.ok(seen.length <= 2, 'no match twice')
  }
  assert.deepEqual(seen.toSorted(), [referral, others].toSorted())
})

test('whoever is no party finds nothing by any of these ways, nor learns how many there are', async () => {
  const ways = [
    `Task?patient.name=${name}`,
    `ServiceRequest?subject.name=${name}`,
    'Task?focus:ServiceRequest.status=active',
    'Observation?based-on:ServiceRequest.status=active',
    'Patient?_has:Task:patient:status=requested',
    'ServiceRequest?_has:Observation:based-on:code=8480-6',
    `ServiceRequest?_id=${referral}&_revinclude=Task:focus`,
    `Patient?_id=${person}&_revinclude=Task:patient`,
  ]
  for (const way of ways)
    for (const as of [cityDesk, stranger]) {
      const mine = (await found(as, way)).filter(
        (key) => key.includes(referral) || key === `Patient/${person}` || key.startsWith('Observation/'),
      )
      assert.deepEqual(mine, [], `${way} by ${as.role}`)
      if (as === stranger) continue
      const { json } = await server.ask('GET', `${way}&_summary=count`, { as })
      assert.equal(json.total, 0, way)
    }
  // The resident's own are found by the resident, and no other person's.
  assert.deepEqual(await found(resident, `Task?patient.name=${name}`), [`Task/${referral}`])
})
