import { insertRows } from '../src/apps/demo/insert.ts'
import { indexConditions } from '../src/modules/navigation/index.ts'
import type { Queryable } from '../src/platform/database/pool.ts'

/** A small region for stories and measurements: two villages, their township unit, two county hospitals, a city hospital. All invented. */
export const PLACES = {
  village: '4303211002010',
  otherVillage: '4303211002020',
  township: '4303211000000',
  county: '4303210000000',
  countyTcm: '4303210000001',
  city: '4303000000000',
} as const
export type PlaceName = keyof typeof PLACES

/** The division code of the village that people of the small region live in. */
export const VILLAGE = '430321100201'

const DIVISIONS = [
  ['430000000000', '湖南省', 'province', null],
  ['430300000000', '湘潭市', 'prefecture', '430000000000'],
  ['430321000000', '湘潭县', 'county', '430300000000'],
  ['430321100000', '易俗河镇', 'township', '430321000000'],
  [VILLAGE, '杉荫村', 'village', '430321100000'],
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
  ['village', '杉荫村卫生室(演示)', 'village', 'D600', 9, 9, VILLAGE, 'township', 0],
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

const institutionRows = () =>
  INSTITUTIONS.map(([key, zh, tier, ws218, level, rank, division, parent, beds], at) => ({
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

const serviceRows = () =>
  Object.entries(OFFERED).flatMap(([place, list]) =>
    list.map((specialty) => ({
      institution_id: PLACES[place as PlaceName],
      specialty,
      line: 'treatment',
      tag: null,
      zh: specialty,
      en: null,
      valid_from: '2020-01-01',
    })),
  )

const memberRows = () =>
  (['county', 'countyTcm', 'township', 'village', 'otherVillage'] as const).map((place) => ({
    consortium_id: '430321',
    institution_id: PLACES[place],
    role: place === 'county' ? 'lead' : 'member',
    tightness: 'tight',
    valid_from: '2020-01-01',
  }))

const CONSORTIUM = {
  id: '430321',
  kind: 'county-consortium',
  zh: '湘潭县紧密型县域医共体(演示)',
  en: null,
  division: '430321000000',
  lead_id: PLACES.county,
  valid_from: '2020-01-01',
}

const CONDITION = {
  key: 'hypertension-uncontrolled',
  zh: '高血压(控制不佳)',
  en: 'Hypertension, not controlled',
  aliases: ['高血压'],
  icd10: ['I10'],
  specialty: '0304',
  lowest_tier: 'county',
  urgency: 'soon',
  source: 'editorial',
  pinyin: '',
}

/** Puts the small region into an empty, migrated database. */
export const putSmallRegion = async (db: Queryable): Promise<void> => {
  await insertRows(
    db,
    'organisations.division',
    DIVISIONS.map(([code, zh, rank, parent]) => ({ code, zh, rank, parent })),
  )
  await insertRows(
    db,
    'organisations.specialty',
    SPECIALTIES.map(([code, zh, en]) => ({ code, zh, en, grade: 'memory' })),
  )
  await insertRows(db, 'organisations.institution', institutionRows())
  await insertRows(db, 'organisations.service', serviceRows())
  await insertRows(db, 'organisations.consortium', [CONSORTIUM])
  await insertRows(db, 'organisations.membership', memberRows())
  await insertRows(db, 'navigation.condition', [CONDITION])
  await indexConditions(db)
}
