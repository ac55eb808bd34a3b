import type { Day } from '../../kernel/day.ts'
import type { Queryable } from '../../platform/database/pool.ts'
import { makeClinicDay } from '../../../sim/hunan/clinics.ts'
import { CONDITIONS } from '../../../sim/hunan/conditions.ts'
import { isPilot, makeConsortia } from '../../../sim/hunan/consortia.ts'
import type { InstitutionSeed, Region } from '../../../sim/hunan/institutions.ts'
import { makeServices, type ServiceSeed } from '../../../sim/hunan/services.ts'
import { SPECIALTIES } from '../../../sim/hunan/specialties.ts'
import { makeStaff, type StaffSeed } from '../../../sim/hunan/staff.ts'
import { instantAt, plusDays, weekdayOf } from '../../kernel/day.ts'
import { newId } from '../../kernel/id.ts'
import { quotaOf } from '../../kernel/share.ts'
import { plusHours, plusMinutes, type Instant } from '../../kernel/clock.ts'
import { valueOn, type Rulebook } from '../../shapes/rulebook.ts'
import { indexConditions } from '../../modules/navigation/index.ts'
import { indexNames } from '../../modules/organisations/index.ts'
import { insertRows } from './insert.ts'

/** Since when the demo's institutions stand: before every dated policy that applies to them. */
const FOUNDED = '2020-01-01' as Day

/** Divisions, the catalogue of specialties, and the condition groups. */
export const insertCatalogues = async (db: Queryable, { divisions }: Region): Promise<void> => {
  for (const rank of ['province', 'prefecture', 'county', 'township', 'village'] as const) await insertRows(db, 'organisations.division', divisions[rank])
  await insertRows(db, 'organisations.specialty', SPECIALTIES.map(([code, zh, en]) => ({ code, zh, en, grade: 'memory' })))
  await insertRows(db, 'navigation.condition', CONDITIONS.map(({ key, zh, en, aliases, icd10, specialty, lowestTier, urgency, source }) => ({ key, zh, en, aliases, icd10, specialty, lowest_tier: lowestTier, urgency, source, pinyin: '' })))
  await indexConditions(db)
}

/** Institutions with their services, all of the province. */
export const insertInstitutions = async (db: Queryable, region: Region, seed: string): Promise<Map<string, ServiceSeed[]>> => {
  const rows = region.institutions.map(({ parent, ...rest }) => ({ ...rest, parent_id: parent, valid_from: FOUNDED, synthetic: true, pinyin: '', initials: '' }))
  await insertRows(db, 'organisations.institution', rows)
  await indexNames(db)
  const services = new Map(region.institutions.map((institution) => [institution.id, makeServices(institution, seed)]))
  const all = [...services.values()].flat().map(({ institution, ...service }) => ({ institution_id: institution, ...service, valid_from: FOUNDED }))
  await insertRows(db, 'organisations.service', all)
  return services
}

/** Consortia, memberships and the grid of villages. */
export const insertConsortia = async (db: Queryable, region: Region): Promise<Map<string, string>> => {
  const { consortia, memberships, grid } = makeConsortia(region)
  await insertRows(db, 'organisations.consortium', consortia.map(({ lead, ...rest }) => ({ ...rest, lead_id: lead, valid_from: FOUNDED })))
  await insertRows(db, 'organisations.membership', memberships.map(({ consortium, institution, role, tightness }) => ({ consortium_id: consortium, institution_id: institution, role, tightness, valid_from: FOUNDED })))
  await insertRows(db, 'organisations.grid', grid.map(({ village, consortium }) => ({ village, consortium_id: consortium })))
  const kindOf = new Map(consortia.map(({ id, kind }) => [id, kind]))
  // The group that an institution leads decides its quotas; a member takes those of the group that it is in.
  const kinds = new Map<string, string>()
  for (const { consortium, institution, role } of memberships) {
    const kind = kindOf.get(consortium)
    if (kind && kind !== 'specialty-alliance' && role !== 'partner' && (role === 'lead' || !kinds.has(institution))) kinds.set(institution, kind)
  }
  return kinds
}

/** Staff of the pilots. */
export const insertStaff = async (db: Queryable, region: Region, services: ReadonlyMap<string, ServiceSeed[]>, seed: string): Promise<Map<string, StaffSeed[]>> => {
  const pilots = region.institutions.filter((institution) => isPilot(institution.division))
  const staff = new Map(pilots.map((institution) => [institution.id, makeStaff(institution, services.get(institution.id) ?? [], seed)]))
  const rows = [...staff.values()].flat().map(({ employer, workplace, ...rest }) => ({ ...rest, employer_id: employer, workplace_id: workplace, valid_from: FOUNDED, synthetic: true }))
  await insertRows(db, 'organisations.staff', rows)
  return staff
}

const DAYS_PUBLISHED = 14
const SATURDAY = 6

export type PoolFacts = {
  readonly region: Region
  readonly services: ReadonlyMap<string, ServiceSeed[]>
  readonly staff: ReadonlyMap<string, StaffSeed[]>
  readonly kinds: ReadonlyMap<string, string>
  readonly rulebook: Rulebook
  readonly zone: string
  readonly now: Instant
  readonly today: Day
}

/** Slots of the pilots for fourteen days, with the reserve that the rulebook asks of each kind of consortium. */
export const insertPools = async (db: Queryable, facts: PoolFacts): Promise<number> => {
  let published = 0
  for (let ahead = 0; ahead < DAYS_PUBLISHED; ahead += 1) {
    const day = plusDays(facts.today, ahead)
    if (weekdayOf(day) > SATURDAY) continue
    const rows = facts.region.institutions.filter((one) => isPilot(one.division)).flatMap((institution) => poolRows(institution, day, facts))
    published += await insertRows(db, 'booking.pool', rows)
  }
  return published
}

const poolRows = (institution: InstitutionSeed, day: Day, facts: PoolFacts): Record<string, unknown>[] => {
  const { rulebook, zone } = facts
  const slots = makeClinicDay(institution, facts.services.get(institution.id) ?? [], facts.staff.get(institution.id) ?? [])
  const releaseHours = valueOn(rulebook, 'booking.release-hours', day)
  return slots.flatMap(({ specialty, kind, time, capacity, staff, room }) => {
    const startsAt = instantAt(day, time, zone)
    if (startsAt <= facts.now) return []
    const share = valueOn(rulebook, 'booking.reserved-share', day, `${facts.kinds.get(institution.id) ?? 'none'}-${kind}`)
    return [
      {
        org_id: institution.id,
        id: newId(),
        specialty,
        staff_id: staff?.id ?? null,
        doctor_zh: staff ? `${staff.zh} ${staff.title}` : null,
        doctor_en: staff?.en ?? null,
        kind,
        starts_at: startsAt,
        ends_at: plusMinutes(startsAt, 30),
        capacity,
        reserved: quotaOf(capacity, share),
        used_reserved: 0,
        used_open: 0,
        release_at: plusHours(startsAt, -releaseHours),
        place_zh: room.zh,
        place_en: room.en,
      },
    ]
  })
}
