-- As before; but a case that somebody is ending at this moment is waited for and then left out: its own end would not see the guard that it
-- is given here, and a guard of an ended case would keep the person from being referred again.
create or replace function referral.return_guard(p_person bigint, p_condition text, p_ended uuid, p_ends text[]) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into referral.open_guard (person_id, condition_key, case_org, referral_id)
    select one.person_id, one.condition_key, one.org_id, one.id from (
      select r.person_id, r.condition_key, r.org_id, r.id, r.urgency, r.opened_at from referral.referral r
        where r.person_id = p_person and r.condition_key = p_condition and r.id <> p_ended and r.state <> all (p_ends)
          and (platform.act_role() = 'system' or referral.knows_case(p_ended) or p_person = any (platform.act_cared()))
        for share) one
    order by one.urgency <> 'ordinary' desc, one.opened_at limit 1 on conflict do nothing
$$;
