// The hand-written sides. Each writes, for one booking, the rows that the engine writes for one `booking.book`: the booking and its pool, the
// person's claim, service and day, the trace, the outbox, the person's event, the audit and the stored answer.

const NO_ORG = 0
const ANSWER = `'{"org":"' || w.org_id || '","booking":"' || w.id || '","state":"confirmed"}'`

/** The ten inserts of bookings that a set `w` names; `from` is where it comes from. One statement. */
const insertsFrom = (from: string): string => `
  w as materialized (${from}),
  c as (insert into booking.person_claim (person_id, starts_at, org_id, booking_id) select person_id, starts_at, org_id, id from w),
  s as (insert into booking.service_claim (person_id, on_day, service, org_id, booking_id) select person_id, on_day, specialty, org_id, id from w),
  d as (insert into booking.person_day (person_id, on_day, live) select person_id, on_day, 1 from w
    on conflict (person_id, on_day) do update set live = person_day.live + 1),
  b as (insert into booking.booking (org_id, id, pool_id, person_id, case_id, share, channel, state, made_at, changed_at)
    select org_id, id, pool_id, person_id, id, 'open', 'direct', 'confirmed', at, at from w),
  t as (insert into platform.trace_event (org_id, case_id, seq, id, case_kind, type, at, occurred_at, actor_account, actor_role, actor_name, person_id, data, seen_by)
    select org_id, id, 1, event_id, 'booking', 'booking.confirmed', at, at, account_id, 'resident', '{"zh":"演示居民"}', person_id, jsonb_build_object('pool', pool_id), array[org_id] from w),
  o as (insert into platform.outbox (org_id, event_id, type, case_kind, case_id, person_id, at, seen_by, data)
    select org_id, event_id, 'booking.confirmed', 'booking', id, person_id, at, array[org_id], jsonb_build_object('pool', pool_id) from w),
  e as (insert into platform.person_event (person_id, at, event_id, case_kind, case_id, org_id, type)
    select person_id, at, event_id, 'booking', id, org_id, 'booking.confirmed' from w),
  a as (insert into platform.audit (org_id, id, at, account_id, role, form, kind, outcome, basis, person_id, request)
    select ${NO_ORG}, audit_id, at, account_id, 'resident', 'booking.book', 'command', 'done', 'booking.book', person_id, request from w),
  k as (insert into platform.idempotency (org_id, account_id, key, request_hash, answer, created_at)
    select ${NO_ORG}, account_id, key, hash, ${ANSWER}, at from w)`

const FREE = 'used_open < capacity - reserved - emergency and stopped_at is null and starts_at > platform.jieli_now()'
const DAY = `(starts_at at time zone 'Asia/Shanghai')::date`
const WISH =
  '$1::bigint as org_id, $2::uuid as pool_id, $3::bigint as person_id, $4::uuid as account_id, $5::text as key, $6::text as hash, $7::text as request'

/** One booking as one function: the baseline of the rows in process. Null when nothing is left. */
const ONE_FUNCTION = `
create schema bench;
create function bench.book_one(p_org bigint, p_pool uuid, p_person bigint, p_account uuid, p_key text, p_hash text, p_request text)
returns text language plpgsql as $$
declare
  v_id constant uuid := uuidv7();
  v_event constant uuid := uuidv7();
  v_now constant timestamptz := platform.jieli_now();
  v_starts timestamptz;
  v_specialty text;
  v_answer constant text := '{"org":"' || p_org || '","booking":"' || v_id || '","state":"confirmed"}';
begin
  update booking.pool set used_open = used_open + 1 where org_id = p_org and id = p_pool and ${FREE} returning starts_at, specialty into v_starts, v_specialty;
  if not found then return null; end if;
  insert into platform.idempotency (org_id, account_id, key, request_hash, answer, created_at) values (${NO_ORG}, p_account, p_key, p_hash, v_answer, v_now);
  insert into booking.booking (org_id, id, pool_id, person_id, case_id, share, channel, state, made_at, changed_at)
    values (p_org, v_id, p_pool, p_person, v_id, 'open', 'direct', 'confirmed', v_now, v_now);
  insert into booking.person_claim (person_id, starts_at, org_id, booking_id) values (p_person, v_starts, p_org, v_id);
  insert into booking.service_claim (person_id, on_day, service, org_id, booking_id) values (p_person, (v_starts at time zone 'Asia/Shanghai')::date, v_specialty, p_org, v_id);
  insert into booking.person_day (person_id, on_day, live) values (p_person, (v_starts at time zone 'Asia/Shanghai')::date, 1)
    on conflict (person_id, on_day) do update set live = person_day.live + 1;
  insert into platform.trace_event (org_id, case_id, seq, id, case_kind, type, at, occurred_at, actor_account, actor_role, actor_name, person_id, data, seen_by)
    values (p_org, v_id, 1, v_event, 'booking', 'booking.confirmed', v_now, v_now, p_account, 'resident', '{"zh":"演示居民"}', p_person, jsonb_build_object('pool', p_pool), array[p_org]);
  insert into platform.outbox (org_id, event_id, type, case_kind, case_id, person_id, at, seen_by, data)
    values (p_org, v_event, 'booking.confirmed', 'booking', v_id, p_person, v_now, array[p_org], jsonb_build_object('pool', p_pool));
  insert into platform.person_event (person_id, at, event_id, case_kind, case_id, org_id, type) values (p_person, v_now, v_event, 'booking', v_id, p_org, 'booking.confirmed');
  insert into platform.audit (org_id, id, at, account_id, role, form, kind, outcome, basis, person_id, request)
    values (${NO_ORG}, uuidv7(), v_now, p_account, 'resident', 'booking.book', 'command', 'done', 'booking.book', p_person, p_request);
  return v_answer;
end $$;
`

const MADE = 'uuidv7() as id, uuidv7() as event_id, uuidv7() as audit_id, platform.jieli_now() as at'

/** So many bookings as one statement that decides nothing: how fast the rows alone can be written. */
const ROWS_ALONE = `
create function bench.rows_alone(p_orgs bigint[], p_pools uuid[], p_persons bigint[], p_accounts uuid[], p_keys text[], p_hashes text[], p_requests text[])
returns void language sql as $$
  with taken as (
    update booking.pool p set used_open = p.used_open + n.units from (select org_id, pool_id, count(*)::integer as units
      from unnest(p_orgs, p_pools) as x (org_id, pool_id) group by 1, 2) n where p.org_id = n.org_id and p.id = n.pool_id
    returning p.org_id, p.id as pool_id, p.starts_at, p.specialty),
  ${insertsFrom(`select x.*, t.starts_at, t.specialty, (t.starts_at at time zone 'Asia/Shanghai')::date as on_day, ${MADE}
    from unnest(p_orgs, p_pools, p_persons, p_accounts, p_keys, p_hashes, p_requests) as x (org_id, pool_id, person_id, account_id, key, hash, request)
    join taken t on t.org_id = x.org_id and t.pool_id = x.pool_id`)}
  select;
$$;
`

/** What the bench adds to its own database. One pool of the rush has more units than a real one may have. */
export const BENCH_SQL = `alter table booking.pool drop constraint pool_capacity_check; ${ONE_FUNCTION} ${ROWS_ALONE}`

export const CALL_ONE = { name: 'bench-one', text: 'select bench.book_one($1, $2, $3, $4, $5, $6, $7) as answer' } as const
export const CALL_ROWS = { name: 'bench-rows', text: 'select bench.rows_alone($1, $2, $3, $4, $5, $6, $7)' } as const

const TAKE = {
  name: 'bench-take',
  text: `update booking.pool set used_open = used_open + 1 where org_id = $1 and id = $2 and ${FREE} returning starts_at, specialty`,
} as const
const LOOK = { name: 'bench-look', text: 'select * from booking.pool where org_id = $1 and id = $2 for update' } as const
const TAKE_SEEN = {
  name: 'bench-take-seen',
  text: 'update booking.pool set used_open = used_open + 1 where org_id = $1 and id = $2',
} as const
const WRITE = {
  name: 'bench-write',
  text: `with ${insertsFrom(`select x.*, p.starts_at, p.specialty, ${DAY} as on_day, ${MADE} from (select ${WISH}) x join booking.pool p on p.org_id = x.org_id and p.id = x.pool_id`)}
    select ${ANSWER} as answer from w`,
} as const

type Asks = {
  readonly query: (
    statement: { name: string; text: string; values?: unknown[] } | string,
  ) => Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }>
}

const within = async (client: Asks, work: () => Promise<string>): Promise<string> => {
  await client.query('begin')
  try {
    const answer = await work()
    await client.query('commit')
    return answer
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** Begin, take, write, commit. */
export const bookInFour = (client: Asks, values: unknown[]): Promise<string> =>
  within(client, async () => {
    const taken = await client.query({ ...TAKE, values: values.slice(0, 2) })
    if (taken.rowCount === 0) throw new Error('booking.no-unit-left')
    return String((await client.query({ ...WRITE, values })).rows[0]?.['answer'])
  })

/** Begin, look with a lock, take, write, commit: what is written without much thought. */
export const bookInFive = (client: Asks, values: unknown[]): Promise<string> =>
  within(client, async () => {
    const pool = (await client.query({ ...LOOK, values: values.slice(0, 2) })).rows[0] as Record<string, number> | undefined
    if (!pool || Number(pool['used_open']) >= Number(pool['capacity']) - Number(pool['reserved']) - Number(pool['emergency']))
      throw new Error('booking.no-unit-left')
    await client.query({ ...TAKE_SEEN, values: values.slice(0, 2) })
    return String((await client.query({ ...WRITE, values })).rows[0]?.['answer'])
  })
