import { sql } from '../../src/platform/database/pool.ts'
import { dayOf, hasUnit, isServed, lentOf, usedOf, type Model } from './model.ts'
import type { Ground } from './ground.ts'

/** Everything that is compared after each act, by names that are the same in every run. */
export type State = {
  readonly pools: readonly unknown[]
  readonly bookings: readonly unknown[]
  readonly days: readonly unknown[]
  readonly vouchers: readonly unknown[]
  readonly oddities: readonly unknown[]
}

/** The ids behind the names, by which the next act asks. */
export type Names = {
  readonly bookings: readonly { readonly id: string; readonly org: string; readonly person: string }[]
  readonly allotments: readonly { readonly id: string; readonly org: string }[]
  readonly vouchers: readonly { readonly number: string; readonly org: string; readonly holder: string; readonly pool: string }[]
}

/** What the model says must stand in the tables. */
export const expectedState = (model: Model): State => ({
  pools: model.pools.map((pool, at) => [
    pool.capacity,
    pool.reserved,
    usedOf(model, at, 'reserved'),
    lentOf(model, at),
    pool.emergency,
    usedOf(model, at, 'emergency'),
    usedOf(model, at, 'open'),
    pool.isReleased,
    pool.isStopped,
    pool.events,
  ]),
  bookings: model.bookings.map((one) => [
    one.pool,
    one.person,
    one.share,
    one.channel,
    one.state,
    one.holdUntil,
    one.events,
    Number(hasUnit(one)),
    Number(isServed(one)),
    Number(one.state === 'held'),
  ]),
  days: daysOf(model),
  vouchers: model.vouchers.map(({ allotment, state, booking }) => [allotment, state, booking]),
  oddities: [],
})

const daysOf = (model: Model): unknown[] => {
  const counts = new Map<string, number>()
  for (const one of model.bookings.filter(isServed)) {
    const key = `${one.person} ${dayOf(model.pools[one.pool] as never)}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts].map(([key, live]) => [...key.split(' ').map(Number), live]).toSorted(byText)
}

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

type Found = { readonly state: State; readonly names: Names }

/** What stands in the tables: pools, bookings with their claims, deadlines and what was told of them, vouchers; and what never may be. */
export const foundState = async ({ owner, persons }: Ground, beginsAt: string): Promise<Found> => {
  const found = await owner.row<{ state: State; names: Names }>(sql`
    with p as (select *, row_number() over (order by sim_nr)::int - 1 as nr from booking.pool),
    b as (select *, row_number() over (order by sim_nr)::int - 1 as nr from booking.booking),
    a as (select *, row_number() over (order by sim_nr)::int - 1 as nr from booking.allotment),
    v as (select *, row_number() over (order by sim_nr)::int - 1 as nr from booking.voucher)
    select json_build_object(
      'pools', coalesce((select json_agg(json_build_array(capacity, reserved, used_reserved, allotted, emergency, used_emergency, used_open,
          released_at is not null, stopped_at is not null,
          coalesce((select json_agg(concat_ws(' ', e.type, coalesce(e.data->>'units', e.data->>'people')) order by e.seq) from platform.trace_event e
            where e.org_id = p.org_id and e.case_id = p.id), '[]')) order by nr) from p), '[]'),
      'bookings', coalesce((select json_agg(json_build_array(p.nr, array_position(${persons}::bigint[], b.person_id) - 1, b.share, b.channel, b.state,
          (extract(epoch from b.hold_until - ${beginsAt}::timestamptz) * 1000)::bigint,
          coalesce((select json_agg(e.type order by e.seq) from platform.trace_event e where e.org_id = b.org_id and e.case_id = b.id), '[]'),
          (select count(*) from booking.person_claim c where c.booking_id = b.id and c.person_id = b.person_id and c.starts_at = p.starts_at),
          (select count(*) from booking.service_claim c where c.booking_id = b.id and c.person_id = b.person_id),
          (select count(*) from platform.deadline d where d.case_id = b.id and d.ended_at is null)) order by b.nr)
        from b join p on p.org_id = b.org_id and p.id = b.pool_id), '[]'),
      'days', coalesce((select json_agg(json_build_array(array_position(${persons}::bigint[], person_id) - 1, on_day - ${beginsAt}::date, live)
        order by array_position(${persons}::bigint[], person_id), on_day) from booking.person_day), '[]'),
      'vouchers', coalesce((select json_agg(json_build_array(a.nr, v.state, b.nr) order by v.nr) from v
        join a on a.org_id = v.org_id and a.id = v.allotment_id left join b on b.org_id = v.org_id and b.id = v.booking_id), '[]'),
      'oddities', coalesce((select json_agg(oddity) from (
        select 'a hold that nobody would look for' as oddity from p where exists (select from b where b.pool_id = p.id and b.state = 'held'
          and b.hold_until < coalesce(p.hold_ends_next, 'infinity'))
        union all select 'a claim of no booking' from booking.person_claim c where not exists (select from b where b.id = c.booking_id)
        union all select 'a claim of no booking' from booking.service_claim c where not exists (select from b where b.id = c.booking_id)
        union all select 'told, but not sent' from platform.trace_event e where not exists (select from platform.outbox o where o.event_id = e.id)
        union all select 'a key without an answer' from platform.idempotency where answer is null
      ) odd), '[]')) as state,
    json_build_object(
      'bookings', coalesce((select json_agg(json_build_object('id', id, 'org', org_id::text, 'person', person_id::text) order by nr) from b), '[]'),
      'allotments', coalesce((select json_agg(json_build_object('id', id, 'org', org_id::text) order by nr) from a), '[]'),
      'vouchers', coalesce((select json_agg(json_build_object('number', number, 'org', org_id::text, 'holder', holder_org::text, 'pool', pool_id)
        order by nr) from v), '[]')) as names`)
  return found as Found
}

/** Empties what a run has left behind. */
export const emptyTables = ({ owner }: Ground): Promise<number> =>
  owner
    .run(sql`with b as (delete from booking.person_claim), s as (delete from booking.service_claim), d as (delete from booking.person_day),
    st as (delete from booking.standing), v as (delete from booking.voucher), a as (delete from booking.allotment),
    e as (delete from platform.trace_event), o as (delete from platform.outbox), pe as (delete from platform.person_event),
    dl as (delete from platform.deadline), i as (delete from platform.idempotency), au as (delete from platform.audit)
    delete from booking.booking`)
    .then(() => owner.run(sql`delete from booking.pool`))
