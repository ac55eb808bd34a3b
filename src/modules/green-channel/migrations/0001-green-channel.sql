-- Green channels: a rescue from one institution to one centre, its moments, and who watches it.
create table green_channel.green_case (
  org_id bigint not null,
  id uuid not null,
  version integer not null,
  channel text not null check (channel in ('chest-pain', 'stroke', 'trauma', 'maternal', 'newborn')),
  person_id bigint not null,
  -- The referral lives with the same institution.
  referral_id uuid not null,
  receiver_org bigint not null,
  care_org bigint,
  supervisors bigint[] not null default '{}',
  state text not null check (state in ('open', 'ended')),
  outcome text,
  end_reason text,
  onset jsonb not null,
  vitals jsonb not null,
  ecg jsonb,
  choice jsonb not null,
  -- Which targets both desks were told of: near, or past.
  told jsonb not null default '{}',
  earlier_id uuid,
  onward_id uuid,
  onward_referral uuid,
  started_at timestamptz not null,
  recorded_at timestamptz not null,
  is_late_entry boolean not null,
  ended_at timestamptz,
  primary key (org_id, id),
  check ((state = 'ended') = (ended_at is not null and outcome is not null))
);
create index on green_channel.green_case (id);
create index on green_channel.green_case (referral_id);
select platform.shard_table('green_channel.green_case', 'org', 'org_id');

-- Moments; the newest of a node counts, the earlier ones stay.
create table green_channel.stamp (
  org_id bigint not null,
  case_id uuid not null,
  node text not null,
  seq integer not null check (seq > 0),
  at timestamptz not null,
  recorded_at timestamptz not null,
  by_name jsonb not null,
  by_org bigint,
  reason text,
  primary key (org_id, case_id, node, seq),
  check (seq = 1 or reason is not null),
  foreign key (org_id, case_id) references green_channel.green_case (org_id, id)
);
select platform.shard_table('green_channel.stamp', 'org', 'org_id');

-- Each institution reads its own board and its own quality from its own rows.
create table green_channel.party (
  org_id bigint not null,
  case_id uuid not null,
  side text not null check (side in ('sender', 'receiver')),
  case_org bigint not null,
  channel text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (org_id, case_id, side)
);
create index on green_channel.party (org_id, started_at) where ended_at is null;
create index on green_channel.party (org_id, side, channel, started_at);
select platform.shard_table('green_channel.party', 'org', 'org_id');

-- One open rescue per person and channel.
create table green_channel.open_guard (
  person_id bigint not null,
  channel text not null,
  case_org bigint not null,
  case_id uuid not null,
  since timestamptz not null,
  primary key (person_id, channel)
);
select platform.shard_table('green_channel.open_guard', 'person', 'person_id');
