-- Open cases that are late or were escalated, for whoever oversees the region or a consortium: where, since when, who holds the baton.
-- It names no person and shows nothing of what is written in the case: overseeing asks whether somebody acts, not what ails whom.
-- The sender's own party row stands for the case. The bureau and the administrator see all of them, a manager those of institutions named.
create function referral.supervised(p_orgs bigint[], p_now timestamptz, p_limit integer)
returns table (id uuid, slip_no text, org_id bigint, receiver_org bigint, care_org bigint, specialty text, direction text, urgency text, state text,
  state_since timestamptz, wait_until timestamptz, escalations integer, opened_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.id, r.slip_no, r.org_id, r.receiver_org, r.care_org, r.specialty, p.direction, p.urgency, p.state, p.state_since, p.wait_until, p.escalations, p.opened_at
  from referral.party p join referral.referral r on r.org_id = p.case_org and r.id = p.referral_id
  where p.side = 'sender' and p.ended_at is null and p.state <> 'draft' and (p.wait_until < p_now or p.escalations > 0)
    and (platform.act_role() in ('system', 'health-bureau', 'administrator')
      or (platform.act_role() = 'consortium-manager' and (r.org_id = any (p_orgs) or r.receiver_org = any (p_orgs))))
  order by p.escalations desc, p.wait_until limit p_limit
$$;
revoke execute on function referral.supervised from public;

-- The administrator counts returns as the bureau does.
select platform.protect('referral.return_reason',
  'org_id = {org} or case_org = {org} or {role} in (''consortium-manager'', ''health-bureau'', ''administrator'')');
