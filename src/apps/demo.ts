import { present } from '../kernel/assert.ts'
import { dayOf } from '../kernel/day.ts'
import { newId, type AccountId, type OrgId } from '../kernel/id.ts'
import { cipherOf } from '../platform/cipher.ts'
import type { Config } from '../platform/config.ts'
import { openKeyRoom } from '../platform/crypto/index.ts'
import { databaseNow, openDatabase, raw, sql, type Database, type Queryable, type Tx } from '../platform/database/pool.ts'
import { loadRulebook } from '../platform/rulebook.ts'
import { valueOn } from '../shapes/rulebook.ts'
import { hashPassword, saveAccount } from '../modules/security/index.ts'
import { makeInstitutions } from '../../sim/region/institutions.ts'
import type { InstitutionSeed, StaffSeed } from '../../sim/region/types.ts'
import { belongsTo, DEMO_PASSWORD, demoAccounts, STAGE, type DemoPeople } from './demo/accounts.ts'
import { insertBeds } from './demo/beds.ts'
import { insertCapability } from './demo/capability.ts'
import { insertCentres } from './demo/centres.ts'
import { insertFeed } from './demo/feeds.ts'
import { insertFilings } from './demo/filings.ts'
import { insertGovernance } from './demo/governance.ts'
import { insertInpatients } from './demo/inpatients.ts'
import { insertMissed } from './demo/missed.ts'
import { insertPaidWays } from './demo/paid-ways.ts'
import { insertPayment } from './demo/payment.ts'
import { insertAudit } from './demo/audit.ts'
import { insertFundYears } from './demo/fund-years.ts'
import { insertDip } from './demo/dip.ts'
import { AUDITED_BILL, insertSettled } from './demo/settled.ts'
import { insertPlans } from './demo/plans.ts'
import { insertQueue } from './demo/queue.ts'
import { insertRecognition } from './demo/recognition.ts'
import { insertHistories, insertPeople, stageClinic, type Settled } from './demo/people.ts'
import { lendVouchers } from './demo/vouchers.ts'
import { insertWaiting } from './demo/waiting.ts'
import { insertCatalogues, insertConsortia, insertInstitutions, insertStaff, makeSeeds } from './demo/region.ts'

export { demoAccounts } from './demo/accounts.ts'

export type DemoProgress = { done: number; zh: string; en: string }
export type DemoOptions = { ownerUrl: string; config: Config; onProgress: (progress: DemoProgress) => void }

/** Whether the demo region stands whole. */
export const demoIsReady = async (db: Queryable): Promise<boolean> =>
  (await db.row(sql`select 1 from platform.setting where name = 'demo' and value = 'on'`)) !== null

/**
 * Creates the demo region on the first start, all of it in one transaction: a start that is cut off leaves nothing behind.
 * Its people are synthetic; the same seed gives the same places and people.
 */
export const ensureDemo = async ({ ownerUrl, config, onProgress }: DemoOptions): Promise<void> => {
  if (!config.demo) return
  const database = openDatabase(ownerUrl, { size: 2, statementTimeoutMs: 300_000 })
  try {
    if (await demoIsReady(database)) return
    await database.transaction((tx) => createDemo(tx, config, onProgress))
    await analyse(database)
    onProgress({ done: 1, zh: '演示区域已建好', en: 'The demo region stands' })
  } finally {
    await database.close()
  }
}

const createDemo = async (tx: Tx, config: Config, onProgress: DemoOptions['onProgress']): Promise<void> => {
  const now = await databaseNow(tx)
  const today = dayOf(now, config.zone)
  const seed = config.demoSeed
  const rulebook = await loadRulebook(config.rulebook ?? undefined)
  const cipher = cipherOf(await openKeyRoom(config))
  onProgress({ done: 0.02, zh: '湖南省区划与病种目录', en: 'Divisions of Hunan and the catalogue of conditions' })
  const institutions = makeInstitutions(seed)
  const seeds = makeSeeds(institutions, seed)
  await insertCatalogues(tx)
  onProgress({ done: 0.1, zh: '医疗机构与科目', en: 'Institutions and services' })
  await insertInstitutions(tx, institutions)
  await insertCentres(tx, institutions, now)
  onProgress({ done: 0.35, zh: '医联体、网格与人员', en: 'Consortia, grid and staff' })
  const kinds = await insertConsortia(tx, seeds.consortia)
  await insertStaff(tx, seeds.staff)
  await insertCapability(tx, { institutions, seed, now, today })
  await insertGovernance(tx, { institutions, consortia: seeds.consortia, today, now })
  onProgress({ done: 0.45, zh: '未来 14 天号源', en: 'Slots for 14 days' })
  await insertPlans(tx, { seeds, kinds, rulebook, zone: config.zone, now, today })
  const stage = { clinic: stageClinic(institutions).id as OrgId, lead: STAGE.county }
  await lendVouchers(tx, { rulebook, now, zone: config.zone, ...stage })
  await insertFeed(tx, { now, lead: stage.lead })
  onProgress({ done: 0.6, zh: '合成居民', en: 'Synthetic residents' })
  const people = await insertPeople(tx, { institutions, seed, count: config.demoResidents, today, now, cipher })
  onProgress({ done: 0.7, zh: '健康档案', en: 'Histories' })
  const onHistory = (part: number): void => onProgress({ done: 0.7 + 0.28 * part, zh: '健康档案', en: 'Histories' })
  await insertHistories(tx, people, { seed, today, now, zone: config.zone, onProgress: onHistory })
  const staged = peopleOfStage(stageClinic(institutions), people, seeds.staff)
  await insertQueue(
    tx,
    people.filter(({ id }) => id !== staged.resident),
    { org: STAGE.county, rulebook, now, today, zone: config.zone },
  )
  await insertInpatients(
    tx,
    people.filter(({ id }) => id !== staged.resident),
    { seed, today, now, zone: config.zone, unit: staged.unit },
  )
  await insertWaiting(tx, people.filter(({ id }) => id !== staged.resident).slice(WHO_WAIT_FROM), {
    org: STAGE.county,
    now,
    today,
    askedBy: staged.unit,
  })
  await insertBeds(tx, people.filter(({ id }) => id !== staged.resident).slice(WHO_WAIT_FROM + WHO_WAIT, -WHO_LIE_IN), {
    rulebook,
    zone: config.zone,
    now,
    today,
    unit: staged.unit,
  })
  const missers = people.filter(({ id }) => id !== staged.resident).slice(-WHO_MISSED)
  await insertMissed(tx, missers, { org: STAGE.county, now, suspendDays: valueOn(rulebook, 'booking.suspension-days', today) })
  const examined = [staged.resident, ...people.slice(0, WHO_EXAMINED).map(({ id }) => id)]
  await insertRecognition(tx, [...new Set(examined)], { today, now, zone: config.zone, county: STAGE.county, city: STAGE.city })
  const billed = people.filter(({ id, seed: { idNumber } }) => id !== staged.resident && idNumber).slice(0, WHO_ARE_BILLED)
  await insertPayment(tx, [staged.resident, ...billed.map(({ id }) => id)], {
    institutions,
    today,
    now,
    county: STAGE.county,
    unit: staged.unit,
    stem: STAGE.countyCode.slice(0, CITY_LETTERS),
  })
  await insertFilings(tx, billed, { rulebook, today, now })
  const known = people.map(({ id, seed: { insurance } }) => ({ id, insurance }))
  await insertSettled(tx, [...known.filter(({ id }) => id === staged.resident), ...known.filter(({ id }) => id !== staged.resident)], { rulebook, cipher, zone: config.zone, today, now, county: STAGE.county, area: 'xiangtan' }) // prettier-ignore
  await insertAudit(
    tx,
    billed.map(({ id }) => id),
    { rulebook, today, now, county: STAGE.county, billNo: AUDITED_BILL },
  )
  await insertFundYears(tx, { rulebook, today, now })
  await insertDip(tx, { rulebook, today, now, seed })
  await insertPaidWays(tx, { rulebook, today, now, county: STAGE.county, unit: staged.unit, consortia: seeds.consortia })
  await insertAccounts(tx, staged)
  await tx.run(sql`insert into platform.setting values ('demo', 'on'), ('demo-seed', ${seed}) on conflict do nothing`)
}

/** So many have results of other hospitals that a doctor who orders an examination is shown. */
const WHO_EXAMINED = 60
/** Those before stand in today's queue. */
const WHO_WAIT_FROM = 20
const WHO_WAIT = 10
/** The last of the list lie in the county hospital without a bed of the board. */
const WHO_LIE_IN = 30

/** So many besides the demo's resident have a bill to pay. */
const WHO_ARE_BILLED = 5
/** A city's divisions begin with so many digits. */
const CITY_LETTERS = 4

/** The last of the list have missed visits. */
const WHO_MISSED = 3

const BORN_BEFORE = '1970'

/** The resident whom the demo signs in as: grown up, with hypertension, of the stage's village if there is one. */
const leadingResident = (people: readonly Settled[], clinic: OrgId): Settled => {
  const hypertensive = people.filter(
    ({ seed }) => seed.conditions.includes('hypertension') && seed.idNumber && seed.phone && seed.bornOn < BORN_BEFORE,
  )
  return present(
    hypertensive.find((person) => person.clinic === clinic) ?? hypertensive[0] ?? people[0],
    'a resident of the demo',
  )
}

const peopleOfStage = (stage: InstitutionSeed, people: readonly Settled[], staff: readonly StaffSeed[]): DemoPeople => {
  const clinic = stage.id as OrgId
  const unit = present(stage.parent, 'the unit above the clinic') as OrgId
  const resident = leadingResident(people, clinic)
  const staffName = (org: OrgId, role: StaffSeed['role']) => {
    const found = staff.find((one) => one.workplace === org && one.role === role)
    return { zh: found?.zh ?? '演示人员', en: found?.en ?? null }
  }
  return {
    clinic,
    unit,
    resident: resident.id,
    nameOf: (account) => {
      if (account === 'village') return staffName(clinic, 'village-doctor')
      if (account === 'family') return staffName(unit, 'family-doctor')
      if (account === 'desk') return staffName(STAGE.county, 'referral-coordinator')
      if (account === 'ward') return staffName(STAGE.county, 'physician')
      if (account === 'citydesk') return staffName(STAGE.city, 'referral-coordinator')
      if (account === 'manager') return staffName(STAGE.county, 'manager')
      if (account === 'resident') return { zh: resident.seed.zh, en: resident.seed.en }
      return { zh: '演示人员', en: 'Demo user' }
    },
  }
}

const insertAccounts = async (tx: Tx, people: DemoPeople): Promise<void> => {
  const now = await databaseNow(tx)
  for (const { account, role } of demoAccounts()) {
    const name = people.nameOf(account)
    const passwordHash = await hashPassword(DEMO_PASSWORD)
    await saveAccount(tx, {
      id: newId<AccountId>(),
      login: account,
      passwordHash,
      role,
      ...belongsTo(account, people),
      zh: name.zh,
      en: name.en,
      at: now,
    })
  }
}

// Without statistics the first searches would read whole tables.
const analyse = async (database: Database): Promise<void> => {
  for (const table of [
    'organisations.institution',
    'organisations.service',
    'organisations.staff',
    'navigation.capability',
    'navigation.treated',
    'organisations.membership',
    'organisations.grid',
    'booking.pool',
    'residents.person',
    'residents.identifier',
    'health_record.resource',
  ])
    await database.run(sql`analyze ${raw(table)}`)
}
