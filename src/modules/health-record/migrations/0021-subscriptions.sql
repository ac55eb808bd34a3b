-- Subscriptions of apps and institutions: who is told of what is written, and what is still to be told. A notification is queued in the
-- transaction in which the mark moves on past its event, so that no event is lost or told twice to the queue.
create table health_record.subscription (
  org_id bigint not null,
  -- Of the Subscription resource, as clients know it.
  fhir_id text not null,
  account_id uuid not null,
  -- By whose rights what is told is chosen and read.
  caller jsonb not null,
  type text not null,
  criteria text not null,
  channel jsonb not null,
  state text not null check (state in ('active', 'error', 'off')),
  primary key (org_id, fhir_id)
);
create index subscription_by_type on health_record.subscription (type) where state = 'active';
select platform.shard_table('health_record.subscription', 'org', 'org_id');

create table health_record.notification (
  org_id bigint not null,
  fhir_id text not null,
  event_id uuid not null,
  resource_id text not null,
  person_id bigint,
  tries integer not null default 0,
  -- True time: they belong to the network, not to the region's clock.
  due_at timestamptz not null,
  leased_until timestamptz,
  primary key (org_id, fhir_id, event_id, resource_id),
  foreign key (org_id, fhir_id) references health_record.subscription on delete cascade
);
create index notification_due on health_record.notification (due_at);
select platform.shard_table('health_record.notification', 'org', 'org_id');

-- Up to where the outbox has been looked through for subscribers.
create table health_record.subscription_mark (
  name text primary key check (name = 'outbox'),
  xid text not null,
  id text not null
);
select platform.shard_table('health_record.subscription_mark', 'local');

-- table        | who sees a row
-- subscription | who made it
-- notification | the house itself
select platform.protect('health_record.subscription', 'account_id = {account}');
select platform.protect('health_record.notification', 'false');
