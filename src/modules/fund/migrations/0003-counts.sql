-- What the house cannot count of a consortium or a member for the fund's measures, entered with its evidence. Only added to: of the same
-- institution, count, year and month the newest holds.
create table fund.entered_count (
  -- The institution that leads the consortium.
  org_id bigint not null,
  id uuid not null,
  year integer not null check (year between 2000 and 2200),
  -- Counted from January to the end of this month.
  month integer not null check (month between 1 and 12),
  -- The member that it is of; null for the whole consortium.
  institution_id bigint,
  count text not null check (count in ('costFen', 'fundFen', 'inPolicyFen', 'visits', 'primaryVisits', 'fundCoveredFen', 'fundInsideFen', 'fundPrimaryFen', 'people', 'budgetFen')),
  -- Fen, visits or people.
  value bigint not null check (value >= 0),
  evidence text not null,
  entered_by uuid,
  entered_at timestamptz not null,
  primary key (org_id, id)
);
create index on fund.entered_count (org_id, year, month);
select platform.shard_table('fund.entered_count', 'org', 'org_id');

-- table         | who sees a row
-- entered_count | the consortium's lead, the insurer and the bureau; the insurer alone enters
select platform.protect('fund.entered_count', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')', '{role} = ''insurer''', 'false');
