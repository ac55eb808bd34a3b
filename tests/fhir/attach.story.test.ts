import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asSystem } from '../../src/platform/database/as-system.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { testHouse } from '../harness/house.ts'
import { setStage } from '../harness/stage.ts'
import { fhirServer, ofTheFile } from './server.ts'

// What was written of a Patient who was not known here joins the person's record when that Patient comes.

const house = await testHouse(ofTheFile)
const { desk, cityDesk } = await setStage(house)
const server = await fhirServer(ofTheFile, house, { desk, cityDesk })
const observation = (patient: string, code = '8480-6') => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code }] },
  subject: { reference: `Patient/${patient}` },
})
const patient = (id: string) => ({
  resourceType: 'Patient',
  id,
  name: [{ text: '演示迟来' }],
  gender: 'female',
  birthDate: '1980-02-03',
})
const written = async (as: typeof desk, body: { resourceType: string; id?: string }): Promise<string> => {
  const path = body.id ? `${body.resourceType}/${body.id}` : body.resourceType
  const made = await server.ask(body.id ? 'PUT' : 'POST', path, { as, body })
  assert.equal(made.status, 201, made.text)
  return made.json.id
}
const ofPerson = async (as: typeof desk, path: string): Promise<string[]> =>
  ((await server.ask('GET', path, { as })).json.entry ?? []).map(({ resource }: { resource: { id: string } }) => resource.id)
const whereIs = (id: string) =>
  asSystem(house.database).row<{ person: string; versions: string; reach: string }>(sql`select r.person_id as person, r.reach,
    (select count(*) from health_record.resource_history h where h.person_id = r.person_id and h.id = r.id) as versions
    from health_record.resource r where coalesce(r.fhir_id, r.id::text) = ${id}`)

test('it joins in the act that brings the Patient, with its versions and under audit; another institution’s does not', async () => {
  const first = await written(desk, observation('late-1'))
  const second = await written(desk, { ...observation('late-1', '8462-4'), id: 'chosen-1' } as never)
  const changed = await server.ask('PUT', `Observation/${second}`, {
    as: desk,
    body: { ...observation('late-1', '8867-4'), id: second },
  })
  assert.equal(changed.status, 200, changed.text)
  const foreign = await written(cityDesk, observation('late-1'))
  const unrelated = await written(desk, observation('late-2'))
  const related = await written(desk, {
    resourceType: 'RelatedPerson',
    patient: { reference: 'Patient/late-1' },
    name: [{ text: '演示亲属' }],
    telecom: [{ system: 'phone', value: '13900001234' }],
  } as never)
  assert.equal((await whereIs(first))?.person, '0')

  await written(desk, patient('late-1'))
  const person = (await whereIs('late-1'))?.person
  assert.ok(person && person !== '0')
  for (const id of [first, second, related])
    assert.deepEqual([(await whereIs(id))?.person, (await whereIs(id))?.reach], [person, 'person'])
  assert.equal(Number((await whereIs(second))?.versions), 1, 'the earlier version came along')
  assert.deepEqual((await whereIs(foreign))?.person, '0', 'an id alone makes nobody else’s patient this one')
  assert.deepEqual((await whereIs(unrelated))?.person, '0')

  assert.deepEqual((await ofPerson(desk, 'Observation?patient=late-1')).toSorted(), [first, second].toSorted())
  assert.deepEqual(await ofPerson(desk, `Observation?patient=${person}&code=8867-4`), [second])
  const history = await server.ask('GET', `Observation/${second}/_history`, { as: desk })
  assert.equal(history.json.entry.length, 2)
  const shown = await server.ask('GET', `RelatedPerson/${related}`, { as: desk })
  assert.equal(shown.json.telecom[0].value, '13900001234')
  const sealed = await asSystem(house.database).row<{ body: string }>(
    sql`select body from health_record.resource where id::text = ${related}`,
  )
  assert.ok(!sealed?.body.includes('13900001234'), 'numbers are sealed once it is known whose they are')
  const again = await server.ask('PUT', `Observation/${second}`, { as: desk, body: { ...observation('late-1'), id: second } })
  assert.deepEqual([again.status, again.json.meta?.versionId], [200, '3'], 'it goes on where it stood')

  const audited = await asSystem(house.database).rows<{ request: string; account: string; person: string }>(
    sql`select request, account_id as account, person_id as person from platform.audit where form = 'fhir.attach'`,
  )
  assert.equal(audited.length, 3)
  assert.ok(audited.every((row) => row.account === desk.account && row.person === person))
})
