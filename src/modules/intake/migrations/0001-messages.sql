-- What other systems have sent, word for word and sealed: kept before it is understood, so that nothing is lost.
create table intake.message (
  -- The institution that sent it; 0 while nobody knows whose it is.
  org_id bigint not null,
  id uuid not null,
  kind text not null check (kind in ('hl7', 'cda', 'front-page')),
  channel text not null check (channel in ('mllp', 'upload', 'file')),
  -- What the message says of itself; empty where it says nothing.
  facility text not null default '',
  control_id text not null default '',
  message_type text not null default '',
  sent_at timestamptz,
  -- Which visit of the source it is about, so that an older message never writes over a newer one.
  visit text,
  hash bytea not null,
  bytes integer not null,
  -- A key of its own, wrapped by the region's; destroyed, the text is gone.
  wrapped_key bytea not null,
  body_sealed bytea not null,
  state text not null check (state in ('kept', 'taken', 'stuck', 'solved')),
  fault text,
  place text,
  person_id bigint,
  resources integer not null default 0,
  -- Of a table of front pages: how many lines were taken, and which were not and why.
  report jsonb,
  tries integer not null default 0,
  received_at timestamptz not null,
  settled_at timestamptz,
  solved_by uuid,
  solved_because text,
  primary key (org_id, id),
  -- The same message once more is the same message.
  unique (org_id, facility, control_id, hash),
  check ((state = 'stuck') <= (fault is not null)),
  check ((state = 'solved') = (solved_because is not null))
);
create index message_stuck on intake.message (received_at desc) where state = 'stuck';
create index message_kept on intake.message (received_at) where state = 'kept';
create index on intake.message (org_id, received_at desc);
create index on intake.message (org_id, visit, sent_at) where visit is not null;
select platform.shard_table('intake.message', 'org', 'org_id');

-- Inpatient front pages as they were loaded: one stay by record number and number of the stay. Money is whole fen.
create table intake.front_page (
  org_id bigint not null,
  record_no text not null,
  stay_no integer not null check (stay_no > 0),
  person_id bigint not null,
  hash bytea not null,
  -- The visit of earlier messages that this stay is; null: none was found when it was loaded.
  visit text,
  admitted_at timestamptz not null,
  discharged_at timestamptz not null,
  -- The county of the present address, six digits, when the page gives a code; its postal code otherwise.
  home_division text,
  home_postcode text,
  payment text,
  way_in text,
  way_out text,
  main_code text not null,
  main_name text,
  total_fen bigint,
  own_fen bigint,
  -- Every fee line of the page by its column, in fen.
  fees jsonb not null default '{}',
  loaded_at timestamptz not null,
  primary key (org_id, record_no, stay_no)
);
create index on intake.front_page (org_id, discharged_at);
create index on intake.front_page (org_id, visit) where visit is not null;
select platform.shard_table('intake.front_page', 'org', 'org_id');

-- table      | who sees a row
-- message    | the administrators of the institution that sent it, and those of the region
-- front_page | the same
select platform.protect('intake.message', '{role} = ''administrator'' and ({org} is null or org_id = {org})');
select platform.protect('intake.front_page', '{role} = ''administrator'' and ({org} is null or org_id = {org})');
