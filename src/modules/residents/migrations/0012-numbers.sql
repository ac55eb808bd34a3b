-- Every number that a person is known by stands in one table: papers, the cards of six kinds, the old cards of each hospital. A number
-- that was replaced stays in the history with its reason; only one that is held finds its person.
alter table residents.identifier add column issuer_org bigint;
alter table residents.identifier add column held_from timestamptz;
alter table residents.identifier add column ended_at timestamptz;
alter table residents.identifier add column ended_because text;
alter table residents.identifier add constraint ended_with_reason check ((ended_at is null) = (ended_because is null));
comment on column residents.identifier.issuer_org is 'The institution whose card it is; null for numbers that the state or a fund gives.';
comment on column residents.identifier.ended_at is 'Since when the person holds the number no more; null while it is held.';

-- Whose a whole number is, among those that are held now.
create or replace function residents.name_by_number(p_number_index bytea) returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  select residents.name_persons(array(select coalesce(p.merged_into, p.person_id) from residents.identifier i join residents.person p on p.person_id = i.person_id
      where i.number_index = p_number_index and i.ended_at is null)
    || array(select i.person_id from residents.identifier i where i.number_index = p_number_index and i.ended_at is null), false)
    where platform.act_role() in ('village-doctor', 'family-doctor', 'referral-desk', 'ward')
$$;

-- The person who holds a whole number now, links followed. Whoever acts may ask: to know the whole number is to know whom one asks for.
create function residents.holder_of(p_claim bigint, p_number_index bytea) returns bigint language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(p.merged_into, p.person_id) from residents.identifier_claim c join residents.person p on p.person_id = c.person_id
    where c.claim_key = p_claim and c.number_index = p_number_index and platform.act_role() is not null
$$;
revoke execute on function residents.holder_of from public;

-- A mother's child of one birth date and birth order, while it has no number of its own: one row, one child.
create table residents.birth (
  mother_id bigint not null,
  born_on date not null,
  birth_order smallint not null check (birth_order between 1 and 9),
  child_id bigint not null,
  recorded_at timestamptz not null,
  primary key (mother_id, born_on, birth_order)
);
create index on residents.birth (child_id);
comment on column residents.birth.birth_order is 'First, second … of one birth; 1 for a single child.';
select platform.shard_table('residents.birth', 'person', 'mother_id');
select platform.protect('residents.birth', 'mother_id = any ({persons}) or child_id = any ({persons})');

-- A hospital's own card is no paper: who books by name needs one that the state or a fund gave.
create or replace view residents.bookable with (security_invoker = true) as
  select p.person_id, case when p.merged_into is null then p.person_id else residents.root_of(p.merged_into) end as root_id,
    exists (select from residents.identifier i
      where i.ended_at is null and i.issuer_org is null and (i.person_id = p.person_id or i.person_id = p.merged_into)) as has_identifier
  from residents.person p;
