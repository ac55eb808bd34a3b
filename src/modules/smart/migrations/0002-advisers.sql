-- Services of decision support that the desks ask before something is ordered or booked (CDS Hooks 2.0): which they are, at which moments
-- they are asked, and what of a person's record may be sent along. One without an address is the house's own.
create table smart.adviser (
  adviser_id text primary key check (adviser_id ~ '^[A-Za-z0-9._-]{3,80}$'),
  name_zh text not null,
  name_en text not null,
  url text,
  hooks text[] not null check (hooks <@ array['order-sign', 'appointment-book'] and cardinality(hooks) > 0),
  -- Types of resources that may be sent along when the service wants them; none means that it hears of the draft alone.
  shares text[] not null default '{}',
  -- How long a desk waits for its answer.
  wait_ms integer not null check (wait_ms between 100 and 10000),
  registered_by uuid,
  registered_at timestamptz not null,
  stopped_at timestamptz,
  check (url is null or registered_by is not null)
);
select platform.shard_table('smart.adviser', 'reference');
insert into smart.adviser (adviser_id, name_zh, name_en, hooks, wait_ms, registered_at)
  values ('lower-place', '更近的基层能否诊治', 'Can a lower place treat this?', array['order-sign', 'appointment-book'], 3000, now());

-- table   | who sees a row
-- adviser | every act reads; administrators write
select platform.protect('smart.adviser', '{role} is not null', '{role} = ''administrator''', '{role} = ''administrator''');
