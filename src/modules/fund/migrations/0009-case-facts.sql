-- What a discharge does not say and a way to pay asks for: how the case stood to its clinical pathway, and its DRG. Only added to: the newest
-- fact of a case holds.
create table fund.case_fact (
  -- The hospital.
  org_id bigint not null,
  id uuid not null,
  -- The hospital's number of the stay.
  number text not null,
  -- Completed as planned, with a variance, or left before its end; null where nothing is said of one.
  pathway text check (pathway in ('completed', 'variance', 'exited')),
  -- Day on which the person entered the pathway, and on which the pathway ended for the person.
  entered_on date,
  left_on date,
  -- Why there was a variance or an exit.
  because text,
  drg text,
  sent_by uuid,
  sent_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, number) references fund.discharge,
  check (pathway is not null or drg is not null),
  check ((pathway is null) = (entered_on is null)),
  check (left_on >= entered_on),
  check (pathway is null or pathway = 'completed' or because is not null)
);
create index on fund.case_fact (org_id, number, sent_at);
select platform.shard_table('fund.case_fact', 'org', 'org_id');

-- table     | who sees a row
-- case_fact | the hospital, the insurer and the bureau; the hospital's manager and the insurer add
select platform.protect('fund.case_fact', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')', '{role} = ''insurer'' or (org_id = {org} and {role} = ''consortium-manager'')', 'false');
