import { present } from '../../kernel/assert.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { Day } from '../../kernel/day.ts'
import type { AccountId, OrgId } from '../../kernel/id.ts'
import { join, raw, sql, type Queryable, type Sql, type Tx } from '../../platform/database/pool.ts'
import { pinyinOf } from '../../platform/pinyin.ts'
import { divisionStem, type Division, type Institution, type Service, type Tier } from './organisations.ts'

/** The columns of an institution under the alias `i`, named as the type names them. */
export const institutionColumns: Sql = sql`i.id, i.code, jsonb_build_object('zh', i.zh, 'en', i.en) as name, i.tier, i.ws218, i.level, i.rank,
  i.ownership, i.division, i.parent_id as parent, i.longitude::float8, i.latitude::float8, i.beds, i.population, i.phone, i.valid_from as "from",
  i.valid_until as until, i.synthetic`

/** In force on a day; without a day, what has no end. */
export const inForce = (alias: string, day: Day | null): Sql => {
  const from = raw(`${alias}.valid_from`)
  const until = raw(`${alias}.valid_until`)
  return day === null ? sql`${until} is null` : sql`(${from} <= ${day} and (${until} is null or ${until} > ${day}))`
}

/** Whether a division column lies in a division: a range, so that the index serves it. */
export const within = (column: Sql, division: string): Sql => {
  const stem = divisionStem(division)
  return stem.length === 12
    ? sql`${column} = ${stem}`
    : sql`${column} between ${stem.padEnd(12, '0')} and ${stem.padEnd(12, '9')}`
}

/** An institution by id, or null; in force or not. */
export const findInstitution = (db: Queryable, id: OrgId): Promise<Institution | null> =>
  db.row<Institution>(sql`select ${institutionColumns} from organisations.institution i where i.id = ${id}`)

/** The same for what must exist. */
export const getInstitution = async (db: Queryable, id: OrgId): Promise<Institution> =>
  present(await findInstitution(db, id), 'the institution')

/** Several institutions by id, in no order; unknown ids are left out. */
export const institutionsOf = (db: Queryable, ids: readonly OrgId[]): Promise<Institution[]> =>
  db.rows<Institution>(sql`select ${institutionColumns} from organisations.institution i where i.id = any(${ids}::bigint[])`)

/** Locks institutions in the order of their ids, so that two acts never wait for each other. */
export const lockInstitutions = async (tx: Tx, ids: readonly OrgId[]): Promise<Map<OrgId, Institution>> => {
  const locked = await tx.rows<Institution>(sql`select ${institutionColumns} from organisations.institution i
    where i.id = any(${ids}::bigint[]) order by i.id for update`)
  return new Map(locked.map((institution) => [institution.id, institution]))
}

/** The managing institution of the next tier, or null. */
export const parentOf = async (db: Queryable, id: OrgId): Promise<OrgId | null> =>
  (await db.row<{ parent: OrgId | null }>(sql`select parent_id as parent from organisations.institution where id = ${id}`))
    ?.parent ?? null

/** The chain of managing institutions from the next tier to the top. */
export const parentChain = (db: Queryable, id: OrgId): Promise<Institution[]> =>
  db.rows<Institution>(sql`with recursive chain as (
      select i.id, i.parent_id, 0 as step from organisations.institution i where i.id = ${id}
      union all
      select i.id, i.parent_id, step + 1 from organisations.institution i join chain on i.id = chain.parent_id where step < 10
    ) select ${institutionColumns} from chain join organisations.institution i on i.id = chain.id where step > 0 order by step`)

/** The clinic of a village or community, or null; of two, the one with the smaller id. */
export const clinicOfVillage = (db: Queryable, village: string, day: Day | null = null): Promise<Institution | null> =>
  db.row<Institution>(sql`select ${institutionColumns} from organisations.institution i
    where i.division = ${village} and i.tier = 'village' and ${inForce('i', day)} order by i.id limit 1`)

export type Point = { readonly longitude: number; readonly latitude: number }

/** The middle of the institutions of a division, or null when it has none. */
export const centreOf = async (db: Queryable, division: string): Promise<Point | null> => {
  const centre = await db.row<{
    longitude: number | null
    latitude: number | null
  }>(sql`select avg(i.longitude)::float8 as longitude, avg(i.latitude)::float8 as latitude
    from organisations.institution i where ${within(sql`i.division`, division)}`)
  return centre?.longitude == null || centre.latitude == null ? null : { longitude: centre.longitude, latitude: centre.latitude }
}

const NEAREST_BY_DEGREES = 20

/**
 * The institution of primary care nearest to a point. The index knows plain degrees; of the nearest by those, the nearest
 * with the longitude shortened by the latitude is taken.
 */
export const nearestPrimary = (db: Queryable, { longitude, latitude }: Point, day: Day): Promise<Institution | null> =>
  db.row<Institution>(sql`select ${institutionColumns} from (
      select * from organisations.institution i where i.tier in ('village', 'township', 'regional-centre') and ${inForce('i', day)}
      order by point(i.longitude::float8, i.latitude::float8) <-> point(${longitude}, ${latitude}) limit ${NEAREST_BY_DEGREES}
    ) i order by ((i.longitude::float8 - ${longitude}) * cos(radians(${latitude}))) ^ 2 + (i.latitude::float8 - ${latitude}) ^ 2, i.id limit 1`)

/** Institutions below one that are in force on a day. */
export const countChildren = async (db: Queryable, id: OrgId, day: Day): Promise<number> =>
  present(
    await db.row<{ count: number }>(
      sql`select count(*)::int as count from organisations.institution i where i.parent_id = ${id} and ${inForce('i', day)}`,
    ),
    'a count',
  ).count

export const codeIsTaken = async (db: Queryable, code: string, except: OrgId | null): Promise<boolean> =>
  (await db.row(sql`select 1 from organisations.institution where code = ${code} and id is distinct from ${except}`)) !== null

/** A division by its 12-digit code, or null. */
export const findDivision = (db: Queryable, code: string): Promise<Division | null> =>
  db.row<Division>(sql`select code, zh, rank, parent from organisations.division where code = ${code}`)

export const divisionsOf = (db: Queryable, codes: readonly string[]): Promise<Division[]> =>
  db.rows<Division>(sql`select code, zh, rank, parent from organisations.division where code = any(${codes}::text[])`)

/** Divisions directly below one, by code; without a code the provinces. */
export const childDivisions = (db: Queryable, parent: string | null): Promise<Division[]> =>
  db.rows<Division>(
    sql`select code, zh, rank, parent from organisations.division where parent is not distinct from ${parent} order by code`,
  )

/** How a division is reached from the province down, itself last. */
export const divisionPath = (db: Queryable, code: string): Promise<Division[]> =>
  db.rows<Division>(sql`with recursive path as (
      select d.*, 0 as step from organisations.division d where d.code = ${code}
      union all
      select d.*, step + 1 from organisations.division d join path on d.code = path.parent where step < 5
    ) select code, zh, rank, parent from path order by step desc`)

export const serviceColumns = sql`s.institution_id as institution, s.specialty, s.line, s.tag, jsonb_build_object('zh', s.zh, 'en', s.en) as name,
  s.valid_from as "from", s.valid_until as until`

/** What an institution offers on a day, by specialty. */
export const servicesOf = (db: Queryable, institutions: readonly OrgId[], day: Day): Promise<Service[]> =>
  db.rows<Service>(sql`select ${serviceColumns} from organisations.service s
    where s.institution_id = any(${institutions}::bigint[]) and ${inForce('s', day)} order by s.specialty, s.line`)

export const specialtyName = (db: Queryable, code: string): Promise<{ zh: string; en: string } | null> =>
  db.row(sql`select zh, en from organisations.specialty where code = ${code}`)

export type PlacesAsked = {
  readonly specialty: string
  /** Places in any of these divisions; empty: anywhere. */
  readonly divisions?: readonly string[]
  readonly tiers?: readonly Tier[]
  /** Besides, whatever lies in the divisions, these institutions wherever they are. */
  readonly also?: readonly OrgId[]
  readonly day: Day
}

/** An institution that offers a specialty, with its strongest tag and the lines of service in it. */
export type Place = Institution & { readonly tag: Service['tag']; readonly lines: Service['line'][] }

/** Lines in which somebody ill is cared for; a specialty offered only as prevention is no place to send a patient to. */
export const CARE_LINES = ['diagnosis', 'treatment', 'rehabilitation', 'nursing'] as const

/** Institutions that care for patients in a specialty on a day, in no order. */
export const placesWith = (db: Queryable, asked: PlacesAsked): Promise<Place[]> => {
  const { divisions = [], tiers, also = [] } = asked
  const areas = [...divisions.map((code) => within(sql`i.division`, code)), sql`i.id = any(${also}::bigint[])`]
  return db.rows<Place>(sql`select ${institutionColumns}, array_agg(distinct s.line) as lines,
      case when bool_or(s.tag = 'key') then 'key' when bool_or(s.tag = 'advantage') then 'advantage' when bool_or(s.tag = 'feature') then 'feature' end as tag
    from organisations.institution i join organisations.service s on s.institution_id = i.id
    where s.specialty = ${asked.specialty} and ${inForce('s', asked.day)} and ${inForce('i', asked.day)}
      and ${divisions.length === 0 ? sql`true` : sql`(${join(areas, ' or ')})`} and ${tiers ? sql`i.tier = any(${tiers}::text[])` : sql`true`}
    group by i.id having bool_or(s.line = any(${CARE_LINES}::text[]))`)
}

export type SearchAsked = {
  readonly text: string
  readonly tier?: Tier | undefined
  readonly division?: string | undefined
  readonly specialty?: string | undefined
  readonly day: Day
  readonly limit: number
}

/** Institutions by zh or en name, pinyin, initials or the beginning of the code; the shortest name first. */
export const searchInstitutions = (db: Queryable, asked: SearchAsked): Promise<Institution[]> => {
  const like = asked.text.replace(/[\\%_]/g, '\\$&')
  const latin = like.toLowerCase().replaceAll(' ', '')
  const conditions = [inForce('i', asked.day)]
  if (asked.text) {
    conditions.push(sql`(i.zh like ${`%${like}%`} or lower(i.en) like ${`%${like.toLowerCase()}%`} or i.code like ${`${like.toUpperCase()}%`}
      or i.initials like ${`%${latin}%`} or i.pinyin like ${`%${latin}%`})`)
  }
  if (asked.tier) conditions.push(sql`i.tier = ${asked.tier}`)
  if (asked.division) conditions.push(within(sql`i.division`, asked.division.padEnd(12, '0')))
  if (asked.specialty)
    conditions.push(
      sql`exists (select from organisations.service s where s.institution_id = i.id and s.specialty = ${asked.specialty} and ${inForce('s', asked.day)})`,
    )
  return db.rows<Institution>(sql`select ${institutionColumns} from organisations.institution i where ${join(conditions, ' and ')}
    order by length(i.zh), i.id limit ${asked.limit}`)
}

/** The next key for what is entered by hand. */
export const nextEnteredId = async <Id extends string = string>(tx: Tx): Promise<Id> =>
  present(await tx.row<{ id: Id }>(sql`select nextval('organisations.entered_id')::text as id`), 'a new key').id

/** Writes a new institution. */
export const saveInstitution = (tx: Tx, fresh: Institution): Promise<number> => {
  const { pinyin, initials } = pinyinOf(fresh.name.zh)
  return tx.run(sql`insert into organisations.institution (id, code, zh, en, tier, ws218, level, rank, ownership, division, parent_id, longitude, latitude,
      beds, population, phone, valid_from, valid_until, synthetic, pinyin, initials)
    values (${fresh.id}, ${fresh.code}, ${fresh.name.zh}, ${fresh.name.en ?? null}, ${fresh.tier}, ${fresh.ws218}, ${fresh.level}, ${fresh.rank},
      ${fresh.ownership}, ${fresh.division}, ${fresh.parent}, ${fresh.longitude}, ${fresh.latitude}, ${fresh.beds}, ${fresh.population}, ${fresh.phone},
      ${fresh.from}, ${fresh.until}, ${fresh.synthetic}, ${pinyin}, ${initials})`)
}

export type Correction = {
  readonly before: Institution
  readonly after: Institution
  readonly why: 'changed' | 'corrected'
  /** First day of the new text. */
  readonly from: Day
  readonly at: Instant
  readonly by: AccountId | null
}

/** Keeps the text that was, then writes the new one. */
export const saveCorrection = async (tx: Tx, { before, after, why, from, at, by }: Correction): Promise<void> => {
  await tx.run(sql`insert into organisations.institution_past (institution_id, version, why, from_on, until_on, body, replaced_at, replaced_by)
    select i.id, 1 + (select count(*) from organisations.institution_past p where p.institution_id = i.id), ${why},
      coalesce(i.text_from, i.valid_from), ${from}, ${JSON.stringify(before)}, ${at}, ${by}
    from organisations.institution i where i.id = ${before.id}`)
  const { pinyin, initials } = pinyinOf(after.name.zh)
  await tx.run(sql`update organisations.institution set code = ${after.code}, zh = ${after.name.zh}, en = ${after.name.en ?? null}, tier = ${after.tier},
      ws218 = ${after.ws218}, level = ${after.level}, rank = ${after.rank}, ownership = ${after.ownership}, parent_id = ${after.parent},
      longitude = ${after.longitude}, latitude = ${after.latitude}, beds = ${after.beds}, population = ${after.population}, phone = ${after.phone},
      text_from = ${why === 'changed' ? sql`${from}::date` : sql`text_from`}, pinyin = ${pinyin}, initials = ${initials}
    where id = ${before.id}`)
}

/** The first day of an institution's present text. */
export const textFrom = async (db: Queryable, id: OrgId): Promise<Day> =>
  present(
    await db.row<{ day: Day }>(
      sql`select coalesce(text_from, valid_from) as day from organisations.institution where id = ${id}`,
    ),
    'the institution',
  ).day

/** What an institution's row said on an earlier day, or null when its present text already stood. */
export const findPastText = async (db: Queryable, id: OrgId, day: Day): Promise<Institution | null> =>
  (
    await db.row<{ body: Institution }>(sql`select body from organisations.institution_past
    where institution_id = ${id} and why = 'changed' and from_on <= ${day} and until_on > ${day} order by version desc limit 1`)
  )?.body ?? null

export type PastText = { version: number; why: 'changed' | 'corrected'; from: Day; until: Day; body: Institution; at: Instant }

export const pastTexts = (db: Queryable, id: OrgId): Promise<PastText[]> =>
  db.rows<PastText>(sql`select version, why, from_on as "from", until_on as until, body, replaced_at as at
    from organisations.institution_past where institution_id = ${id} order by version desc`)

/** Ends an institution, its services, memberships and placements on a day; earlier ends stay. */
export const saveClosing = async (tx: Tx, id: OrgId, until: Day): Promise<void> => {
  await tx.run(sql`update organisations.institution set valid_until = ${until} where id = ${id}`)
  await endAll(tx, 'service', sql`institution_id = ${id}`, until)
  await endAll(tx, 'membership', sql`institution_id = ${id}`, until)
  await endAll(tx, 'staff', sql`(workplace_id = ${id} or employer_id = ${id})`, until)
}

// What would only begin on or after the end never comes into force.
const endAll = async (tx: Tx, table: 'service' | 'membership' | 'staff', condition: Sql, until: Day): Promise<void> => {
  if (table !== 'staff') await tx.run(sql`delete from organisations.${raw(table)} where ${condition} and valid_from >= ${until}`)
  await tx.run(sql`update organisations.${raw(table)} set valid_until = ${until}
    where ${condition} and valid_from < ${until} and (valid_until is null or valid_until > ${until})`)
}

/** Sets what an institution offers from a day on: ends what was said of the same specialty and line, then writes the new. */
export const saveService = async (tx: Tx, service: Service, ends: boolean): Promise<void> => {
  await endAll(
    tx,
    'service',
    sql`institution_id = ${service.institution} and specialty = ${service.specialty} and line = ${service.line}`,
    service.from,
  )
  if (ends) return
  await tx.run(sql`insert into organisations.service (institution_id, specialty, line, tag, zh, en, valid_from, valid_until)
    values (${service.institution}, ${service.specialty}, ${service.line}, ${service.tag}, ${service.name.zh}, ${service.name.en ?? null}, ${service.from}, ${service.until})`)
}

const NAMES_A_BATCH = 2_000

/** Makes institutions that were loaded in bulk findable by pinyin; answers how many were without. */
export const indexNames = async (db: Queryable): Promise<number> => {
  for (let done = 0; ;) {
    const rows = await db.rows<{ id: OrgId; zh: string }>(
      sql`select id, zh from organisations.institution where pinyin = '' limit ${NAMES_A_BATCH}`,
    )
    if (rows.length === 0) return done
    const names = rows.map(({ id, zh }) => ({ id, ...pinyinOf(zh) }))
    await db.run(sql`update organisations.institution i set pinyin = n.pinyin, initials = n.initials
      from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as n (id bigint, pinyin text, initials text) where i.id = n.id`)
    done += rows.length
  }
}
