-- Who waits for a unit, what is offered to them, what they were told, and how often nobody could find one.

-- An entry of the waiting list stands with the person. A row guards that nobody is offered two units at once, and the index that
-- nobody waits twice for the same thing.
create table booking.waiting (
  person_id bigint not null,
  id uuid not null,
  specialty text not null,
  unit_kind text not null check (unit_kind in ('visit', 'exam', 'session')),
  -- Institutions that the person accepts.
  org_ids bigint[] not null check (cardinality(org_ids) > 0),
  -- The institution that its case stands under.
  home_org bigint not null,
  earliest_on date not null,
  latest_on date not null,
  channel text not null check (channel in ('referral', 'direct', 'emergency')),
  -- The class of the order, and its rank: 0 first. `stopped` stands in front: somebody whose clinic was stopped.
  class text not null,
  rank smallint not null check (rank >= 0),
  asked_at timestamptz not null,
  asked_by_org bigint,
  case_id uuid,
  stopped_org bigint,
  stopped_booking uuid,
  state text not null check (state in ('waiting', 'offered', 'placed', 'withdrawn', 'ended')),
  -- The unit that is offered, or that the person has got.
  unit_org bigint,
  unit_booking uuid,
  -- Offers that ran out unanswered.
  missed smallint not null default 0 check (missed >= 0),
  changed_at timestamptz not null,
  reason text,
  primary key (person_id, id),
  check (earliest_on <= latest_on),
  check ((unit_org is null) = (unit_booking is null)),
  check ((stopped_org is null) = (stopped_booking is null)),
  check ((class = 'stopped') = (stopped_booking is not null)),
  constraint waiting_unit_where_offered check (case state when 'offered' then unit_booking is not null when 'waiting' then unit_booking is null else true end)
);
create unique index waiting_once on booking.waiting (person_id, specialty, unit_kind) where state in ('waiting', 'offered');
create index on booking.waiting (latest_on) where state = 'waiting';
select platform.shard_table('booking.waiting', 'person', 'person_id');

-- A live entry as each institution that it accepts sees it: the desk's list, and the order in which freed units are offered.
create table booking.waiting_at (
  org_id bigint not null,
  waiting_id uuid not null,
  person_id bigint not null,
  -- The lead of the institution's consortium, which watches over shortage.
  lead_org bigint,
  specialty text not null,
  unit_kind text not null,
  earliest_on date not null,
  latest_on date not null,
  channel text not null,
  class text not null,
  rank smallint not null,
  asked_at timestamptz not null,
  state text not null check (state in ('waiting', 'offered')),
  -- Where and until when a unit is offered.
  unit_org bigint,
  offer_until timestamptz,
  primary key (org_id, waiting_id),
  check ((state = 'offered') = (offer_until is not null))
);
create index waiting_in_order on booking.waiting_at (org_id, specialty, unit_kind, rank, asked_at, waiting_id) where state = 'waiting';
create index on booking.waiting_at (lead_org);
select platform.shard_table('booking.waiting_at', 'org', 'org_id');

-- A unit held for somebody who waits; `id` is its booking. A place in the order passed over by hand has its reason here.
create table booking.offer (
  org_id bigint not null,
  id uuid not null,
  pool_id uuid not null,
  waiting_id uuid not null,
  person_id bigint not null,
  until timestamptz not null,
  made_at timestamptz not null,
  rank smallint not null,
  asked_at timestamptz not null,
  -- How many who could have taken the unit stood before.
  passed_over integer not null default 0 check (passed_over >= 0),
  override_by uuid,
  override_reason text,
  outcome text check (outcome in ('accepted', 'declined', 'missed', 'withdrawn')),
  ended_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, pool_id) references booking.pool,
  check ((outcome is null) = (ended_at is null)),
  constraint offer_order_or_reason check (passed_over = 0 or length(trim(coalesce(override_reason, ''))) > 1)
);
create index on booking.offer (org_id, waiting_id);
create index on booking.offer (until) where outcome is null;
create unique index offer_one_open on booking.offer (org_id, waiting_id) where outcome is null;
select platform.shard_table('booking.offer', 'org', 'org_id');

-- What a person was told, once for each subject and kind.
create table booking.notice (
  person_id bigint not null,
  id uuid not null,
  kind text not null check (kind in ('offer', 'clinic-stopped', 'offer-missed', 'waiting-ended', 'doctor-changed')),
  subject uuid not null,
  org_id bigint not null,
  data jsonb not null,
  told_at timestamptz not null,
  seen_at timestamptz,
  primary key (person_id, id),
  unique (person_id, subject, kind)
);
select platform.shard_table('booking.notice', 'person', 'person_id');

-- Somebody found no unit: one row for each who looked, service, place and day; no person stands in it.
create table booking.shortage (
  -- The institution that looked; 0 when residents looked for themselves.
  org_id bigint not null,
  on_day date not null,
  specialty text not null,
  unit_kind text not null,
  channel text not null,
  -- Where it was looked; 0 anywhere.
  wanted_org bigint not null,
  -- The account that looked, or the entry of the waiting list that came of it.
  asker uuid not null,
  at timestamptz not null,
  primary key (org_id, on_day, specialty, unit_kind, channel, wanted_org, asker)
);
create index on booking.shortage (on_day, specialty, unit_kind);
select platform.shard_table('booking.shortage', 'org', 'org_id');

-- How many wait before an entry for the same service at an institution: a number and nothing else, for whoever may see the entry.
create function booking.waiting_before(p_org bigint, p_waiting uuid) returns integer language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(before.waiting_id)::int from booking.waiting_at mine
    left join booking.waiting_at before on before.org_id = mine.org_id and before.specialty = mine.specialty and before.unit_kind = mine.unit_kind
      and before.state = 'waiting' and (before.rank, before.asked_at, before.waiting_id) < (mine.rank, mine.asked_at, mine.waiting_id)
    where mine.org_id = p_org and mine.waiting_id = p_waiting
      and (platform.act_role() = 'system' or mine.person_id = any (platform.act_persons()) or platform.act_org() in (mine.org_id, mine.lead_org))
$$;
revoke execute on function booking.waiting_before from public;

-- table      | who sees a row
-- waiting    | an act that has named the person
-- waiting_at | the accepted institution, the lead of its consortium, an act that has named the person
-- offer      | the institution whose unit it is, an act that has named the person
-- notice     | an act that has named the person
-- shortage   | who looked, where it was looked, and who watches over the region's units
select platform.protect('booking.waiting', 'person_id = any ({persons})');
select platform.protect('booking.waiting_at', 'org_id = {org} or lead_org = {org} or person_id = any ({persons})', 'person_id = any ({persons})');
select platform.protect('booking.offer', 'org_id = {org} or person_id = any ({persons})', 'person_id = any ({persons})');
select platform.protect('booking.notice', 'person_id = any ({persons})');
select platform.protect('booking.shortage', 'org_id = {org} or wanted_org = {org} or {role} in (''consortium-manager'', ''health-bureau'')', '{role} is not null');
