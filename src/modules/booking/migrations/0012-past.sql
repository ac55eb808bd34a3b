-- Bookings that ended long ago leave the table of the living, so that what is written every morning stays small. They lie by the day on
-- which they were made: a day is one partition. Nothing is lost and nothing changes any more; `booking.every_booking` shows both.
create table booking.past_booking (like booking.booking including defaults including constraints) partition by range (id);
alter table booking.past_booking add primary key (org_id, id);
create index on booking.past_booking (org_id, pool_id);
select platform.shard_table('booking.past_booking', 'org', 'org_id', true);
select platform.protect('booking.past_booking', 'org_id = {org} or made_by_org = {org} or person_id = any ({persons})', 'false', 'false');

-- A partition is reached through its table alone: closed to everybody but the owner.
create function booking.close_partition(p_table regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  execute format('create policy owner on %s to %I using (true) with check (true)', p_table, current_user);
end $$;
revoke execute on function booking.close_partition from public;

-- The net for what has no day of its own, after a restore for instance.
create table booking.past_rest partition of booking.past_booking default;
select booking.close_partition('booking.past_rest');

create view booking.every_booking with (security_invoker = true) as
  select * from booking.booking union all select * from booking.past_booking;

-- The least UUIDv7 of a moment.
create function booking.least_id(p_at timestamptz) returns uuid language sql immutable parallel safe as $$
  select (lpad(to_hex((extract(epoch from p_at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;

-- Opens the day's partition, and takes into it what of the day lies in the net.
create function booking.open_past_day(p_day date) returns void language plpgsql as $$
declare
  part constant text := 'past_' || to_char(p_day, 'YYYYMMDD');
  lower constant uuid := booking.least_id(p_day::timestamp at time zone 'UTC');
  upper constant uuid := booking.least_id((p_day + 1)::timestamp at time zone 'UTC');
begin
  if to_regclass('booking.' || part) is not null then return; end if;
  -- Two servers may move bookings of one day at once: the second waits here and finds the day open.
  lock table booking.past_booking in share update exclusive mode;
  if to_regclass('booking.' || part) is not null then return; end if;
  execute format('create table booking.%I (like booking.past_booking including defaults including constraints)', part);
  execute format('with day as (delete from booking.past_rest where id >= %L and id < %L returning *) insert into booking.%I select * from day', lower, upper, part);
  execute format('alter table booking.past_booking attach partition booking.%I for values from (%L) to (%L)', part, lower, upper);
  perform booking.close_partition(format('booking.%I', part)::regclass);
end $$;
revoke execute on function booking.open_past_day from public;

-- Moves the oldest bookings of one institution that were made before a moment and have ended; at most so many, and how many were moved.
-- What another row points at stays, whichever table that is in. The person's claim ends with the move: it guards a time long gone.
create function booking.keep_past(p_org bigint, p_made_before timestamptz, p_most integer) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  pointed_at text;
  columns text;
  ids uuid[];
  past_day date;
begin
  if platform.act_role() is distinct from 'system' then raise exception 'only the house moves what is past' using errcode = '42501'; end if;
  select string_agg(format(' and not exists (select from %s r where r.%I = b.org_id and r.%I = b.id)', c.conrelid::regclass, f.org, f.id), '') into pointed_at
    from pg_constraint c cross join lateral (select
      max(a.attname) filter (where o.attname = 'org_id') as org, max(a.attname) filter (where o.attname = 'id') as id
      from unnest(c.conkey, c.confkey) as k (here, there)
      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.here join pg_attribute o on o.attrelid = c.confrelid and o.attnum = k.there) f
    where c.contype = 'f' and c.confrelid = 'booking.booking'::regclass and c.conparentid = 0;
  execute 'select array_agg(b.id) from (select b.id from booking.booking b where b.org_id = $1 and b.id < booking.least_id($2)
      and b.state in (''attended'', ''no-show'', ''cancelled'', ''expired'', ''moved'')' || coalesce(pointed_at, '') || '
    order by b.id limit $3 for update of b skip locked) b' into ids using p_org, p_made_before, p_most;
  if ids is null then return 0; end if;
  for past_day in select distinct (uuid_extract_timestamp(one) at time zone 'UTC')::date from unnest(ids) as one
      where uuid_extract_timestamp(one) is not null order by 1 loop
    perform booking.open_past_day(past_day);
  end loop;
  -- By name: what the past has no column for is refused, not dropped.
  select string_agg(quote_ident(attname), ', ') into columns from pg_attribute where attrelid = 'booking.booking'::regclass and attnum > 0 and not attisdropped;
  execute format('with gone as (delete from booking.booking where org_id = $1 and id = any ($2) returning *),
      claim as (delete from booking.person_claim c using gone where c.person_id = gone.person_id and c.booking_id = gone.id)
    insert into booking.past_booking (%1$s) select %1$s from gone', columns) using p_org, ids;
  return cardinality(ids);
end $$;
revoke execute on function booking.keep_past from public;
