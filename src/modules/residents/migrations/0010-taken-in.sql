-- A hospital that records an admission has the person in its beds: for this act it stands to the person's cases as the care team does.
-- Only wards and referral desks, and only for a person whose record the act has opened.
create function residents.take_in(p_person bigint) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if platform.act_role() not in ('ward', 'referral-desk') or not p_person = any (platform.act_records()) then return; end if;
  perform set_config('jieli.cared', (platform.act_cared() || array(select p.person_id from residents.person p
    where p.person_id = p_person or p.merged_into = p_person))::text, true);
end $$;
revoke execute on function residents.take_in from public;
