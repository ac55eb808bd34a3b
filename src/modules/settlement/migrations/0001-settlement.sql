-- The books of settled bills: what was asked, how it came out, who owes it, and what it adds to a person's year. Nothing is ever edited:
-- a bill that is reversed or comes out otherwise gets a further revision, with a transfer and an entry of its own.

create function settlement.sum_of(fen bigint[]) returns bigint language sql immutable parallel safe as $$
  select coalesce(sum(one), 0)::bigint from unnest(fen) as one $$;

-- The rows by which bills were settled, kept whole, so that the same bill gives the same split years later.
create table settlement.book (
  -- SHA-256 of the book as the engine reads it.
  hash text primary key,
  area text not null,
  insured text not null,
  -- The book as JSON text, byte for byte what was hashed.
  body text not null,
  kept_at timestamptz not null
);
select platform.shard_table('settlement.book', 'reference', null, true);

create table settlement.bill (
  -- The institution that asks to be paid.
  org_id bigint not null,
  id uuid not null,
  person_id bigint not null,
  -- The institution's own number of the bill, and how often it was settled under it: again only after it was reversed.
  bill_no text not null,
  round integer not null check (round > 0),
  area text not null,
  insured text not null,
  care text not null,
  level text not null,
  -- The day of discharge, whose law holds.
  day date not null,
  -- The order in which the bills of the person's year were settled.
  seq integer not null check (seq > 0),
  -- The bill as it was stated, without what the year had seen.
  claim json not null,
  -- Earlier stays of a chain that this one goes on from.
  goes_on_from uuid[] not null default '{}',
  settled_by uuid,
  settled_at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, bill_no, round)
);
create index on settlement.bill (org_id, settled_at desc);
create index on settlement.bill (person_id, day);
select platform.shard_table('settlement.bill', 'org', 'org_id', true);

-- How a bill came out; the newest revision counts.
create table settlement.revision (
  org_id bigint not null,
  bill_id uuid not null,
  no integer not null check (no > 0),
  person_id bigint not null,
  -- `settled` first; `adjusted` when an earlier bill of the year was reversed; `to-settle-again` when it could not be; `reversed` at its end.
  kind text not null check (kind in ('settled', 'adjusted', 'to-settle-again', 'reversed')),
  book_hash text not null references settlement.book,
  -- What the year had seen before it.
  before json not null,
  -- The engine's answer with its steps; null for a mirror.
  result json,
  total_fen bigint not null check (total_fen >= 0),
  hospital_fen bigint not null check (hospital_fen >= 0),
  -- What each fund pays by its name, `basic` first.
  funds jsonb not null,
  fund_fen bigint not null check (fund_fen >= 0),
  account_fen bigint not null check (account_fen >= 0),
  relatives_fen bigint not null check (relatives_fen >= 0),
  cash_fen bigint not null check (cash_fen >= 0),
  -- The revision that a mirror takes back.
  mirrors integer,
  -- Why it was reversed, or the refusal by which it must be settled again.
  reason text,
  -- The reversed bill that an adjustment follows.
  because_org bigint,
  because_bill uuid,
  made_by uuid,
  booked_on date not null,
  made_at timestamptz not null,
  primary key (org_id, bill_id, no),
  foreign key (org_id, bill_id) references settlement.bill,
  foreign key (org_id, bill_id, mirrors) references settlement.revision (org_id, bill_id, no),
  check (fund_fen + account_fen + relatives_fen + cash_fen + hospital_fen = total_fen),
  check ((kind = 'settled') = (no = 1)),
  check ((kind = 'reversed') = (mirrors is not null)),
  check ((kind = 'reversed') = (result is null)),
  check (kind <> 'reversed' or (total_fen = 0 and reason is not null))
);
create index on settlement.revision (org_id, booked_on);
select platform.shard_table('settlement.revision', 'org', 'org_id', true);

-- One row is one transfer between accounts, and the database takes none that does not sum to zero.
create table settlement.transfer (
  org_id bigint not null,
  bill_id uuid not null,
  revision integer not null,
  person_id bigint not null,
  accounts text[] not null,
  fen bigint[] not null,
  booked_on date not null,
  primary key (org_id, bill_id, revision),
  foreign key (org_id, bill_id, revision) references settlement.revision (org_id, bill_id, no),
  check (settlement.sum_of(fen) = 0),
  check (cardinality(accounts) = cardinality(fen) and cardinality(fen) > 1),
  check (0 <> all (fen))
);
create index on settlement.transfer (org_id, booked_on);
create index on settlement.transfer (booked_on);
select platform.shard_table('settlement.transfer', 'org', 'org_id', true);

-- What a revision adds to a person's year: the cumulators of a year are the sums of its entries.
create table settlement.year_entry (
  person_id bigint not null,
  org_id bigint not null,
  bill_id uuid not null,
  revision integer not null,
  area text not null,
  insured text not null,
  year integer not null,
  seq integer not null,
  care text not null,
  level text not null,
  day date not null,
  -- 1 when the bill joins the year, -1 when it leaves, 0 when it only comes out otherwise.
  stays integer not null check (stays between -1 and 1),
  deductible_fen bigint not null,
  in_scope_fen bigint not null,
  basic_fen bigint not null,
  -- Of each layer what it was reckoned on and what it paid: {layer: [base, paid]}.
  layers jsonb not null,
  primary key (person_id, org_id, bill_id, revision)
);
create index on settlement.year_entry (person_id, year);
select platform.shard_table('settlement.year_entry', 'person', 'person_id', true);

-- table                     | who sees a row
-- bill, revision, transfer  | the institution, the person, who represents the person, and the insurer
-- year_entry                | an act that has named the person, and the insurer
select platform.protect('settlement.bill', 'org_id = {org} or (person_id = any ({cared}) and {role} = ''resident'') or {role} = ''insurer''', 'org_id = {org}', 'false');
select platform.protect('settlement.revision', 'org_id = {org} or (person_id = any ({cared}) and {role} = ''resident'') or {role} = ''insurer''', 'org_id = {org}', 'false');
select platform.protect('settlement.transfer', 'org_id = {org} or (person_id = any ({cared}) and {role} = ''resident'') or {role} = ''insurer''', 'org_id = {org}', 'false');
select platform.protect('settlement.year_entry', 'person_id = any ({persons}) or {role} = ''insurer''', 'org_id = {org}', 'false');
