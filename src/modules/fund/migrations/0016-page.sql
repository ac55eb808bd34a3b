-- Front pages that came with the record, on their way to become discharges: the newest form of each stay, what keeps it from being taken, and the
-- number of the discharge that it became.
create table fund.page (
  -- The hospital.
  org_id bigint not null,
  -- The hospital's number of the record and of the stay in it.
  record text not null,
  person_id bigint not null,
  discharged_on date not null,
  page jsonb not null,
  -- What keeps it waiting; empty once it is a discharge.
  lacks text[] not null,
  taken_as text,
  received_at timestamptz not null,
  primary key (org_id, record),
  check ((taken_as is null) = (cardinality(lacks) > 0))
);
create index on fund.page (org_id, discharged_on) where taken_as is null;
select platform.shard_table('fund.page', 'org', 'org_id');

-- table | who sees a row
-- page  | the hospital, the insurer and the bureau; the house adds, the hospital's manager and the insurer try again
select platform.protect('fund.page', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')', 'false', '{role} = ''insurer'' or (org_id = {org} and {role} = ''consortium-manager'')');
