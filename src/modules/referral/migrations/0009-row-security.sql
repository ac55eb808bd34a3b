-- Whether the acting institution is or was party to a case. Owned by the owner: the policies of cases and parties may not ask each other.
create function referral.knows_case(p_referral uuid) returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from referral.referral r join referral.party p on p.org_id = platform.act_org() and p.referral_id = r.id where r.id = p_referral)
$$;
revoke execute on function referral.knows_case from public;

-- What whoever has a person before them may learn of the person's open cases: that one is open, where, since when and how urgent. What
-- is written in it is left out unless they are party to it.
create function referral.open_cases(p_persons bigint[], p_condition text) returns setof referral.referral
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  found referral.referral;
begin
  if platform.act_role() is null then return; end if;
  for found in select r.* from referral.open_guard g join referral.referral r on r.org_id = g.case_org and r.id = g.referral_id
      where g.person_id = any (p_persons) and (p_condition is null or g.condition_key = p_condition)
        and (platform.act_role() = 'system' or g.person_id = any (platform.act_records())) loop
    if platform.act_role() <> 'system' and not found.person_id = any (platform.act_cared()) and not referral.knows_case(found.id) then
      found.letter := '{}';
      found.consent := null;
      found.returned := null;
      found.follow_up := null;
      found.package_id := null;
    end if;
    return next found;
  end loop;
end $$;
revoke execute on function referral.open_cases from public;

-- Gives the guard of a person's condition, when its case has ended, to another case that is still open, whoever made that; a
-- rescue comes before what it has taken over.
create function referral.return_guard(p_person bigint, p_condition text, p_ended uuid, p_ends text[]) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into referral.open_guard (person_id, condition_key, case_org, referral_id)
    select r.person_id, r.condition_key, r.org_id, r.id from referral.referral r
    where r.person_id = p_person and r.condition_key = p_condition and r.id <> p_ended and r.state <> all (p_ends)
      and (platform.act_role() = 'system' or referral.knows_case(p_ended) or p_person = any (platform.act_cared()))
    order by r.urgency <> 'ordinary' desc, r.opened_at limit 1 on conflict do nothing
$$;
revoke execute on function referral.return_guard from public;

-- table      | who sees a row
-- referral   | institutions that are or were party to it, by their own row in `party`; once sent, the person and the care team
-- party      | the party itself, the sender, and who knows the case
-- task       | whose task it is, the sender, and who knows the case
-- look       | the institution that works on it
-- return_reason | the receiver that returned, the sender, and the managers who count; it names no person
-- open_guard | an act that has opened the person's record, the sender, and who knows the case
select platform.protect('referral.referral',
  'exists (select from referral.party p where p.org_id = {org} and p.referral_id = referral.id) or (person_id = any ({cared}) and state <> ''draft'')',
  'org_id = {org}');
select platform.protect('referral.party', 'org_id = {org} or case_org = {org} or referral.knows_case(referral_id) or person_id = any ({cared})');
select platform.protect('referral.task', 'org_id = {org} or case_org = {org} or referral.knows_case(referral_id) or person_id = any ({cared})');
select platform.protect('referral.open_guard', 'person_id = any ({records}) or case_org = {org} or referral.knows_case(referral_id)');
select platform.protect('referral.look', 'org_id = {org}');
select platform.protect('referral.return_reason', 'org_id = {org} or case_org = {org} or {role} in (''consortium-manager'', ''health-bureau'')');
