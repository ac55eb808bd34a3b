import { createHash } from 'node:crypto'
import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import { newId, type OrgId, type PersonId } from '../../kernel/id.ts'
import type { Cipher } from '../../platform/cipher.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import { pinyinOf } from '../../platform/pinyin.ts'
import { indexOfResource } from '../../modules/health-record/index.ts'
import { indexesOf } from '../../modules/residents/index.ts'
import { isPilot } from '../../../sim/region/consortia.ts'
import type { InstitutionSeed } from '../../../sim/region/types.ts'
import { makeHistory } from '../../../sim/residents/history.ts'
import { makeResidents, type ResidentSeed } from '../../../sim/residents/residents.ts'
import { STAGE } from './accounts.ts'
import { bytes, insertRows } from './insert.ts'

export type Settled = { readonly id: PersonId; readonly seed: ResidentSeed; readonly clinic: OrgId; readonly unit: OrgId }

/** The clinic where the demo's story begins: the first village clinic of the first township in the stage's county. */
export const stageClinic = (institutions: readonly InstitutionSeed[]): InstitutionSeed =>
  institutions.find((one) => one.tier === 'village' && one.ws218 === 'D600' && one.county === STAGE.countyCode) as InstitutionSeed

// The stage's own village is better peopled than the others, so that its doctor has patients of every kind.
const STAGE_WEIGHT = 60

/** Synthetic residents of the pilots' villages, with sealed identifiers. */
export const insertPeople = async (
  db: Queryable,
  facts: { institutions: readonly InstitutionSeed[]; seed: string; count: number; today: Day; now: Instant; cipher: Cipher },
): Promise<Settled[]> => {
  const { institutions, cipher } = facts
  const clinics = institutions.filter((one) => one.tier === 'village' && isPilot(one.county ?? ''))
  const stage = stageClinic(institutions)
  const villages = clinics.map(({ division, zh, population, id }) => ({
    code: division,
    zh: zh.replace(/(卫生服务站|卫生室)\(演示\)$/, ''),
    population: id === stage.id ? population * STAGE_WEIGHT : population,
  }))
  const byVillage = new Map(clinics.map((clinic) => [clinic.division, clinic]))
  const seeds = makeResidents({ seed: facts.seed, count: facts.count, villages, today: facts.today })
  const settled = seeds.map((seed, at): Settled => {
    const clinic = byVillage.get(seed.village) as InstitutionSeed
    return { id: String(100_001 + at) as PersonId, seed, clinic: clinic.id as OrgId, unit: clinic.parent as OrgId }
  })
  for (let at = 0; at < settled.length; at += PEOPLE_A_BATCH)
    await insertBatch(db, settled.slice(at, at + PEOPLE_A_BATCH), facts.now, cipher)
  return settled
}

const PEOPLE_A_BATCH = 2_000

const insertBatch = async (db: Queryable, people: readonly Settled[], now: Instant, cipher: Cipher): Promise<void> => {
  const keys = people.map(() => cipher.newPersonKey())
  const keyOf = (at: number): Buffer => keys[at] as Buffer
  const persons = people.map(({ id, seed, clinic, unit }, at) => ({
    person_id: id,
    zh: seed.zh,
    en: seed.en,
    ...pinyinOf(seed.zh, true),
    sex: seed.sex,
    born_on: seed.bornOn,
    village: seed.village,
    address: seed.address,
    phone_sealed: seed.phone ? bytes(cipher.encrypt(keyOf(at), seed.phone)) : null,
    phone_index: seed.phone ? bytes(cipher.blindIndex('phone', seed.phone)) : null,
    insurance: seed.insurance,
    care_org_id: unit,
    clinic_org_id: clinic,
    source: 'demo',
    synthetic: true,
    created_at: now,
  }))
  await insertRows(db, 'residents.person', persons)
  await insertRows(
    db,
    'residents.person_key',
    people.map(({ id }, at) => ({ person_id: id, wrapped: bytes(keyOf(at)) })),
  )
  const numbered = people.flatMap(({ id, seed }, at) => {
    const paper = seed.idNumber ? { type: '01', number: seed.idNumber } : seed.otherId
    return paper ? [{ id, key: keyOf(at), ...paper, ...indexesOf(cipher, paper.type, paper.number) }] : []
  })
  await insertRows(
    db,
    'residents.identifier_claim',
    numbered.map(({ id, whole, claim }) => ({ claim_key: claim, number_index: bytes(whole), person_id: id })),
  )
  const identifiers = numbered.map(({ id, key, type, number, whole, tail }) => ({
    person_id: id,
    id: newId(),
    type,
    number_sealed: bytes(cipher.encrypt(key, number)),
    number_index: bytes(whole),
    tail_index: bytes(tail),
  }))
  await insertRows(db, 'residents.identifier', identifiers)
}

/** The histories of settled people as FHIR resources; answers how many. */
export const insertHistories = async (
  db: Queryable,
  people: readonly Settled[],
  facts: { seed: string; today: Day; now: Instant; zone: string; onProgress: (done: number) => void },
): Promise<number> => {
  let written = 0
  for (let at = 0; at < people.length; at += PEOPLE_A_BATCH) {
    const rows = people.slice(at, at + PEOPLE_A_BATCH).flatMap(({ id, seed }) => historyRows(id, seed, facts))
    written += await insertRows(db, 'health_record.resource', rows)
    facts.onProgress(Math.min(1, (at + PEOPLE_A_BATCH) / people.length))
  }
  return written
}

const historyRows = (
  id: PersonId,
  seed: ResidentSeed,
  facts: { seed: string; today: Day; now: Instant; zone: string },
): Record<string, unknown>[] =>
  makeHistory(seed, { today: facts.today, seed: facts.seed, patientReference: `Patient/${id}` }).map((resource) => {
    const body = JSON.stringify(resource)
    const index = indexOfResource(resource as never, facts.zone)
    return {
      person_id: id,
      id: resource.id,
      version: 1,
      type: resource.resourceType,
      body,
      code_system: index.codeSystem,
      code: index.code,
      display: index.display,
      effective_at: index.effectiveAt,
      status: index.status,
      source: 'demo',
      source_id: resource.id,
      hash: bytes(createHash('sha256').update(body).digest()),
      recorded_at: facts.now,
    }
  })
