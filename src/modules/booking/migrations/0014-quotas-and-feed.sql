-- What the reserve was when its release came; null before. Beside what is left of it, it says how many units were opened to all.
alter table booking.pool add column reserved_until_release integer;

-- The board of an institution, by day; clinics that have just ended.
create index pool_by_day on booking.pool (org_id, starts_at);
create index pool_by_end on booking.pool (ends_at);

-- What hospitals' own systems say of their slots and beds. A feed counts its messages from 1; what was heard and what is missing
-- is kept, so that a duplicate, a reorder and a gap are each told apart.
create table booking.feed (
  org_id bigint not null,
  id uuid not null,
  -- The sending system as the hospital names it.
  source text not null,
  highest_seq bigint not null default 0,
  opened_at timestamptz not null,
  heard_at timestamptz,
  primary key (org_id, id),
  unique (org_id, source)
);
select platform.shard_table('booking.feed', 'org', 'org_id');
select platform.protect('booking.feed', 'org_id = {org}');

-- Numbers heard lately with what they said, as a hash: the same number with another content is not a duplicate.
create table booking.feed_message (
  org_id bigint not null,
  feed_id uuid not null,
  seq bigint not null check (seq > 0),
  hash text not null,
  heard_at timestamptz not null,
  primary key (org_id, feed_id, seq),
  foreign key (org_id, feed_id) references booking.feed
);
select platform.shard_table('booking.feed_message', 'org', 'org_id');
select platform.protect('booking.feed_message', 'org_id = {org}');

-- Numbers never heard, below the highest: work until they come or somebody gives them up with a reason.
create table booking.feed_gap (
  org_id bigint not null,
  feed_id uuid not null,
  from_seq bigint not null,
  to_seq bigint not null check (to_seq >= from_seq),
  found_at timestamptz not null,
  given_up_at timestamptz,
  given_up_reason text,
  primary key (org_id, feed_id, from_seq),
  foreign key (org_id, feed_id) references booking.feed,
  check ((given_up_at is null) = (given_up_reason is null))
);
select platform.shard_table('booking.feed_gap', 'org', 'org_id');
select platform.protect('booking.feed_gap', 'org_id = {org}');

-- What the hospital's own number of a clinic or ward is here: one pool, or a plan whose pool of the moment is meant.
create table booking.feed_ref (
  org_id bigint not null,
  feed_id uuid not null,
  kind text not null check (kind in ('slot', 'bed')),
  ref text not null,
  pool_id uuid,
  plan_id uuid,
  mapped_at timestamptz not null,
  mapped_by uuid,
  primary key (org_id, feed_id, kind, ref),
  foreign key (org_id, feed_id) references booking.feed,
  check (num_nonnulls(pool_id, plan_id) = 1)
);
select platform.shard_table('booking.feed_ref', 'org', 'org_id');
select platform.protect('booking.feed_ref', 'org_id = {org}');

-- The last word of a feed about each slot and ward: that of the highest number, in whatever order the messages came.
create table booking.feed_state (
  org_id bigint not null,
  feed_id uuid not null,
  kind text not null check (kind in ('slot', 'bed')),
  ref text not null,
  seq bigint not null,
  at timestamptz not null,
  free integer not null check (free >= 0),
  used integer not null check (used >= 0),
  capacity integer not null check (capacity >= 0),
  primary key (org_id, feed_id, kind, ref),
  foreign key (org_id, feed_id) references booking.feed
);
select platform.shard_table('booking.feed_state', 'org', 'org_id');
select platform.protect('booking.feed_state', 'org_id = {org}');

-- Where the hospital's numbers and ours cannot both be true: both stand here, until a later message agrees. Acknowledged ones stay,
-- and come back when they grow.
create table booking.feed_conflict (
  org_id bigint not null,
  id uuid not null,
  feed_id uuid not null,
  kind text not null check (kind in ('slot', 'bed', 'message')),
  ref text not null,
  what text not null check (what in ('fewer-than-sold', 'free-where-full', 'full-where-free', 'number-reused')),
  -- By how many units they differ.
  units integer not null,
  seq bigint not null,
  pool_id uuid,
  fed_free integer,
  fed_used integer,
  fed_capacity integer,
  own_free integer,
  own_sold integer,
  own_capacity integer,
  found_at timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  reason text,
  ended_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, feed_id) references booking.feed,
  check ((acknowledged_at is null) = (reason is null))
);
create unique index feed_conflict_open_once on booking.feed_conflict (org_id, feed_id, kind, ref) where ended_at is null;
select platform.shard_table('booking.feed_conflict', 'org', 'org_id');
select platform.protect('booking.feed_conflict', 'org_id = {org}');

-- Visits that a person did not come to, wherever they were: what the standing is counted from.
create table booking.missed (
  person_id bigint not null,
  booking_id uuid not null,
  org_id bigint not null,
  missed_at timestamptz not null,
  -- Lifted with a reason: it no longer counts.
  forgiven_at timestamptz,
  primary key (person_id, booking_id)
);
select platform.shard_table('booking.missed', 'person', 'person_id');
select platform.protect('booking.missed', 'org_id = {org} or person_id = any ({persons})', '{role} is not null');
