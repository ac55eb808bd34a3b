-- What a person was billed at desks, wherever it was, so that rules across visits (done already, fetched too early, beyond its course) can be
-- asked while somebody orders. Bills that were refunded or withdrawn are taken out again.

create table audit_rules.past_line (
  person_id bigint not null,
  -- The bill and the place of the line in it.
  bill_id uuid not null,
  no integer not null,
  org_id bigint not null,
  on_day date not null,
  item text not null,
  quantity float8 not null check (quantity > 0),
  price_fen bigint not null check (price_fen >= 0),
  amount_fen bigint not null check (amount_fen >= 0),
  -- For how many days a medicine lasts; null for anything else.
  supply_days integer check (supply_days > 0),
  primary key (person_id, bill_id, no)
);
create index on audit_rules.past_line (person_id, on_day);
select platform.shard_table('audit_rules.past_line', 'person', 'person_id');

-- table     | who sees a row
-- past_line | who may lawfully read the person's record
select platform.protect('audit_rules.past_line', 'person_id = any ({records})', 'org_id = {org} and person_id = any ({records})', 'false');
