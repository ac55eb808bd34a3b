-- Apps that people and institutions let at the record: who they are, what they were given, and what they hold now. Whatever an app
-- shows to be let in is kept as its SHA-256 only. All of it runs by true time, like sessions: a moved clock lets nobody in or out.
create table smart.client (
  client_id text primary key check (client_id ~ '^[A-Za-z0-9._-]{3,80}$'),
  name_zh text not null,
  name_en text not null,
  -- public: an app in a browser or on a phone; server: it has a key of its own and signs with it.
  kind text not null check (kind in ('public', 'server')),
  redirect_uris text[] not null default '{}',
  launch_url text,
  scopes text not null,
  jwks jsonb,
  jwks_uri text,
  -- The account whose rights a server has when nobody is signed in.
  account_id uuid,
  registered_by uuid not null,
  registered_at timestamptz not null,
  disabled_at timestamptz,
  check (kind = 'public' or jwks is not null or jwks_uri is not null),
  check (kind = 'server' or account_id is null)
);
select platform.shard_table('smart.client', 'reference');

-- What an account let an app do: every token of it comes from here, and ends with it.
create table smart.allowance (
  id uuid primary key,
  client_id text not null references smart.client,
  account_id uuid not null,
  scopes text not null,
  person_id bigint,
  redirect_uri text,
  challenge text,
  state text,
  nonce text,
  begun_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_why text check (ended_why in ('by-person', 'by-app', 'code-again', 'refresh-again'))
);
create index on smart.allowance (account_id, begun_at);
select platform.shard_table('smart.allowance', 'local');

create table smart.token (
  token_hash bytea primary key,
  allowance_id uuid not null,
  kind text not null check (kind in ('code', 'access', 'refresh')),
  scopes text not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index on smart.token (allowance_id);
create index on smart.token (expires_at);
select platform.shard_table('smart.token', 'local');

-- A signed statement of an app counts once.
create table smart.assertion (
  client_id text not null,
  jti text not null,
  expires_at timestamptz not null,
  primary key (client_id, jti)
);
create index on smart.assertion (expires_at);
select platform.shard_table('smart.assertion', 'local');

-- An app that was started from our desk: by whom, and about whom.
create table smart.launch (
  id uuid primary key,
  client_id text not null references smart.client,
  account_id uuid not null,
  person_id bigint,
  expires_at timestamptz not null
);
select platform.shard_table('smart.launch', 'local');

-- The key that signs who signed in; its private half is sealed.
create table smart.signing_key (
  kid text primary key,
  public_jwk jsonb not null,
  wrapped_key bytea not null,
  sealed_jwk bytea not null,
  made_at timestamptz not null
);
select platform.shard_table('smart.signing_key', 'local');

-- table                        | who sees a row
-- client                       | every act reads; administrators write
-- allowance, launch            | the account that gave it
-- token, assertion, signing_key | the house itself
select platform.protect('smart.client', '{role} is not null', '{role} = ''administrator''', '{role} = ''administrator''');
select platform.protect('smart.allowance', 'account_id = {account}');
select platform.protect('smart.launch', 'account_id = {account}');
select platform.protect('smart.token', 'false');
select platform.protect('smart.assertion', 'false');
select platform.protect('smart.signing_key', 'false');

-- Whoever shows a token is found by it before anybody acts, in one statement.
create function smart.bearers_of(p_hashes bytea[])
returns table (token_hash bytea, allowance_id uuid, client_id text, account_id uuid, person_id bigint, scopes text, begun_at timestamptz, expires_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.token_hash, a.id, a.client_id, a.account_id, a.person_id, t.scopes, a.begun_at, t.expires_at
    from smart.token t join smart.allowance a on a.id = t.allowance_id join smart.client c on c.client_id = a.client_id
    where t.token_hash = any (p_hashes) and t.kind = 'access' and t.expires_at > now() and a.ended_at is null and c.disabled_at is null;
$$;
revoke execute on function smart.bearers_of from public;

-- Whether an app ever came for what it was allowed; the tokens themselves are the house's alone.
create function smart.has_been_given(p_allowance uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id from smart.allowance a where a.id = p_allowance and a.account_id = platform.act_account()
    and (a.redirect_uri is null or exists (select from smart.token t where t.allowance_id = a.id and t.kind = 'access'));
$$;
revoke execute on function smart.has_been_given from public;
