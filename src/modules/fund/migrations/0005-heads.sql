-- Payment by the head: contracts of an institution for a group of people, and what was entered of their months. Entries are only added to; a
-- contract only moves on: proposed by one person and decided by another, closed by one and decided by another.
create table fund.head_contract (
  -- The institution that cares for the group.
  org_id bigint not null,
  id uuid not null,
  year integer not null check (year between 2000 and 2200),
  -- The group, as people call it.
  zh text not null,
  en text,
  -- For a person and whole year, fen.
  price_fen bigint not null check (price_fen > 0),
  -- Of a surplus what the institution keeps, of an overrun what it bears, basis points.
  surplus_kept integer not null check (surplus_kept between 0 and 10000),
  overrun_borne integer not null check (overrun_borne between 0 and 10000),
  -- The document that the contract rests on.
  basis text not null,
  state text not null check (state in ('proposed', 'running', 'returned', 'closing', 'closed')),
  proposed_by uuid,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decided_because text,
  -- What the year comes to, with its steps, once it is proposed to be closed.
  result jsonb,
  rulebook_hash text,
  close_proposed_by uuid,
  close_proposed_at timestamptz,
  close_decided_by uuid,
  close_decided_at timestamptz,
  close_because text,
  primary key (org_id, id),
  check ((state = 'proposed') = (decided_at is null)),
  check (decided_by is null or decided_by is distinct from proposed_by),
  check ((state in ('closing', 'closed')) = (result is not null)),
  check (close_decided_by is null or close_decided_by is distinct from close_proposed_by)
);
create unique index head_contract_of_group on fund.head_contract (org_id, year, zh) where state <> 'returned';
create index on fund.head_contract (year);
select platform.shard_table('fund.head_contract', 'org', 'org_id');

create table fund.head_entry (
  org_id bigint not null,
  id uuid not null,
  contract_id uuid not null,
  month integer not null check (month between 1 and 12),
  -- Below zero only where an entry is taken back.
  joins integer not null,
  leaves integer not null,
  spend_fen bigint not null,
  -- What it rests on, or why the other is taken back.
  evidence text not null,
  reverses uuid,
  entered_by uuid,
  entered_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, reverses),
  foreign key (org_id, contract_id) references fund.head_contract,
  foreign key (org_id, reverses) references fund.head_entry,
  check (reverses is not null or (joins >= 0 and leaves >= 0 and spend_fen >= 0)),
  check (reverses is null or (joins <= 0 and leaves <= 0 and spend_fen <= 0))
);
create index on fund.head_entry (org_id, contract_id);
select platform.shard_table('fund.head_entry', 'org', 'org_id');

-- table                      | who sees a row
-- head_contract, head_entry  | the institution, the insurer and the bureau; the insurer alone writes
select platform.protect('fund.head_contract', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')', '{role} = ''insurer''', '{role} = ''insurer''');
select platform.protect('fund.head_entry', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')', '{role} = ''insurer''', 'false');
