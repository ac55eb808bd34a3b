import type { Instant } from '../../../kernel/clock.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { sql, type Queryable, type Tx } from '../../../platform/database/pool.ts'
import type { Pool } from '../booking.ts'
import { poolColumns } from '../store.ts'
import type { ConflictKind, FedEntry, FedKind, FedState, Feed, FeedId, KeptGap } from './occupancy.ts'

const feedColumns = sql`f.org_id as org, f.id, f.source, f.highest_seq as highest, f.heard_at as "heardAt"`
const numbered = <Row extends { highest: unknown }>(row: Row): Row => ({ ...row, highest: Number(row.highest) })

/** Opens the line of a feed when it is heard for the first time, and locks it: messages of one feed are heard one batch after the other. */
export const lockFeed = async (tx: Tx, org: OrgId, source: string, fresh: { id: FeedId; at: Instant }): Promise<Feed> => {
  await tx.run(sql`insert into booking.feed (org_id, id, source, opened_at) values (${org}, ${fresh.id}, ${source}, ${fresh.at})
    on conflict (org_id, source) do nothing`)
  return (await lockKnownFeed(tx, org, source)) as Feed
}

export const lockKnownFeed = async (tx: Tx, org: OrgId, source: string): Promise<Feed | null> => {
  const feed = await tx.row<Feed>(
    sql`select ${feedColumns} from booking.feed f where f.org_id = ${org} and f.source = ${source} for update`,
  )
  return feed && numbered(feed)
}

export const feedsOf = async (db: Queryable, org: OrgId): Promise<Feed[]> =>
  (await db.rows<Feed>(sql`select ${feedColumns} from booking.feed f where f.org_id = ${org} order by f.source`)).map(numbered)

type FeedKey = Pick<Feed, 'org' | 'id'>

/** Gaps of a feed in order; `limit` for a screen. */
export const gapsOf = async (db: Queryable, { org, id }: FeedKey, limit: number | null = null): Promise<KeptGap[]> => {
  const rows =
    await db.rows<KeptGap>(sql`select from_seq as "from", to_seq as "to", found_at as "foundAt", given_up_at as "givenUpAt",
      given_up_reason as "givenUpBecause" from booking.feed_gap where org_id = ${org} and feed_id = ${id} order by from_seq limit ${limit}`)
  return rows.map((gap) => ({ ...gap, from: Number(gap.from), to: Number(gap.to) }))
}

/** What numbers said before, as hashes, as far as it is kept. */
export const hashesOf = async (db: Queryable, { org, id }: FeedKey, numbers: readonly number[]): Promise<Map<number, string>> => {
  const rows = await db.rows<{ seq: string; hash: string }>(sql`select seq, hash from booking.feed_message
    where org_id = ${org} and feed_id = ${id} and seq = any(${numbers}::bigint[])`)
  return new Map(rows.map(({ seq, hash }) => [Number(seq), hash]))
}

export type HeardNumber = { readonly seq: number; readonly hash: string }
export type Hearing = {
  readonly feed: Feed
  readonly numbers: readonly HeardNumber[]
  readonly gaps: readonly KeptGap[]
  readonly gapsBefore: readonly KeptGap[]
  readonly states: readonly FedState[]
  readonly keep: number
  readonly at: Instant
}

/** Keeps what a batch was heard to say: its numbers, the gaps as they are now, and the last word on each place. */
export const saveHearing = async (tx: Tx, hearing: Hearing): Promise<void> => {
  const { org, id, highest } = hearing.feed
  const { numbers, at, keep } = hearing
  await tx.run(sql`insert into booking.feed_message (org_id, feed_id, seq, hash, heard_at)
    select ${org}, ${id}, seq, hash, ${at} from unnest(${numbers.map((one) => one.seq)}::bigint[], ${numbers.map((one) => one.hash)}::text[]) as heard (seq, hash)`)
  await tx.run(sql`delete from booking.feed_message where org_id = ${org} and feed_id = ${id} and seq <= ${highest - keep}`)
  await saveGaps(tx, hearing.feed, hearing.gapsBefore, hearing.gaps)
  await saveStates(tx, hearing.feed, hearing.states)
  await tx.run(sql`update booking.feed set highest_seq = ${highest}, heard_at = ${at} where org_id = ${org} and id = ${id}`)
}

const sameGap = (one: KeptGap, other: KeptGap): boolean =>
  one.from === other.from && one.to === other.to && one.givenUpAt === other.givenUpAt

/** Writes only the gaps that are no longer as they were. */
export const saveGaps = async (
  tx: Tx,
  { org, id }: FeedKey,
  before: readonly KeptGap[],
  after: readonly KeptGap[],
): Promise<void> => {
  const old = new Map(before.map((gap) => [gap.from, gap]))
  const now = new Map(after.map((gap) => [gap.from, gap]))
  const isKept = (gap: KeptGap): boolean => {
    const other = now.get(gap.from)
    return other !== undefined && sameGap(gap, other)
  }
  const gone = before.filter((gap) => !isKept(gap)).map(({ from }) => from)
  const added = after.filter((gap) => {
    const was = old.get(gap.from)
    return was === undefined || !sameGap(was, gap)
  })
  if (gone.length > 0)
    await tx.run(
      sql`delete from booking.feed_gap where org_id = ${org} and feed_id = ${id} and from_seq = any(${gone}::bigint[])`,
    )
  for (const gap of added)
    await tx.run(sql`insert into booking.feed_gap (org_id, feed_id, from_seq, to_seq, found_at, given_up_at, given_up_reason)
      values (${org}, ${id}, ${gap.from}, ${gap.to}, ${gap.foundAt}, ${gap.givenUpAt}, ${gap.givenUpBecause})`)
}

// The highest number has the last word: what comes late changes nothing that was said after it.
const saveStates = (tx: Tx, { org, id }: FeedKey, states: readonly FedState[]): Promise<number> =>
  tx.run(sql`insert into booking.feed_state as s (org_id, feed_id, kind, ref, seq, at, free, used, capacity)
    select ${org}, ${id}, said.* from unnest(${states.map((one) => one.kind)}::text[], ${states.map((one) => one.ref)}::text[],
      ${states.map((one) => one.seq)}::bigint[], ${states.map((one) => one.at)}::timestamptz[], ${states.map((one) => one.free)}::int[],
      ${states.map((one) => one.used)}::int[], ${states.map((one) => one.capacity)}::int[]) as said
    on conflict (org_id, feed_id, kind, ref) do update set seq = excluded.seq, at = excluded.at, free = excluded.free, used = excluded.used,
      capacity = excluded.capacity where excluded.seq > s.seq`)

export const statesOf = async (db: Queryable, { org, id }: FeedKey): Promise<FedState[]> =>
  (
    await db.rows<FedState>(sql`select kind, ref, seq, at, free, used, capacity from booking.feed_state
      where org_id = ${org} and feed_id = ${id} order by kind, ref`)
  ).map((state) => ({ ...state, seq: Number(state.seq) }))

/** How a reference looks that is a pool's own id. */
export const REF_IS_UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'

export type Meant = { readonly kind: FedKind; readonly ref: string; readonly pool: Pool }

/** Which pool each reference means: as it was mapped, or the pool of that number; a plan's is the one of the moment. */
export const poolsMeant = async (
  db: Queryable,
  { org, id }: FeedKey,
  entries: readonly (Pick<FedEntry, 'kind' | 'ref'> & { at: Instant })[],
): Promise<Meant[]> => {
  const rows = await db.rows<Pool & { fedKind: FedKind; fedRef: string }>(sql`
    select distinct on (said.kind, said.ref) said.kind as "fedKind", said.ref as "fedRef", ${poolColumns}
    from unnest(${entries.map((one) => one.kind)}::text[], ${entries.map((one) => one.ref)}::text[], ${entries.map((one) => one.at)}::timestamptz[]) as said (kind, ref, at)
    left join booking.feed_ref r on r.org_id = ${org} and r.feed_id = ${id} and r.kind = said.kind and r.ref = said.ref
    join booking.pool p on p.org_id = ${org} and case
      when r.pool_id is not null then p.id = r.pool_id
      when r.plan_id is not null then p.plan_id = r.plan_id and p.starts_at <= said.at and p.ends_at > said.at
      else p.id = case when said.ref ~ ${REF_IS_UUID} then said.ref::uuid end end
    order by said.kind, said.ref, p.starts_at desc, p.id`)
  return rows.map(({ fedKind, fedRef, ...pool }) => ({ kind: fedKind, ref: fedRef, pool }))
}

/** Whether a plan has published a pool of the institution: a reference may then stand for it. */
export const isPlanOf = async (db: Queryable, org: OrgId, plan: string): Promise<boolean> =>
  (await db.row(sql`select 1 from booking.pool where org_id = ${org} and plan_id = ${plan} limit 1`)) !== null

export type Mapping = { readonly kind: FedKind; readonly ref: string; readonly pool: string | null; readonly plan: string | null }

export const saveMapping = (
  tx: Tx,
  { org, id }: FeedKey,
  one: Mapping,
  by: { at: Instant; account: string | null },
): Promise<number> =>
  tx.run(sql`insert into booking.feed_ref (org_id, feed_id, kind, ref, pool_id, plan_id, mapped_at, mapped_by)
    values (${org}, ${id}, ${one.kind}, ${one.ref}, ${one.pool}, ${one.plan}, ${by.at}, ${by.account})
    on conflict (org_id, feed_id, kind, ref) do update set pool_id = excluded.pool_id, plan_id = excluded.plan_id,
      mapped_at = excluded.mapped_at, mapped_by = excluded.mapped_by`)

export type ConflictRow = {
  readonly id: string
  readonly feed: FeedId
  readonly kind: FedKind | 'message'
  readonly ref: string
  readonly what: ConflictKind
  readonly units: number
  readonly seq: number
  readonly pool: string | null
  readonly fedFree: number | null
  readonly fedUsed: number | null
  readonly fedCapacity: number | null
  readonly ownFree: number | null
  readonly ownSold: number | null
  readonly ownCapacity: number | null
  readonly foundAt: Instant
  readonly acknowledgedAt: Instant | null
  readonly reason: string | null
}

const conflictColumns = sql`c.id, c.feed_id as feed, c.kind, c.ref, c.what, c.units, c.seq, c.pool_id as pool, c.fed_free as "fedFree", c.fed_used as "fedUsed",
  c.fed_capacity as "fedCapacity", c.own_free as "ownFree", c.own_sold as "ownSold", c.own_capacity as "ownCapacity", c.found_at as "foundAt",
  c.acknowledged_at as "acknowledgedAt", c.reason`
const withSeq = (row: ConflictRow): ConflictRow => ({ ...row, seq: Number(row.seq) })

/** Conflicts of a feed that have not ended, acknowledged or not. */
export const openConflicts = async (db: Queryable, { org, id }: FeedKey): Promise<ConflictRow[]> =>
  (
    await db.rows<ConflictRow>(sql`select ${conflictColumns} from booking.feed_conflict c
      where c.org_id = ${org} and c.feed_id = ${id} and c.ended_at is null order by c.found_at, c.kind, c.ref`)
  ).map(withSeq)

/** A conflict with when and whose the slot is that it speaks of, where it speaks of one. */
export type PlacedConflict = ConflictRow & {
  readonly startsAt: Instant | null
  readonly doctorZh: string | null
  readonly doctorEn: string | null
}

/** The same, each with its slot, for people to look at. */
export const placedConflicts = async (db: Queryable, { org, id }: FeedKey, limit: number): Promise<PlacedConflict[]> =>
  (
    await db.rows<PlacedConflict>(sql`select ${conflictColumns}, p.starts_at as "startsAt", p.doctor_zh as "doctorZh", p.doctor_en as "doctorEn"
      from booking.feed_conflict c left join booking.pool p on p.org_id = c.org_id and p.id = c.pool_id
      where c.org_id = ${org} and c.feed_id = ${id} and c.ended_at is null order by c.acknowledged_at nulls first, c.found_at, c.kind, c.ref limit ${limit}`)
  ).map((row) => ({ ...row, seq: Number(row.seq) }))

export const lockConflict = async (
  tx: Tx,
  org: OrgId,
  id: string,
): Promise<(ConflictRow & { endedAt: Instant | null }) | null> => {
  const row = await tx.row<
    ConflictRow & { endedAt: Instant | null }
  >(sql`select ${conflictColumns}, c.ended_at as "endedAt" from booking.feed_conflict c
    where c.org_id = ${org} and c.id = ${id} for update`)
  return row && { ...row, seq: Number(row.seq) }
}

export const endConflicts = (tx: Tx, org: OrgId, ids: readonly string[], at: Instant): Promise<number> =>
  tx.run(
    sql`update booking.feed_conflict set ended_at = ${at} where org_id = ${org} and id = any(${ids}::uuid[]) and ended_at is null`,
  )

/** Opens a conflict, or writes the newest numbers into the one that stands. */
export const saveConflict = (tx: Tx, org: OrgId, row: ConflictRow): Promise<number> =>
  tx.run(sql`insert into booking.feed_conflict (org_id, id, feed_id, kind, ref, what, units, seq, pool_id, fed_free, fed_used, fed_capacity,
      own_free, own_sold, own_capacity, found_at)
    values (${org}, ${row.id}, ${row.feed}, ${row.kind}, ${row.ref}, ${row.what}, ${row.units}, ${row.seq}, ${row.pool}, ${row.fedFree}, ${row.fedUsed},
      ${row.fedCapacity}, ${row.ownFree}, ${row.ownSold}, ${row.ownCapacity}, ${row.foundAt})
    on conflict (org_id, id) do update set units = excluded.units, seq = excluded.seq, pool_id = excluded.pool_id, fed_free = excluded.fed_free,
      fed_used = excluded.fed_used, fed_capacity = excluded.fed_capacity, own_free = excluded.own_free, own_sold = excluded.own_sold,
      own_capacity = excluded.own_capacity`)

export const acknowledge = (
  tx: Tx,
  org: OrgId,
  id: string,
  by: { at: Instant; account: string | null; reason: string },
): Promise<number> =>
  tx.run(sql`update booking.feed_conflict set acknowledged_at = ${by.at}, acknowledged_by = ${by.account}, reason = ${by.reason}
    where org_id = ${org} and id = ${id}`)

/** References that mean no pool: what was said of them is kept and compared with nothing. */
export const unmappedCount = async (db: Queryable, { org, id }: FeedKey): Promise<number> =>
  (
    await db.row<{
      count: number
    }>(sql`select count(*)::int as count from booking.feed_state s where s.org_id = ${org} and s.feed_id = ${id}
      and not exists (select from booking.feed_ref r where r.org_id = s.org_id and r.feed_id = s.feed_id and r.kind = s.kind and r.ref = s.ref)
      and not exists (select from booking.pool p where p.org_id = s.org_id and p.id = case when s.ref ~ ${REF_IS_UUID} then s.ref::uuid end)`)
  )?.count ?? 0
