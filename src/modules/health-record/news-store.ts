import type { Instant } from '../../kernel/clock.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../platform/database/pool.ts'

/** What a person waits for: results, reports and pictures. */
const NEWS_TYPES = ['Observation', 'DiagnosticReport', 'ImagingStudy']

export type NewsRow = { readonly id: string; readonly body: string; readonly recordedAt: Instant }

/** Results of the last days that came into a record after the person last looked; newest first. What is older is history and no news. */
export const newsOf = (
  db: Queryable,
  own: PersonId,
  persons: readonly PersonId[],
  days: number,
  limit: number,
): Promise<NewsRow[]> =>
  db.rows<NewsRow>(sql`select id, body, recorded_at as "recordedAt" from health_record.resource
    where person_id = any(${[...persons]}::bigint[]) and type = any(${NEWS_TYPES})
      and recorded_at > greatest(coalesce((select seen_at from health_record.news_seen where person_id = ${own}), '-infinity'),
        platform.jieli_now() - ${days} * interval '1 day')
      and coalesce(effective_at, recorded_at) > platform.jieli_now() - ${days} * interval '1 day'
    order by coalesce(effective_at, recorded_at) desc, id desc limit ${limit}`)

/** An encounter that names an institution, which may see the person's record by it; and the institution that wrote it. */
export type NamedEncounter = { readonly id: string; readonly at: Instant; readonly org: OrgId; readonly by: OrgId }

/** Encounters with some persons that an institution recorded itself, the latest first; of those that it recorded after a moment, if one is given. */
export const namedEncounters = (
  db: Queryable,
  persons: readonly PersonId[],
  unseenBy: { readonly own: PersonId; readonly days: number } | null,
  limit: number,
): Promise<NamedEncounter[]> =>
  db.rows<NamedEncounter>(sql`select id, recorded_at as at, substring(body::jsonb #>> '{serviceProvider,reference}' from 'Organization/(\\d{1,18})$')::bigint as org,
      custodian_org as by
    from health_record.resource
    where person_id = any(${[...persons]}::bigint[]) and type = 'Encounter' and custodian_org is not null
      and body::jsonb #>> '{serviceProvider,reference}' ~ '^Organization/\\d{1,18}$'
      and (${unseenBy === null} or recorded_at > greatest(
        coalesce((select seen_at from health_record.news_seen where person_id = ${unseenBy?.own ?? null}::bigint), '-infinity'),
        platform.jieli_now() - ${unseenBy?.days ?? 0}::integer * interval '1 day'))
    order by recorded_at desc, id desc limit ${limit}`)

/** The person has seen everything until now. */
export const saveSeen = (tx: Tx, own: PersonId, at: Instant): Promise<number> =>
  tx.run(
    sql`insert into health_record.news_seen values (${own}, ${at}) on conflict (person_id) do update set seen_at = excluded.seen_at`,
  )
