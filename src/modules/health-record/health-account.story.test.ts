import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fhirServer } from '../../../tests/fhir/server.ts'
import { testHouse } from '../../../tests/harness/house.ts'
import { actor, setStage } from '../../../tests/harness/stage.ts'

test('A result is announced to its person until it is seen, and to nobody else; it makes the service done', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const person = await stage.person('陈老', '1955-01-01')
  const resident = actor('resident', null, '陈老', person)
  const news = async () => (await house.done('health-record.my-news', resident)).news
  const due = async () =>
    (await house.done('health-record.due-care', resident, { person })).services as { key: string; isDue: boolean }[]
  assert.deepEqual(await news(), [])
  assert.deepEqual((await due()).map(({ key, isDue }) => [key, isDue]).toSorted(), [
    ['elderly-check', true],
    ['pressure-yearly', true],
  ])

  await house.done('health-record.record-observation', stage.villageDoctor, {
    person,
    measure: 'blood-pressure',
    systolic: 138,
    diastolic: 84,
  })
  const [told] = await news()
  assert.deepEqual([told.kind, told.values.length], ['result', 2])
  assert.deepEqual((await due()).find(({ key }) => key === 'pressure-yearly')?.isDue, false)
  assert.deepEqual(
    (await house.done('health-record.my-news', actor('resident', null, '别人', await stage.person('别人', '1990-01-01')))).news,
    [],
  )
  await house.done('health-record.see-news', resident)
  assert.deepEqual(await news(), [])
  await house.later(24 * 366)
  assert.equal((await due()).find(({ key }) => key === 'pressure-yearly')?.isDue, true, 'a year later it is due again')
})

test('An encounter that an institution records names itself to the person: it may see the record by it, and the person is told', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const person = await stage.person('陈老', '1955-01-01')
  const resident = actor('resident', null, '陈老', person)
  const told = async () => (await house.done('health-record.my-news', resident)).encounters as { org: string; by: string }[]
  const listed = async () => (await house.done('health-record.reads', resident, { person })).encounters as { org: string }[]
  const server = await fhirServer(t, house, { desk: stage.desk })
  const write = async (provider: string) => {
    const made = await server.ask('POST', 'Encounter', {
      body: {
        resourceType: 'Encounter',
        status: 'in-progress',
        class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
        subject: { reference: `Patient/${person}` },
        serviceProvider: { reference: provider },
      },
    })
    assert.equal(made.status, 201, made.text)
  }
  assert.deepEqual([await told(), await listed()], [[], []])
  await write(`Organization/${stage.desk.org}`)
  const [encounter] = await told()
  assert.deepEqual([encounter?.org, encounter?.by], [stage.desk.org, stage.desk.org])
  assert.deepEqual(
    (await listed()).map(({ org }) => org),
    [stage.desk.org],
  )
  await house.done('health-record.see-news', resident)
  assert.deepEqual(await told(), [], 'what was seen is no news')
  assert.equal((await listed()).length, 1, 'but it stays on the page of who looked')
  await write('Organization/no-number')
  assert.equal((await listed()).length, 1, 'one that names no institution of the region is no basis')
  const other = actor('resident', null, '别人', await stage.person('别人', '1990-01-01'))
  assert.deepEqual((await house.done('health-record.my-news', other)).encounters, [])
})
