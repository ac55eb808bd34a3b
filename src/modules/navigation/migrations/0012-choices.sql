-- What was chosen from a list of places, and loaded travel times. Nothing here names a person.
create table navigation.choice (
  -- The institution that was chosen.
  org_id bigint not null,
  -- The id of the list that the choice was made from.
  id uuid not null,
  chosen_at timestamptz not null,
  -- County of the person, six digits.
  county text not null check (county ~ '^\d{6}$'),
  specialty text not null,
  condition_key text,
  urgency text not null,
  by_role text not null,
  -- Place in the list, from 1; null when the institution was not in it.
  position integer check (position >= 1),
  -- The institutions of the list in their order.
  offered bigint[] not null,
  booking_id uuid,
  primary key (org_id, id)
);
create index choice_by_time on navigation.choice (chosen_at);
select platform.shard_table('navigation.choice', 'org', 'org_id');
select platform.protect('navigation.choice', 'org_id = {org} or {role} in (''health-bureau'', ''consortium-manager'', ''administrator'')', '{role} is not null', 'false');

-- Loaded tables of travel times; the newest one counts, earlier ones stay.
create table navigation.travel_edition (
  id uuid primary key,
  name text not null,
  hash text not null,
  row_count integer not null,
  loaded_by text not null,
  loaded_at timestamptz not null
);
create index on navigation.travel_edition (loaded_at desc);
select platform.shard_table('navigation.travel_edition', 'reference');

create table navigation.travel_time (
  edition_id uuid not null references navigation.travel_edition,
  -- Grid cell or division of 12 digits from where.
  from_code text not null,
  org_id bigint not null references organisations.institution,
  by text not null check (by in ('car', 'bus', 'walk', 'ambulance')),
  minutes integer not null check (minutes between 0 and 2880),
  primary key (edition_id, from_code, org_id, by)
);
select platform.shard_table('navigation.travel_time', 'reference');
