-- The wages of an institution's year by work points: proposed by one person with everybody's points, decided by another. What is decided stays.
create table fund.point_year (
  -- The institution whose people are paid.
  org_id bigint not null,
  id uuid not null,
  year integer not null check (year between 2000 and 2200),
  -- What there is to be paid out, fen, and what that rests on.
  wages_fen bigint not null check (wages_fen > 0),
  basis text not null,
  -- Shares of the four groups and how much base points may be, as the rulebook had them that day.
  terms jsonb not null,
  rulebook_hash text not null,
  state text not null check (state in ('proposed', 'decided', 'returned')),
  proposed_by uuid,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decided_because text,
  primary key (org_id, id),
  check ((state = 'proposed') = (decided_at is null)),
  check (state <> 'decided' or decided_by is distinct from proposed_by)
);
create unique index point_year_once on fund.point_year (org_id, year) where state <> 'returned';
create index on fund.point_year (year);
select platform.shard_table('fund.point_year', 'org', 'org_id');

create table fund.point_line (
  org_id bigint not null,
  points_id uuid not null,
  -- A staff number or a post; never a name.
  label text not null,
  pool text not null check (pool in ('doctors', 'nursing', 'pharmacy', 'administration')),
  -- Hundredths of a point by what they are given for.
  points jsonb not null,
  -- What of them counts, hundredths of a point.
  base_points bigint not null check (base_points >= 0),
  work_points bigint not null check (work_points >= 0),
  fen bigint not null check (fen >= 0),
  primary key (org_id, points_id, label),
  foreign key (org_id, points_id) references fund.point_year
);
select platform.shard_table('fund.point_line', 'org', 'org_id');

-- table                  | who sees a row
-- point_year, point_line | the institution, the insurer and the bureau; the institution's manager and the insurer propose, the insurer decides
select platform.protect('fund.point_year', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')',
  '{role} = ''insurer'' or (org_id = {org} and {role} = ''consortium-manager'')', '{role} = ''insurer''');
select platform.protect('fund.point_line', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')',
  '{role} = ''insurer'' or (org_id = {org} and {role} = ''consortium-manager'')', 'false');
