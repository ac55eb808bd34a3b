-- An act sees the persons that it has named, one by one, through the index of persons; and an institution those whom it cares for.

-- Names persons in the open act. `p_opens`: their records too, under every id that was linked into them. A resident may name himself
-- under the ids that are linked with his own; an insurer names nobody; only who treats people opens a record.
create function residents.name_persons(p_ids bigint[], p_opens boolean) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_role constant text := platform.act_role();
  v_named bigint[];
  v_cared bigint[];
begin
  if v_role is null or v_role in ('system', 'insurer') then return; end if;
  if v_role = 'resident' then
    select array_agg(p.person_id) into v_named from residents.person p
      where (p.person_id = any (p_ids) or (p_opens and p.merged_into = any (p_ids)))
        and (p.person_id = platform.act_person() or p.merged_into = platform.act_person()
          or p.person_id = (select own.merged_into from residents.person own where own.person_id = platform.act_person()));
    v_cared := v_named;
  elsif p_opens then
    select array_agg(p.person_id), array_agg(p.person_id) filter (where platform.act_org() in (root.care_org_id, root.clinic_org_id))
      into v_named, v_cared from residents.person root join residents.person p on p.person_id = root.person_id or p.merged_into = root.person_id
      where root.person_id = any (p_ids);
  else
    select array_agg(distinct one) into v_named from residents.person p cross join unnest(array[p.person_id, p.merged_into]) as one
      where p.person_id = any (p_ids) and one is not null;
  end if;
  if v_named is null then return; end if;
  perform set_config('jieli.persons', (platform.act_persons() || v_named)::text, true);
  if p_opens and v_role in ('resident', 'village-doctor', 'family-doctor', 'referral-desk', 'ward') then
    perform set_config('jieli.records', (platform.act_records() || v_named)::text, true);
    perform set_config('jieli.cared', (platform.act_cared() || coalesce(v_cared, '{}'))::text, true);
  end if;
end $$;
revoke execute on function residents.name_persons from public;

-- Whose a whole number is; knowing it is knowing whom one asks for, so the person is named by it. Answers nothing itself.
create function residents.name_by_number(p_number_index bytea) returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  select residents.name_persons(array(select coalesce(p.merged_into, p.person_id) from residents.identifier i join residents.person p on p.person_id = i.person_id
      where i.number_index = p_number_index)
    || array(select i.person_id from residents.identifier i where i.number_index = p_number_index), false)
    where platform.act_role() in ('village-doctor', 'family-doctor', 'referral-desk', 'ward')
$$;
revoke execute on function residents.name_by_number from public;

-- table                     | who sees a row
-- person                    | an act that has named the person; the clinic and the care team
-- person_key, identifier    | whoever sees the person
-- identifier_claim, link, correction | an act that has named the person
select platform.protect('residents.person', 'person_id = any ({persons}) or clinic_org_id = {org} or care_org_id = {org}', '{role} is not null');
select platform.protect('residents.person_key', 'exists (select from residents.person p where p.person_id = person_key.person_id)', '{role} is not null');
select platform.protect('residents.identifier', 'exists (select from residents.person p where p.person_id = identifier.person_id)', '{role} is not null');
select platform.protect('residents.identifier_claim', 'person_id = any ({persons})', '{role} is not null');
select platform.protect('residents.link', 'person_id = any ({persons})');
select platform.protect('residents.correction', 'person_id = any ({persons})');
