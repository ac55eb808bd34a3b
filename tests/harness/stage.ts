import { newId, type AccountId, type OrgId, type PersonId } from '../../src/kernel/id.ts'
import { dayOf, plusDays, weekdayOf, instantAt, type Day } from '../../src/kernel/day.ts'
import { databaseNow } from '../../src/platform/database/pool.ts'
import type { Actor, Role } from '../../src/platform/access.ts'
import { insertRows } from '../../src/apps/demo/insert.ts'
import { indexConditions } from '../../src/modules/navigation/index.ts'
import type { TestHouse } from './house.ts'
import { openDatabase } from '../../src/platform/database/pool.ts'

/** A small region for stories: one village, its township unit, two county hospitals, a city hospital. All invented. */
export const PLACES = {
  village: '4303211002010',
  otherVillage: '4303211002020',
  township: '4303211000000',
  county: '4303210000000',
  countyTcm: '4303210000001',
  city: '4303000000000',
} as const
export type PlaceName = keyof typeof PLACES

const DIVISIONS = [
  ['430000000000', '湖南省', 'province', null],
  ['430300000000', '湘潭市', 'prefecture', '430000000000'],
  ['430321000000', '湘潭县', 'county', '430300000000'],
  ['430321100000', '易俗河镇', 'township', '430321000000'],
  ['430321100201', '杉荫村', 'village', '430321100000'],
  ['430321100202', '烟塘村', 'village', '430321100000'],
] as const

const SPECIALTIES = [
  ['0200', '全科医疗科', 'General practice'],
  ['0303', '神经内科', 'Neurology'],
  ['0304', '心血管内科', 'Cardiology'],
  ['2000', '急诊医学科', 'Emergency medicine'],
] as const

const INSTITUTIONS = [
  ['city', '湘潭市中心医院(演示)', 'city', 'A100', 3, 2, '430300000000', null, 1800],
  ['county', '湘潭县人民医院(演示)', 'county', 'A100', 2, 2, '430321000000', 'city', 700],
  ['countyTcm', '湘潭县中医医院(演示)', 'county', 'A210', 2, 2, '430321000000', 'county', 300],
  ['township', '易俗河镇中心卫生院(演示)', 'township', 'C210', 1, 9, '430321100000', 'county', 40],
  ['village', '杉荫村卫生室(演示)', 'village', 'D600', 9, 9, '430321100201', 'township', 0],
  ['otherVillage', '烟塘村卫生室(演示)', 'village', 'D600', 9, 9, '430321100202', 'township', 0],
] as const

const OFFERED: Record<PlaceName, string[]> = {
  village: ['0200'],
  otherVillage: ['0200'],
  township: ['0200', '0304'],
  county: ['0200', '0303', '0304', '2000'],
  countyTcm: ['0303', '0304'],
  city: ['0303', '0304', '2000'],
}

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
  readonly slot: (place: Actor, options?: { specialty?: string; daysAhead?: number; time?: string; capacity?: number; kind?: 'expert' | 'ordinary' }) => Promise<{ org: string; pool: string }>
  /** Registers a person at the village clinic; answers the id. */
  readonly person: (zh: string, bornOn: string) => Promise<PersonId>
}

/** Puts the small region into a test house. */
export const setStage = async (test: TestHouse): Promise<Stage> => {
  const owner = openDatabase(test.ownerUrl, { size: 1 })
  await insertRows(owner, 'organisations.division', DIVISIONS.map(([code, zh, rank, parent]) => ({ code, zh, rank, parent })))
  await insertRows(owner, 'organisations.specialty', SPECIALTIES.map(([code, zh, en]) => ({ code, zh, en, grade: 'memory' })))
  const rows = INSTITUTIONS.map(([key, zh, tier, ws218, level, rank, division, parent, beds], at) => ({
    id: PLACES[key],
    code: `D0000000${at}${division.slice(0, 6)}11${ws218}1`,
    zh,
    en: null,
    tier,
    ws218,
    level,
    rank,
    ownership: 'public',
    division,
    parent_id: parent ? PLACES[parent] : null,
    longitude: 112.95 + at / 100,
    latitude: 27.78,
    beds,
    population: 1_000,
    phone: `0000-000000${at}`,
    valid_from: '2020-01-01',
    synthetic: true,
    pinyin: '',
    initials: '',
  }))
  await insertRows(owner, 'organisations.institution', rows)
  const services = Object.entries(OFFERED).flatMap(([place, list]) =>
    list.map((specialty) => ({ institution_id: PLACES[place as PlaceName], specialty, line: 'treatment', tag: null, zh: specialty, en: null, valid_from: '2020-01-01' })),
  )
  await insertRows(owner, 'organisations.service', services)
  await insertRows(owner, 'organisations.consortium', [
    { id: '430321', kind: 'county-consortium', zh: '湘潭县紧密型县域医共体(演示)', en: null, division: '430321000000', lead_id: PLACES.county, valid_from: '2020-01-01' },
  ])
  const members = (['county', 'countyTcm', 'township', 'village', 'otherVillage'] as const).map((place) => ({
    consortium_id: '430321',
    institution_id: PLACES[place],
    role: place === 'county' ? 'lead' : 'member',
    tightness: 'tight',
    valid_from: '2020-01-01',
  }))
  await insertRows(owner, 'organisations.membership', members)
  await insertRows(owner, 'navigation.condition', [
    { key: 'hypertension-uncontrolled', zh: '高血压(控制不佳)', en: 'Hypertension, not controlled', aliases: ['高血压'], icd10: ['I10'], specialty: '0304', lowest_tier: 'county', urgency: 'soon', source: 'editorial', pinyin: '' },
  ])
  await indexConditions(owner)
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
      const made = await test.done('booking.publish-pool', place, { specialty, kind, startsAt, capacity, doctor: { zh: '陈主任' } })
      return { org: made.org as string, pool: made.pool as string }
    },
    person: async (zh, bornOn) => (await test.done('residents.register', villageDoctor, { name: { zh }, sex: 'male', bornOn, village: '430321100201', insurance: 'resident' })).person as PersonId,
  }
}
