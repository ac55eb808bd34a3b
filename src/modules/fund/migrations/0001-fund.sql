-- The fund's budget of a consortium-year, and its books. Both are only added to.

create function fund.sum_of(fen bigint[]) returns bigint language sql immutable parallel safe as $$
  select coalesce(sum(one), 0)::bigint from unnest(fen) as one $$;

create table fund.budget (
  -- The institution that leads the consortium.
  org_id bigint not null,
  year integer not null check (year between 2000 and 2200),
  consortium_id text not null,
  -- How the fund's part was found, as it was given, with each step of it.
  sources jsonb not null,
  -- Money that is bundled with the fund, each source by its name, fen.
  bundled jsonb not null,
  fund_fen bigint not null check (fund_fen >= 0),
  total_fen bigint not null check (total_fen >= fund_fen),
  steps jsonb not null,
  rulebook_hash text not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (org_id, year)
);
select platform.shard_table('fund.budget', 'org', 'org_id');

-- One row is one transfer between accounts; the database takes none that does not sum to zero. What was wrong is taken back by a transfer of
-- its own that names the first, never edited.
create table fund.transfer (
  org_id bigint not null,
  id uuid not null,
  year integer not null,
  month integer not null check (month between 1 and 12),
  kind text not null check (kind in ('grant', 'prepay', 'inside', 'outside', 'deduct', 'reverse')),
  -- The member where the money was spent or deducted; null otherwise.
  institution_id bigint,
  accounts text[] not null,
  fen bigint[] not null,
  -- The transfer that this one takes back.
  reverses uuid,
  note text,
  booked_by uuid,
  booked_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, reverses),
  foreign key (org_id, year) references fund.budget,
  foreign key (org_id, reverses) references fund.transfer,
  check (fund.sum_of(fen) = 0),
  check (cardinality(accounts) = cardinality(fen) and cardinality(fen) > 1),
  check (0 <> all (fen)),
  check ((kind = 'reverse') = (reverses is not null)),
  check (kind not in ('inside', 'deduct') or institution_id is not null)
);
create index on fund.transfer (org_id, year, month);
select platform.shard_table('fund.transfer', 'org', 'org_id');

-- table            | who sees a row
-- budget, transfer | the consortium's lead, the insurer and the bureau; the insurer alone books
select platform.protect('fund.budget', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')', '{role} = ''insurer''', 'false');
select platform.protect('fund.transfer', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')', '{role} = ''insurer''', 'false');
