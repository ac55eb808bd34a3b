-- How one incoming person is found among all: a few keys, each an index. What differs between two writings of one person (a syllable, two
-- digits of a date) is varied on the side that asks, so that nothing has to be kept beside the rows.
create index person_pinyin_born on residents.person (pinyin, born_on);
create index person_initials_born on residents.person (initials, born_on);
create index person_pinyin_township on residents.person (pinyin, (left(village, 9)));
create index person_born_township on residents.person (born_on, (left(village, 9)));
create index person_latin_born on residents.person ((regexp_replace(lower(en), '[^a-z]', '', 'g')), born_on) where en is not null;

-- Who might be the person that is asked for, with what a comparison needs. It looks beyond what the act has named, so that the same
-- person is not registered twice; what becomes of the rows is decided by residents/matching alone, which shows them masked.
create function residents.match_candidates(p_numbers bytea[], p_phone bytea, p_pinyin text[], p_initials text[], p_born date[], p_township text,
  p_latin text[], p_mother bigint, p_most int)
returns table (person_id bigint, root_id bigint, zh text, en text, sex text, born_on date, died_on date, village text, address text,
  phone_index bytea, phone_sealed bytea, wrapped bytea, care_org_id bigint, clinic_org_id bigint, mother_id bigint, birth_order smallint, numbers jsonb)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with hit as (
    select i.person_id from residents.identifier i where i.number_index = any (p_numbers)
    union (select p.person_id from residents.person p where p.phone_index = p_phone limit p_most)
    union (select p.person_id from residents.person p where p.pinyin = any (p_pinyin) and p.born_on = any (p_born) limit p_most)
    union (select p.person_id from residents.person p where p.initials = any (p_initials) and p.born_on = any (p_born) limit p_most)
    union (select p.person_id from residents.person p where p.pinyin = any (p_pinyin) and left(p.village, 9) = p_township limit p_most)
    union (select p.person_id from residents.person p where p.born_on = any (p_born[1:1]) and left(p.village, 9) = p_township limit p_most)
    union (select p.person_id from residents.person p where p.en is not null and regexp_replace(lower(p.en), '[^a-z]', '', 'g') = any (p_latin)
      and p.born_on = any (p_born) limit p_most)
    union (select b.child_id from residents.birth b where b.mother_id = p_mother))
  select p.person_id, coalesce(p.merged_into, p.person_id), p.zh, p.en, p.sex, p.born_on, p.died_on, p.village, p.address,
    p.phone_index, p.phone_sealed, k.wrapped, p.care_org_id, p.clinic_org_id, b.mother_id, b.birth_order,
    (select jsonb_agg(jsonb_build_object('type', i.type, 'index', encode(i.number_index, 'hex'), 'sealed', encode(i.number_sealed, 'hex'),
      'isHeld', i.ended_at is null)) from residents.identifier i where i.person_id = p.person_id)
  from hit join residents.person p on p.person_id = hit.person_id left join residents.person_key k on k.person_id = p.person_id
    left join lateral (select * from residents.birth b where b.child_id = p.person_id limit 1) b on true
  where p.erased_at is null
    and platform.act_role() in ('system', 'village-doctor', 'family-doctor', 'referral-desk', 'ward', 'health-bureau', 'administrator')
$$;
revoke execute on function residents.match_candidates from public;

-- Two persons of the index who may be one, waiting for somebody to look, and what was decided. A pair that was told apart is not asked again.
create table residents.pair (
  person_id bigint not null,
  other_id bigint not null,
  state text not null check (state in ('waiting', 'second', 'same', 'different', 'unsure')),
  score numeric(4, 3) not null check (score between 0 and 1),
  factors jsonb not null,
  found_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  -- Who said "same" first, where two must say so; never the one who decides.
  first_by uuid,
  reason text,
  primary key (person_id, other_id),
  check (person_id < other_id),
  check (state in ('waiting', 'second') or (decided_at is not null and reason is not null)),
  check (decided_by is distinct from first_by or first_by is null)
);
create index pair_waiting on residents.pair (score desc, person_id, other_id) where state in ('waiting', 'second', 'unsure');
select platform.shard_table('residents.pair', 'person', 'person_id');
select platform.protect('residents.pair', '{role} in (''health-bureau'', ''administrator'')');

-- On what two were joined: the kinds of evidence that agreed, or the paper that was seen. Links of before carry the word of who linked them.
alter table residents.link add column evidence text[] not null default array['said'];
create index link_into on residents.link (into_person_id) where unlinked_at is null;

-- Names whoever is linked with some persons, above and below, so that a link or its undoing moves all of them.
create function residents.name_linked(p_ids bigint[]) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if platform.act_role() not in ('health-bureau', 'administrator') then return; end if;
  perform set_config('jieli.persons', (platform.act_persons() || array(select p.person_id from residents.person p
    where p.person_id = any (p_ids) or p.merged_into = any (p_ids)))::text, true);
end $$;
revoke execute on function residents.name_linked from public;
