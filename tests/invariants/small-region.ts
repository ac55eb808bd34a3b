import type { AccountId, OrgId, PersonId } from '../../src/kernel/id.ts'
import type { Actor, Role } from '../../src/platform/access.ts'
import { sql } from '../../src/platform/database/pool.ts'
import type { TestHouse } from '../harness/house.ts'

/** Institutions of an invented county, by what they are; their ids are their keys. */
export const PLACES = {
  countyHospital: '10',
  tcmHospital: '11',
  cityHospital: '12',
  township: '20',
  otherTownship: '21',
  clinic: '30',
} as const
export const HOSPITALS: readonly string[] = [PLACES.countyHospital, PLACES.tcmHospital, PLACES.cityHospital]
export const PRIMARY: readonly string[] = [PLACES.township, PLACES.otherTownship, PLACES.clinic]
export const SPECIALTIES = ['0300', '0400'] as const
const GENERAL = '0200'

let accounts = 0
export const actorOf = (role: Role, org: string | null, person: string | null = null): Actor => {
  accounts += 1
  const account = `00000000-0000-4000-8000-${String(accounts).padStart(12, '0')}` as AccountId
  return {
    account,
    role,
    org: org as OrgId | null,
    person: person as PersonId | null,
    name: { zh: `演示${role}${accounts}`, en: null },
  }
}

export const STAFF = {
  villageDoctor: actorOf('village-doctor', PLACES.clinic),
  familyDoctor: actorOf('family-doctor', PLACES.township),
  otherFamilyDoctor: actorOf('family-doctor', PLACES.otherTownship),
  countyDesk: actorOf('referral-desk', PLACES.countyHospital),
  countyWard: actorOf('ward', PLACES.countyHospital),
  tcmDesk: actorOf('referral-desk', PLACES.tcmHospital),
  cityDesk: actorOf('referral-desk', PLACES.cityHospital),
  manager: actorOf('consortium-manager', PLACES.countyHospital),
  bureau: actorOf('health-bureau', null),
  insurer: actorOf('insurer', null),
  administrator: actorOf('administrator', null),
} as const

const ROWS: readonly [
  id: string,
  zh: string,
  tier: string,
  ws218: string,
  level: number,
  division: string,
  parent: string | null,
][] = [
  ['12', '演示市医院', 'city', 'A100', 3, '430300000000', null],
  ['10', '演示县医院', 'county', 'A100', 2, '430399000000', null],
  ['11', '演示县中医院', 'county', 'A210', 2, '430399000000', null],
  ['20', '演示镇卫生院', 'township', 'C220', 9, '430399101000', '10'],
  ['21', '演示乡卫生院', 'township', 'C220', 9, '430399102000', '10'],
  ['30', '东村卫生室', 'village', 'D600', 9, '430399101201', '20'],
]

/** Divisions, institutions, services, a consortium, and persons who are invented and marked so; answers the persons' ids. */
export const makeRegion = async (house: Pick<TestHouse, 'database' | 'done'>, persons: number): Promise<PersonId[]> => {
  const { database } = house
  await database.run(sql`insert into organisations.division values ('430000000000', '湖南省', 'province', null),
    ('430300000000', '演示市', 'prefecture', '430000000000'), ('430399000000', '演示县', 'county', '430300000000'),
    ('430399101000', '演示镇', 'township', '430399000000'), ('430399102000', '演示乡', 'township', '430399000000'),
    ('430399101201', '东村', 'village', '430399101000')`)
  await database.run(sql`insert into organisations.specialty values ('0200', '全科医疗科', 'General practice', 'seen'),
    ('0300', '内科', 'Internal medicine', 'seen'), ('0400', '外科', 'Surgery', 'seen')
    on conflict (code) do nothing`) // A server has its own.
  for (const [id, zh, tier, ws218, level, division, parent] of ROWS)
    await database.run(sql`insert into organisations.institution (id, code, zh, tier, ws218, level, rank, ownership, division, parent_id, longitude,
        latitude, beds, population, valid_from, synthetic)
      values (${id}, ${`D000000${id}${division.slice(0, 8)}${ws218}1`}, ${zh}, ${tier}, ${ws218}, ${level}, 9, 'public', ${division}, ${parent}, 112.9,
        27.8, 10, 1000, '2024-01-01', true)`)
  for (const [id] of ROWS)
    for (const specialty of HOSPITALS.includes(id) ? SPECIALTIES : [GENERAL, '0300'])
      await database.run(sql`insert into organisations.service (institution_id, specialty, line, zh, valid_from)
        values (${id}, ${specialty}, 'treatment', '演示', '2024-01-01')`)
  await database.run(
    sql`insert into organisations.consortium values (7, 'county-consortium', '演示医共体', null, '430399000000', 10, null, '2024-01-01')`,
  )
  await database.run(sql`insert into organisations.membership values (7, 10, 'lead', 'tight', '2024-01-01'), (7, 20, 'member', 'tight', '2024-01-01'),
    (7, 21, 'member', 'tight', '2024-01-01'), (7, 30, 'member', 'tight', '2024-01-01')`)
  const ids: PersonId[] = []
  for (let serial = 1; serial <= persons; serial += 1) {
    const doctor = serial % 3 === 0 ? STAFF.familyDoctor : STAFF.villageDoctor
    const { person } = await house.done('residents.register', doctor, {
      name: { zh: `演示居民${serial}` },
      sex: 'unknown',
      bornOn: '1960-01-01',
    })
    ids.push(person)
  }
  await database.run(sql`update residents.person set synthetic = true`)
  return ids
}

/** Numbers from a printed seed: the same seed gives the same run (mulberry32). */
export const seeded = (seed: number) => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    one: <T>(of: readonly T[]): T => of[below(of.length)] as T,
    chance: (share: number): boolean => next() < share,
  }
}

/** The seed of this run: JIELI_SEED repeats an earlier one. */
export const seedOfRun = (): number =>
  Number(process.env['JIELI_SEED'] ?? process.pid * 7919 + Math.trunc(performance.timeOrigin % 1_000_000))
