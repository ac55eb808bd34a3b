-- What bills break: the catalogue that says what an item may be, batches of bills that were audited, and the hits that somebody looks after.

create table audit_rules.item (
  code text not null,
  from_on date not null,
  zh text not null,
  en text,
  -- What the catalogue says of it: prices by level, limits, what goes with what. Empty: nothing limits it.
  knowledge jsonb not null,
  basis text not null,
  loaded_by uuid,
  loaded_at timestamptz not null,
  primary key (code, from_on)
);
select platform.shard_table('audit_rules.item', 'reference');

-- Bills that were audited together; the same batch is audited once.
create table audit_rules.batch (
  name text not null primary key,
  stage text not null check (stage in ('mid', 'post')),
  on_day date not null,
  persons integer not null,
  lines integer not null,
  hits integer not null,
  rulebook_hash text not null,
  by_account uuid,
  audited_at timestamptz not null
);
select platform.shard_table('audit_rules.batch', 'reference');

create table audit_rules.hit (
  -- The institution that billed it.
  org_id bigint not null,
  id uuid not null,
  batch text not null references audit_rules.batch,
  rule text not null,
  kind text not null check (kind in ('breach', 'suspicion', 'clue')),
  clause jsonb not null,
  person_id bigint,
  person_ref text not null,
  amount_fen bigint not null check (amount_fen >= 0),
  evidence jsonb not null,
  stays jsonb not null,
  state text not null,
  reply text check (reply in ('appealed', 'accepted', 'silent')),
  decided_fen bigint check (decided_fen between 1 and amount_fen),
  recovered_fen bigint check (recovered_fen between 0 and decided_fen),
  is_fraud_case boolean not null default false,
  note text,
  decided_by uuid,
  due_at timestamptz,
  found_on date not null,
  found_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (org_id, id),
  check (state not in ('proposed', 'recovering', 'closed') or decided_fen is not null),
  check ((state = 'closed') = (recovered_fen is not null))
);
create index on audit_rules.hit (state, due_at);
create index on audit_rules.hit (org_id, state, found_at desc);
create index on audit_rules.hit (rule, found_at desc);
select platform.shard_table('audit_rules.hit', 'org', 'org_id');

-- table | who sees a row
-- item  | everybody; the insurer loads
-- batch | the insurer
-- hit   | the insurer; the institution once it was told, of a fraud case once it is decided
select platform.protect('audit_rules.item', '{role} is not null', '{role} = ''insurer''', 'false');
select platform.protect('audit_rules.batch', '{role} = ''insurer''', '{role} = ''insurer''', 'false');
select platform.protect('audit_rules.hit', '{role} = ''insurer'' or (org_id = {org} and (state in (''recovering'', ''closed'') or (state <> ''found'' and not is_fraud_case)))', '{role} = ''insurer''',
  '{role} = ''insurer'' or (org_id = {org} and (state in (''recovering'', ''closed'') or (state <> ''found'' and not is_fraud_case)))');
