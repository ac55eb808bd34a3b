-- Bulk export and import of resources: one job each, its cursor, and its files in sealed parts. What a job has done and how far it is
-- commit together, so that it goes on where it stood after any crash.
create table health_record.bulk_job (
  org_id bigint not null,
  id uuid not null,
  kind text not null check (kind in ('export', 'import')),
  state text not null check (state in ('awaiting-approval', 'running', 'done')),
  account_id uuid not null,
  -- Who asked, with the scopes of the app: every step works as they may.
  caller jsonb not null,
  request text not null,
  -- What was asked for: types, since when, which persons.
  input jsonb not null,
  cursor jsonb not null,
  idempotency_key text,
  wrapped_key bytea not null,
  persons integer not null default 0,
  total integer not null default 0,
  done integer not null default 0,
  faults integer not null default 0,
  asked_at timestamptz not null,
  approved_by uuid,
  approved_at timestamptz,
  ended_at timestamptz,
  expires_at timestamptz not null,
  -- True time: which process works on it.
  leased_until timestamptz,
  primary key (org_id, id),
  unique (org_id, account_id, idempotency_key),
  check ((approved_by is null) = (approved_at is null)),
  check (approved_by is distinct from account_id),
  check ((state = 'done') = (ended_at is not null))
);
create index bulk_job_open on health_record.bulk_job (asked_at) where state = 'running';
create index bulk_job_expiry on health_record.bulk_job (expires_at);
select platform.shard_table('health_record.bulk_job', 'org', 'org_id');

create table health_record.bulk_part (
  org_id bigint not null,
  job_id uuid not null,
  nr integer not null,
  kind text not null check (kind in ('input', 'output', 'error')),
  type text not null,
  lines integer not null,
  -- Of the text, not of what is kept.
  bytes integer not null,
  -- Compressed, and sealed by the job's key.
  body bytea not null,
  primary key (org_id, job_id, nr),
  foreign key (org_id, job_id) references health_record.bulk_job on delete cascade
);
select platform.shard_table('health_record.bulk_part', 'org', 'org_id');

-- table     | who sees a row
-- bulk_job  | who asked; and at the same institution whoever may agree to it
-- bulk_part | who asked
select platform.protect('health_record.bulk_job', 'account_id = {account} or (org_id = coalesce({org}, 0)
    and {role} in (''family-doctor'', ''referral-desk'', ''ward'', ''consortium-manager'', ''health-bureau'', ''administrator''))', 'account_id = {account}');
select platform.protect('health_record.bulk_part',
  'exists (select from health_record.bulk_job j where j.org_id = bulk_part.org_id and j.id = bulk_part.job_id and j.account_id = {account})');

-- Persons of whom an export may have something to say, in the order of their numbers: those about whom the institution wrote, or for whom it
-- cares; without an institution everybody. Answers no content: the record of each must still be opened.
create function health_record.export_candidates(p_org bigint, p_after bigint, p_limit integer)
returns table (person_id bigint) language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.person_id from (
    select r.person_id from health_record.resource r where p_org is not null and r.custodian_org = p_org and r.person_id > p_after
    union select p.person_id from residents.person p where p_org is not null and p_org in (p.care_org_id, p.clinic_org_id) and p.person_id > p_after
    union select p.person_id from residents.person p where p_org is null and p.person_id > p_after) c
  order by c.person_id limit p_limit
$$;

-- How many such persons there are, counted no further than to a limit.
create function health_record.count_export_candidates(p_org bigint, p_most integer)
returns integer language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*)::integer from health_record.export_candidates(p_org, 0, p_most) c
$$;
revoke execute on function health_record.export_candidates, health_record.count_export_candidates from public;
