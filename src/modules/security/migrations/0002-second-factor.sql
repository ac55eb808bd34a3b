-- A second factor beside the password, sessions that can be listed, ended and left idle, and notices about both.

-- `stage` says how far a sign-in has come: only a whole session may do anything but finish signing in.
-- `idle_minutes` is set when the session begins; null asks for no use in between.
alter table security.session
  add column id uuid not null default gen_random_uuid(),
  add column stage text not null default 'whole' check (stage in ('whole', 'factor', 'enrol')),
  add column proved_at timestamptz,
  add column used_at timestamptz not null default now(),
  add column idle_minutes integer check (idle_minutes > 0),
  add column device text not null default '';
create index on security.session (id);

-- Administrators sign in anew, with their second factor.
update security.session s set ended_at = now() from security.account a
  where a.id = s.account_id and a.role = 'administrator' and s.ended_at is null;

-- A time-based one-time code (RFC 6238). The secret is sealed with a key of its own, wrapped by the master key.
-- `last_step` is the newest time step whose code was used: no code is taken twice.
create table security.factor (
  id uuid primary key,
  account_id uuid not null references security.account,
  key_wrapped bytea not null,
  secret_sealed bytea not null,
  last_step bigint not null default 0,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  ended_at timestamptz
);
create unique index factor_one_in_force on security.factor (account_id) where confirmed_at is not null and ended_at is null;
create index on security.factor (account_id);
select platform.shard_table('security.factor', 'reference');

-- Codes for a lost device, each good for once; only a keyed hash is kept.
create table security.recovery_code (
  account_id uuid not null references security.account,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (account_id, code_hash)
);
select platform.shard_table('security.recovery_code', 'reference');

-- Taking somebody's second factor away needs two administrators.
create table security.factor_reset (
  id uuid primary key,
  account_id uuid not null references security.account,
  reason text not null,
  asked_by uuid not null references security.account,
  asked_at timestamptz not null,
  decided_by uuid references security.account,
  decided_at timestamptz,
  agreed boolean,
  check (decided_by is null or (decided_by <> asked_by and decided_by <> account_id)),
  check (asked_by <> account_id)
);
create unique index factor_reset_one_open on security.factor_reset (account_id) where decided_at is null;
select platform.shard_table('security.factor_reset', 'reference');

-- Institutions whose staff all need a second factor.
create table security.factor_institution (
  org_id bigint primary key,
  required_by uuid not null references security.account,
  required_at timestamptz not null
);
select platform.shard_table('security.factor_institution', 'reference');

-- What an account holder is told about the account itself.
create table security.notice (
  account_id uuid not null references security.account,
  id uuid not null,
  kind text not null check (kind in ('factor-enrolled', 'factor-reset', 'password-changed', 'recovery-code-used')),
  at timestamptz not null,
  primary key (account_id, id)
);
select platform.shard_table('security.notice', 'reference');
