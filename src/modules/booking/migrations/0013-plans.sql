-- Calendars of whoever or whatever can be in one place at a time, the plans that publish pools from them, and exceptions of a day.
create extension if not exists btree_gist;

-- A doctor's calendar lives with the employer, a device's or a room's with the owner.
create table booking.calendar (
  org_id bigint not null,
  id uuid not null,
  kind text not null check (kind in ('doctor', 'device', 'room', 'centre')),
  name_zh text not null,
  name_en text,
  specialty text,
  staff_id bigint,
  -- Other institutions that may plan with it: a second workplace.
  shared_with bigint[] not null default '{}',
  primary key (org_id, id)
);
create unique index calendar_of_staff on booking.calendar (org_id, staff_id) where staff_id is not null;
select platform.shard_table('booking.calendar', 'org', 'org_id');

-- What is taken of a calendar: no two spans of one calendar overlap, wherever they are.
create table booking.calendar_span (
  org_id bigint not null,
  calendar_id uuid not null,
  during tstzrange not null check (not isempty(during)),
  place_org bigint not null,
  pool_id uuid not null,
  primary key (org_id, calendar_id, during without overlaps),
  foreign key (org_id, calendar_id) references booking.calendar
);
create index on booking.calendar_span (org_id, pool_id);
create index on booking.calendar_span (place_org, pool_id);
select platform.shard_table('booking.calendar_span', 'org', 'org_id');

-- A weekly plan of one service: what it has units of, who or what gives them, where, from when.
create table booking.plan (
  org_id bigint not null,
  id uuid not null,
  unit_kind text not null check (unit_kind in ('visit', 'exam', 'session')),
  kind text not null check (kind in ('expert', 'ordinary')),
  specialty text not null,
  service_zh text,
  service_en text,
  calendar_org bigint,
  calendar_id uuid,
  minutes integer not null check (minutes > 0),
  place_zh text,
  place_en text,
  valid_from date not null,
  -- The first day on which it no longer holds.
  valid_until date check (valid_until >= valid_from),
  days_ahead integer not null check (days_ahead > 0),
  -- Which weekday's sessions a make-up workday (调休上班) has; none: those of its own weekday.
  make_up_weekday integer check (make_up_weekday between 1 and 7),
  works_on_holidays boolean not null default false,
  version integer not null default 1 check (version > 0),
  -- The last day whose pools are published, and the day on which that was looked after.
  published_through date,
  looked_after_on date,
  primary key (org_id, id),
  check ((calendar_org is null) = (calendar_id is null))
);
create index on booking.plan (looked_after_on nulls first);
select platform.shard_table('booking.plan', 'org', 'org_id');

-- The week of a plan. `during` is in minutes of the day; sessions of one weekday do not overlap.
create table booking.plan_session (
  org_id bigint not null,
  plan_id uuid not null,
  weekday integer not null check (weekday between 1 and 7),
  during int4range not null check (not isempty(during) and lower(during) >= 0 and upper(during) <= 1440),
  capacity integer not null check (capacity between 1 and 1000),
  foreign key (org_id, plan_id) references booking.plan,
  primary key (org_id, plan_id, weekday, during without overlaps)
);
select platform.shard_table('booking.plan_session', 'org', 'org_id');

-- One day that is not as the week says. Without a plan it is of the whole institution.
create table booking.plan_exception (
  org_id bigint not null,
  id uuid not null,
  plan_id uuid,
  day date not null,
  kind text not null check (kind in ('closed', 'extra', 'worked', 'substitute')),
  during int4range check (not isempty(during) and lower(during) >= 0 and upper(during) <= 1440),
  capacity integer check (capacity between 1 and 1000),
  as_weekday integer check (as_weekday between 1 and 7),
  calendar_org bigint,
  calendar_id uuid,
  reason text not null,
  primary key (org_id, id),
  foreign key (org_id, plan_id) references booking.plan,
  check ((kind = 'extra') = (during is not null) and (kind = 'extra') = (capacity is not null)),
  check ((kind = 'worked') = (as_weekday is not null)),
  check ((kind = 'substitute') = (calendar_id is not null) and (calendar_org is null) = (calendar_id is null)),
  check (plan_id is not null or kind in ('closed', 'worked'))
);
create unique index plan_exception_once on booking.plan_exception (org_id, plan_id, day, kind, during) nulls not distinct;
select platform.shard_table('booking.plan_exception', 'org', 'org_id');

-- table          | who sees a row
-- calendar       | every act: whose time a clinic takes is public; its institution keeps it
-- calendar_span  | every act: a clash is told with when and where; whoever publishes there adds and removes it
-- plan and parts | the institution that publishes by it
select platform.protect('booking.calendar', '{role} is not null', 'org_id = {org}', 'org_id = {org}');
select platform.protect('booking.calendar_span', '{role} is not null', 'place_org = {org}', 'place_org = {org}');
select platform.protect('booking.plan', 'org_id = {org}');
select platform.protect('booking.plan_session', 'org_id = {org}');
select platform.protect('booking.plan_exception', 'org_id = {org}');
