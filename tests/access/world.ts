import type { TestContext } from 'node:test'
import type { PersonId } from '../../src/kernel/id.ts'
import { testHouse, type TestHouse } from '../harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../harness/stage.ts'
import { openAccounts, placeActors, type Placed } from './actors.ts'
import { makeMatters, type Matters } from './matters.ts'
import { paidByDisease } from './paid-by-disease.ts'
import { contractProposed, pointsProposed, yearProposed } from './year-proposed.ts'
import { BUDGET_YEAR, COUNTY_CLOSE, COUNTY_CONTRACT, COUNTY_POINTS, COUNTY_STAY } from './targets-of-fund.ts'

/** A small region with one open case, its unit, its task and a booking of another person: what the probes are aimed at. */
export type World = Matters & {
  readonly house: TestHouse
  readonly stage: Stage
  readonly appUrl: string
  readonly person: PersonId
  readonly otherPerson: PersonId
  readonly referral: string
  readonly booking: { readonly org: string; readonly booking: string }
  readonly unit: { readonly org: string; readonly pool: string }
  readonly actors: readonly Placed[]
}

/**
 * The world, made by the house's own commands. The receiver answers late, so that the level above watches the case; whatever
 * else there is comes after that, so that nothing of it has been told to anybody above.
 */
export const makeWorld = async (t: Pick<TestContext, 'after'>): Promise<World> => {
  const house = await testHouse(t)
  const stage = await setStage(house)
  const person = await stage.person('演示病人', '1961-05-04')
  const otherPerson = await stage.person('演示邻居', '1970-01-01')
  await house.done('health-record.record-observation', stage.villageDoctor, {
    person,
    measure: 'blood-pressure',
    systolic: 186,
    diastolic: 112,
  })
  const unit = await stage.slot(stage.tcmDesk, { daysAhead: 12, capacity: 9 })
  const { referral } = await house.done('referral.send', stage.villageDoctor, {
    person,
    receiver: PLACES.countyTcm,
    specialty: '0304',
    condition: { key: 'hypertension-uncontrolled', zh: '高血压(控制不佳)', en: 'Hypertension, not controlled' },
    letter: { impression: '高血压', reason: '控制不佳', pastHistory: '', treatment: '' },
    consent: { by: 'patient' },
    unit,
  })
  const booking = await bookedBy(house, stage, person)
  const answerHours = 24
  await house.later(answerHours * 2 + 1)
  await paidByDisease(house.database, PLACES.county, COUNTY_STAY)
  await house.done('fund.set-budget', actor('insurer', null), {
    org: PLACES.county,
    year: BUDGET_YEAR,
    sources: { method: 'last-budget', lastFen: 100, growth: 0 },
  })
  await contractProposed(house.database, PLACES.county, BUDGET_YEAR, COUNTY_CONTRACT)
  await pointsProposed(house.database, PLACES.county, BUDGET_YEAR, COUNTY_POINTS)
  await yearProposed(house.database, PLACES.county, BUDGET_YEAR, COUNTY_CLOSE)
  const homePerson = await stage.person('演示康复者', '1958-02-03')
  const proxy = await stage.person('演示代理人', '1980-01-01')
  const actors = placeActors({ person, otherPerson, homePerson, proxy })
  await openAccounts(house, actors)
  const matters = await makeMatters({ house, stage, referral, unit, person, homePerson, proxy, actors })
  return { ...matters, house, stage, appUrl: house.appUrl, person, otherPerson, referral, booking, unit, actors }
}

const bookedBy = async (house: TestHouse, stage: Stage, person: PersonId): Promise<World['booking']> => {
  const self = actor('resident', null, '本人', person)
  const own = await stage.slot(stage.tcmDesk, { daysAhead: 13, time: '14:00', capacity: 9, kind: 'ordinary' })
  const { org, booking } = await house.done('booking.hold', self, own)
  await house.done('booking.confirm', self, { org, booking })
  return { org, booking }
}
