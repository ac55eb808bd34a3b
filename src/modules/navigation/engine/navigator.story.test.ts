import assert from 'node:assert/strict'
import test from 'node:test'
import { dayOf, plusDays } from '../../../kernel/day.ts'
import { databaseNow, sql } from '../../../platform/database/pool.ts'
import { PLACES, VILLAGE } from '../../../../sim/small-region.ts'
import { testHouse } from '../../../../tests/harness/house.ts'
import { setStage } from '../../../../tests/harness/stage.ts'
import { consortiumOfVillage, findInstitution, getInstitution } from '../../organisations/index.ts'
import { findCandidates, startOf } from '../places.ts'
import { rankPlaces } from '../rules/rank-places.ts'
import type { Act } from '../../../platform/forms/form.ts'
import { ROUTINE } from '../../../../sim/navigation/questions.ts'
import { specialtyNeed } from './load-world.ts'
import { runningNavigator, startNavigator } from './navigator.ts'
import type { OrgId } from '../../../kernel/id.ts'

test('the navigator of a house answers what the database and the rule would, and follows the register', async (t) => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  await stage.slot(stage.desk, { capacity: 4, daysAhead: 2 })
  await stage.slot(stage.cityDesk, { capacity: 4, daysAhead: 3 })
  const navigator = startNavigator(house.house)
  t.after(navigator.close)
  await navigator.ready
  assert.equal(runningNavigator(), navigator)
  const now = await databaseNow(house.database)
  const today = dayOf(now, house.house.zone)
  const act = { now, today, zone: house.house.zone } as Act
  const [start, consortium] = await house.database.transaction(async (tx) => [
    await startOf(tx, { village: VILLAGE }, act),
    await consortiumOfVillage(tx, VILLAGE),
  ])
  const { candidates } = await house.database.transaction((tx) =>
    findCandidates(
      tx,
      {
        specialty: '0304',
        lowestTier: 'township',
        start,
        channel: 'referral',
        horizonDays: 7,
        enough: 1_000,
        isEmergency: false,
      },
      act,
    ),
  )
  const expected = rankPlaces(candidates, { lowestTier: 'township', now, weights: ROUTINE }).map(({ place, points }) => [
    place.id,
    points,
    place.firstPool,
  ])
  const ask = () => {
    const current = navigator.current()
    assert.ok(current && current.day === today && navigator.ageMs() <= 1_000)
    return current.engine
      .rank({
        point: start.point,
        division: start.division,
        consortium: consortium?.id ?? null,
        need: specialtyNeed('0304'),
        channel: 'referral',
        now,
        lowestTier: 'township',
        lowestTierOutside: 'county',
        weights: ROUTINE,
        most: 50,
      })
      .map(({ id, points }) => [id, Math.round(points), current.mirror.firstPool('referral', id, '0304')])
  }
  assert.ok(expected.length >= 2)
  assert.deepEqual(ask(), expected)

  const county = PLACES.county as OrgId
  assert.ok((await findInstitution(house.database, county)) && (await getInstitution(house.database, county)))
  await house.database
    .run(sql`update organisations.service set valid_until = ${plusDays(today, 0)}, valid_from = ${plusDays(today, -30)}
    where institution_id = ${county} and specialty = '0304'`)
  await navigator.renew()
  assert.deepEqual(ask(), expected.filter(([id]) => id !== county)) // prettier-ignore
  assert.equal(ask().length, expected.length - 1)
})
