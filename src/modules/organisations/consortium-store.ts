import { present } from '../../kernel/assert.ts'
import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'
import type {
  Consortium,
  Institution,
  Membership,
  MemberRole,
  ServiceLine,
  Staff,
  StaffRole,
  Tightness,
} from './organisations.ts'
import { inForce, institutionColumns, institutionsOf, within } from './store.ts'

const consortiumColumns = sql`c.id, c.kind, jsonb_build_object('zh', c.zh, 'en', c.en) as name, c.division, c.lead_id as lead, c.specialty,
  c.valid_from as "from", c.valid_until as until`
const membershipColumns = sql`m.consortium_id as consortium, m.institution_id as institution, m.role, m.tightness, m.valid_from as "from", m.valid_until as until`

export const findConsortium = (db: Queryable, id: string): Promise<Consortium | null> =>
  db.row<Consortium>(sql`select ${consortiumColumns} from organisations.consortium c where c.id = ${id}`)

export const lockConsortium = (tx: Tx, id: string): Promise<Consortium | null> =>
  tx.row<Consortium>(sql`select ${consortiumColumns} from organisations.consortium c where c.id = ${id} for update`)

/** Consortia of a division and of what lies in it, in force on a day; of every division when none is given. */
export const consortiaOf = (db: Queryable, division: string | null, day: Day): Promise<Consortium[]> =>
  db.rows<Consortium>(sql`select ${consortiumColumns} from organisations.consortium c
    where ${inForce('c', day)} and ${division ? within(sql`c.division`, division) : sql`true`} order by c.kind, c.division, c.id`)

/** The consortium that an institution belongs to, and how. */
export type OwnConsortium = Consortium & { readonly role: MemberRole; readonly tightness: Tightness }

/**
 * The county consortium or city group that an institution leads or is a member of on a day, or null; without a day, what has
 * no end. A tight one comes before a looser one; partners and specialty alliances do not count.
 */
export const consortiumOf = (db: Queryable, institution: OrgId, day: Day | null = null): Promise<OwnConsortium | null> =>
  db.row<OwnConsortium>(sql`select ${consortiumColumns}, m.role, m.tightness from organisations.membership m join organisations.consortium c on c.id = m.consortium_id
    where m.institution_id = ${institution} and m.role <> 'partner' and c.kind <> 'specialty-alliance' and ${inForce('m', day)} and ${inForce('c', day)}
    order by array_position(array['tight', 'semi-tight', 'loose'], m.tightness), m.valid_from desc limit 1`)

/** Which kind of consortium an institution works in on a day: what its quotas depend on; null outside of any. */
export const consortiumKindOf = async (
  db: Queryable,
  institution: OrgId,
  day: Day | null = null,
): Promise<Consortium['kind'] | null> => (await consortiumOf(db, institution, day))?.kind ?? null

/**
 * Who oversees an institution one level up: its managing institution and the lead of its consortium, without repetition.
 * Empty for the top.
 */
export const supervisorsOf = async (db: Queryable, institution: OrgId, day: Day | null = null): Promise<OrgId[]> => {
  const above = await db.row<{ parent: OrgId | null }>(
    sql`select parent_id as parent from organisations.institution where id = ${institution}`,
  )
  const consortium = await consortiumOf(db, institution, day)
  const supervisors = [above?.parent ?? null, consortium?.lead ?? null].filter(
    (id) => id !== null && id !== institution,
  ) as OrgId[]
  return [...new Set(supervisors)]
}

/** The consortium whose grid a village or community is, or null. */
export const consortiumOfVillage = (db: Queryable, village: string): Promise<Consortium | null> =>
  db.row<Consortium>(
    sql`select ${consortiumColumns} from organisations.grid g join organisations.consortium c on c.id = g.consortium_id where g.village = ${village}`,
  )

/** The consortium that cares for a village: the one whose grid it is, else the only one of its county that is no alliance; null when there is none. */
export const consortiumOfHome = async (db: Queryable, village: string): Promise<Consortium | null> => {
  const ofGrid = await consortiumOfVillage(db, village)
  if (ofGrid) return ofGrid
  const ofCounty = await db.rows<Consortium>(sql`select ${consortiumColumns} from organisations.consortium c
    where left(c.division, 6) = left(${village}, 6) and c.kind <> 'specialty-alliance' limit 2`)
  return ofCounty.length === 1 ? (ofCounty[0] as Consortium) : null
}

/** Leads and members of a consortium on a day, partners not: the institutions that share one pool of work. */
export const memberIdsOf = async (db: Queryable, consortium: string, day: Day): Promise<OrgId[]> =>
  (
    await db.rows<{ id: OrgId }>(sql`select m.institution_id as id from organisations.membership m
    where m.consortium_id = ${consortium} and m.role <> 'partner' and ${inForce('m', day)}`)
  ).map((row) => row.id)

/** A member as rules and screens need it: the institution, how it belongs, and the lines of service that it offers. */
export type Member = {
  readonly institution: Institution
  readonly role: MemberRole
  readonly tightness: Tightness
  readonly lines: readonly ServiceLine[]
}

export type MembersAsked = {
  readonly consortium: string
  readonly day: Day
  readonly limit?: number
  readonly withClinics: boolean
}

/** Members of a consortium on a day: the lead first, then by tier from the top. */
export const membersOf = (db: Queryable, { consortium, day, limit = 5_000, withClinics }: MembersAsked): Promise<Member[]> =>
  db.rows<Member>(sql`select to_jsonb(shown) || jsonb_build_object('id', i.id::text, 'parent', i.parent_id::text) as institution, m.role, m.tightness, coalesce(offered.lines, '{}') as lines
    from organisations.membership m join organisations.institution i on i.id = m.institution_id
    cross join lateral (select ${institutionColumns}) shown
    left join lateral (select array_agg(distinct s.line) as lines from organisations.service s where s.institution_id = i.id and ${inForce('s', day)}) offered on true
    where m.consortium_id = ${consortium} and ${inForce('m', day)} and (${withClinics} or i.tier <> 'village')
    order by array_position(array['lead', 'member', 'partner'], m.role),
      array_position(array['province', 'city', 'county', 'regional-centre', 'township', 'village'], i.tier), i.id limit ${limit}`)

/** A membership with the consortium that it is in. */
export type MembershipIn = Membership & { readonly kind: Consortium['kind']; readonly name: Consortium['name'] }

/** Memberships of institutions that are in force on a day or begin later: what a new one may clash with. */
export const membershipsFrom = (db: Queryable, institutions: readonly OrgId[], day: Day): Promise<MembershipIn[]> =>
  db.rows<MembershipIn>(sql`select ${membershipColumns}, c.kind, jsonb_build_object('zh', c.zh, 'en', c.en) as name
    from organisations.membership m join organisations.consortium c on c.id = m.consortium_id
    where m.institution_id = any(${institutions}::bigint[]) and (m.valid_until is null or m.valid_until > ${day}) order by m.valid_from`)

/** Institutions of a division that are tight members of two consortia at once: none, if every joining was checked. */
export const tightInTwo = (db: Queryable, division: string, day: Day): Promise<{ id: OrgId }[]> =>
  db.rows<{
    id: OrgId
  }>(sql`select m.institution_id as id from organisations.membership m join organisations.consortium c on c.id = m.consortium_id
    join organisations.institution i on i.id = m.institution_id
    where m.tightness = 'tight' and m.role <> 'partner' and c.kind <> 'specialty-alliance' and ${inForce('m', day)} and ${inForce('c', day)}
      and ${within(sql`i.division`, division)} group by m.institution_id having count(distinct m.consortium_id) > 1 order by 1`)

export const countVillages = async (db: Queryable, consortium: string): Promise<number> =>
  present(
    await db.row<{ count: number }>(
      sql`select count(*)::int as count from organisations.grid where consortium_id = ${consortium}`,
    ),
    'a count',
  ).count

/** Villages of a division that belong to no consortium, by code. */
export const villagesWithoutGrid = async (
  db: Queryable,
  division: string,
  limit: number,
): Promise<{ code: string; zh: string }[]> =>
  db.rows(sql`select d.code, d.zh from organisations.division d where d.rank = 'village' and ${within(sql`d.code`, division)}
    and not exists (select from organisations.grid g where g.village = d.code) order by d.code limit ${limit}`)

/** Institutions of a tier in a division that are in force on a day. */
export const institutionsOfTier = (
  db: Queryable,
  tier: Institution['tier'],
  division: string,
  day: Day,
): Promise<Institution[]> =>
  db.rows<Institution>(sql`select ${institutionColumns} from organisations.institution i
    where i.tier = ${tier} and ${within(sql`i.division`, division)} and ${inForce('i', day)} order by i.id`)

export const saveConsortium = async (tx: Tx, fresh: Consortium, memberships: readonly Membership[]): Promise<void> => {
  await tx.run(sql`insert into organisations.consortium (id, kind, zh, en, division, lead_id, specialty, valid_from, valid_until)
    values (${fresh.id}, ${fresh.kind}, ${fresh.name.zh}, ${fresh.name.en ?? null}, ${fresh.division}, ${fresh.lead}, ${fresh.specialty}, ${fresh.from}, ${fresh.until})`)
  for (const membership of memberships) await saveMembership(tx, membership)
}

export const saveMembership = (tx: Tx, { consortium, institution, role, tightness, from, until }: Membership): Promise<number> =>
  tx.run(sql`insert into organisations.membership (consortium_id, institution_id, role, tightness, valid_from, valid_until)
    values (${consortium}, ${institution}, ${role}, ${tightness}, ${from}, ${until})`)

/** Ends a membership on a day; one that would begin and end on the same day never was. */
export const saveLeaving = async (tx: Tx, membership: Membership, until: Day): Promise<void> => {
  const { consortium, institution, from } = membership
  const key = sql`consortium_id = ${consortium} and institution_id = ${institution} and valid_from = ${from}`
  if (from >= until) await tx.run(sql`delete from organisations.membership where ${key}`)
  else await tx.run(sql`update organisations.membership set valid_until = ${until} where ${key}`)
}

/** Puts villages into the grid of a consortium, out of whichever they were in. */
export const saveGrid = (tx: Tx, consortium: string, villages: readonly string[]): Promise<number> =>
  tx.run(sql`insert into organisations.grid (village, consortium_id) select unnest(${villages}::text[]), ${consortium}
    on conflict (village) do update set consortium_id = excluded.consortium_id`)

export const staffColumns = sql`f.id, jsonb_build_object('zh', f.zh, 'en', f.en) as name, f.role, f.title, f.specialty, f.employer_id as employer,
  f.workplace_id as workplace, f.valid_from as "from", f.valid_until as until, f.synthetic`

export const lockStaff = (tx: Tx, id: string): Promise<Staff | null> =>
  tx.row<Staff>(sql`select ${staffColumns} from organisations.staff f where f.id = ${id} for update`)

/** Who is employed by an institution or works there on a day, with the other place of those sent out or in (县管乡用). */
export const staffAt = async (
  db: Queryable,
  institution: OrgId,
  role: StaffRole | undefined,
  day: Day,
): Promise<(Staff & { other: Institution | null })[]> => {
  const staff =
    await db.rows<Staff>(sql`select ${staffColumns} from organisations.staff f where (f.workplace_id = ${institution} or f.employer_id = ${institution})
    and ${role ? sql`f.role = ${role}` : sql`true`} and ${inForce('f', day)} order by f.role, f.id`)
  const otherOf = (one: Staff): OrgId => (one.workplace === institution ? one.employer : one.workplace)
  const others = new Map((await institutionsOf(db, staff.map(otherOf))).map((found) => [found.id, found]))
  return staff.map((one) => ({ ...one, other: otherOf(one) === institution ? null : (others.get(otherOf(one)) ?? null) }))
}

/** Writes a person of the staff, or a new placement of one; the earlier placement is kept. */
export const savePlacement = async (tx: Tx, staff: Staff, before: Staff | null): Promise<void> => {
  if (before && before.from < staff.from) {
    await tx.run(sql`insert into organisations.staff_past (staff_id, version, employer_id, workplace_id, valid_from, valid_until)
      select ${before.id}, 1 + count(*), ${before.employer}, ${before.workplace}, ${before.from}, ${staff.from} from organisations.staff_past where staff_id = ${before.id}`)
  }
  await tx.run(sql`insert into organisations.staff (id, zh, en, role, title, specialty, employer_id, workplace_id, valid_from, valid_until, synthetic)
    values (${staff.id}, ${staff.name.zh}, ${staff.name.en ?? null}, ${staff.role}, ${staff.title}, ${staff.specialty}, ${staff.employer}, ${staff.workplace},
      ${staff.from}, ${staff.until}, ${staff.synthetic})
    on conflict (id) do update set zh = excluded.zh, en = excluded.en, role = excluded.role, title = excluded.title, specialty = excluded.specialty,
      employer_id = excluded.employer_id, workplace_id = excluded.workplace_id, valid_from = excluded.valid_from`)
}
