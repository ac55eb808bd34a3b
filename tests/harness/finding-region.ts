import type { TestContext } from 'node:test'
import type { AccountId, OrgId, PersonId } from '../../src/kernel/id.ts'
import type { Actor } from '../../src/platform/access.ts'
import { sql } from '../../src/platform/database/pool.ts'
import { testHouse, type TestHouse } from './house.ts'
import { indexConditions } from '../../src/modules/navigation/index.ts'

// An invented prefecture for the stories of finding: one county with its consortium, two city hospitals, and the province's own.
export const VILLAGE = '430399101201'
export const ID = { clinic: '1', township: '2', county: '3', tcm: '4', city: '5', secondCity: '7', province: '6' } as const
const account = '00000000-0000-4000-8000-000000000001' as AccountId
const named = { zh: '演示' }
export const DOCTOR: Actor = { account, role: 'village-doctor', org: ID.clinic as OrgId, person: null, name: named }
export const RESIDENT: Actor = { account, role: 'resident', org: null, person: '77' as PersonId, name: named }
export const BUREAU: Actor = { account, role: 'health-bureau', org: null, person: null, name: named }

export const findingRegion = async (t: Pick<TestContext, 'after'>): Promise<TestHouse> => {
  const house = await testHouse(t)
  const { database } = house
  await database.run(sql`insert into organisations.division values ('430000000000', '湖南省', 'province', null), ('430300000000', '演示市', 'prefecture', '430000000000'),
    ('430399000000', '演示县', 'county', '430300000000'), ('430399101000', '演示镇', 'township', '430399000000'), (${VILLAGE}, '东村', 'village', '430399101000'),
    ('430100000000', '省会市', 'prefecture', '430000000000')`)
  await database.run(sql`insert into organisations.specialty values ('0200', '全科医疗科', 'General practice', 'seen'),
    ('0304', '心血管内科', 'Cardiology', 'seen'), ('2000', '急诊医学科', 'Emergency medicine', 'seen')`)
  await database.run(sql`insert into organisations.institution (id, code, zh, tier, ws218, level, rank, ownership, division, parent_id, longitude, latitude, beds, population, valid_from, synthetic)
    select id, 'D' || id, zh || '(演示)', tier, 'A100', 2, 2, 'public', division, parent, longitude, latitude, 10, 1000, '2024-01-01', true from (values
      (6, '省人民医院', 'province', '430100000000', null, 112.95, 28.20), (5, '市中心医院', 'city', '430300000000', 6, 112.94, 27.83),
      (7, '市第二医院', 'city', '430300000000', 6, 112.96, 27.84),
      (3, '县人民医院', 'county', '430399000000', 5, 112.80, 27.70), (4, '县中医医院', 'county', '430399000000', 5, 112.81, 27.71),
      (2, '镇卫生院', 'township', '430399101000', 3, 112.70, 27.65), (1, '东村卫生室', 'village', ${VILLAGE}, 2, 112.69, 27.64)
    ) as made (id, zh, tier, division, parent, longitude, latitude)`)
  await database.run(sql`insert into organisations.service select id, specialty, 'treatment', case when id = 5 and specialty = '0304' then 'key' end, '诊疗', null, '2024-01-01', null
    from unnest(array[3, 4, 5, 6, 7]) id cross join unnest(array['0304', '2000']) specialty`)
  await database.run(
    sql`insert into organisations.service select id, '0200', 'treatment', null, '全科', null, '2024-01-01', null from unnest(array[1, 2]) id`,
  )
  await database.run(
    sql`insert into organisations.consortium values (8, 'county-consortium', '演示医共体', 'Demo consortium', '430399000000', 3, null, '2024-01-01')`,
  )
  await database.run(sql`insert into organisations.membership
    select 8, id, case id when 3 then 'lead' else 'member' end, 'tight', '2024-01-01' from unnest(array[1, 2, 3, 4]) id`)
  await database.run(sql`insert into organisations.grid values (${VILLAGE}, 8)`)
  await database.run(sql`insert into navigation.condition (key, zh, en, aliases, icd10, specialty, lowest_tier, urgency, source) values
    ('coronary-heart-disease', '冠心病', 'Coronary heart disease', '{心绞痛}', '{I20-I25}', '0304', 'county', 'soon', 'editorial'),
    ('acute-myocardial-infarction', '急性心肌梗死', 'Acute myocardial infarction', '{}', '{I21-I22}', '0304', 'county', 'emergency', 'editorial')`)
  await indexConditions(database)
  return house
}

/** One half hour in a number of days: so many units, none of them reserved. */
export const pool = ({ database }: TestHouse, org: string, days: number, capacity = 5, specialty = '0304'): Promise<number> =>
  database.run(sql`insert into booking.pool (org_id, id, specialty, kind, starts_at, ends_at, capacity, reserved, release_at)
    select ${org}, gen_random_uuid(), ${specialty}, 'expert', at, at + interval '30 minutes', ${capacity}, 0, at
      from (select platform.jieli_now() + ${days} * interval '1 day' as at)`)

/** A certified centre of the region's register. */
export const centre = ({ database }: TestHouse, org: string, channel: string, capabilities: readonly string[]): Promise<number> =>
  database.run(sql`insert into platform.register_entry (org_id, kind, entry_id, version, from_on, until_on, body, state, is_correction, recorded_at)
    values (0, 'green-channel.centre', ${`${org}-${channel}`}, 1, '2024-01-01', null,
      ${JSON.stringify({ institution: org, channel, level: 'advanced', capabilities, specialty: '2000' })}, 'in-force', false, now())`)
