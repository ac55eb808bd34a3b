import type { Instant } from '../../kernel/clock.ts'
import { instantAt, plusDays, type Day } from '../../kernel/day.ts'
import type { OrgId, PersonId } from '../../kernel/id.ts'
import { empty, raw, sql, type Queryable, type Sql } from '../../platform/database/pool.ts'
import type { Direction, Referral, Task, Urgency } from './referral.ts'
import { columns } from './store.ts'

export type Side = 'sender' | 'receiver' | 'care-team' | 'supervisor'
export type Tab = 'open' | 'to-answer' | 'asked' | 'to-schedule' | 'today' | 'inside' | 'to-return' | 'overdue' | 'mine-to-act' | 'ended'
/** What a list is narrowed to; `text` was looked up among the persons of the list before. */
export type Filter = { readonly urgency?: Urgency | undefined; readonly direction?: Direction | undefined; readonly text?: string | undefined; readonly persons: readonly PersonId[] }
export type ListedBy = { readonly org: OrgId; readonly side: Side; readonly tab: Tab; readonly limit: number; readonly after: string | undefined; readonly filter?: Filter; readonly now: Instant; readonly today: Day; readonly zone: string }

const inTab = (by: ListedBy): Sql => {
  switch (by.tab) {
    case 'open':
      return sql`ended_at is null`
    case 'to-answer':
      return sql`ended_at is null and state = 'submitted'`
    case 'asked':
      return sql`ended_at is null and state = 'asked'`
    case 'to-schedule':
      return sql`ended_at is null and state = 'accepted'`
    case 'today':
      return sql`ended_at is null and state in ('scheduled', 'arrived') and appointment_at >= ${instantAt(by.today, '00:00', by.zone)}
        and appointment_at < ${instantAt(plusDays(by.today, 1), '00:00', by.zone)}`
    case 'inside':
      return sql`ended_at is null and state in ('arrived', 'in-treatment')`
    case 'to-return':
      return sql`ended_at is null and state = 'discharged'`
    case 'overdue':
      return sql`ended_at is null and (wait_until < ${by.now} or escalations > 0)`
    case 'mine-to-act':
      return sql`ended_at is null and holder`
    case 'ended':
      return sql`ended_at is not null`
  }
}

// A slip number or a condition stands in the case itself: it is looked at for the rows of the institution's own list only.
const narrowed = (filter: Filter | undefined): Sql => {
  if (!filter) return empty
  const like = `%${(filter.text ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const said = filter.text
    ? sql`and (person_id = any(${filter.persons}::bigint[]) or exists (select from referral.referral s where s.org_id = case_org and s.id = referral_id
        and (s.slip_no ilike ${like} or s.condition_words->>'zh' like ${like} or s.condition_words->>'en' ilike ${like})))`
    : empty
  return sql`${filter.urgency ? sql`and urgency = ${filter.urgency}` : empty} ${filter.direction ? sql`and direction = ${filter.direction}` : empty} ${said}`
}

/** The persons of one list of an institution: among them a search looks for a name. */
export const personsOfList = async (db: Queryable, by: ListedBy): Promise<PersonId[]> =>
  (await db.rows<{ person: PersonId }>(sql`select distinct person_id as person from referral.party where org_id = ${by.org} and side = ${by.side} and ${inTab(by)}`)).map(({ person }) => person)

/** A referral as one party lists it, and whether that party holds the baton. */
export type Listed = Referral & { readonly holds: boolean; readonly cursor: string }

// Sorted by the moment at which something must have happened: what is most urgent stands first by itself. The index
// `party_by_wait` has this very order, so that a page reads no more rows than it shows.
const sortKey = (by: ListedBy): Sql => (by.tab === 'ended' ? sql`state_since` : sql`coalesce(wait_until, 'infinity'::timestamptz)`)

/** One page of an institution's worklist, most urgent first, ended cases newest first; `after` is the cursor of the last row seen. */
export const listReferrals = (db: Queryable, by: ListedBy): Promise<Listed[]> => {
  const [key, id] = (by.after ?? '').split('~')
  const isEnded = by.tab === 'ended'
  const beyond = isEnded ? raw('<') : raw('>')
  const page = key && id ? sql`and (${sortKey(by)}, referral_id) ${beyond} (${key}::timestamptz, ${id}::uuid)` : empty
  const way = isEnded ? raw('desc') : raw('asc')
  return db.rows<Listed>(sql`
    with listed as (
      select referral_id, case_org, holder, ${sortKey(by)} as sort_key from referral.party
      where org_id = ${by.org} and side = ${by.side} and ${inTab(by)} ${narrowed(by.filter)} ${page}
      order by sort_key ${way}, referral_id ${way} limit ${by.limit})
    select ${columns}, listed.holder as holds, listed.sort_key::text || '~' || listed.referral_id as cursor
    from listed join referral.referral r on r.org_id = listed.case_org and r.id = listed.referral_id
    order by listed.sort_key ${way}, listed.referral_id ${way}`)
}

export type Counts = Readonly<Record<'toAnswer' | 'asked' | 'toSchedule' | 'today' | 'inside' | 'toReturn' | 'overdue' | 'mineToAct' | 'open', number>>

/** How many cases stand in each tab of an institution's side. */
export const countReferrals = async (db: Queryable, by: Omit<ListedBy, 'tab' | 'limit' | 'after'>): Promise<Counts> => {
  const from = instantAt(by.today, '00:00', by.zone)
  const until = instantAt(plusDays(by.today, 1), '00:00', by.zone)
  const found = await db.row<Counts>(sql`select count(*) filter (where state = 'submitted')::int as "toAnswer",
      count(*) filter (where state = 'asked')::int as asked,
      count(*) filter (where state = 'accepted')::int as "toSchedule",
      count(*) filter (where state in ('scheduled', 'arrived') and appointment_at >= ${from} and appointment_at < ${until})::int as today,
      count(*) filter (where state in ('arrived', 'in-treatment'))::int as inside,
      count(*) filter (where state = 'discharged')::int as "toReturn",
      count(*) filter (where wait_until < ${by.now} or escalations > 0)::int as overdue,
      count(*) filter (where holder)::int as "mineToAct", count(*)::int as open
    from referral.party where org_id = ${by.org} and side = ${by.side} and ended_at is null`)
  return found as Counts
}

export type StepRow = { readonly seq: number; readonly type: string; readonly at: Instant; readonly occurredAt: Instant; readonly role: string; readonly actor: { zh: string; en?: string | null }; readonly org: OrgId | null; readonly reason: string | null; readonly why: string | null }

/** The trace of one case, in order; what other modules tell about the same case under a kind of their own is theirs to show. */
export const traceOf = (db: Queryable, referral: Pick<Referral, 'org' | 'id'>): Promise<StepRow[]> =>
  db.rows<StepRow>(sql`select seq, type, at, occurred_at as "occurredAt", actor_role as role, actor_name as actor, actor_org as org, reason, data->>'why' as why
    from platform.trace_event where org_id = ${referral.org} and case_id = ${referral.id} and case_kind = 'referral' order by seq`)

export type ListedTask = Task & { readonly note: string | null }

/** Tasks of an institution: open ones by their due time, done ones newest first. */
export const listTasks = (db: Queryable, org: OrgId, which: 'open' | 'overdue' | 'done', now: Instant, limit: number): Promise<ListedTask[]> => {
  const columnsOfTask = sql`org_id as org, id, kind, referral_id as referral, case_org as "caseOrg", person_id as person, opened_at as "openedAt",
    due_at as "dueAt", done_at as "doneAt", note`
  if (which === 'done') return db.rows(sql`select ${columnsOfTask} from referral.task where org_id = ${org} and done_at is not null order by done_at desc limit ${limit}`)
  const overdue = which === 'overdue' ? sql`and due_at < ${now}` : empty
  return db.rows(sql`select ${columnsOfTask} from referral.task where org_id = ${org} and done_at is null ${overdue} order by due_at limit ${limit}`)
}

/** Where a person has been handed in this region: every event about the person, oldest first. */
export type JourneyRow = { readonly at: Instant; readonly type: string; readonly caseKind: string; readonly caseId: string; readonly org: OrgId }

export const journeyOf = (db: Queryable, persons: readonly PersonId[], limit: number): Promise<JourneyRow[]> =>
  db.rows<JourneyRow>(sql`select at, type, case_kind as "caseKind", case_id as "caseId", org_id as org from platform.person_event
    where person_id = any(${persons}::bigint[]) order by at desc, event_id desc limit ${limit}`)
