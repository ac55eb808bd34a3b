-- 异地就医备案: where a person may be treated away from home, from when until when, and why. Withdrawn, never deleted.
create table settlement.filing (
  person_id bigint not null,
  id uuid not null,
  -- `long-term`: lives elsewhere; `referral`: opened from a referral; `own-way`: goes elsewhere without one.
  kind text not null check (kind in ('long-term', 'referral', 'own-way')),
  -- Divisions by their first 4 or 6 digits.
  places text[] not null check (cardinality(places) between 1 and 5),
  from_on date not null,
  -- The first day on which it no longer holds; none for who lives elsewhere.
  ends_on date,
  reason text not null,
  -- The referral that it was opened from.
  referral_org bigint,
  referral_id uuid,
  -- The institution that filed it for the person; none where the person did.
  filed_org bigint,
  filed_by uuid,
  filed_at timestamptz not null,
  withdrawn_on date,
  withdrawn_why text,
  withdrawn_by uuid,
  primary key (person_id, id),
  check ((kind = 'referral') = (referral_id is not null)),
  check ((referral_id is null) = (referral_org is null)),
  check ((kind = 'long-term') = (ends_on is null)),
  check (ends_on > from_on),
  check ((withdrawn_on is null) = (withdrawn_why is null))
);
create index on settlement.filing (filed_at desc);
select platform.shard_table('settlement.filing', 'person', 'person_id');
-- An act that has named the person, and the insurer.
select platform.protect('settlement.filing', 'person_id = any ({persons}) or {role} = ''insurer''', 'person_id = any ({persons})', 'person_id = any ({persons})');
