-- Whether somebody has just shown the card at the place of a pharmacist who acts: who stands at the counter and hands it over wants
-- the medicine settled. It opens no record. Asks health_card.use beneath the forms; one's linked numbers count as one's own.
create function record_access.presented_here(p_ids bigint[]) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_now constant timestamptz := platform.jieli_now();
begin
  if platform.act_role() is distinct from 'pharmacist' or platform.act_org() is null then return false; end if;
  return exists (
    select from health_card.use u where u.org_id = platform.act_org() and u.used_at <= v_now
      and u.used_at > v_now - record_access.limit_on('record-access.presented-minutes', record_access.today())::integer * interval '1 minute'
      and u.person_id in (select p.person_id from residents.person p where p.person_id = any (p_ids) or p.merged_into = any (p_ids)));
end $$;
revoke execute on function record_access.presented_here from public;
