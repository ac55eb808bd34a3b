-- Referrals live with the institution that made them; every party has a row in its own group, so that each reads its own worklist.
create table referral.referral (
  org_id bigint not null,
  id uuid not null,
  slip_no text not null,
  version integer not null,
  direction text not null check (direction in ('up', 'down', 'lateral')),
  urgency text not null check (urgency in ('ordinary', 'emergency', 'green-channel')),
  state text not null,
  state_since timestamptz not null,
  wait_until timestamptz,
  escalations integer not null default 0,
  person_id bigint not null,
  sender_account uuid,
  sender_name jsonb not null,
  receiver_org bigint not null,
  specialty text not null,
  care_org bigint,
  supervisors bigint[] not null default '{}',
  condition_key text not null,
  condition_words jsonb not null,
  letter jsonb not null,
  consent jsonb,
  booking_org bigint,
  booking_id uuid,
  appointment_at timestamptz,
  appointment_ends_at timestamptz,
  queue text,
  package_id uuid,
  returned jsonb,
  follow_up jsonb,
  completed_at timestamptz,
  ended_why text,
  opened_at timestamptz not null,
  rulebook_hash text not null,
  primary key (org_id, id),
  check ((booking_id is null) = (booking_org is null)),
  check (state not in ('scheduled') or booking_id is not null)
);
create index on referral.referral (id);
create index on referral.referral (slip_no);
create index on referral.referral (person_id);
select platform.shard_table('referral.referral', 'org', 'org_id');

create table referral.party (
  org_id bigint not null,
  referral_id uuid not null,
  side text not null check (side in ('sender', 'receiver', 'care-team', 'supervisor')),
  case_org bigint not null,
  person_id bigint not null,
  state text not null,
  holder boolean not null,
  urgency text not null,
  direction text not null,
  wait_until timestamptz,
  -- How often the present wait has been escalated: more than never means that it is late, whatever wait_until says now.
  escalations integer not null,
  appointment_at timestamptz,
  opened_at timestamptz not null,
  state_since timestamptz not null,
  ended_at timestamptz,
  primary key (org_id, referral_id, side)
);
create index party_by_wait on referral.party (org_id, side, (coalesce(wait_until, 'infinity'::timestamptz)), referral_id) where ended_at is null;
create index party_ended on referral.party (org_id, side, state_since, referral_id) where ended_at is not null;
create index on referral.party (org_id, side, appointment_at) where ended_at is null and appointment_at is not null;
select platform.shard_table('referral.party', 'org', 'org_id');

-- One open referral per person and condition.
create table referral.open_guard (
  person_id bigint not null,
  condition_key text not null,
  case_org bigint not null,
  referral_id uuid not null,
  primary key (person_id, condition_key)
);
select platform.shard_table('referral.open_guard', 'person', 'person_id');

-- What the family doctor owes the person: at arrival, at discharge, and N days after.
create table referral.task (
  org_id bigint not null,
  id uuid not null,
  kind text not null check (kind in ('arrival', 'discharge', 'follow-up')),
  referral_id uuid not null,
  case_org bigint not null,
  person_id bigint not null,
  opened_at timestamptz not null,
  due_at timestamptz not null,
  overdue_told_at timestamptz,
  done_at timestamptz,
  done_by jsonb,
  note text,
  primary key (org_id, id)
);
create index on referral.task (org_id, due_at) where done_at is null;
create index on referral.task (referral_id);
select platform.shard_table('referral.task', 'org', 'org_id');
