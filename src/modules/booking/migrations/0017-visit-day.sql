-- The day of the visit: queues of a service on a day, tickets in them, and waiting-room screens.

-- Who waits for one doctor or service on one day. It holds no person; its row is what every act on the queue locks.
create table booking.queue (
  org_id bigint not null,
  id uuid not null,
  day date not null,
  specialty text not null,
  doctor_zh text,
  doctor_en text,
  place_zh text,
  place_en text,
  last_number integer not null default 0 check (last_number >= 0),
  -- How often somebody was called; who was passed goes on when so many calls have been made.
  calls integer not null default 0 check (calls >= 0),
  -- Emergencies called one after the other until now: after some of them one of the others is called.
  emergencies_in_row integer not null default 0 check (emergencies_in_row >= 0),
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (org_id, id)
);
create unique index queue_once_a_day on booking.queue (org_id, day, specialty, coalesce(doctor_zh, ''), coalesce(place_zh, ''));
select platform.shard_table('booking.queue', 'org', 'org_id');

create table booking.ticket (
  org_id bigint not null,
  id uuid not null,
  queue_id uuid not null,
  -- From 1 on, given once in a queue.
  number integer not null check (number > 0),
  -- Nobody is known of a walk-in who was not looked up.
  person_id bigint,
  -- The booking that was checked in; none for a walk-in. Old days of bookings may be detached, so it is no foreign key.
  booking_id uuid,
  -- Rank of the priority class, 0 for an emergency.
  rank smallint not null check (rank between 0 and 9),
  is_elderly boolean not null,
  -- When its turn comes by the clock: the start of the booked slot, or of the window that a walk-in is put into.
  window_at timestamptz not null,
  taken_at timestamptz not null,
  state text not null check (state in ('waiting', 'called', 'passed', 'in', 'served', 'left')),
  called_at timestamptz,
  in_at timestamptz,
  ended_at timestamptz,
  calls integer not null default 0 check (calls >= 0),
  passes integer not null default 0 check (passes >= 0),
  -- Of who was passed: goes on when the queue has made so many calls.
  turn_after integer,
  -- When the person was told that the turn is near; told once.
  reminded_at timestamptz,
  reason text,
  primary key (org_id, id),
  foreign key (org_id, queue_id) references booking.queue,
  constraint ticket_number_once unique (org_id, queue_id, number),
  check ((state = 'passed') = (turn_after is not null)),
  check ((state in ('served', 'left')) = (ended_at is not null)),
  check (state not in ('called', 'in', 'passed', 'served') or called_at is not null)
);
-- One is called at a time, one is inside at a time, one person and one booking wait once.
create unique index ticket_one_called on booking.ticket (org_id, queue_id) where state = 'called';
create unique index ticket_one_in on booking.ticket (org_id, queue_id) where state = 'in';
create unique index ticket_person_once on booking.ticket (org_id, queue_id, person_id) where ended_at is null;
create unique index ticket_booking_once on booking.ticket (org_id, booking_id) where ended_at is null;
create index on booking.ticket (person_id, taken_at);
select platform.shard_table('booking.ticket', 'org', 'org_id');

-- A screen in a waiting room. Whoever has its address sees numbers and first characters of names, and nothing else; the address holds
-- a secret of which only the hash is kept.
create table booking.screen (
  org_id bigint not null,
  id uuid not null,
  title_zh text not null,
  -- Specialties that it shows; none means all.
  specialties text[] not null default '{}',
  secret_hash bytea not null,
  made_at timestamptz not null,
  closed_at timestamptz,
  primary key (org_id, id),
  unique (org_id, secret_hash)
);
select platform.shard_table('booking.screen', 'org', 'org_id');

-- table  | who sees a row
-- queue  | every act: that a doctor has a queue is public
-- ticket | the institution, the person, and an act that has named the person
-- screen | the institution
select platform.protect('booking.queue', '{role} is not null');
select platform.protect('booking.ticket', 'org_id = {org} or person_id = any ({persons})');
select platform.protect('booking.screen', 'org_id = {org}');

-- How a queue stands, without its persons, for whoever waits in it: their own place follows from it.
create function booking.standings_of(p_org bigint, p_queue uuid)
returns table (id uuid, number integer, rank smallint, is_elderly boolean, window_at timestamptz, taken_at timestamptz, state text,
  called_at timestamptz, in_at timestamptz, ended_at timestamptz, turn_after integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.id, t.number, t.rank, t.is_elderly, t.window_at, t.taken_at, t.state, t.called_at, t.in_at, t.ended_at, t.turn_after
    from booking.ticket t where t.org_id = p_org and t.queue_id = p_queue and t.state <> 'left'
      and (p_org = platform.act_org() or platform.act_role() = 'system' or exists (select from booking.ticket own
        where own.org_id = p_org and own.queue_id = p_queue and own.person_id = platform.act_person()))
$$;
revoke execute on function booking.standings_of from public;
