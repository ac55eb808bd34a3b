-- What a doctor states about a person because no record can: only ever added, the newest one counts.
create table continuity.attestation (
  person_id bigint not null,
  id uuid not null,
  org_id bigint not null,
  criterion text not null,
  state text not null check (state in ('met', 'not-met')),
  note text not null,
  at timestamptz not null,
  by_account uuid,
  by_name jsonb not null,
  primary key (person_id, id)
);
create index on continuity.attestation (person_id, criterion, at desc);
select platform.shard_table('continuity.attestation', 'person', 'person_id', true);

-- Can you take this person? Asked by the hospital, answered by the place that would.
create table continuity.readiness (
  org_id bigint not null,
  id uuid not null,
  version integer not null,
  person_id bigint not null,
  case_org bigint,
  referral_id uuid,
  receiver_org bigint not null,
  disease text not null,
  state text not null check (state in ('asked', 'answered', 'ended')),
  items jsonb not null,
  note text,
  asked_at timestamptz not null,
  asked_by jsonb not null,
  due_at timestamptz,
  escalations integer not null default 0,
  answered_at timestamptz,
  answered_by jsonb,
  rulebook_hash text not null,
  primary key (org_id, id),
  check ((state = 'answered') = (answered_at is not null))
);
create index on continuity.readiness (id);
create index on continuity.readiness (receiver_org, state, due_at);
create index on continuity.readiness (person_id, asked_at desc);
select platform.shard_table('continuity.readiness', 'org', 'org_id');

-- How a case went home: with which answer, or why without one.
create table continuity.hand_over (
  org_id bigint not null,
  referral_id uuid not null,
  readiness_org bigint,
  readiness_id uuid,
  without_answer text,
  plan_id uuid,
  at timestamptz not null,
  by_name jsonb not null,
  primary key (org_id, referral_id),
  check (readiness_id is not null or without_answer is not null)
);
select platform.shard_table('continuity.hand_over', 'org', 'org_id');

-- A plan of rehabilitation; its steps stand in its versions, what was done in ticks.
create table continuity.plan (
  person_id bigint not null,
  id uuid not null,
  version integer not null check (version > 0),
  author_org bigint not null,
  care_org bigint not null,
  case_org bigint not null,
  referral_id uuid not null,
  disease text not null,
  steps jsonb not null,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  ended_at timestamptz,
  ended_why text,
  primary key (person_id, id)
);
create index on continuity.plan (id);
create index on continuity.plan (referral_id);
select platform.shard_table('continuity.plan', 'person', 'person_id');

create table continuity.plan_version (
  person_id bigint not null,
  plan_id uuid not null,
  version integer not null,
  steps jsonb not null,
  reason text not null,
  at timestamptz not null,
  by_name jsonb not null,
  primary key (person_id, plan_id, version)
);
select platform.shard_table('continuity.plan_version', 'person', 'person_id', true);

-- Done, not done, reported from home, told as overdue: only ever added. What a resident reports never stands for a doctor's tick.
create table continuity.tick (
  person_id bigint not null,
  id uuid not null,
  plan_id uuid not null,
  step_id uuid not null,
  by_side text not null check (by_side in ('primary-care', 'self', 'house')),
  state text not null check (state in ('done', 'not-done', 'overdue')),
  why text,
  value text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  by_name jsonb not null,
  by_org bigint,
  primary key (person_id, id),
  check ((by_side = 'house') = (state = 'overdue')),
  check (state <> 'not-done' or why is not null)
);
create index on continuity.tick (person_id, plan_id, step_id, recorded_at);
select platform.shard_table('continuity.tick', 'person', 'person_id', true);
