-- What an institution says of itself: that it treats a condition or a whole specialty, has a device, a procedure, a drug, in part or not at all.
-- A later word for the same key ends the one before; what was once said stays readable. A period that ends where it begins never was.
create table navigation.capability (
  org_id bigint not null,
  id uuid not null,
  about text not null check (about in ('condition', 'specialty', 'device', 'procedure', 'drug')),
  key text not null,
  grade text not null check (grade in ('full', 'limited', 'none')),
  -- On what paper it rests: a licence, a list of procedures, a register of devices.
  source text not null,
  note text,
  valid_from date not null,
  valid_until date check (valid_until >= valid_from),
  declared_by uuid,
  declared_at timestamptz not null,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  withdrawn_why text,
  primary key (org_id, id)
);
create unique index capability_one_open on navigation.capability (org_id, about, key) where valid_until is null;
select platform.shard_table('navigation.capability', 'org', 'org_id');
-- Whose word it may be is decided by the form; only these roles speak for any institution, and nobody changes another's word.
select platform.protect('navigation.capability', '{role} is not null',
  '{role} in (''health-bureau'', ''administrator'', ''consortium-manager'', ''referral-desk'', ''family-doctor'')',
  'org_id = {org} or {role} in (''health-bureau'', ''administrator'', ''consortium-manager'')');

-- Cases that an institution treated, without the person: of referrals and encounters one row a case, of a report one row a sum.
create table navigation.treated (
  org_id bigint not null,
  source text not null check (source in ('referral', 'encounter', 'report')),
  source_id text not null,
  condition_key text not null,
  -- The six digits of the county that the person lives in; null where it is not known.
  home text check (home ~ '^\d{6}$'),
  -- Who sent the person there, if anybody.
  sender_org bigint,
  on_day date not null,
  cases integer not null check (cases > 0),
  -- Of these, handed back or gone home better; gone on to another hospital, or died. The rest is not known.
  well integer not null default 0 check (well >= 0),
  worse integer not null default 0 check (worse >= 0),
  primary key (org_id, source, source_id),
  check (well + worse <= cases)
);
create index treated_by_home on navigation.treated (home, on_day);
select platform.shard_table('navigation.treated', 'org', 'org_id');
-- Nobody but the house reads a row: others are told sums by the functions below.
select platform.protect('navigation.treated', 'org_id = {org}', 'false', 'false');

-- How far the house has counted, by source.
create table navigation.treated_mark (
  source text primary key,
  counted_until timestamptz not null,
  -- Of those of that moment, the last one counted.
  last_id uuid not null
);
select platform.shard_table('navigation.treated_mark', 'local');
select platform.protect('navigation.treated_mark', 'false');

create function navigation.may_count() returns boolean language sql stable parallel safe as $$
  select platform.act_role() in ('system', 'health-bureau', 'consortium-manager', 'administrator') $$;

-- Sums of cases since a day: all that some institutions treated, and wherever else people of some counties were treated.
create function navigation.treated_by(p_orgs bigint[], p_homes text[], p_since date, p_until date)
returns table (org_id bigint, condition_key text, is_home boolean, sender_org bigint, cases integer, well integer, worse integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.org_id, t.condition_key, coalesce(t.home = any (p_homes), false), t.sender_org, sum(t.cases)::integer, sum(t.well)::integer, sum(t.worse)::integer
  from navigation.treated t
  where navigation.may_count() and t.on_day >= p_since and t.on_day <= p_until and (t.org_id = any (p_orgs) or t.home = any (p_homes))
  group by t.org_id, t.condition_key, coalesce(t.home = any (p_homes), false), t.sender_org
$$;
revoke execute on function navigation.treated_by from public;

-- Cases of one condition by month: treated at some institutions, and people of some counties treated anywhere else.
create function navigation.treated_months(p_orgs bigint[], p_homes text[], p_condition text, p_since date, p_until date)
returns table (month date, here integer, elsewhere integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select date_trunc('month', t.on_day)::date, coalesce(sum(t.cases) filter (where t.org_id = any (p_orgs)), 0)::integer,
    coalesce(sum(t.cases) filter (where t.org_id <> all (p_orgs)), 0)::integer
  from navigation.treated t
  where navigation.may_count() and t.condition_key = p_condition and t.on_day >= p_since and t.on_day <= p_until
    and (t.org_id = any (p_orgs) or t.home = any (p_homes))
  group by 1 order by 1
$$;
revoke execute on function navigation.treated_months from public;
