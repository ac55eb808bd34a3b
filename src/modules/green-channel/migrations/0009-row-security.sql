-- Whether the acting institution is a party of a rescue, by its own row. Owned by the owner, like referral.knows_case.
create function green_channel.knows_case(p_case uuid) returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from green_channel.green_case c join green_channel.party p on p.org_id = platform.act_org() and p.case_id = c.id where c.id = p_case)
$$;
revoke execute on function green_channel.knows_case from public;

-- table      | who sees a row
-- green_case | its institutions: sender, receiver, care team, supervisors; the person and the person's care team; who watches quality reads
-- stamp      | the sender, and the parties of the rescue
-- party      | the party itself, the sender, and the other parties; who watches quality reads
-- open_guard | an act that has opened the person's record, the sender, and the parties
select platform.protect('green_channel.green_case',
  'org_id = {org} or receiver_org = {org} or care_org = {org} or {org} = any (supervisors) or person_id = any ({cared}) or green_channel.knows_case(id)
    or {role} in (''health-bureau'', ''consortium-manager'')',
  'org_id = {org}', 'org_id = {org} or green_channel.knows_case(id)');
select platform.protect('green_channel.stamp', 'org_id = {org}
  or exists (select from green_channel.green_case c where c.org_id = stamp.org_id and c.id = stamp.case_id)');
select platform.protect('green_channel.party', 'org_id = {org} or case_org = {org} or green_channel.knows_case(case_id)
    or {role} in (''health-bureau'', ''consortium-manager'')',
  'case_org = {org} or green_channel.knows_case(case_id)', 'case_org = {org} or green_channel.knows_case(case_id)');
select platform.protect('green_channel.open_guard', 'person_id = any ({records}) or case_org = {org} or green_channel.knows_case(case_id)');
