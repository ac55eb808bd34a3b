-- A person's basic data carries a version, so that a correction made without a network is never written over another one.
alter table residents.person add column version integer not null default 1;
alter table residents.person add column changed_at timestamptz not null default now();
create index on residents.person (clinic_org_id, changed_at);
create index on residents.person (care_org_id, changed_at);

-- Which fields a correction changed, and what stood there before, sealed with the person's key: no value is ever lost in silence.
create table residents.correction (
  person_id bigint not null,
  version integer not null,
  fields text[] not null check (cardinality(fields) > 0),
  was_sealed bytea not null,
  corrected_at timestamptz not null,
  by_account uuid,
  by_org bigint,
  primary key (person_id, version)
);
select platform.shard_table('residents.correction', 'person', 'person_id', true);
