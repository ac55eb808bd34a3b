-- The messages of a case live with the case; text, names of files and files are sealed with the key of the person that the case is about.
create table correspondence.message (
  org_id bigint not null,
  referral_id uuid not null,
  seq integer not null check (seq > 0),
  id uuid not null,
  person_id bigint not null,
  at timestamptz not null,
  author_account uuid,
  author_org bigint not null,
  author_role text not null,
  author_side text not null check (author_side in ('sender', 'receiver', 'care-team', 'supervisor')),
  author_name jsonb not null,
  text_sealed bytea,
  -- A withdrawn message keeps its place and its author; what it said is gone.
  withdrawn_at timestamptz,
  primary key (org_id, referral_id, seq),
  unique (org_id, referral_id, id),
  check (withdrawn_at is null or text_sealed is null)
);
select platform.shard_table('correspondence.message', 'org', 'org_id');

create table correspondence.attachment (
  org_id bigint not null,
  referral_id uuid not null,
  message_seq integer not null,
  id uuid not null,
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'application/pdf')),
  bytes integer not null check (bytes > 0),
  width integer,
  height integer,
  name_sealed bytea not null,
  body_sealed bytea not null,
  primary key (org_id, referral_id, id)
);
create index on correspondence.attachment (org_id, referral_id, message_seq);
select platform.shard_table('correspondence.attachment', 'org', 'org_id');

-- How far an account has read; each time that it reads on is a row, so that a receipt never changes.
create table correspondence.read_mark (
  org_id bigint not null,
  referral_id uuid not null,
  account_id uuid not null,
  seq integer not null,
  reader_org bigint not null,
  reader_name jsonb not null,
  at timestamptz not null,
  primary key (org_id, referral_id, account_id, seq)
);
select platform.shard_table('correspondence.read_mark', 'org', 'org_id', true);

-- Each party's own list of threads, so that an institution counts what is unread from its own rows.
create table correspondence.thread (
  org_id bigint not null,
  referral_id uuid not null,
  case_org bigint not null,
  newest_at timestamptz not null,
  primary key (org_id, referral_id)
);
create index on correspondence.thread (org_id, newest_at);
select platform.shard_table('correspondence.thread', 'org', 'org_id');
