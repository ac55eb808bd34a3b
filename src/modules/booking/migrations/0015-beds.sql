-- Wards, their beds, and stays. A bed-day is a unit of a pool: one pool for a ward's beds of one class (for whom, isolation or not)
-- on one day. A stay takes consecutive bed-days; a named bed is taken by at most one stay at a time, by constraint.
create extension if not exists btree_gist;

create table booking.ward (
  org_id bigint not null,
  id uuid not null,
  zh text not null,
  en text,
  specialty text not null,
  primary key (org_id, id)
);
create index on booking.ward (specialty);
select platform.shard_table('booking.ward', 'org', 'org_id');

-- Beds of a ward that stand in for each other; its id is the plan of their pools of bed-days.
create table booking.bed_class (
  org_id bigint not null,
  id uuid not null,
  ward_id uuid not null,
  sex text not null check (sex in ('male', 'female', 'any')),
  isolation boolean not null,
  -- Up to which day, that day not included, its pools are published.
  published_until date,
  primary key (org_id, id),
  unique (org_id, ward_id, sex, isolation),
  foreign key (org_id, ward_id) references booking.ward
);
create index on booking.bed_class (published_until);
select platform.shard_table('booking.bed_class', 'org', 'org_id');

create table booking.bed (
  org_id bigint not null,
  id uuid not null,
  ward_id uuid not null,
  class_id uuid not null,
  room text not null,
  label text not null,
  closed_at timestamptz,
  close_reason text,
  -- Since when it waits to be made ready after somebody has left it.
  cleaning_since timestamptz,
  primary key (org_id, id),
  unique (org_id, ward_id, room, label),
  foreign key (org_id, ward_id) references booking.ward,
  foreign key (org_id, class_id) references booking.bed_class,
  check ((closed_at is null) = (close_reason is null))
);
create index on booking.bed (org_id, class_id);
select platform.shard_table('booking.bed', 'org', 'org_id');

-- The id is the group of its bookings: its bed-days, and the units that were decided together with it.
create table booking.stay (
  org_id bigint not null,
  id uuid not null,
  ward_id uuid not null,
  class_id uuid not null,
  person_id bigint not null,
  sex text not null check (sex in ('male', 'female')),
  isolation boolean not null,
  channel text not null check (channel in ('referral', 'direct', 'emergency')),
  made_by_org bigint,
  case_id uuid,
  -- The first bed-day, and the day of the expected discharge, which takes no bed-day any more.
  from_on date not null,
  until_on date not null,
  -- Since when it lasts longer than expected: kept from day to day until somebody says when it ends.
  overdue_since date,
  -- Days of it for which no bed-day was left: it lasted longer than expected while all were booked.
  uncovered integer not null default 0 check (uncovered >= 0),
  state text not null check (state in ('planned', 'admitted', 'discharged', 'cancelled')),
  bed_id uuid,
  admitted_at timestamptz,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  reason text,
  primary key (org_id, id),
  foreign key (org_id, ward_id) references booking.ward,
  foreign key (org_id, class_id) references booking.bed_class,
  foreign key (org_id, bed_id) references booking.bed,
  check (until_on > from_on),
  check (state <> 'admitted' or (bed_id is not null and admitted_at is not null))
);
create index on booking.stay (org_id, ward_id) where state in ('planned', 'admitted');
create index on booking.stay (until_on) where state = 'admitted';
create index on booking.stay (person_id);
select platform.shard_table('booking.stay', 'org', 'org_id');

-- Which days a named bed is taken, and by which stay. The constraint is the last word: no two stays share a bed on a day.
create table booking.bed_span (
  org_id bigint not null,
  bed_id uuid not null,
  during daterange not null check (not isempty(during)),
  stay_id uuid not null,
  primary key (org_id, bed_id, during without overlaps),
  foreign key (org_id, bed_id) references booking.bed,
  foreign key (org_id, stay_id) references booking.stay
);
create index on booking.bed_span (org_id, stay_id);
select platform.shard_table('booking.bed_span', 'org', 'org_id');

-- All beds of a class may be closed: its bed-days then have no unit.
alter table booking.pool drop constraint pool_capacity_check;
alter table booking.pool add constraint pool_capacity_check
  check (capacity between 0 and 1000 and (capacity > 0 or unit_kind = 'bed-day'));

-- table           | who sees a row
-- ward, bed_class | every act: which beds are free is public
-- bed, bed_span   | the institution
-- stay            | the institution, the one that asked for it, the person, and an act that has named the person
select platform.protect('booking.ward', '{role} is not null', 'org_id = {org}', 'org_id = {org}');
select platform.protect('booking.bed_class', '{role} is not null', 'org_id = {org}', 'org_id = {org}');
select platform.protect('booking.bed', 'org_id = {org}');
select platform.protect('booking.bed_span', 'org_id = {org}');
select platform.protect('booking.stay', 'org_id = {org} or made_by_org = {org} or person_id = any ({persons})', '{role} is not null');

-- How a class of beds is taken on each day, for whoever books a bed-day: open beds by room, how many of them each sex lies in by name.
-- Counts only; runs as the owner, because who asks from another institution sees no bed and no stay.
create function booking.room_use(p_org bigint, p_classes uuid[], p_from date, p_until date)
returns table (class uuid, day date, room text, beds integer, men integer, women integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select b.class_id, d.day::date, b.room, count(distinct b.id)::int,
    count(s.id) filter (where s.sex = 'male')::int, count(s.id) filter (where s.sex = 'female')::int
  from generate_series(p_from, p_until - 1, interval '1 day') as d (day)
  join booking.bed b on b.org_id = p_org and b.class_id = any (p_classes)
  left join booking.bed_span o on o.org_id = b.org_id and o.bed_id = b.id and o.during @> d.day::date
  left join booking.stay s on s.org_id = o.org_id and s.id = o.stay_id and s.state in ('planned', 'admitted')
  where b.closed_at is null
  group by 1, 2, 3
$$;

-- How many men and women have drawn a bed-day of each class, named bed or not.
create function booking.class_use(p_org bigint, p_classes uuid[], p_from timestamptz, p_until timestamptz)
returns table (class uuid, pool uuid, men integer, women integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.plan_id, p.id, count(*) filter (where s.sex = 'male')::int, count(*) filter (where s.sex = 'female')::int
  from booking.pool p
  join booking.booking b on b.org_id = p.org_id and b.pool_id = p.id and b.state not in ('cancelled', 'expired', 'moved')
  join booking.stay s on s.org_id = b.org_id and s.id = b.group_id
  where p.org_id = p_org and p.plan_id = any (p_classes) and p.starts_at >= p_from and p.starts_at < p_until
  group by 1, 2
$$;
revoke execute on function booking.room_use, booking.class_use from public;
