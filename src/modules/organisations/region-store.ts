import type { Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { sql, type Queryable } from '../../platform/database/pool.ts'
import type { ServiceTag, Tier } from './organisations.ts'
import { CARE_LINES, inForce } from './store.ts'

// The whole region at once, for what keeps it in memory.

export type RegionSite = {
  readonly id: OrgId
  readonly tier: Tier
  readonly longitude: number
  readonly latitude: number
  readonly division: string
}

/** Every institution in force on a day. */
export const allSites = (db: Queryable, day: Day): Promise<RegionSite[]> =>
  db.rows(sql`select i.id, i.tier, i.longitude::float8, i.latitude::float8, i.division
    from organisations.institution i where ${inForce('i', day)} order by i.id`)

/** A specialty with every institution that cares for patients in it, and the strongest tag of each. */
export type RegionSpecialty = {
  readonly specialty: string
  readonly sites: readonly OrgId[]
  readonly tags: readonly (ServiceTag | null)[]
}

/** What `placesWith` answers for one specialty, for all of them. */
export const servedSpecialties = (db: Queryable, day: Day): Promise<RegionSpecialty[]> =>
  db.rows(sql`with able as (
      select s.specialty, s.institution_id, case when bool_or(s.tag = 'key') then 'key' when bool_or(s.tag = 'advantage') then 'advantage'
          when bool_or(s.tag = 'feature') then 'feature' end as tag
        from organisations.service s join organisations.institution i on i.id = s.institution_id
        where ${inForce('s', day)} and ${inForce('i', day)}
        group by s.specialty, s.institution_id having bool_or(s.line = any(${CARE_LINES}::text[])))
    select specialty, array_agg(institution_id::text order by institution_id) as sites, array_agg(tag order by institution_id) as tags
      from able group by specialty order by specialty`)

export type RegionConsortium = { readonly id: string; readonly lead: OrgId; readonly members: readonly OrgId[] }

/** Every consortium in force on a day with its lead and members, partners not. */
export const allConsortia = (db: Queryable, day: Day): Promise<RegionConsortium[]> =>
  db.rows(sql`select c.id, c.lead_id as lead, array_agg(m.institution_id::text order by m.institution_id) as members
    from organisations.consortium c join organisations.membership m on m.consortium_id = c.id and m.role <> 'partner'
    where ${inForce('c', day)} and ${inForce('m', day)} group by c.id order by c.id`)

/** A text that changes whenever an institution, a service, a consortium or a membership does. */
export const regionStamp = async (db: Queryable): Promise<string> => {
  const found = await db.row<{ stamp: string }>(sql`select concat_ws(' ',
    (select count(*) || '/' || coalesce(sum(xmin::text::bigint), 0) from organisations.institution),
    (select count(*) || '/' || coalesce(sum(xmin::text::bigint), 0) from organisations.service),
    (select count(*) || '/' || coalesce(sum(xmin::text::bigint), 0) from organisations.consortium),
    (select count(*) || '/' || coalesce(sum(xmin::text::bigint), 0) from organisations.membership)) as stamp`)
  return found?.stamp ?? ''
}
