-- What was asked for since a moment, for planning: the institution that asked, for what, and where it was sent; no person, no letter.
-- Runs as the owner, because planners are no party to the cases; who may ask is said here.
create function referral.asked_since(p_since timestamptz, p_limit integer)
returns table (org_id bigint, receiver_org bigint, specialty text, condition_key text, direction text, urgency text, opened_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.org_id, r.receiver_org, r.specialty, r.condition_key, r.direction, r.urgency, r.opened_at
  from referral.referral r
  where r.opened_at >= p_since and r.direction <> 'down' and r.state not in ('draft', 'cancelled')
    and platform.act_role() in ('system', 'health-bureau', 'administrator')
  order by r.opened_at desc, r.id limit p_limit
$$;
revoke execute on function referral.asked_since from public;
