-- FHIR R4 resources about a person: body as text, verbatim; index columns beside. Versions are kept.
create table health_record.resource (
  person_id bigint not null,
  id uuid not null,
  version integer not null check (version > 0),
  type text not null,
  body text not null,
  code_system text,
  code text,
  display text,
  effective_at timestamptz,
  status text,
  source text not null,
  source_id text,
  hash bytea not null,
  recorded_at timestamptz not null,
  primary key (person_id, id)
);
create index on health_record.resource (person_id, type, effective_at desc);
create unique index resource_by_source on health_record.resource (person_id, source, type, source_id) where source_id is not null;
-- A load looks here whether what it brings is known as somebody else's.
create index on health_record.resource (source, type, source_id) where source_id is not null;
select platform.shard_table('health_record.resource', 'person', 'person_id');

create table health_record.resource_history (
  person_id bigint not null,
  id uuid not null,
  version integer not null,
  body text not null,
  recorded_at timestamptz not null,
  primary key (person_id, id, version)
);
select platform.shard_table('health_record.resource_history', 'person', 'person_id', true);

-- What travelled with a case: sealed at submission, readable by the receiver from then on.
create table health_record.package (
  person_id bigint not null,
  id uuid not null,
  case_id uuid not null,
  version integer not null,
  body text not null,
  hash bytea not null,
  made_at timestamptz not null,
  primary key (person_id, id),
  unique (person_id, case_id, version)
);
create index on health_record.package (case_id);
select platform.shard_table('health_record.package', 'person', 'person_id', true);

-- Which person a patient of a source is: decided once, by the source's own id and by nothing else. claim_key is the head of a hash.
create table health_record.source_person (
  claim_key bigint not null,
  source text not null,
  source_id text not null,
  person_id bigint not null,
  primary key (claim_key, source, source_id)
);
select platform.shard_table('health_record.source_person', 'person', 'claim_key');

-- Resources of a load that are about no person: organisations, practitioners, places and devices of the source.
create table health_record.reference_resource (
  source text not null,
  type text not null,
  source_id text not null,
  body text not null,
  hash bytea not null,
  recorded_at timestamptz not null,
  primary key (source, type, source_id)
);
select platform.shard_table('health_record.reference_resource', 'reference');
