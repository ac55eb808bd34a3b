-- What the insurer's platform is told of care that was filed away from home (2501, 2502): one row for each place of a filing.
create table payment.filing_notice (
  person_id bigint not null,
  filing_id uuid not null,
  -- The division by its first 4 or 6 digits.
  place text not null,
  state text not null check (state in ('to-send', 'taken', 'refused', 'to-withdraw', 'withdrawn', 'still-filed')),
  -- In whose name it is sent: who filed it, or the institution that cares for the person; none is known for some.
  org_id bigint,
  -- The institution that a referral leads to.
  receiver_org bigint,
  -- The platform's own numbers of the person and of the filing; the latter as soon as it was taken.
  psn_no text,
  number text,
  -- Why it was refused.
  says text,
  filed_at timestamptz not null,
  changed_at timestamptz not null,
  -- When the house takes it up next; null when nothing is left to do. True time.
  work_at timestamptz,
  tries integer not null default 0,
  primary key (person_id, filing_id, place),
  check ((number is null) or (psn_no is not null)),
  check ((state in ('to-send', 'to-withdraw')) = (work_at is not null)),
  check (state not in ('taken', 'still-filed') or number is not null),
  check (state not in ('refused', 'still-filed') or says is not null)
);
create index on payment.filing_notice (filing_id);
create index on payment.filing_notice (work_at) where work_at is not null;
select platform.shard_table('payment.filing_notice', 'person', 'person_id');
-- An act that has named the person, and the insurer; the house alone writes.
select platform.protect('payment.filing_notice', 'person_id = any ({persons}) or {role} = ''insurer''', 'false', 'false');
