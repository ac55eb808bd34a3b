import type { TestContext } from 'node:test'
import type { Actor, Relation, Role } from '../../src/platform/access.ts'
import type { PersonId } from '../../src/kernel/id.ts'
import { testHouse, type TestHouse } from '../harness/house.ts'
import { actor, PLACES, setStage, type Stage } from '../harness/stage.ts'
import type { PlaceName } from '../../sim/small-region.ts'

/** A small region with one open case, its unit, its task and a booking of another person: what the probes are aimed at. */
export type World = {
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

/** Somebody, and how they stand to the one person, the one case and the one booking of the world. */
export type Placed = {
  readonly actor: Actor
  readonly where: string
  readonly to: Readonly<Record<'person' | 'case' | 'booking', readonly Relation[]>>
}

const STANDS: Readonly<Record<PlaceName, Placed['to']>> = {
  village: { person: ['care-team'], case: ['sender'], booking: [] },
  township: { person: ['care-team'], case: ['care-team'], booking: [] },
  countyTcm: { person: [], case: ['receiver'], booking: ['own'] },
  county: { person: [], case: ['supervisor'], booking: [] },
  otherVillage: { person: [], case: [], booking: [] },
  city: { person: [], case: [], booking: [] },
}
const PLACED_ROLES: readonly Role[] = ['village-doctor', 'family-doctor', 'referral-desk', 'ward', 'consortium-manager']

const placed = (person: PersonId, otherPerson: PersonId): Placed[] => {
  const nothing: Placed['to'] = { person: [], case: [], booking: [] }
  const self: Placed['to'] = { person: ['self'], case: ['self'], booking: ['self'] }
  const atPlaces = (Object.keys(PLACES) as PlaceName[]).flatMap((place) =>
    PLACED_ROLES.map((role): Placed => ({ actor: actor(role, place), where: place, to: STANDS[place] })),
  )
  const region = (['insurer', 'health-bureau', 'administrator'] as const).map((role): Placed => ({
    actor: actor(role, null),
    where: 'region',
    to: nothing,
  }))
  return [
    ...atPlaces,
    ...region,
    { actor: actor('health-bureau', 'county'), where: 'county', to: STANDS.county },
    { actor: actor('resident', null, '本人', person), where: 'self', to: self },
    { actor: actor('resident', null, '他人', otherPerson), where: 'another resident', to: nothing },
  ]
}

/** The world, made by the house's own commands. The receiver answers late, so that the level above watches the case. */
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
  const self = actor('resident', null, '本人', person)
  const own = await stage.slot(stage.tcmDesk, { daysAhead: 13, time: '14:00', capacity: 9, kind: 'ordinary' })
  const booking = await house.done('booking.hold', self, own)
  await house.done('booking.confirm', self, { org: booking.org, booking: booking.booking })
  const answerHours = 24
  await house.later(answerHours * 2 + 1)
  return {
    house,
    stage,
    appUrl: house.appUrl,
    person,
    otherPerson,
    referral,
    booking: { org: booking.org, booking: booking.booking },
    unit,
    actors: placed(person, otherPerson),
  }
}
