-- The content of a record is seen by a lawful basis, its sensitive parts only once they were opened (record-access).

-- Whether an institution treats one of some persons by an encounter of its own: in progress, or begun since a moment. Answers it, or null.
create function health_record.care_by_encounter(p_persons bigint[], p_org bigint, p_since timestamptz) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id from health_record.resource e
    where e.person_id = any (p_persons) and e.type = 'Encounter' and (e.status = 'in-progress' or e.effective_at > p_since)
      and e.body::jsonb #>> '{serviceProvider,reference}' = 'Organization/' || p_org
    order by e.effective_at desc nulls last limit 1
$$;
revoke execute on function health_record.care_by_encounter from public;

-- The sensitive category that a body speaks of, by the codes of rulebook/national/record-access/sensitive-codes.json; null for none. A test
-- holds the two together; other codes come by a migration that replaces this function.
create function health_record.sensitive_category(p_body text) returns text language sql immutable parallel safe as $$
  select case
    when plain !~ '"code"\s*:\s*"(B2[0-4]|Z21|R75|F|X6|X7|X8[0-4]|O0[0-8]|Z30|Z31|Z32|Z64\.0|N46|N97|T74|Y0[4-9]|7917-|5221-|56888-|68961-|16975-|29893-|5017-|20447-|44249-|70274-|2106-|21198-|19080-|86406008|165816005|65363002|161744009)' then null
    when plain ~ '"code"\s*:\s*"(B2[0-4]|Z21|R75|7917-|5221-|56888-|68961-|16975-|29893-|5017-|20447-|86406008|165816005)' then 'hiv'
    when plain ~ '"code"\s*:\s*"(T74|Y0[4-9])' then 'abuse'
    when plain ~ '"code"\s*:\s*"(O0[0-8]|Z30|Z31|Z32|Z64\.0|N46|N97|2106-|21198-|19080-|65363002|161744009)' then 'reproduction'
    when plain ~ '"code"\s*:\s*"(F[0-9]|X6|X7|X8[0-4]|44249-|70274-)' then 'mental-health'
  end
  -- A letter may be written as an escape.
  from (select case when p_body ~ '\\u(?!0000)' and p_body !~ '\\u0000' then p_body::jsonb::text else p_body end as plain) written
$$;

-- The category of each resource stands beside it, empty for none. Whatever writes a body says it; a server of the release before does not, and
-- what it wrote is drawn from the body whenever it is read.
update health_record.resource set sensitive = coalesce(health_record.sensitive_category(body), '');
update health_record.resource_history set sensitive = coalesce(health_record.sensitive_category(body), '');

-- resource, resource_history | an act that has a lawful basis for this person, or for this kind; whoever treats people at the institution that
--                    wrote it; what is about nobody, every act
-- resource: open stays | besides, the institution in whose beds the person lies, by the encounter itself
-- package          | the same as a record, and every institution that was told of its case
select platform.protect('health_record.resource',
  '((person_id = any ({lawful}) or (person_id || '' '' || type) = any ({lawful_kinds}))
      and (coalesce(sensitive, health_record.sensitive_category(body), '''') = '''' or person_id = {person}
        or (person_id || '' '' || coalesce(sensitive, health_record.sensitive_category(body))) = any ({opened})))
    or (custodian_org = {org} and {role} in (''village-doctor'', ''family-doctor'', ''referral-desk'', ''ward''))
    or (reach = ''public'' and {role} is not null)
    or (type = ''Encounter'' and status = ''in-progress'' and body::jsonb #>> ''{serviceProvider,reference}'' = (select ''Organization/'' || platform.act_org()))',
  '(custodian_org is null and person_id = any ({persons}))
    or (custodian_org = {org} and {role} in (''village-doctor'', ''family-doctor'', ''referral-desk'', ''ward''))',
  '(custodian_org is null and person_id = any ({persons}))
    or (custodian_org = {org} and {role} in (''village-doctor'', ''family-doctor'', ''referral-desk'', ''ward''))');
select platform.protect('health_record.resource_history',
  '((person_id = any ({lawful}) or (person_id || '' '' || type) = any ({lawful_kinds}))
      and (coalesce(sensitive, health_record.sensitive_category(body), '''') = '''' or person_id = {person}
        or (person_id || '' '' || coalesce(sensitive, health_record.sensitive_category(body))) = any ({opened})))
    or (custodian_org = {org} and {role} in (''village-doctor'', ''family-doctor'', ''referral-desk'', ''ward''))
    or (reach = ''public'' and {role} is not null)',
  '(custodian_org is null and person_id = any ({persons}))
    or (custodian_org = {org} and {role} in (''village-doctor'', ''family-doctor'', ''referral-desk'', ''ward''))', 'false');
select platform.protect('health_record.package', 'person_id = any ({lawful}) or platform.is_told(case_id)');

-- As before, with the lawful basis that the act has found; what one's own institution wrote needs none besides.
create or replace function health_record.note(p_now timestamptz, p_form text, p_kind text, p_basis text, p_persons bigint[], p_requests text[],
  p_accounts uuid[] default null)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_bases constant jsonb := platform.act_bases();
  v_org constant bigint := coalesce(platform.act_org(), 0);
  v_role constant text := platform.act_role();
  v_account constant uuid := platform.act_account();
begin
  insert into platform.audit (org_id, id, at, account_id, role, form, kind, outcome, basis, person_id, request, lawful_basis, lawful_ref, purpose)
    select v_org, uuidv7(), p_now, coalesce(w.account, v_account), v_role, p_form, p_kind, 'done', p_basis, nullif(w.person_id, 0), w.request,
      case when w.person_id > 0 then coalesce(v_bases #>> array[w.person_id::text, 'basis'], 'custodian') end,
      v_bases #>> array[w.person_id::text, 'ref'], v_bases #>> array[w.person_id::text, 'purpose']
    from unnest(p_persons, p_requests, p_accounts) as w (person_id, request, account);
end $$;

-- How many resources of some persons are withheld from the act as sensitive: a number, never what they are. Only where the act has a basis.
create function health_record.withheld(p_persons bigint[]) returns table (person_id bigint, withheld bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.person_id, count(*) from health_record.resource r
    where r.person_id = any (p_persons) and coalesce(r.sensitive, health_record.sensitive_category(r.body), '') <> '' and r.person_id is distinct from platform.act_person()
      and (platform.act_org() is null or r.custodian_org is distinct from platform.act_org())
      and (r.person_id = any (platform.act_lawful()) or (r.person_id || ' ' || r.type) = any (platform.act_lawful_kinds()))
      and not (r.person_id || ' ' || coalesce(r.sensitive, health_record.sensitive_category(r.body))) = any (platform.act_opened())
    group by r.person_id
$$;
revoke execute on function health_record.withheld from public;
