-- Pools of visit slots. The row guards the capacity: whatever asks, used never passes it.
create table booking.pool (
  org_id bigint not null,
  id uuid not null,
  specialty text not null,
  staff_id bigint,
  doctor_zh text,
  doctor_en text,
  kind text not null check (kind in ('expert', 'ordinary')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  capacity integer not null check (capacity between 1 and 1000),
  -- Units kept for primary care until released_at; what is left of them then belongs to all.
  reserved integer not null check (reserved between 0 and capacity),
  used_reserved integer not null default 0,
  used_open integer not null default 0,
  release_at timestamptz not null,
  released_at timestamptz,
  place_zh text,
  place_en text,
  primary key (org_id, id),
  check (ends_at > starts_at and ends_at <= starts_at + interval '60 minutes'),
  constraint pool_reserved_not_oversold check (used_reserved between 0 and reserved),
  constraint pool_open_not_oversold check (used_open between 0 and capacity - reserved)
);
create index on booking.pool (org_id, specialty, starts_at);
create index on booking.pool (specialty, starts_at) where used_reserved + used_open < capacity;
create index on booking.pool (release_at) where released_at is null;
select platform.shard_table('booking.pool', 'org', 'org_id');

create table booking.booking (
  org_id bigint not null,
  id uuid not null,
  pool_id uuid not null,
  person_id bigint not null,
  case_id uuid,
  made_by_org bigint,
  share text not null check (share in ('reserved', 'open')),
  state text not null check (state in ('held', 'confirmed', 'attended', 'no-show', 'cancelled', 'expired')),
  hold_until timestamptz,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  reason text,
  primary key (org_id, id),
  foreign key (org_id, pool_id) references booking.pool,
  check (state <> 'held' or hold_until is not null)
);
create index on booking.booking (org_id, pool_id);
create index on booking.booking (case_id);
select platform.shard_table('booking.booking', 'org', 'org_id');

-- One person is in one place at a time: the guard lives with the person.
create table booking.person_claim (
  person_id bigint not null,
  starts_at timestamptz not null,
  org_id bigint not null,
  booking_id uuid not null,
  primary key (person_id, starts_at)
);
select platform.shard_table('booking.person_claim', 'person', 'person_id');
