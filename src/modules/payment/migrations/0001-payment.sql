-- Paying at the desk of the doctor: bills, the journal of trades with the insurer's platform, the books, and what the books of others say.

create function payment.sum_of(fen bigint[]) returns bigint language sql immutable parallel safe as $$
  select coalesce(sum(one), 0)::bigint from unnest(fen) as one $$;

create table payment.bill (
  -- The institution that asks to be paid.
  org_id bigint not null,
  id uuid not null,
  person_id bigint not null,
  visit_kind text not null check (visit_kind in ('ordinary', 'chronic', 'assisted-reproduction')),
  state text not null,
  -- How many times it has been priced; each time is an order of its own at the platform.
  round integer not null default 0,
  channel text check (channel in ('mobile', 'window')),
  total_fen bigint not null check (total_fen > 0),
  -- Who pays what, as the platform said it: {total, funds, account, familyPool, hospital, cash}.
  split jsonb,
  -- The platform's own numbers of the person, the visit, the order and the settlement.
  psn_no text,
  insured_type text,
  visit_no text,
  order_no text,
  order_token text,
  settlement_no text,
  settled_on date,
  -- How the cash part is paid, and where the person taps.
  cash_app text check (cash_app in ('wechat', 'alipay', 'window')),
  cash_on date,
  pay_link text,
  -- Why it was declined, withdrawn or refunded.
  reason text,
  opened_by uuid,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  -- When the house takes it up next; null when a person must act or it is over. True time.
  work_at timestamptz,
  tries integer not null default 0,
  primary key (org_id, id)
);
create index on payment.bill (org_id, state, changed_at desc);
create index on payment.bill (person_id, opened_at desc);
create index on payment.bill (work_at) where work_at is not null;
select platform.shard_table('payment.bill', 'org', 'org_id');

create table payment.line (
  org_id bigint not null,
  bill_id uuid not null,
  no integer not null,
  person_id bigint not null,
  kind text not null check (kind in ('examination', 'drug', 'treatment', 'other')),
  code text not null,
  zh text not null,
  -- 甲 01, 乙 02, 丙 03.
  class text not null check (class in ('01', '02', '03')),
  price_fen bigint not null check (price_fen > 0),
  count integer not null check (count > 0),
  amount_fen bigint not null check (amount_fen = price_fen * count),
  -- When it was paid and may be carried out, and when it was.
  released_at timestamptz,
  fulfilled_at timestamptz check (fulfilled_at is null or released_at is not null),
  fulfilled_by uuid,
  primary key (org_id, bill_id, no),
  foreign key (org_id, bill_id) references payment.bill
);
create index on payment.line (org_id, kind, released_at) where released_at is not null and fulfilled_at is null;
select platform.shard_table('payment.line', 'org', 'org_id');

-- Every message to the platform that may have an effect, kept before it is sent.
create table payment.trade (
  org_id bigint not null,
  -- What it is for: the bill, the round and the step; a second attempt is one after the first was refused or taken back.
  step text not null,
  attempt integer not null,
  msgid text not null,
  infno text not null,
  state text not null check (state in ('asked', 'unknown', 'answered', 'refused', 'reversed')),
  -- A hash of what was asked: who asks is named nowhere here.
  asked_hash bytea not null,
  answer jsonb,
  -- How the answer was learnt: from the reply, or by asking where the matter stands.
  learnt text check (learnt in ('reply', 'query')),
  says text,
  sent integer not null default 0,
  asked_at timestamptz not null,
  ended_at timestamptz,
  primary key (org_id, step, attempt),
  unique (org_id, msgid),
  check ((state in ('asked', 'unknown')) = (ended_at is null)),
  check ((state = 'answered') = (answer is not null))
);
create index on payment.trade (org_id, state) where ended_at is null;
select platform.shard_table('payment.trade', 'org', 'org_id');

-- The books: one row is one transfer between accounts, and the database takes none that does not sum to zero. Nothing is ever edited;
-- what is taken back is a transfer of its own that names the first.
create table payment.transfer (
  org_id bigint not null,
  bill_id uuid not null,
  round integer not null,
  kind text not null check (kind in ('collect', 'settle', 'return', 'reverse', 'give-back')),
  person_id bigint not null,
  accounts text[] not null,
  fen bigint[] not null,
  -- The transfer of the same bill and round that it takes back.
  reverses text,
  settlement_no text,
  insured_type text,
  booked_on date not null,
  booked_at timestamptz not null,
  primary key (org_id, bill_id, round, kind),
  foreign key (org_id, bill_id) references payment.bill,
  foreign key (org_id, bill_id, round, reverses) references payment.transfer (org_id, bill_id, round, kind),
  check (payment.sum_of(fen) = 0),
  check (cardinality(accounts) = cardinality(fen) and cardinality(fen) > 0),
  check (0 <> all (fen)),
  check ((kind in ('return', 'reverse', 'give-back')) = (reverses is not null))
);
create index on payment.transfer (org_id, booked_on);
select platform.shard_table('payment.transfer', 'org', 'org_id');

-- A day of an institution whose books were compared with those of the platform and of the payment apps.
create table payment.comparison (
  org_id bigint not null,
  day date not null,
  -- An insured type (310, 390 …) or `cash`.
  book text not null,
  agrees boolean not null,
  rows integer not null,
  compared_at timestamptz not null,
  primary key (org_id, day, book)
);
select platform.shard_table('payment.comparison', 'org', 'org_id');

-- What a person must look at: a difference between books, or a bill that cannot go on by itself.
create table payment.ticket (
  org_id bigint not null,
  id uuid not null,
  kind text not null check (kind in ('only-here', 'only-there', 'other-amounts', 'bill-stuck', 'settlement-implausible')),
  day date not null,
  book text not null,
  -- The settlement, order or bill that it is about; the same matter of the same day is one ticket.
  about text not null,
  ours_fen bigint,
  theirs_fen bigint,
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid,
  outcome text,
  primary key (org_id, id),
  unique (org_id, day, book, about, kind),
  check ((closed_at is null) = (outcome is null))
);
select platform.shard_table('payment.ticket', 'org', 'org_id');

create sequence payment.message_count;

-- table             | who sees a row
-- bill, line        | the institution that asks to be paid, and the person
-- trade             | the house itself
-- transfer          | the institution, the person and the insurer; the house alone books
-- comparison, ticket | the institution, the insurer and the administrator
select platform.protect('payment.bill', 'org_id = {org} or person_id = {person}', 'org_id = {org}', 'org_id = {org} or person_id = {person}');
select platform.protect('payment.line', 'org_id = {org} or person_id = {person}', 'org_id = {org}', 'org_id = {org}');
select platform.protect('payment.trade', 'false');
select platform.protect('payment.transfer', 'org_id = {org} or person_id = {person} or {role} = ''insurer''', 'false', 'false');
select platform.protect('payment.comparison', 'org_id = {org} or {role} in (''insurer'', ''administrator'')', 'false', 'false');
select platform.protect('payment.ticket', 'org_id = {org} or {role} in (''insurer'', ''administrator'')', 'false',
  'org_id = {org} or {role} in (''insurer'', ''administrator'')');
