import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import type { Name } from '../../kernel/words.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'
import type { Institution } from './organisations.ts'
import { inForce, institutionColumns, within } from './store.ts'

/** Institutions of a division that are in force on a day, the highest tier first. */
export const institutionsWithin = (db: Queryable, division: string, day: Day): Promise<Institution[]> =>
  db.rows<Institution>(sql`select ${institutionColumns} from organisations.institution i
    where ${within(sql`i.division`, division)} and ${inForce('i', day)}
    order by array_position(array['province', 'city', 'county', 'regional-centre', 'township', 'village'], i.tier), i.id`)

/** Counties (six digits) of a division, or the one that it is. */
export const countiesOfDivision = async (db: Queryable, division: string): Promise<string[]> =>
  (
    await db.rows<{ county: string }>(sql`select left(d.code, 6) as county from organisations.division d
      where d.rank = 'county' and ${within(sql`d.code`, division)} order by 1`)
  ).map(({ county }) => county)

/** Counties (six digits) whose villages belong to a consortium. */
export const countiesOfConsortium = async (db: Queryable, consortium: string): Promise<string[]> =>
  (
    await db.rows<{ county: string }>(sql`select distinct left(g.village, 6) as county from organisations.grid g
      where g.consortium_id = ${consortium} order by 1`)
  ).map(({ county }) => county)

/** Doctors of one specialty and title who work at a place; `specialty` is null where nothing is entered. */
export type DoctorCount = {
  readonly org: OrgId
  readonly specialty: string | null
  readonly title: string | null
  readonly doctors: number
}

/** Doctors by place, specialty and title on a day, those sent there included. */
export const doctorsOf = (db: Queryable, orgs: readonly OrgId[], day: Day): Promise<DoctorCount[]> =>
  db.rows<DoctorCount>(sql`select f.workplace_id as org, f.specialty, f.title, count(*)::int as doctors from organisations.staff f
    where f.workplace_id = any(${orgs}::bigint[]) and f.role in ('physician', 'family-doctor', 'village-doctor') and ${inForce('f', day)}
    group by f.workplace_id, f.specialty, f.title`)

/** A specialty alliance (专科联盟): its specialty, who leads it, and which of the institutions asked for belong to it. */
export type AllianceOf = {
  readonly id: string
  readonly name: Name
  readonly specialty: string
  readonly lead: OrgId
  readonly members: readonly OrgId[]
}

/** Every specialty alliance in force on a day, with its members among some institutions. */
export const alliancesOn = (db: Queryable, orgs: readonly OrgId[], day: Day): Promise<AllianceOf[]> =>
  db.rows<AllianceOf>(sql`select c.id, jsonb_build_object('zh', c.zh, 'en', c.en) as name, c.specialty, c.lead_id as lead,
      coalesce(array_agg(m.institution_id) filter (where m.institution_id is not null), '{}') as members
    from organisations.consortium c left join organisations.membership m
      on m.consortium_id = c.id and m.institution_id = any(${orgs}::bigint[]) and ${inForce('m', day)}
    where c.kind = 'specialty-alliance' and c.specialty is not null and ${inForce('c', day)} group by c.id order by c.id`)

/** Names of every specialty (诊疗科目) by code. */
export const specialtyNames = (db: Queryable): Promise<{ code: string; zh: string; en: string }[]> =>
  db.rows(sql`select code, zh, en from organisations.specialty order by code`)
