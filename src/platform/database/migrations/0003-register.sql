-- Things with an effective period and little behaviour, of every kind, as versions. A version's body is never edited and no
-- version is removed; a later one only ends or replaces it.
create extension if not exists btree_gist;

create table platform.register_entry (
  -- Whose entry it is; 0 is the whole region.
  org_id bigint not null,
  kind text not null,
  entry_id text not null check (length(entry_id) between 1 and 200),
  version integer not null check (version > 0),
  from_on date not null,
  until_on date check (until_on > from_on),
  body jsonb not null,
  state text not null check (state in ('proposed', 'in-force', 'replaced', 'rejected')),
  -- Whether it is meant to take the place of what is in force on from_on.
  is_correction boolean not null,
  reason text,
  recorded_at timestamptz not null,
  recorded_by uuid,
  -- The second pair of eyes.
  decided_at timestamptz,
  decided_by uuid,
  -- Who set the end, when it was not there from the beginning.
  ended_at timestamptz,
  ended_by uuid,
  end_reason text,
  primary key (org_id, kind, entry_id, version),
  constraint register_entry_one_in_force exclude using gist
    (org_id with =, kind with =, entry_id with =, daterange(from_on, until_on) with &&) where (state = 'in-force')
);
create index on platform.register_entry (org_id, kind, from_on);
select platform.shard_table('platform.register_entry', 'org', 'org_id');
