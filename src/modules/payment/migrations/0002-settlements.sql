-- What the platform settled and voided for a bill, also where the house did not take it as its own: what 3201 and 3202 compare.
create table payment.settlement (
  org_id bigint not null,
  settlement_no text not null,
  bill_id uuid not null,
  round integer not null,
  person_id bigint not null,
  insured_type text not null,
  total_fen bigint not null,
  fund_fen bigint not null check (fund_fen >= 0),
  account_fen bigint not null check (account_fen >= 0),
  settled_on date not null,
  voided_on date,
  primary key (org_id, settlement_no),
  foreign key (org_id, bill_id) references payment.bill
);
create index on payment.settlement (org_id, settled_on);
create index on payment.settlement (org_id, voided_on) where voided_on is not null;
create index on payment.settlement (settled_on);
create index on payment.settlement (voided_on) where voided_on is not null;
select platform.shard_table('payment.settlement', 'org', 'org_id');

-- table      | who sees a row
-- settlement | the institution, the person and the insurer; the house alone notes
select platform.protect('payment.settlement', 'org_id = {org} or person_id = {person} or {role} = ''insurer''', 'false', 'false');
