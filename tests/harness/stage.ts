import { newId, type AccountId, type OrgId, type PersonId } from '../../src/kernel/id.ts'
import { dayOf, plusDays, weekdayOf, instantAt, type Day } from '../../src/kernel/day.ts'
import { databaseNow, openDatabase } from '../../src/platform/database/pool.ts'
import type { Actor, Role } from '../../src/platform/access.ts'
import { PLACES, putSmallRegion, VILLAGE, type PlaceName } from '../../sim/small-region.ts'
import type { TestHouse } from './house.ts'
import { PATIENCE_MS } from './patience.ts'

export { PLACES } from '../../sim/small-region.ts'

/** Somebody who acts in a story. */
export const actor = (role: Role, place: PlaceName | null, zh = '演示人员', person: PersonId | null = null): Actor => ({
  account: newId<AccountId>(),
  role,
  org: place ? (PLACES[place] as OrgId) : null,
  person,
  name: { zh, en: null },
})

export type Stage = {
  readonly today: Day
  readonly villageDoctor: Actor
  readonly familyDoctor: Actor
  readonly desk: Actor
  readonly tcmDesk: Actor
  readonly cityDesk: Actor
  readonly ward: Actor
  /** Publishes one slot and answers its unit. */
  readonly slot: (
    place: Actor,
    options?: { specialty?: string; daysAhead?: number; time?: string; capacity?: number; kind?: 'expert' | 'ordinary' },
  ) => Promise<{ org: string; pool: string }>
  /** Registers a person at the village clinic; answers the id. */
  readonly person: (zh: string, bornOn: string) => Promise<PersonId>
}

/** Puts the small region into a test house. */
export const setStage = async (test: TestHouse): Promise<Stage> => {
  const owner = openDatabase(test.ownerUrl, { size: 1, statementTimeoutMs: PATIENCE_MS })
  await putSmallRegion(owner)
  await owner.close()
  return stageOf(test)
}

const SATURDAY = 6

const stageOf = async (test: TestHouse): Promise<Stage> => {
  const villageDoctor = actor('village-doctor', 'village', '何平')
  const today = dayOf(await databaseNow(test.database), test.house.zone)
  return {
    today,
    villageDoctor,
    familyDoctor: actor('family-doctor', 'township', '周家医'),
    desk: actor('referral-desk', 'county', '李转诊'),
    tcmDesk: actor('referral-desk', 'countyTcm', '谭转诊'),
    cityDesk: actor('referral-desk', 'city', '王转诊'),
    ward: actor('ward', 'county', '张主任'),
    slot: async (place, { specialty = '0304', daysAhead = 2, time = '09:00', capacity = 5, kind = 'expert' } = {}) => {
      const now = dayOf(await databaseNow(test.database), test.house.zone)
      let day = plusDays(now, daysAhead)
      while (weekdayOf(day) > SATURDAY) day = plusDays(day, 1)
      const startsAt = instantAt(day, time, test.house.zone)
      const made = await test.done('booking.publish-pool', place, {
        specialty,
        kind,
        startsAt,
        capacity,
        doctor: { zh: '陈主任' },
      })
      return { org: made.org as string, pool: made.pool as string }
    },
    person: async (zh, bornOn) =>
      (
        await test.done('residents.register', villageDoctor, {
          name: { zh },
          sex: 'male',
          bornOn,
          village: VILLAGE,
          insurance: 'resident',
        })
      ).person as PersonId,
  }
}
