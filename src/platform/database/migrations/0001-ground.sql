-- The ground: clock, growth map, idempotency, trace, outbox, inbox, deadlines, audit.
-- Keys come first in every primary key, so that each table could be spread over machines without change.

-- Which group a table belongs to, what its key is, and whether rows may only be added.
create table platform.shard_map (
  table_name text primary key,
  table_group text not null check (table_group in ('org', 'person', 'pool', 'reference', 'local')),
  key_column text,
  append_only boolean not null default false,
  check ((table_group in ('reference', 'local')) = (key_column is null))
);

create function platform.shard_table(p_table regclass, p_group text, p_key text default null, p_append_only boolean default false)
returns void language plpgsql as $$
begin
  insert into platform.shard_map values (p_table::text, p_group, p_key, p_append_only);
  if p_key is not null and exists (select from pg_extension where extname = 'citus') then
    execute format('select create_distributed_table(%L, %L)', p_table::text, p_key);
  end if;
end $$;
select platform.shard_table('platform.shard_map', 'local');

-- One clock: database time plus one offset that only a demo or a test may set.
create table platform.clock (
  only_row boolean primary key default true check (only_row),
  offset_ms bigint not null default 0
);
insert into platform.clock default values;
select platform.shard_table('platform.clock', 'reference');

create function platform.jieli_now() returns timestamptz language sql stable as $$
  select date_trunc('milliseconds', clock_timestamp() + (select offset_ms from platform.clock) * interval '1 millisecond')
$$;

create table platform.setting (name text primary key, value text not null);
select platform.shard_table('platform.setting', 'reference');

-- Same account, same key, same body: the first answer, byte for byte.
create table platform.idempotency (
  org_id bigint not null,
  account_id uuid not null,
  key text not null check (length(key) between 1 and 200),
  request_hash text not null,
  answer text,
  created_at timestamptz not null,
  primary key (org_id, account_id, key)
);
create index on platform.idempotency (created_at);
select platform.shard_table('platform.idempotency', 'org', 'org_id');

-- Append-only history of every case. `seen_by` are the institutions that are party to it.
create table platform.trace_event (
  org_id bigint not null,
  case_id uuid not null,
  seq integer not null check (seq > 0),
  id uuid not null,
  case_kind text not null,
  type text not null,
  at timestamptz not null,
  occurred_at timestamptz not null,
  actor_account uuid,
  actor_role text not null,
  actor_org bigint,
  actor_name jsonb not null,
  person_id bigint,
  reason text,
  data jsonb not null default '{}',
  seen_by bigint[] not null default '{}',
  primary key (org_id, case_id, seq)
);
create index on platform.trace_event (case_id);
select platform.shard_table('platform.trace_event', 'org', 'org_id', true);

-- The same events by person: one query answers where a person is in the region.
create table platform.person_event (
  person_id bigint not null,
  at timestamptz not null,
  event_id uuid not null,
  case_kind text not null,
  case_id uuid not null,
  org_id bigint not null,
  type text not null,
  primary key (person_id, at, event_id)
);
select platform.shard_table('platform.person_event', 'person', 'person_id', true);

-- What must be told to others, written in the transaction that made it true.
create table platform.outbox (
  org_id bigint not null,
  id bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  event_id uuid not null,
  type text not null,
  case_kind text not null,
  case_id uuid not null,
  person_id bigint,
  at timestamptz not null,
  seen_by bigint[] not null default '{}',
  data jsonb not null default '{}',
  sent_at timestamptz,
  primary key (org_id, id)
);
create index outbox_by_id on platform.outbox (id);
create index outbox_unsent on platform.outbox (id) where sent_at is null;
select platform.shard_table('platform.outbox', 'org', 'org_id');

-- Which consumer has taken which event: taken once.
create table platform.inbox (
  consumer text not null,
  event_id uuid not null,
  outcome text not null,
  at timestamptz not null,
  primary key (consumer, event_id)
);
select platform.shard_table('platform.inbox', 'local');

-- Every wait has an "until when" and a command that then runs, once.
create table platform.deadline (
  org_id bigint not null,
  id uuid not null,
  case_kind text not null,
  case_id uuid not null,
  name text not null,
  command text not null,
  input jsonb not null,
  due_at timestamptz not null,
  set_at timestamptz not null,
  ended_at timestamptz,
  outcome text check (outcome in ('fired', 'lapsed', 'replaced')),
  tries integer not null default 0,
  primary key (org_id, id),
  check ((ended_at is null) = (outcome is null))
);
create index deadline_open on platform.deadline (due_at) where ended_at is null;
create index on platform.deadline (case_id) where ended_at is null;
select platform.shard_table('platform.deadline', 'org', 'org_id');

-- Who did or read what, on which basis. Never a result, never free text of the record.
create table platform.audit (
  org_id bigint not null,
  id uuid not null,
  at timestamptz not null,
  account_id uuid,
  role text not null,
  form text not null,
  kind text not null check (kind in ('command', 'query')),
  outcome text not null check (outcome in ('done', 'refused')),
  code text,
  basis text not null,
  person_id bigint,
  case_id uuid,
  request text not null,
  primary key (org_id, id)
);
create index on platform.audit (person_id, at) where person_id is not null;
select platform.shard_table('platform.audit', 'org', 'org_id', true);

create table platform.rulebook_version (
  hash text primary key,
  loaded_at timestamptz not null
);
select platform.shard_table('platform.rulebook_version', 'reference');
