-- Which colleague of an institution works on a case now: a lease that runs out by itself, seen by that institution only.
create table referral.look (
  org_id bigint not null,
  referral_id uuid not null,
  account_id uuid not null,
  name jsonb not null,
  until timestamptz not null,
  primary key (org_id, referral_id)
);
create index on referral.look (org_id, until);
select platform.shard_table('referral.look', 'org', 'org_id');

-- Each return with its coded reason, in the group of the receiver that returned: what managers count.
create table referral.return_reason (
  org_id bigint not null,
  at timestamptz not null,
  referral_id uuid not null,
  case_org bigint not null,
  why text not null,
  primary key (org_id, at, referral_id)
);
select platform.shard_table('referral.return_reason', 'org', 'org_id');
insert into referral.return_reason (org_id, at, referral_id, case_org, why)
  select actor_org, at, case_id, org_id, data->>'why' from platform.trace_event
  where type = 'referral.rejected' and actor_org is not null and data->>'why' is not null on conflict do nothing;

-- Who did not agree to a referral, as whom and why; such a case was never sent.
alter table referral.referral add column consent_refusal jsonb;
alter table referral.referral add check ((consent_refusal is not null) = (state = 'not-agreed'));

-- Primary care talks once more with somebody who did not agree.
alter table referral.task drop constraint task_kind_check;
alter table referral.task add constraint task_kind_check check (kind in ('arrival', 'discharge', 'follow-up', 'consent'));

-- Rows of one person among an institution's own.
create index on referral.party (org_id, side, person_id);
