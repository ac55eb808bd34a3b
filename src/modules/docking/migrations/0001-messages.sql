-- What the provincial platform is to be told, one line of messages for each referral, in order.
create table docking.line (
  org_id bigint not null,
  case_id uuid not null,
  person_id bigint not null,
  receiver_org bigint not null,
  last_seq integer not null default 0,
  primary key (org_id, case_id)
);
create index on docking.line (receiver_org);
select platform.shard_table('docking.line', 'org', 'org_id');

-- A message holds what stood at the event; identifiers and the record are joined when it is sent. Only the first unsettled
-- message of a line has ready_at, so that one is under way for each case. ready_at and leased_until are true time: they
-- belong to the network, not to the region's clock.
create table docking.message (
  org_id bigint not null,
  case_id uuid not null,
  seq integer not null check (seq > 0),
  id uuid not null,
  kind text not null,
  event_id uuid not null,
  at timestamptz not null,
  occurred_at timestamptz not null,
  data jsonb not null,
  reason text,
  corrections jsonb not null default '{}',
  state text not null check (state in ('waiting', 'acknowledged', 'stuck', 'given-up')),
  ready_at timestamptz,
  leased_until timestamptz,
  tries integer not null default 0,
  hash text,
  receipt text,
  settled_at timestamptz,
  refused_code text,
  refused_words jsonb,
  closing_reason text,
  primary key (org_id, case_id, seq),
  unique (org_id, id),
  foreign key (org_id, case_id) references docking.line,
  check (state = 'waiting' or ready_at is null),
  check ((state = 'acknowledged') = (receipt is not null)),
  check ((state = 'stuck') <= (refused_code is not null))
);
create index message_ready on docking.message (ready_at) where state = 'waiting' and ready_at is not null;
create index message_stuck on docking.message (org_id, case_id) where state = 'stuck';
create index message_by_time on docking.message (at);
select platform.shard_table('docking.message', 'org', 'org_id');

-- Each day's books compared with the platform's, once.
create table docking.comparison (
  day date primary key,
  at timestamptz not null,
  cases_here integer not null,
  cases_there integer not null,
  under_way integer not null,
  differences integer not null
);
select platform.shard_table('docking.comparison', 'reference');

-- A difference that no message can settle by itself: somebody decides.
create table docking.difference (
  org_id bigint not null,
  id uuid not null,
  day date not null,
  case_id text not null,
  kind text not null check (kind in ('unknown-here', 'ahead-there', 'differs')),
  seq_here integer,
  seq_there integer,
  found_at timestamptz not null,
  closed_at timestamptz,
  closing_reason text,
  primary key (org_id, id),
  unique (org_id, case_id, day, kind)
);
create index on docking.difference (found_at) where closed_at is null;
select platform.shard_table('docking.difference', 'org', 'org_id');
