import type { Day } from '../../kernel/day.ts'
import type { Queryable, Tx } from '../../platform/database/pool.ts'
import { makeClinics } from '../../../sim/region/clinics.ts'
import { makeConsortia } from '../../../sim/region/consortia.ts'
import { readDivisions } from '../../../sim/region/divisions.ts'
import { makeServices } from '../../../sim/region/services.ts'
import { makeStaff } from '../../../sim/region/staff.ts'
import type { ClinicSeed, ConsortiumSeed, InstitutionSeed, StaffSeed } from '../../../sim/region/types.ts'
import { loadCatalogue } from '../../modules/navigation/index.ts'
import { indexNames, loadSpecialties } from '../../modules/organisations/index.ts'
import { insertRows } from './insert.ts'

/** Since when the demo's institutions stand: before every dated policy that applies to them. */
const FOUNDED = '2020-01-01' as Day

const PROVINCE = { code: '430000000000', zh: '湖南省', rank: 'province', parent: null }

/** Divisions, the catalogue of specialties, and the condition groups. */
export const insertCatalogues = async (db: Tx): Promise<void> => {
  const { prefectures, counties, townships, villages } = readDivisions()
  const ranked = (rank: string, list: readonly { code: string; zh: string }[], parentOf: (at: number) => string) =>
    list.map(({ code, zh }, at) => ({ code, zh, rank, parent: parentOf(at) }))
  await insertRows(db, 'organisations.division', [PROVINCE])
  await insertRows(
    db,
    'organisations.division',
    ranked('prefecture', prefectures, () => PROVINCE.code),
  )
  await insertRows(
    db,
    'organisations.division',
    ranked('county', counties, (at) => counties[at]?.prefecture ?? ''),
  )
  await insertRows(
    db,
    'organisations.division',
    ranked('township', townships, (at) => townships[at]?.county ?? ''),
  )
  await insertRows(
    db,
    'organisations.division',
    ranked('village', villages, (at) => villages[at]?.township ?? ''),
  )
  await loadSpecialties(db)
  await loadCatalogue(db)
}

/** Institutions with their services, all of the province. */
export const insertInstitutions = async (db: Queryable, institutions: readonly InstitutionSeed[]): Promise<void> => {
  const rows = institutions.map(institutionRow)
  await insertRows(db, 'organisations.institution', rows)
  await indexNames(db)
  const services = institutions.flatMap((institution) => makeServices(institution))
  await insertRows(
    db,
    'organisations.service',
    services.map(({ institution, ...service }) => ({ institution_id: institution, ...service, valid_from: FOUNDED })),
  )
}

const institutionRow = (one: InstitutionSeed): Record<string, unknown> => {
  const { id, code, zh, en, tier, ws218, level, rank, ownership, division, parent, longitude, latitude, beds, population } = one
  const place = { division, parent_id: parent, longitude, latitude, beds, population, phone: phoneOf(id) }
  return {
    id,
    code,
    zh,
    en,
    tier,
    ws218,
    level,
    rank,
    ownership,
    ...place,
    valid_from: FOUNDED,
    synthetic: true,
    pinyin: '',
    initials: '',
  }
}

// Begins with 0000, which no exchange has.
const phoneOf = (id: string): string => `0000-${id.slice(-8)}`

/** Consortia, memberships and the grid of villages; answers which kind of consortium decides an institution's quotas. */
export const insertConsortia = async (db: Queryable, consortia: readonly ConsortiumSeed[]): Promise<Map<string, string>> => {
  await insertRows(
    db,
    'organisations.consortium',
    consortia.map(({ id, kind, zh, en, division, lead, specialty }) => ({
      id,
      kind,
      zh,
      en,
      division,
      lead_id: lead,
      specialty,
      valid_from: FOUNDED,
    })),
  )
  await insertRows(db, 'organisations.membership', consortia.flatMap(membershipRows))
  await insertRows(
    db,
    'organisations.grid',
    consortia.flatMap(({ id, villages }) => villages.map((village) => ({ village, consortium_id: id }))),
  )
  const kinds = new Map<string, string>()
  for (const { kind, lead, members } of consortia)
    if (kind !== 'specialty-alliance')
      for (const { institution } of [...members, { institution: lead }]) kinds.set(institution, kind)
  return kinds
}

const membershipRows = ({ id, lead, tightness, members, partners }: ConsortiumSeed): Record<string, unknown>[] => [
  { consortium_id: id, institution_id: lead, role: 'lead', tightness, valid_from: FOUNDED },
  ...members.map((member) => ({
    consortium_id: id,
    institution_id: member.institution,
    role: 'member',
    tightness: member.tightness,
    valid_from: FOUNDED,
  })),
  ...partners.map((partner) => ({
    consortium_id: id,
    institution_id: partner,
    role: 'partner',
    tightness: 'loose',
    valid_from: FOUNDED,
  })),
]

/** Staff of the pilots. */
export const insertStaff = async (db: Queryable, staff: readonly StaffSeed[]): Promise<void> => {
  await insertRows(
    db,
    'organisations.staff',
    staff.map(({ employer, workplace, ...rest }) => ({
      ...rest,
      employer_id: employer,
      workplace_id: workplace,
      valid_from: FOUNDED,
    })),
  )
}

/** What the generator makes of the region besides places: consortia, staff and weekly plans. */
export type Seeds = { readonly consortia: ConsortiumSeed[]; readonly staff: StaffSeed[]; readonly clinics: ClinicSeed[] }

export const makeSeeds = (institutions: readonly InstitutionSeed[], seed: string): Seeds => {
  const consortia = makeConsortia(institutions)
  const staff = makeStaff(institutions, consortia, seed)
  return { consortia, staff, clinics: makeClinics(institutions, consortia, staff, seed) }
}
