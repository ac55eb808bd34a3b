import assert from 'node:assert/strict'
import { test } from 'node:test'
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
