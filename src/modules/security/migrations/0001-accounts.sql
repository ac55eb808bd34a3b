-- Accounts and sessions. An account acts for one institution or is one resident.
create table security.account (
  id uuid primary key,
  login text not null unique check (login = lower(login)),
  password_hash text not null,
  role text not null,
  org_id bigint,
  person_id bigint,
  name_zh text not null,
  name_en text,
  disabled_at timestamptz,
  failures integer not null default 0,
  locked_until timestamptz,
  sessions_from timestamptz not null default '-infinity',
  created_at timestamptz not null
);
create index on security.account (person_id) where person_id is not null;
create index on security.account (org_id, role);
select platform.shard_table('security.account', 'reference');

create table security.session (
  token_hash bytea primary key,
  account_id uuid not null references security.account,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index on security.session (account_id);
select platform.shard_table('security.session', 'local');
