import assert from 'node:assert/strict'
import { runChecks } from '../../src/apps/checks.ts'
import { plusDays } from '../../src/kernel/day.ts'
import { sweepWaiting } from '../../src/modules/booking/index.ts'
import { sql } from '../../src/platform/database/pool.ts'
import type { Actor } from '../../src/platform/access.ts'
import type { TestHouse } from './house.ts'
import { actor, type Stage } from './stage.ts'

/** All checks of the house find nothing. */
export const nothingBroken = async (house: TestHouse): Promise<void> => {
  const broken = (await runChecks(house.database)).filter(({ breaches }) => breaches > 0)
  assert.deepEqual(
    broken.map(({ name, examples }) => [name, examples]),
    [],
  )
}

/** Everything that is owed done: deadlines, events, and the sweep. */
export const rounds = async (house: TestHouse): Promise<void> => {
  do await house.settle()
  while ((await sweepWaiting(house.house)) > 0)
}

/** A resident born in 1970, signed in. */
export const personOf = async (house: TestHouse, stage: Stage, zh: string, sex: 'male' | 'female' | 'unknown' = 'male') => {
  const id = await stage.person(zh, '1970-01-01')
  await house.database.run(sql`update residents.person set sex = ${sex} where person_id = ${id}`)
  return actor('resident', null, zh, id)
}

/** What `booking.join-waiting` is given: a bed for three nights in the next days. */
export const waits = (stage: Stage, who: Actor, orgs: readonly string[], more: object = {}) => ({
  person: who.person,
  specialty: '0304',
  unitKind: 'bed-day',
  orgs,
  from: stage.today,
  until: plusDays(stage.today, 3),
  nights: 3,
  ...more,
})

export const entryOf = async (house: TestHouse, who: Actor) =>
  (await house.done('booking.my-waiting', who)).entries[0] as {
    waiting: string
    state: string
    nights: number
    offer: { org: string; booking: string; until: string; stay: { ward: { zh: string }; from: string; until: string } } | null
  }
export const statesOf = (house: TestHouse, people: readonly Actor[]): Promise<string[]> =>
  Promise.all(people.map(async (who) => (await entryOf(house, who)).state))

/** What a person was told of one kind. */
export const toldOf = async (house: TestHouse, who: Actor, kind: string) =>
  (await house.done('booking.notices', who)).notices.filter((one: { kind: string }) => one.kind === kind)
