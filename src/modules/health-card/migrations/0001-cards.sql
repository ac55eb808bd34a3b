-- The e-health card of a person. Its number is kept, sealed, in residents.identifier under the card's own id; here is how the card
-- stands and what was done with it.
create table health_card.card (
  person_id bigint not null,
  id uuid not null,
  number_index bytea not null,
  state text not null check (state in ('active', 'lost', 'replaced', 'cancelled')),
  issued_at timestamptz not null,
  -- Who applied: the person, somebody who acts for the person, a desk, an app.
  applied_by text not null check (applied_by in ('self', 'representative', 'desk', 'app')),
  by_account uuid,
  by_org bigint,
  ended_at timestamptz,
  ended_because text,
  primary key (person_id, id),
  check ((state = 'active') = (ended_at is null)),
  check ((ended_at is null) = (ended_because is null))
);
create index on health_card.card (number_index);
-- A person has at most one card that counts.
create unique index card_one_active on health_card.card (person_id) where state = 'active';
comment on column health_card.card.number_index is 'Blind index of the number, by which a code that is shown finds the card.';
select platform.shard_table('health_card.card', 'person', 'person_id');

-- Dynamic codes: of each only a blind index is kept, so nobody can show one from here. A code counts once and for minutes.
create table health_card.code (
  person_id bigint not null,
  id uuid not null,
  card_id uuid not null,
  code_index bytea not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  made_by_account uuid,
  made_by_app text,
  used_at timestamptz,
  -- A newer code of the same screen takes its place.
  ended_at timestamptz,
  primary key (person_id, id),
  foreign key (person_id, card_id) references health_card.card (person_id, id),
  check (expires_at > made_at),
  check (used_at is null or (used_at >= made_at and used_at < expires_at))
);
create index on health_card.code (code_index);
create index code_open on health_card.code (person_id) where used_at is null and ended_at is null;
select platform.shard_table('health_card.code', 'person', 'person_id');

-- Every time that a card, or a number bound to it, was shown and accepted.
create table health_card.use (
  person_id bigint not null,
  id uuid not null,
  card_id uuid,
  shown text not null check (shown in ('static', 'dynamic', 'bound')),
  kind text,
  scene text not null,
  department text,
  used_at timestamptz not null,
  org_id bigint,
  by_account uuid,
  by_name text not null,
  app_id text,
  primary key (person_id, id),
  check ((shown = 'bound') = (kind is not null))
);
create index on health_card.use (person_id, used_at desc);
select platform.shard_table('health_card.use', 'person', 'person_id', true);

-- Programs of hospitals and payment apps that may use the card's interface.
create table health_card.app (
  id text primary key,
  name_zh text not null check (name_zh <> ''),
  name_en text not null check (name_en <> ''),
  kind text not null check (kind in ('hospital', 'payment')),
  org_id bigint,
  registered_at timestamptz not null,
  registered_by uuid,
  ended_at timestamptz,
  check ((kind = 'hospital') = (org_id is not null))
);
select platform.shard_table('health_card.app', 'reference');

-- Their two keys, sealed; seen by the house alone.
create table health_card.app_key (
  app_id text primary key,
  wrapped bytea not null,
  field_key_sealed bytea not null,
  sign_key_sealed bytea not null
);
select platform.shard_table('health_card.app_key', 'local');

-- Each request of an app counts once.
create table health_card.nonce (
  app_id text not null,
  nonce text not null,
  at timestamptz not null,
  primary key (app_id, nonce)
);
create index on health_card.nonce (app_id, at);
select platform.shard_table('health_card.nonce', 'local');

-- Which apps a person lets show the card.
create table health_card.allowance (
  person_id bigint not null,
  app_id text not null,
  allowed_at timestamptz not null,
  allowed_by text not null check (allowed_by in ('self', 'representative', 'application')),
  ended_at timestamptz,
  primary key (person_id, app_id, allowed_at)
);
create unique index allowance_one_open on health_card.allowance (person_id, app_id) where ended_at is null;
select platform.shard_table('health_card.allowance', 'person', 'person_id');

-- Whose a card or a code is: who holds the whole of it in hand knows whom to ask for. 256 random bits are not guessed.
create function health_card.holder_of_card(p_index bytea) returns bigint language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.person_id from health_card.card c where c.number_index = p_index and platform.act_role() is not null limit 1
$$;
revoke execute on function health_card.holder_of_card from public;
create function health_card.holder_of_code(p_index bytea) returns bigint language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.person_id from health_card.code c where c.code_index = p_index and platform.act_role() is not null limit 1
$$;
revoke execute on function health_card.holder_of_code from public;

-- table           | who sees a row
-- card, code, allowance | an act that has named the person
-- use             | the same, and the institution at which the card was shown
-- app             | every act reads; administrators write
-- app_key, nonce  | the house itself
select platform.protect('health_card.card', 'person_id = any ({persons})');
select platform.protect('health_card.code', 'person_id = any ({persons})');
select platform.protect('health_card.use', 'person_id = any ({persons}) or org_id = {org}', 'person_id = any ({persons})');
select platform.protect('health_card.allowance', 'person_id = any ({persons})');
select platform.protect('health_card.app', '{role} is not null', '{role} = ''administrator''', '{role} = ''administrator''');
select platform.protect('health_card.app_key', 'false', '{role} = ''administrator''', 'false');
select platform.protect('health_card.nonce', 'false');
