-- What settled bills of the covered people cost the fund, as each bill stands; taken into the books as sums.
create table fund.spend (
  -- The institution that leads the consortium of the person's home.
  org_id bigint not null,
  bill_org bigint not null,
  bill_id uuid not null,
  year integer not null,
  month integer not null check (month between 1 and 12),
  -- The member where it was spent; null: outside of the consortium.
  institution_id bigint,
  fen bigint not null check (fen >= 0),
  noted_at timestamptz not null,
  primary key (org_id, bill_org, bill_id)
);
create index on fund.spend (org_id, year, month);
create index on fund.spend (bill_org, bill_id);
select platform.shard_table('fund.spend', 'org', 'org_id');

-- Where a transfer comes from: `settled` for sums of settled bills, null for what somebody entered.
alter table fund.transfer add column source text check (source = 'settled');

-- A value of an indicator of the yearly assessment, with its evidence; a newer one counts instead of an older.
create table fund.assessed (
  org_id bigint not null,
  id uuid not null,
  year integer not null,
  indicator text not null,
  -- Basis points.
  value integer not null,
  evidence text not null,
  entered_by uuid,
  entered_at timestamptz not null,
  primary key (org_id, id)
);
create index on fund.assessed (org_id, year);
select platform.shard_table('fund.assessed', 'org', 'org_id');

-- How a year ends: proposed by one, decided by another. One of a year stands or is decided.
create table fund.year_close (
  org_id bigint not null,
  id uuid not null,
  year integer not null,
  state text not null check (state in ('proposed', 'decided', 'returned')),
  budget_fen bigint not null,
  spent_fen bigint not null,
  score integer not null,
  share integer not null,
  kept_fen bigint not null check (kept_fen >= 0),
  pool_bears_fen bigint not null check (pool_bears_fen >= 0),
  network_bears_fen bigint not null check (network_bears_fen >= 0),
  steps jsonb not null,
  -- Each member's part of what is kept, fen; sums to it.
  parts jsonb not null,
  rulebook_hash text not null,
  proposed_by uuid,
  proposed_at timestamptz not null,
  -- What the leading institution says against it before it is decided.
  objection text,
  objected_by uuid,
  objected_at timestamptz,
  decided_by uuid,
  decided_at timestamptz,
  decided_because text,
  primary key (org_id, id),
  check ((state = 'proposed') = (decided_at is null)),
  check (state <> 'decided' or decided_by is distinct from proposed_by)
);
create unique index year_close_once on fund.year_close (org_id, year) where state in ('proposed', 'decided');
select platform.shard_table('fund.year_close', 'org', 'org_id');

-- table      | who sees a row
-- spend      | the house, which notes it; the insurer and the bureau
-- assessed   | the consortium's lead, the insurer and the bureau; the insurer enters
-- year_close | the same; the lead may object to its own
select platform.protect('fund.spend', '{role} in (''insurer'', ''health-bureau'')', 'false', 'false');
select platform.protect('fund.assessed', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')', '{role} = ''insurer''', 'false');
select platform.protect('fund.year_close', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')', '{role} = ''insurer''',
  '{role} = ''insurer'' or (org_id = {org} and {role} = ''consortium-manager'')');
