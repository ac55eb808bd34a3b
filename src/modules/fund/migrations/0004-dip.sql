-- Payment by disease (DIP): discharges, catalogues built out of them, cases of a year, months and the year's clearing. All are only added to,
-- but a draft of a catalogue or of a clearing until it is decided.

create table fund.discharge (
  -- The hospital.
  org_id bigint not null,
  -- The hospital's number of the stay.
  number text not null,
  discharged_on date not null,
  -- ICD-10 of the insurance edition, and what the hospital calls it.
  diagnosis text not null,
  zh text not null,
  -- ICD-9-CM-3; empty for a stay without.
  procedures text[] not null,
  treatment text not null check (treatment in ('conservative', 'diagnostic', 'therapeutic', 'surgical')),
  days integer not null check (days >= 0),
  cost_fen bigint not null check (cost_fen >= 0),
  -- What the basic fund booked of it; the rest was paid by the person and by others.
  claimed_fen bigint not null check (claimed_fen between 0 and cost_fen),
  -- What the auxiliary directories ask for.
  facts jsonb not null,
  sent_by uuid,
  sent_at timestamptz not null,
  primary key (org_id, number)
);
create index on fund.discharge (discharged_on, org_id, number);
select platform.shard_table('fund.discharge', 'org', 'org_id');

-- A discharge that was sent wrong counts no more; its row stays.
create table fund.discharge_back (
  org_id bigint not null,
  number text not null,
  why text not null,
  taken_by uuid,
  taken_at timestamptz not null,
  primary key (org_id, number),
  foreign key (org_id, number) references fund.discharge
);
select platform.shard_table('fund.discharge_back', 'org', 'org_id');

create table fund.dip_catalogue (
  id uuid primary key,
  -- The year that it prices.
  year integer not null check (year between 2000 and 2200),
  state text not null check (state in ('draft', 'published', 'dropped')),
  -- Everything that the rulebook said on the day, so that the same discharges give the same catalogue for ever.
  terms jsonb not null,
  cases integer not null,
  groups integer not null,
  core integer not null,
  -- Of all cases, what was cut as too cheap or too dear, basis points.
  cut integer not null,
  mean_fen double precision not null,
  -- Cost and scores of each year that it was built from, the oldest first.
  past jsonb not null,
  -- What a point is worth by these, fen.
  point_fen bigint not null,
  -- Of each level of hospitals its mean cost and coefficient.
  levels jsonb not null,
  hash text not null,
  rulebook_hash text not null,
  built_by uuid,
  built_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decided_because text,
  check ((state = 'draft') = (decided_at is null)),
  check (state <> 'published' or decided_by is distinct from built_by)
);
create unique index dip_catalogue_of_year on fund.dip_catalogue (year) where state = 'published';
select platform.shard_table('fund.dip_catalogue', 'reference');

create table fund.dip_group (
  catalogue_id uuid not null references fund.dip_catalogue,
  key text not null,
  zh text not null,
  kind text not null check (kind in ('core', 'comprehensive')),
  -- Cases by year, the oldest first.
  cases integer[] not null,
  cases_cut integer not null,
  mean_fen double precision not null,
  -- Ten-thousandths of a point.
  score_e4 bigint not null,
  -- `level` by the hospital's coefficient; the others have one price everywhere, and why.
  pricing text not null default 'level' check (pricing in ('level', 'basic-level', 'tcm-advantage')),
  pricing_because text,
  primary key (catalogue_id, key),
  check ((pricing = 'level') = (pricing_because is null))
);
select platform.shard_table('fund.dip_group', 'reference');

-- A discharge of a year with what it scores; a group of null: no group of the catalogue takes it.
create table fund.dip_case (
  org_id bigint not null,
  number text not null,
  year integer not null,
  month integer not null check (month between 1 and 12),
  catalogue_id uuid not null,
  key text,
  -- Coefficient of the hospital that day, basis points.
  hospital integer not null,
  kind text not null check (kind in ('low', 'usual', 'high', 'ungrouped')),
  score_e4 bigint not null check (score_e4 >= 0),
  for_experts boolean not null,
  grouped_at timestamptz not null,
  primary key (org_id, number),
  foreign key (org_id, number) references fund.discharge,
  check ((key is null) = (kind = 'ungrouped'))
);
create index on fund.dip_case (year, org_id, month);
select platform.shard_table('fund.dip_case', 'org', 'org_id');

-- What a hospital was paid for a month before the year is cleared.
create table fund.dip_month (
  org_id bigint not null,
  year integer not null,
  month integer not null check (month between 1 and 12),
  cases integer not null,
  score_e4 bigint not null,
  claimed_fen bigint not null,
  share integer not null,
  taken_off_fen bigint not null check (taken_off_fen >= 0),
  paid_fen bigint not null check (paid_fen >= 0),
  paid_by uuid,
  paid_at timestamptz not null,
  primary key (org_id, year, month)
);
select platform.shard_table('fund.dip_month', 'org', 'org_id');

create table fund.dip_clearing (
  id uuid primary key,
  year integer not null,
  state text not null check (state in ('proposed', 'decided', 'returned')),
  fund_fen bigint not null check (fund_fen > 0),
  reserve_fen bigint not null check (reserve_fen >= 0),
  basis text not null check (basis in ('fund', 'total-fees')),
  terms jsonb not null,
  point_fen bigint not null,
  paid_fen bigint not null,
  left_fen bigint not null,
  steps jsonb not null,
  rulebook_hash text not null,
  proposed_by uuid,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decided_because text,
  check ((state = 'proposed') = (decided_at is null)),
  check (state <> 'decided' or decided_by is distinct from proposed_by),
  check (paid_fen + left_fen = fund_fen)
);
create unique index dip_clearing_of_year on fund.dip_clearing (year) where state in ('proposed', 'decided');
select platform.shard_table('fund.dip_clearing', 'reference');

-- Each hospital's part of a clearing.
create table fund.dip_cleared (
  org_id bigint not null,
  clearing_id uuid not null,
  cases integer not null,
  score_e4 bigint not null,
  cost_fen bigint not null,
  claimed_fen bigint not null,
  prepaid_fen bigint not null,
  assessment integer not null,
  due_fen bigint not null,
  paid_fen bigint not null,
  kept_fen bigint not null,
  balance_fen bigint not null,
  steps jsonb not null,
  primary key (org_id, clearing_id)
);
select platform.shard_table('fund.dip_cleared', 'org', 'org_id');

-- table                                              | who sees a row
-- discharge, discharge_back, dip_case, dip_month,    | the hospital, the insurer and the bureau; the hospital and the insurer send discharges, the
-- dip_cleared                                        | insurer alone writes the others
-- dip_catalogue, dip_group, dip_clearing             | managers, insurer and bureau; the insurer alone writes
select platform.protect('fund.discharge', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')', '{role} = ''insurer'' or (org_id = {org} and {role} = ''consortium-manager'')', 'false');
select platform.protect('fund.discharge_back', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')', '{role} = ''insurer''', 'false');
select platform.protect('fund.dip_case', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')', '{role} = ''insurer''', 'false');
select platform.protect('fund.dip_month', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')', '{role} = ''insurer''', 'false');
select platform.protect('fund.dip_cleared', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')', '{role} = ''insurer''', 'false');
select platform.protect('fund.dip_catalogue', '{role} in (''insurer'', ''health-bureau'', ''consortium-manager'')', '{role} = ''insurer''', '{role} = ''insurer''');
select platform.protect('fund.dip_group', '{role} in (''insurer'', ''health-bureau'', ''consortium-manager'')', '{role} = ''insurer''', '{role} = ''insurer''');
select platform.protect('fund.dip_clearing', '{role} in (''insurer'', ''health-bureau'', ''consortium-manager'')', '{role} = ''insurer''', '{role} = ''insurer''');
